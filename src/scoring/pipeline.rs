//! One exchange, top to bottom.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::error::{Part, RoundFault};
use super::inference::Inference;
use super::round::Round;
use super::{Fault, LoadError, Normalisers, RoundFaults, ScoringHash, combine};
use crate::config::{ModelsConfig, ScoringConfig};
use crate::types::{Exchange, Judgement};

/// A scoring config with its models verified, loaded and warm. Cheap to share behind an `Arc`; a new
/// config is a new pipeline, and the old one ends when its last round does.
pub struct Pipeline {
    config: Arc<ScoringConfig>,
    inference: Inference,
    hash: ScoringHash,
}

/// A judged round.
#[derive(Debug)]
pub struct Judged {
    /// One per response of the exchange, in its order.
    pub judgements: Vec<Judgement>,
    /// Models that had no say; the weights of the others were scaled up to 1.
    pub faults: RoundFaults,
}

impl Pipeline {
    /// Blocks while it reads, verifies and warms the models: call it from `spawn_blocking` in async code.
    pub fn load(scoring: &ScoringConfig, models: &ModelsConfig) -> Result<Self, LoadError> {
        let inference = Inference::load(scoring, models)?;
        let hash =
            ScoringHash::of(scoring, inference.manifests()).map_err(|e| LoadError::Unhashable {
                reason: e.to_string(),
            })?;
        Ok(Self {
            config: Arc::new(scoring.clone()),
            inference,
            hash,
        })
    }

    pub fn config(&self) -> &ScoringConfig {
        &self.config
    }

    /// Names this config and its models in every judgement.
    pub fn hash(&self) -> ScoringHash {
        self.hash
    }

    /// The models in use, by name.
    pub fn manifests(&self) -> impl Iterator<Item = &super::Manifest> {
        self.inference.manifests()
    }

    /// Judges every response: a failed exchange gets reward 0 and no scores. Advances the statistics of
    /// `normalisers`, but only when it returns `Ok`. Needs a tokio runtime; may be dropped at any time.
    ///
    /// # Errors
    /// The round can't be judged: no model of positive weight gave a score, or a mask could not be
    /// computed. Then neither the statistics nor any average may change.
    pub async fn judge(
        &self,
        exchange: &Exchange,
        normalisers: &mut Normalisers,
    ) -> Result<Judged, RoundFaults> {
        let round = Arc::new(Round::of(exchange));
        if round.answers.is_empty() {
            return Ok(combine::nobody_answered(exchange));
        }
        let evidence = self
            .inference
            .gather(combine::demand(&self.config, &round))
            .await;
        let (config, texts) = (Arc::clone(&self.config), Arc::clone(&round));
        let measured = spawn_blocking(move || combine::measure(&config, &texts, &evidence))
            .await
            .map_err(|_| {
                RoundFaults(vec![RoundFault {
                    part: Part::Pipeline,
                    name: "measure".into(),
                    fault: Fault::ThreadGone,
                }])
            })?;
        combine::judge(&self.config, exchange, &round, measured, normalisers)
    }
}
