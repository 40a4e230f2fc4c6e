//! Raw scores: one per answer, in the answers' order, or the reason why there are none.

mod cosine;
mod reward;
mod rouge;

pub(super) use cosine::cosine;

use super::Fault;
use super::inference::{Demand, Evidence};
use super::round::Round;
use crate::config::ModelInput;

/// What the model will ask of the ONNX models.
pub(super) fn demand(input: &ModelInput, round: &Round, demand: &mut Demand) {
    match input {
        ModelInput::CosineToReference { manifest } => cosine::demand(manifest, round, demand),
        ModelInput::Reward { manifest, prompt } => reward::demand(manifest, *prompt, round, demand),
        ModelInput::RougeL {} => {}
    }
}

pub(super) fn score(
    input: &ModelInput,
    round: &Round,
    evidence: &Evidence,
) -> Result<Vec<f64>, Fault> {
    match input {
        ModelInput::CosineToReference { manifest } => cosine::score(manifest, round, evidence),
        ModelInput::Reward { manifest, prompt } => {
            reward::score(manifest, *prompt, round, evidence)
        }
        ModelInput::RougeL {} => rouge::score(round),
    }
}
