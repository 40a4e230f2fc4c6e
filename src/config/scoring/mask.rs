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
    /// Cut: one text given by several miners who were asked one question. What it would earn, times `factor`, is shared
    /// among them; where one of them can be told to be the author, that one keeps its own.
    Copy {
        /// From here on two answers of one round are one text: so many words of their own, as it were, more than honest
        /// answers have in common.
        min_evidence: f64,
        /// From here on the evidence of many rounds proves a pair: then all that they have in common counts.
        pair_evidence: f64,
        /// How many comparisons the record of a pair goes back.
        memory: u32,
        /// Where a question was drawn for the round, who is first by so much is the author.
        margin_ms: u64,
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
            Self::Relevance { manifest, .. } => Some(manifest),
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
                min_evidence,
                pair_evidence,
                memory,
                factor,
                ..
            } => {
                between("min_evidence", *min_evidence, 1.0, 100.0)?;
                between("pair_evidence", *pair_evidence, 1.0, 1000.0)?;
                at_least("memory", *memory as usize, 2)?;
                between("factor", *factor, 0.0, 1.0)
            }
        }
    }
}
