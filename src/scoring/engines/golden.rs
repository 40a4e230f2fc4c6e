//! The shipped models give what they gave when they were made: the same ids, the same scores.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;

use super::Manifest;
use super::demand::Item;
use super::model::Model;
use super::registry::Loaded;
use super::tokenizer::{Row, Tokenised};
use crate::config::{ModelsConfig, testing};

const TOLERANCE: f32 = 1e-4;

/// What the files' first bytes would be if a text could write special tokens.
const SPECIAL: [&str; 4] = ["[CLS]", "[SEP]", "[MASK]", "[PAD]"];

#[derive(Deserialize)]
struct Golden<R> {
    sha256: String,
    rows: Vec<R>,
}

#[derive(Deserialize)]
struct EncoderRow {
    text: String,
    ids: Vec<u32>,
    embedding: Vec<f32>,
}

#[derive(Deserialize)]
struct RewardRow {
    prompt: String,
    completion: String,
    ids: Vec<u32>,
    type_ids: Vec<u32>,
    logit: f32,
}

fn dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("reward_models")
}

fn load(name: &str) -> (Manifest, Arc<Model>) {
    let config = ModelsConfig {
        dir: dir(),
        ..testing::models()
    };
    let manifest = Manifest::read(&dir(), name).unwrap_or_else(|e| panic!("{e}"));
    let model = Loaded::new().model(&manifest, &config);
    (manifest, model.unwrap_or_else(|e| panic!("{e}")))
}

fn golden<R: for<'de> Deserialize<'de>>(manifest: &Manifest) -> Vec<R> {
    let name = &manifest.name;
    let path = dir().join("golden").join(format!("{name}.json"));
    let golden: Golden<R> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(
        golden.sha256, manifest.sha256,
        "{name}: golden scores of another file"
    );
    assert!(golden.rows.len() >= 10, "{name}: too few golden rows");
    golden.rows
}

fn row(model: &Model, item: Item) -> Row {
    let rows = model.rows(&[item], &mut Tokenised::new());
    rows.unwrap().remove(0)
}

#[tokio::test]
async fn the_encoder_repeats_its_golden_rows() {
    let (manifest, model) = load("relevance");
    let mut rows: Vec<EncoderRow> = golden(&manifest);
    for golden in &rows {
        let ids = row(&model, Item::Text(golden.text.clone())).ids;
        if SPECIAL.iter().any(|token| golden.text.contains(token)) {
            // Here we differ on purpose: a miner that writes a special token gets letters.
            assert_ne!(ids, golden.ids);
            assert!(
                !ids[1..ids.len() - 1]
                    .iter()
                    .any(|id| (100..=103).contains(id) || *id == 0),
                "{ids:?}"
            );
        } else {
            assert_eq!(ids, golden.ids, "{}", golden.text);
        }
    }
    rows.retain(|r| SPECIAL.iter().all(|token| !r.text.contains(token)));
    // All in one call: so padding and order are tested too.
    let text = |r: &EncoderRow| row(&model, Item::Text(r.text.clone()));
    let asked: Vec<Row> = rows.iter().map(text).collect();
    for (golden, got) in rows.iter().zip(model.run(&asked).await.unwrap()) {
        assert_eq!(golden.embedding.len(), got.len());
        for (a, b) in golden.embedding.iter().zip(got) {
            assert!((a - b).abs() <= TOLERANCE, "{}: {a} {b}", golden.text);
        }
    }
}

#[tokio::test]
async fn the_reward_model_repeats_its_golden_rows() {
    let (manifest, model) = load("preference");
    let rows: Vec<RewardRow> = golden(&manifest);
    let asked: Vec<Row> = rows
        .iter()
        .map(|r| row(&model, Item::Pair(r.prompt.clone(), r.completion.clone())))
        .collect();
    for (golden, asked) in rows.iter().zip(&asked) {
        assert_eq!(
            (&asked.ids, &asked.type_ids),
            (&golden.ids, &golden.type_ids),
            "{}",
            golden.completion
        );
    }
    for (golden, got) in rows.iter().zip(model.run(&asked).await.unwrap()) {
        assert!(
            (golden.logit - got[0]).abs() <= TOLERANCE,
            "{}: {} {}",
            golden.completion,
            golden.logit,
            got[0]
        );
    }
}
