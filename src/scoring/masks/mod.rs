//! Factors on the total: one per answer, in the answers' order. Pure, given the embeddings.

mod copy;
mod echo;
mod relevance;
mod too_short;

use super::Fault;
use super::inference::{Demand, Evidence};
use super::round::Round;
use crate::config::MaskRule;

/// A factor in [0, 1], and what set it (empty for 1).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub value: f64,
    pub reason: String,
}

impl Mark {
    fn pass() -> Self {
        Self {
            value: 1.0,
            reason: String::new(),
        }
    }

    fn cut(value: f64, reason: String) -> Self {
        Self { value, reason }
    }
}

/// What the mask will ask of the encoders.
pub(super) fn demand(rule: &MaskRule, round: &Round, demand: &mut Demand) {
    let Some(manifest) = rule.manifest() else {
        return;
    };
    let texts = demand.entry(manifest.to_owned()).or_default();
    texts.extend(round.answers.iter().map(|a| (a.text.clone(), None)));
    if let MaskRule::Relevance { .. } = rule {
        let about = [Some(&round.question), round.passage.as_ref()];
        texts.extend(about.into_iter().flatten().map(|text| (text.clone(), None)));
    }
}

pub(super) fn apply(
    rule: &MaskRule,
    round: &Round,
    evidence: &Evidence,
) -> Result<Vec<Mark>, Fault> {
    match rule {
        MaskRule::Echo { min_overlap } => Ok(echo::apply(*min_overlap, round)),
        MaskRule::TooShort { min_chars } => Ok(too_short::apply(*min_chars, round)),
        MaskRule::Relevance {
            manifest,
            min_cosine,
        } => relevance::apply(evidence.of(manifest)?, *min_cosine, round),
        MaskRule::Copy {
            manifest,
            min_cosine,
            min_overlap,
            min_runs,
            factor,
        } => {
            let vectors = evidence.of(manifest)?;
            let texts = round.answers.iter().map(|a| vectors.text(&a.text));
            let near = copy::Near {
                cosine: *min_cosine,
                overlap: *min_overlap,
                runs: *min_runs,
            };
            Ok(copy::apply(
                &near,
                *factor,
                round,
                &texts.collect::<Result<Vec<_>, _>>()?,
            ))
        }
    }
}
