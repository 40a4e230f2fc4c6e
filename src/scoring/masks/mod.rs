//! Masks: factors on the total. One file per kind; built from the scoring file in one place, here.

mod copy;
mod disguise;
mod echo;
mod manner;
mod relevance;
mod too_short;

use std::time::Duration;

use copy::Copies;
use disguise::Disguise;
use echo::Echo;
use manner::Manner;
use relevance::Relevance;
use too_short::TooShort;

use super::engines::{Demand, Evidence, ModelKind, Wanted};
use super::judges::{extraction, language, length};
use super::round::{Answer, Asked, Round};
use super::{Fault, LoadError};
use crate::config::{MaskConfig, MaskRule};
use crate::types::{MinerId, Pair, PairRecord};

/// A `[[mask]]` of the scoring file, built once: what it needs computed, and what it cuts.
pub(super) trait Mask: Send + Sync {
    /// What it will read of the evidence. Nothing, for a mask of words alone.
    fn demand(&self, _round: &Round) -> Demand {
        Demand::nothing()
    }

    /// One mark per answer, in the answers' order.
    fn apply(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Mark>, Fault>;
}

/// A factor in [0, 1], and what set it (empty for 1).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub value: f64,
    pub reason: String,
    /// Another miner whose answer set it.
    pub source: Option<MinerId>,
    /// What is to be remembered of this miner and others; a pair is told of once.
    pub pairs: Vec<(Pair, PairRecord)>,
}

impl Mark {
    fn pass() -> Self {
        Self {
            value: 1.0,
            reason: String::new(),
            source: None,
            pairs: Vec::new(),
        }
    }

    fn cut(value: f64, reason: String) -> Self {
        Self {
            value,
            reason,
            ..Self::pass()
        }
    }
}

pub(super) fn build(
    config: &MaskConfig,
    wanted: &mut Wanted<'_>,
) -> Result<Box<dyn Mask>, LoadError> {
    let mut encoder = |manifest: &str| {
        wanted.need(manifest, ModelKind::Encoder, || {
            format!("mask[{}]", config.name)
        })
    };
    Ok(match &config.rule {
        MaskRule::Echo { min_overlap } => Box::new(Echo {
            min_overlap: *min_overlap,
        }),
        MaskRule::TooShort { min_chars } => Box::new(TooShort {
            min_chars: *min_chars,
        }),
        MaskRule::Extraction(rule) => {
            let rule = rule.clone();
            Box::new(Manner(move |answer: &Answer, asked: Asked<'_>| {
                extraction::opinion(&rule, answer, asked)
            }))
        }
        MaskRule::Length(rule) => {
            let rule = rule.clone();
            Box::new(Manner(move |answer: &Answer, asked: Asked<'_>| {
                Some(length::opinion(&rule, answer, asked))
            }))
        }
        MaskRule::Language {} => Box::new(Manner(|answer: &Answer, asked: Asked<'_>| {
            Some(language::opinion(answer, asked))
        })),
        MaskRule::Disguise { factor } => Box::new(Disguise { factor: *factor }),
        MaskRule::Relevance {
            manifest,
            min_cosine,
        } => Box::new(Relevance {
            encoder: encoder(manifest)?,
            min_cosine: *min_cosine,
        }),
        MaskRule::Copy {
            min_evidence,
            pair_evidence,
            memory,
            margin_ms,
            factor,
        } => Box::new(Copies {
            min_evidence: *min_evidence,
            pair_evidence: *pair_evidence,
            memory: f64::from(*memory),
            margin: Duration::from_millis(*margin_ms),
            factor: *factor,
        }),
    })
}
