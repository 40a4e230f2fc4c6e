//! The shipped models give what they gave when they were made: the same ids, the same scores.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::*;
use crate::config::testing;

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

fn dir() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reward_models")
}

fn load(name: &str) -> OnnxModel {
    let config = testing::models();
    let manifest = load_manifest(&dir(), name).unwrap_or_else(|e| panic!("{e}"));
    let environment = environment(&config.onnxruntime).unwrap_or_else(|e| panic!("{e}"));
    let read = |file: &Path, sha256: &str| {
        read_verified(name, &dir().join(file), sha256).unwrap_or_else(|e| panic!("{e}"))
    };
    let bytes = read(&manifest.file, &manifest.sha256);
    let tokenizer = read(&manifest.tokenizer, &manifest.tokenizer_sha256);
    let tokenizer = Arc::new(TextTokenizer::from_bytes(name, &tokenizer).unwrap());
    OnnxModel::start(&environment, manifest, tokenizer, &bytes, &config)
        .unwrap_or_else(|e| panic!("{e}"))
}

fn golden<R: for<'de> Deserialize<'de>>(model: &OnnxModel) -> Vec<R> {
    let name = &model.manifest.name;
    let path = dir().join("golden").join(format!("{name}.json"));
    let golden: Golden<R> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(
        golden.sha256, model.manifest.sha256,
        "{name}: golden scores of another file"
    );
    assert!(golden.rows.len() >= 10, "{name}: too few golden rows");
    golden.rows
}

fn row(model: &OnnxModel, first: &str, second: Option<&str>) -> Row {
    let mut known = Tokenised::new();
    model
        .tokenizer
        .tokenise([first].into_iter().chain(second), &mut known)
        .unwrap();
    model
        .tokenizer
        .row(&known, first, second, model.manifest.max_length)
        .unwrap()
}

#[tokio::test]
async fn the_encoder_repeats_its_golden_rows() {
    let model = load("relevance");
    let mut rows: Vec<EncoderRow> = golden(&model);
    for golden in &rows {
        let ids = row(&model, &golden.text, None).ids;
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
    let asked = rows.iter().map(|r| row(&model, &r.text, None)).collect();
    for (golden, got) in rows.iter().zip(model.run(asked).await.unwrap()) {
        assert_eq!(golden.embedding.len(), got.len());
        for (a, b) in golden.embedding.iter().zip(got) {
            assert!((a - b).abs() <= TOLERANCE, "{}: {a} {b}", golden.text);
        }
    }
}

#[tokio::test]
async fn the_reward_model_repeats_its_golden_rows() {
    let model = load("preference");
    let rows: Vec<RewardRow> = golden(&model);
    let asked: Vec<Row> = rows
        .iter()
        .map(|r| row(&model, &r.prompt, Some(&r.completion)))
        .collect();
    for (golden, asked) in rows.iter().zip(&asked) {
        assert_eq!(
            (&asked.ids, &asked.type_ids),
            (&golden.ids, &golden.type_ids),
            "{}",
            golden.completion
        );
    }
    for (golden, got) in rows.iter().zip(model.run(asked).await.unwrap()) {
        assert!(
            (golden.logit - got[0]).abs() <= TOLERANCE,
            "{}: {} {}",
            golden.completion,
            golden.logit,
            got[0]
        );
    }
}
