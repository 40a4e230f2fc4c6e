//! What a reward model thinks of an answer to a prompt: a logit.

use super::{Judge, Opinion};
use crate::config::RewardPrompt;
use crate::scoring::Fault;
use crate::scoring::engines::{Demand, Evidence, ModelRef};
use crate::scoring::round::{Answer, Asked, Round};

pub(super) struct RewardLogit {
    pub model: ModelRef,
    pub prompt: RewardPrompt,
}

impl Judge for RewardLogit {
    fn demand(&self, round: &Round) -> Demand {
        let pairs = round.asked().filter_map(|(answer, asked)| {
            let prompt = asked.prompt(self.prompt)?;
            Some((prompt, answer.text.as_str()))
        });
        Demand::pairs(&self.model, pairs)
    }

    fn score(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Option<Opinion>>, Fault> {
        let vectors = evidence.of(&self.model)?;
        // The manifest's rules give a reward model one value per row.
        let logit = |(answer, asked): (&Answer, Asked)| {
            let Some(prompt) = asked.prompt(self.prompt) else {
                return Ok(None);
            };
            let vector = vectors.pair(&prompt, &answer.text)?;
            let raw = vector.iter().map(|v| f64::from(*v)).sum();
            Ok(Some(Opinion::bare(raw)))
        };
        round.asked().map(logit).collect()
    }
}
