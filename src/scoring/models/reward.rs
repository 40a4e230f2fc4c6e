//! What a reward model thinks of an answer to a prompt: a logit.

use crate::config::RewardPrompt;
use crate::scoring::Fault;
use crate::scoring::inference::{Demand, Evidence};
use crate::scoring::round::Round;

pub(super) fn demand(manifest: &str, shape: RewardPrompt, round: &Round, demand: &mut Demand) {
    if let Some(prompt) = round.prompt(shape) {
        let pairs = round
            .answers
            .iter()
            .map(|a| (prompt.clone(), Some(a.text.clone())));
        demand.entry(manifest.to_owned()).or_default().extend(pairs);
    }
}

pub(super) fn score(
    manifest: &str,
    shape: RewardPrompt,
    round: &Round,
    evidence: &Evidence,
) -> Result<Vec<f64>, Fault> {
    let prompt = round.prompt(shape).ok_or(Fault::NoReference)?;
    let vectors = evidence.of(manifest)?;
    let answers = round.answers.iter();
    // The manifest's rules give a reward model one value per row.
    answers
        .map(|a| {
            Ok(vectors
                .pair(&prompt, &a.text)?
                .iter()
                .map(|v| f64::from(*v))
                .sum())
        })
        .collect()
}
