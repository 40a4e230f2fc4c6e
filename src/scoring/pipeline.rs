//! One exchange, top to bottom: round → demand → evidence → measured → judged.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::engines::{Engines, Manifest, Models};
use super::error::{Part, RoundFault};
use super::panel::Panel;
use super::round::Round;
use super::{Fault, LoadError, Normalisers, RoundFaults, ScoringHash, combine};
use crate::config::ScoringConfig;
use crate::types::{Exchange, Judgement, PairTable};

/// A scoring config with its judges and masks built and their models verified, loaded and warm. Cheap to
/// share behind an `Arc`; a new config is a new pipeline, and the old one ends when its last round does.
pub struct Pipeline {
    config: ScoringConfig,
    panel: Arc<Panel>,
    models: Models,
    hash: ScoringHash,
}

/// A judged round.
#[derive(Debug)]
pub struct Judged {
    /// One per response of the exchange, in its order.
    pub judgements: Vec<Judgement>,
    /// Judges that had no say; the weights of the others were scaled up to 1.
    pub faults: RoundFaults,
    /// What is known from now on of the miners, two by two: the records that the round changed.
    pub pairs: PairTable,
}

impl Pipeline {
    /// Blocks while it reads, verifies and warms the models that no other pipeline has loaded: call it
    /// from `spawn_blocking` in async code.
    pub fn load(scoring: &ScoringConfig, engines: &Engines) -> Result<Self, LoadError> {
        let mut wanted = engines.wanted();
        let panel = Panel::build(scoring, &mut wanted)?;
        let hash = ScoringHash::of(scoring, wanted.manifests());
        let hash = hash.map_err(|e| LoadError::Unhashable {
            reason: e.to_string(),
        })?;
        Ok(Self {
            config: scoring.clone(),
            panel: Arc::new(panel),
            models: engines.load(wanted)?,
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
    pub fn manifests(&self) -> impl Iterator<Item = &Manifest> {
        self.models.manifests()
    }

    /// Judges every response: a failed exchange gets reward 0 and no scores. Advances the statistics of
    /// `normalisers`, but only when it returns `Ok`. Needs a tokio runtime; may be dropped at any time.
    /// All that it reads is the exchange, so it may come at any time after the answers.
    ///
    /// # Errors
    /// The round can't be judged: no judge of positive weight gave a score, or a mask could not be
    /// computed. Then neither the statistics nor any average may change.
    pub async fn judge(
        &self,
        exchange: &Exchange,
        normalisers: &mut Normalisers,
    ) -> Result<Judged, RoundFaults> {
        self.judge_after(exchange, normalisers, &PairTable::new())
            .await
    }

    /// The same after earlier rounds, with what they say of the miners two by two.
    ///
    /// # Errors
    /// As [`Pipeline::judge`].
    pub async fn judge_after(
        &self,
        exchange: &Exchange,
        normalisers: &mut Normalisers,
        pairs: &PairTable,
    ) -> Result<Judged, RoundFaults> {
        let round = Arc::new(Round::of(exchange).after(pairs));
        if round.answers().is_empty() {
            return Ok(combine::nobody_answered(exchange));
        }
        let evidence = self.models.gather(self.panel.demand(&round)).await;
        let (panel, seen) = (Arc::clone(&self.panel), Arc::clone(&round));
        let measured = spawn_blocking(move || panel.measure(&seen, &evidence))
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
