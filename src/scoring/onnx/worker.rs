//! A model's sessions, each on an OS thread of its own, fed by a channel: inference never runs on
//! the async runtime.

use std::sync::{Arc, Mutex, PoisonError, mpsc};

use futures::future::try_join_all;
use ort::environment::Environment;
use tokio::sync::oneshot;

use super::batch;
use super::session::Session;
use super::{Manifest, Row, TextTokenizer, Tokenised};
use crate::config::ModelsConfig;
use crate::scoring::{Fault, LoadError};

type Vectors = Vec<Vec<f32>>;

/// One batch. Nobody waits any more when the receiver of `reply` is gone: then it is not run.
struct Job {
    rows: Vec<Row>,
    reply: oneshot::Sender<Result<Vectors, Fault>>,
}

/// A verified, warm model. Dropping it ends its threads after the batch in flight.
pub(in crate::scoring) struct OnnxModel {
    pub manifest: Manifest,
    pub tokenizer: Arc<TextTokenizer>,
    queue: mpsc::Sender<Job>,
    batch_tokens: usize,
}

impl OnnxModel {
    /// Builds and warms the sessions, then puts them on their threads. Blocks.
    pub fn start(
        environment: &Environment,
        manifest: Manifest,
        tokenizer: Arc<TextTokenizer>,
        bytes: &[u8],
        config: &ModelsConfig,
    ) -> Result<Self, LoadError> {
        let warm_rows = [warm_up_row(&manifest, &tokenizer)?];
        let (queue, jobs) = mpsc::channel();
        let jobs = Arc::new(Mutex::new(jobs));
        for i in 0..config.sessions.max(1) {
            let mut session = Session::new(environment, &manifest, bytes)?;
            session
                .run(&warm_rows)
                .map_err(|fault| LoadError::BadModel {
                    name: manifest.name.clone(),
                    reason: format!("warm-up: {fault}"),
                })?;
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new()
                .name(format!("{}-{i}", manifest.name))
                .spawn(move || serve(session, &jobs))
                .map_err(|e| LoadError::NoThread {
                    name: manifest.name.clone(),
                    reason: e.to_string(),
                })?;
        }
        Ok(Self {
            manifest,
            tokenizer,
            queue,
            batch_tokens: config.batch_tokens,
        })
    }

    /// One vector per row, in the rows' order. Dropping the future drops the work still queued.
    pub async fn run(&self, rows: Vec<Row>) -> Result<Vectors, Fault> {
        let lengths: Vec<usize> = rows.iter().map(|r| r.ids.len()).collect();
        let batches = batch::plan(&lengths, self.batch_tokens);
        let mut replies = Vec::with_capacity(batches.len());
        for batch in &batches {
            let (reply, answer) = oneshot::channel();
            let rows = batch.iter().map(|i| rows[*i].clone()).collect();
            self.queue
                .send(Job { rows, reply })
                .map_err(|_| Fault::ThreadGone)?;
            replies.push(async { answer.await.map_err(|_| Fault::ThreadGone)? });
        }
        let mut vectors: Vectors = vec![Vec::new(); rows.len()];
        for (batch, answers) in batches.into_iter().zip(try_join_all(replies).await?) {
            for (i, vector) in batch.into_iter().zip(answers) {
                vectors[i] = vector;
            }
        }
        Ok(vectors)
    }
}

fn warm_up_row(manifest: &Manifest, tokenizer: &TextTokenizer) -> Result<Row, LoadError> {
    const TEXT: &str = "warm up";
    let mut known = Tokenised::new();
    tokenizer
        .tokenise([TEXT], &mut known)
        .and_then(|()| {
            tokenizer.row(
                &known,
                TEXT,
                manifest.pair.then_some(TEXT),
                manifest.max_length,
            )
        })
        .map_err(|fault| LoadError::BadModel {
            name: manifest.name.clone(),
            reason: fault.to_string(),
        })
}

/// Until the model is dropped.
fn serve(mut session: Session, jobs: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        // The lock is held while waiting, so exactly one thread waits on the channel.
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else {
            return;
        };
        if !job.reply.is_closed() {
            // The asker may go away meanwhile: then the result is of no use to anyone.
            let _ = job.reply.send(session.run(&job.rows));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::scoring::fixture::{Models, WORDS};
    use crate::scoring::onnx;

    fn model(batch_tokens: usize) -> OnnxModel {
        let models = Models::new();
        models.encoder("encoder");
        let config = ModelsConfig {
            batch_tokens,
            ..models.config()
        };
        let manifest = onnx::load_manifest(models.path(), "encoder").unwrap();
        let environment = onnx::environment(&config.onnxruntime).unwrap();
        let bytes = std::fs::read(models.path().join("encoder.onnx")).unwrap();
        let tokenizer = std::fs::read(models.path().join("tokenizer.json")).unwrap();
        let tokenizer = Arc::new(TextTokenizer::from_bytes("encoder", &tokenizer).unwrap());
        OnnxModel::start(&environment, manifest, tokenizer, &bytes, &config).unwrap()
    }

    fn rows(model: &OnnxModel, texts: &[String]) -> Vec<Row> {
        let mut known = Tokenised::new();
        model
            .tokenizer
            .tokenise(texts.iter().map(String::as_str), &mut known)
            .unwrap();
        let row = |text: &String| model.tokenizer.row(&known, text, None, 32).unwrap();
        texts.iter().map(row).collect()
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
            let run = model.run(asked);
            tokio::select! {
                biased;
                _ = run => unreachable!("2000 batches in no time"),
                () = std::future::ready(()) => {}
            }
            // The queue was left: this answer does not wait behind it.
            let one = rows(&model, &["sun".into()]);
            assert_eq!(model.run(one).await.unwrap().len(), 1);
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
            let together = runtime.block_on(model.run(asked.clone())).unwrap();
            prop_assert_eq!(together.len(), texts.len());
            for (row, got) in asked.into_iter().zip(together) {
                let alone = runtime.block_on(model.run(vec![row])).unwrap().remove(0);
                for (a, b) in alone.iter().zip(&got) {
                    prop_assert!((a - b).abs() < 1e-4, "{} {}", a, b);
                }
            }
        });
    }
}
