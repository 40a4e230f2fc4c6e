//! Which texts go through which ONNX model: each text once per model, tokenised once per tokenizer,
//! however many reward models and masks ask for it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use futures::future::join_all;
use tokio::task::spawn_blocking;

use super::onnx::{self, Manifest, ModelKind, OnnxModel, Row, TextTokenizer, Tokenised};
use super::{Fault, LoadError};
use crate::config::{ModelsConfig, ScoringConfig};

/// One text, or a pair of prompt and answer.
pub(super) type Item = (String, Option<String>);

/// Manifest name → what it is to judge.
pub(super) type Demand = BTreeMap<String, BTreeSet<Item>>;

/// What the models said, or why one said nothing.
#[derive(Debug, Default)]
pub(super) struct Evidence(pub BTreeMap<String, Result<HashMap<Item, Vec<f32>>, Fault>>);

impl Evidence {
    /// One model's vectors.
    pub fn of(&self, manifest: &str) -> Result<Vectors<'_>, Fault> {
        match self.0.get(manifest) {
            Some(Ok(found)) => Ok(Vectors(found)),
            Some(Err(fault)) => Err(fault.clone()),
            None => Err(Fault::Inference(format!(
                "model `{manifest}` was not asked"
            ))),
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Vectors<'e>(&'e HashMap<Item, Vec<f32>>);

impl<'e> Vectors<'e> {
    pub fn text(&self, text: &str) -> Result<&'e [f32], Fault> {
        self.get(text.to_owned(), None)
    }

    pub fn pair(&self, prompt: &str, answer: &str) -> Result<&'e [f32], Fault> {
        self.get(prompt.to_owned(), Some(answer.to_owned()))
    }

    fn get(&self, first: String, second: Option<String>) -> Result<&'e [f32], Fault> {
        let found = self.0.get(&(first, second)).map(Vec::as_slice);
        found.ok_or_else(|| Fault::Inference("a text was not given to the model".into()))
    }
}

/// All ONNX models that a scoring file names, verified and warm.
pub(super) struct Inference {
    models: Arc<BTreeMap<String, OnnxModel>>,
}

impl Inference {
    /// Blocks. Loads nothing, and needs no library, if the scoring file names no manifest.
    pub fn load(scoring: &ScoringConfig, config: &ModelsConfig) -> Result<Self, LoadError> {
        let mut models = BTreeMap::new();
        let wanted = wanted(scoring, &config.dir)?;
        if !wanted.is_empty() {
            let environment = onnx::environment(&config.onnxruntime)?;
            // By hash: models that share a tokenizer share its memory and its work.
            let mut tokenizers: BTreeMap<String, Arc<TextTokenizer>> = BTreeMap::new();
            for (name, manifest) in wanted {
                let model = config.dir.join(&manifest.file);
                let bytes = onnx::read_verified(&name, &model, &manifest.sha256)?;
                let tokenizer = match tokenizers.get(&manifest.tokenizer_sha256) {
                    Some(known) => Arc::clone(known),
                    None => {
                        let path = config.dir.join(&manifest.tokenizer);
                        let bytes = onnx::read_verified(&name, &path, &manifest.tokenizer_sha256)?;
                        let new = Arc::new(TextTokenizer::from_bytes(&name, &bytes)?);
                        tokenizers.insert(manifest.tokenizer_sha256.clone(), Arc::clone(&new));
                        new
                    }
                };
                let model = OnnxModel::start(&environment, manifest, tokenizer, &bytes, config)?;
                models.insert(name, model);
            }
        }
        Ok(Self {
            models: Arc::new(models),
        })
    }

    pub fn manifests(&self) -> impl Iterator<Item = &Manifest> {
        self.models.values().map(|m| &m.manifest)
    }

    /// Puts everything that is asked through the models, all models at once. Dropping the future drops
    /// the batches that have not begun.
    pub async fn gather(&self, demand: Demand) -> Evidence {
        let models = Arc::clone(&self.models);
        let names: Vec<String> = demand.keys().cloned().collect();
        let prepared = match spawn_blocking(move || prepare(&models, demand)).await {
            Ok(prepared) => prepared,
            Err(_) => names
                .into_iter()
                .map(|n| (n, Err(Fault::ThreadGone)))
                .collect(),
        };
        let judged = prepared.into_iter().map(|(name, prepared)| async {
            let judged = match (self.models.get(&name), prepared) {
                (Some(model), Ok((items, rows))) => model
                    .run(rows)
                    .await
                    .map(|vectors| items.into_iter().zip(vectors).collect()),
                (None, _) => Err(Fault::ThreadGone),
                (_, Err(fault)) => Err(fault),
            };
            (name, judged)
        });
        Evidence(join_all(judged).await.into_iter().collect())
    }
}

type Prepared = BTreeMap<String, Result<(Vec<Item>, Vec<Row>), Fault>>;

fn prepare(models: &BTreeMap<String, OnnxModel>, demand: Demand) -> Prepared {
    let mut known: BTreeMap<&str, Tokenised> = BTreeMap::new();
    let mut prepared = Prepared::new();
    for (name, items) in demand {
        let Some(model) = models.get(&name) else {
            continue;
        };
        let known = known.entry(&model.manifest.tokenizer_sha256).or_default();
        let texts = items
            .iter()
            .flat_map(|(a, b)| [Some(a), b.as_ref()])
            .flatten();
        let rows = model
            .tokenizer
            .tokenise(texts.map(String::as_str), known)
            .and_then(|()| {
                let row = |(a, b): &Item| {
                    model
                        .tokenizer
                        .row(known, a, b.as_deref(), model.manifest.max_length)
                };
                items.iter().map(row).collect::<Result<Vec<Row>, Fault>>()
            });
        prepared.insert(name, rows.map(|rows| (items.into_iter().collect(), rows)));
    }
    prepared
}

/// The manifests that a scoring file names, each of the kind that its users need.
fn wanted(scoring: &ScoringConfig, dir: &Path) -> Result<BTreeMap<String, Manifest>, LoadError> {
    use crate::config::ModelInput;
    let models = scoring.models.iter().filter_map(|m| {
        let kind = match m.input {
            ModelInput::Reward { .. } => ModelKind::Reward,
            _ => ModelKind::Encoder,
        };
        Some((m.input.manifest()?, kind, format!("model[{}]", m.name)))
    });
    let masks = scoring.masks.iter().filter_map(|m| {
        let used_by = format!("mask[{}]", m.name);
        Some((m.rule.manifest()?, ModelKind::Encoder, used_by))
    });
    let mut wanted: BTreeMap<String, Manifest> = BTreeMap::new();
    for (name, want, used_by) in models.chain(masks) {
        let manifest = match wanted.get(name) {
            Some(known) => known,
            None => wanted
                .entry(name.to_owned())
                .or_insert(onnx::load_manifest(dir, name)?),
        };
        if manifest.kind != want {
            return Err(LoadError::WrongKind {
                name: name.into(),
                got: manifest.kind.as_str(),
                want: want.as_str(),
                used_by,
            });
        }
    }
    Ok(wanted)
}
