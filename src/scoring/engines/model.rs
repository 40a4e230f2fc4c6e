//! One loaded model: items → rows → batches → vectors.

use std::sync::Arc;

use futures::future::try_join_all;
use ort::environment::Environment;

use super::demand::Item;
use super::onnx::Sessions;
use super::tokenizer::{Row, TextTokenizer, Tokenised};
use super::{Manifest, Vector, batch};
use crate::config::ModelsConfig;
use crate::scoring::{Fault, LoadError};

/// Verified, warm, and shared by all who hold it; it has no name of its own, since each scoring file may
/// call it otherwise.
pub(super) struct Model {
    tokenizer: Arc<TextTokenizer>,
    max_length: usize,
    batch_tokens: usize,
    sessions: Sessions,
}

impl Model {
    /// `bytes` are those of the manifest's file. Blocks.
    pub fn start(
        environment: &Environment,
        manifest: &Manifest,
        tokenizer: Arc<TextTokenizer>,
        bytes: &[u8],
        config: &ModelsConfig,
    ) -> Result<Self, LoadError> {
        let warm_up = warm_up(manifest, &tokenizer)?;
        Ok(Self {
            tokenizer,
            max_length: manifest.max_length,
            batch_tokens: config.batch_tokens,
            sessions: Sessions::start(environment, manifest, bytes, &warm_up, config.sessions)?,
        })
    }

    /// One row per item, in their order. `known` is what this model's tokenizer has done for the round.
    pub fn rows(&self, items: &[Item], known: &mut Tokenised) -> Result<Vec<Row>, Fault> {
        self.tokenizer.rows(items, self.max_length, known)
    }

    /// One vector per row, in their order. Dropping the future drops the work still queued.
    pub async fn run(&self, rows: &[Row]) -> Result<Vec<Vector>, Fault> {
        let lengths: Vec<usize> = rows.iter().map(|r| r.ids.len()).collect();
        let batches = batch::plan(&lengths, self.batch_tokens);
        let queue = |batch: &Vec<usize>| {
            let rows = batch.iter().map(|i| rows[*i].clone()).collect();
            self.sessions.run(rows)
        };
        // All are queued before the first is waited for.
        let queued: Vec<_> = batches.iter().map(queue).collect();
        let mut vectors: Vec<Vector> = vec![Vec::new(); rows.len()];
        for (batch, answers) in batches.into_iter().zip(try_join_all(queued).await?) {
            for (i, vector) in batch.into_iter().zip(answers) {
                vectors[i] = vector;
            }
        }
        Ok(vectors)
    }
}

/// A row of the shape that the manifest promises to take.
fn warm_up(manifest: &Manifest, tokenizer: &TextTokenizer) -> Result<Vec<Row>, LoadError> {
    let text = || "warm up".to_owned();
    let item = if manifest.pair {
        Item::Pair(text(), text())
    } else {
        Item::Text(text())
    };
    tokenizer
        .rows(&[item], manifest.max_length, &mut Tokenised::new())
        .map_err(|fault| LoadError::BadModel {
            name: manifest.name.clone(),
            reason: fault.to_string(),
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::scoring::engines::registry::Loaded;
    use crate::scoring::tests::fixture::{Models, WORDS};

    fn model(batch_tokens: usize) -> Arc<Model> {
        let models = Models::new();
        models.encoder("encoder");
        let config = ModelsConfig {
            batch_tokens,
            ..models.config()
        };
        let manifest = Manifest::read(models.path(), "encoder").unwrap();
        Loaded::new().model(&manifest, &config).unwrap()
    }

    fn rows(model: &Model, texts: &[String]) -> Vec<Row> {
        let items: Vec<Item> = texts.iter().map(|t| Item::Text(t.clone())).collect();
        model.rows(&items, &mut Tokenised::new()).unwrap()
    }

    #[test]
    fn the_manifest_overrides_the_tokenizers_padding_and_truncation() {
        let model = model(512);
        let known: Vec<String> = WORDS[..20].iter().map(|w| (*w).to_owned()).collect();
        let long = "sun ".repeat(100);
        let got = rows(
            &model,
            &["sun".into(), known.join(" "), long, "[SEP] [CLS]".into()],
        );
        let lengths: Vec<usize> = got.iter().map(|r| r.ids.len()).collect();
        assert_eq!(lengths[..3], [3, 22, 32]);
        assert_eq!((got[0].ids[0], got[0].ids[2]), (2, 3));
        assert!(
            got[3].ids[1..got[3].ids.len() - 1]
                .iter()
                .all(|id| *id == 1),
            "{:?}",
            got[3]
        );
    }

    #[test]
    fn work_that_nobody_waits_for_is_not_run() {
        let model = model(32);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let many: Vec<String> = (0..2000).map(|_| "sun moon sea ".repeat(10)).collect();
        let asked = rows(&model, &many);
        runtime.block_on(async {
            let run = model.run(&asked);
            tokio::select! {
                biased;
                _ = run => unreachable!("2000 batches in no time"),
                () = std::future::ready(()) => {}
            }
            // The queue was left: this answer does not wait behind it.
            let one = rows(&model, &["sun".into()]);
            assert_eq!(model.run(&one).await.unwrap().len(), 1);
        });
    }

    #[test]
    fn any_texts_come_back_in_order_whatever_shares_their_batch() {
        let model = model(40);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let word = prop::sample::select(&WORDS[..22]);
        let known = prop::collection::vec(word, 0..40).prop_map(|w| w.join(" "));
        let texts = prop::collection::vec(prop_oneof![known, ".{0,60}"], 0..24);
        proptest!(ProptestConfig::with_cases(64), |(texts in texts)| {
            let asked = rows(&model, &texts);
            let together = runtime.block_on(model.run(&asked)).unwrap();
            prop_assert_eq!(together.len(), texts.len());
            for (row, got) in asked.into_iter().zip(together) {
                let alone = runtime.block_on(model.run(&[row])).unwrap().remove(0);
                for (a, b) in alone.iter().zip(&got) {
                    prop_assert!((a - b).abs() < 1e-4, "{} {}", a, b);
                }
            }
        });
    }
}
