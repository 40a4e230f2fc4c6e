//! One round's demand through all models at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::{join, join_all};
use tokio::task::spawn_blocking;

use super::demand::Item;
use super::llm::Llm;
use super::model::Model;
use super::tokenizer::{Row, Tokenised};
use super::{Demand, Evidence, Manifest, ModelRef};
use crate::scoring::Fault;

/// The models that one scoring file names: as long as this is held, they stay loaded.
pub(in crate::scoring) struct Models {
    files: Arc<BTreeMap<ModelRef, Used>>,
    llms: BTreeMap<ModelRef, Llm>,
}

struct Used {
    manifest: Manifest,
    model: Arc<Model>,
}

impl Models {
    pub(super) fn new(
        files: impl IntoIterator<Item = (ModelRef, Manifest, Arc<Model>)>,
        llms: BTreeMap<ModelRef, Llm>,
    ) -> Self {
        let used = |(name, manifest, model)| (name, Used { manifest, model });
        Self {
            files: Arc::new(files.into_iter().map(used).collect()),
            llms,
        }
    }

    pub fn manifests(&self) -> impl Iterator<Item = &Manifest> {
        self.files.values().map(|used| &used.manifest)
    }

    /// Dropping the future drops the batches that have not begun.
    pub async fn gather(&self, mut demand: Demand) -> Evidence {
        let (names, grading): (Vec<_>, Vec<_>) = self
            .llms
            .iter()
            .filter_map(|(name, llm)| {
                Some((
                    name.clone(),
                    llm.grade(Vec::from_iter(demand.0.remove(name)?)),
                ))
            })
            .unzip();
        let (mut evidence, grades) = join(self.run(demand), join_all(grading)).await;
        evidence.0.extend(names.into_iter().zip(grades));
        evidence
    }

    async fn run(&self, demand: Demand) -> Evidence {
        let models = Arc::clone(&self.files);
        let asked: Vec<ModelRef> = demand.0.keys().cloned().collect();
        let prepared = match spawn_blocking(move || prepare(&models, demand)).await {
            Ok(prepared) => prepared,
            Err(_) => asked
                .into_iter()
                .map(|name| (name, Err(Fault::ThreadGone)))
                .collect(),
        };
        let judged = prepared.into_iter().map(|(name, prepared)| async {
            let judged = match (self.files.get(&name), prepared) {
                (Some(used), Ok((items, rows))) => used
                    .model
                    .run(&rows)
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

type Prepared = BTreeMap<ModelRef, Result<(Vec<Item>, Vec<Row>), Fault>>;

/// Tokenises each text once per tokenizer.
fn prepare(models: &BTreeMap<ModelRef, Used>, demand: Demand) -> Prepared {
    let mut known: BTreeMap<&str, Tokenised> = BTreeMap::new();
    let mut prepared = Prepared::new();
    for (name, items) in demand.0 {
        let Some(Used { manifest, model }) = models.get(&name) else {
            continue;
        };
        let known = known.entry(&manifest.tokenizer_sha256).or_default();
        let items = Vec::from_iter(items);
        let rows = model.rows(&items, known);
        prepared.insert(name, rows.map(|rows| (items, rows)));
    }
    prepared
}
