//! `[[model]]`: one reward model of a scoring file.

use std::path::Path;

use serde::{Deserialize, Serialize};
use truth::value::Partial;

use super::{ExtractionRule, LengthRule, LlmConfig, NormaliserConfig, named};
use crate::config::rule::{Checked, between, within};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    /// Unique in the file; the name in SQL.
    pub name: String,
    /// Share of the total of its role. 0 records a model's scores without paying by them.
    pub weight: f64,
    #[serde(default, skip_serializing_if = "Role::is_style")]
    pub role: Role,
    pub input: ModelInput,
    pub normaliser: NormaliserConfig,
}

/// What a judge's word counts for: correctness multiplies, style adds within it. So style never lifts a wrong answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Correctness,
    #[default]
    Style,
}

/// What is measured, and by which model. `manifest` is the name of a file in `models.dir`, without `.toml`.
// A variant without keys is written with braces: serde would let unknown keys pass in a unit variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ModelInput {
    /// Number, date, name, choice, or that the text doesn't say: as the task's truth has it. The keys say what is earned
    /// by what is near: `near`, `year_only`, `no_year`, 0 unless set.
    Value(Partial),
    /// Share of the required facts that are said, cut by what must never be said.
    Facts {},
    /// A cross-encoder on (question and reference, answer): P(same) + `omits` · P(omits). Has no say where the truth is
    /// read exactly.
    Agreement {
        manifest: String,
        /// What an answer is worth that leaves the point out, 0 to 1.
        #[serde(default = "omits")]
        omits: f64,
    },
    /// The fact, the sentence that proves it, and the name of its document.
    Quote {},
    /// F1 of the items named.
    SetF1 {},
    /// Nearness of the order given to the right one.
    Ranking {},
    /// Share of items labelled right; where nobody knows, as most miners of the round say.
    Labels {},
    /// Nearness to what came, against a simple forecast from what was seen.
    Forecast {},
    /// Cosine of the encoder's embeddings of the answer and of the reference answer.
    CosineToReference {
        manifest: String,
    },
    /// Logit of a reward model on (prompt, answer).
    Reward {
        manifest: String,
        #[serde(default)]
        prompt: RewardPrompt,
    },
    /// ROUGE-L F1 of the answer against the reference answer: the longest common subsequence of words.
    RougeL {},
    Extraction(ExtractionRule),
    Length(LengthRule),
    /// Whether the answer is in the question's language, and in sentences of it.
    Language {},
    /// Whether it has the line that was asked for, reads like a sentence and is free of markup debris.
    Format {},
    /// Grades by a chat model, 0 to 10.
    Llm(Box<LlmConfig>),
}

fn omits() -> f64 {
    0.35
}

/// What a reward model is shown as the prompt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RewardPrompt {
    /// The bare question.
    #[default]
    Question,
    /// The question, an empty line, the passage. In this order, so that a long passage loses its own
    /// end to the model's maximum length, and not the question.
    QuestionAndPassage,
}

impl Role {
    fn is_style(&self) -> bool {
        *self == Self::Style
    }

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Correctness => "correctness",
            Self::Style => "style",
        }
    }
}

impl ModelConfig {
    pub(super) fn check(&self) -> Checked {
        between("weight", self.weight, 0.0, 1.0)?;
        if let Some(manifest) = self.input.manifest() {
            named("input.manifest", manifest)?;
        }
        within("input", self.input.check())?;
        within("normaliser", self.normaliser.check())
    }
}

impl ModelInput {
    pub fn manifest(&self) -> Option<&str> {
        match self {
            Self::CosineToReference { manifest }
            | Self::Reward { manifest, .. }
            | Self::Agreement { manifest, .. } => Some(manifest),
            _ => None,
        }
    }

    fn check(&self) -> Checked {
        match self {
            Self::Value(partial) => {
                between("near", partial.near, 0.0, 1.0)?;
                between("year_only", partial.year_only, 0.0, 1.0)?;
                between("no_year", partial.no_year, 0.0, 1.0)
            }
            Self::Agreement { omits, .. } => between("omits", *omits, 0.0, 1.0),
            Self::Extraction(rule) => rule.check(),
            Self::Length(rule) => rule.check(),
            Self::Llm(llm) => llm.check(),
            _ => Ok(()),
        }
    }

    /// Paths in a scoring file are relative to its folder.
    pub(super) fn resolve(&mut self, folder: &Path) {
        if let Self::Llm(llm) = self {
            llm.resolve(folder);
        }
    }
}
