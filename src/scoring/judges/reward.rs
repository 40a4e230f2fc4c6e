//! What a reward model thinks of an answer to a prompt: a logit.

use super::Judge;
use crate::config::RewardPrompt;
use crate::scoring::Fault;
use crate::scoring::engines::{Demand, Evidence, ModelRef};
use crate::scoring::round::Round;

pub(super) struct RewardLogit {
    pub model: ModelRef,
    pub prompt: RewardPrompt,
}

impl Judge for RewardLogit {
    fn demand(&self, round: &Round) -> Demand {
        match round.prompt(self.prompt) {
            Ok(prompt) => Demand::pairs(&self.model, &prompt, round.texts()),
            Err(_) => Demand::nothing(),
        }
    }

    fn score(&self, round: &Round, evidence: &Evidence) -> Result<Vec<f64>, Fault> {
        let prompt = round.prompt(self.prompt)?;
        let vectors = evidence.of(&self.model)?;
        // The manifest's rules give a reward model one value per row.
        let logit = |text| {
            let vector = vectors.pair(&prompt, text)?;
            Ok(vector.iter().map(|v| f64::from(*v)).sum())
        };
        round.texts().map(logit).collect()
    }
}
