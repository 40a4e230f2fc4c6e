//! `[[mask]]`: a factor on the total of an answer that shows a certain thing.

use serde::{Deserialize, Serialize};

use super::{ExtractionRule, LengthRule, named};
use crate::config::rule::{Checked, at_least, between, rule, within};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskConfig {
    /// Unique in the file; the name in SQL.
    pub name: String,
    pub rule: MaskRule,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MaskRule {
    /// 0 for an answer that is the question given back, or that holds the passage or a message of the
    /// prompt: at least this share of its runs of three words.
    Echo {
        min_overlap: f64,
    },
    /// 0 below this many letters and digits, where only the reference says what is right. Where the truth is known, an
    /// answer of two characters may be all of it.
    TooShort {
        min_chars: usize,
    },
    /// 0 when the answer's cosine to the question and to the passage both lie below `min_cosine`. Passes where the truth
    /// is read exactly.
    Relevance {
        manifest: String,
        min_cosine: f64,
    },
    /// Cut to `factor`: an answer that a faster miner of the same round gave before. Compared are the
    /// runs of three words that the prompt does not hold: what both took from it proves nothing.
    Copy {
        manifest: String,
        /// The answers' embeddings are at least this near.
        min_cosine: f64,
        /// At least this share of the runs of the answer with fewer of them is in common.
        min_overlap: f64,
        /// At least so many runs are in common: fewer are chance.
        min_runs: usize,
        factor: f64,
    },
    Extraction(ExtractionRule),
    Length(LengthRule),
    /// 0 for an answer in another language than the question's, or for a heap of words without sentences.
    Language {},
    /// Words that are written with look-alikes of other scripts, or hold what nobody sees: read as what they look like,
    /// and cut towards `factor` as their share grows.
    Disguise {
        /// What an answer of nothing else keeps, 0 to 1.
        factor: f64,
    },
}

impl MaskConfig {
    pub(super) fn check(&self) -> Checked {
        within("rule", self.rule.check())
    }
}

impl MaskRule {
    pub fn manifest(&self) -> Option<&str> {
        match self {
            Self::Relevance { manifest, .. } | Self::Copy { manifest, .. } => Some(manifest),
            _ => None,
        }
    }

    /// Whether this is a guess at worth by an answer's looks, which an answer known to be right need not fear.
    pub fn yields_to_truth(&self) -> bool {
        match self {
            Self::TooShort { .. }
            | Self::Relevance { .. }
            | Self::Extraction(_)
            | Self::Length(_)
            | Self::Language {} => true,
            Self::Echo { .. } | Self::Copy { .. } | Self::Disguise { .. } => false,
        }
    }

    fn check(&self) -> Checked {
        if let Some(manifest) = self.manifest() {
            named("manifest", manifest)?;
        }
        let share = |value: f64| {
            rule(
                value > 0.0 && value <= 1.0,
                "min_overlap",
                value,
                "above 0 and at most 1",
            )
        };
        match self {
            Self::Extraction(rule) => rule.check(),
            Self::Length(rule) => rule.check(),
            Self::Disguise { factor } => between("factor", *factor, 0.0, 1.0),
            Self::Echo { min_overlap } => share(*min_overlap),
            Self::TooShort { min_chars } => at_least("min_chars", *min_chars, 1),
            Self::Language {} => Ok(()),
            Self::Relevance { min_cosine, .. } => between("min_cosine", *min_cosine, -1.0, 1.0),
            Self::Copy {
                min_cosine,
                min_overlap,
                min_runs,
                factor,
                ..
            } => {
                between("min_cosine", *min_cosine, -1.0, 1.0)?;
                share(*min_overlap)?;
                at_least("min_runs", *min_runs, 1)?;
                between("factor", *factor, 0.0, 1.0)
            }
        }
    }
}
