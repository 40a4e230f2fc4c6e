//! `[[model]]`: one reward model of a scoring file.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{LlmConfig, NormaliserConfig, named};
use crate::config::rule::{Checked, between, within};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    /// Unique in the file; the name in SQL.
    pub name: String,
    /// Share of the total of its role. 0 records a model's scores without paying by them.
    pub weight: f64,
    #[serde(default)]
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
    /// Cosine of the encoder's embeddings of the answer and of the reference answer.
    CosineToReference { manifest: String },
    /// Logit of a reward model on (prompt, answer).
    Reward {
        manifest: String,
        #[serde(default)]
        prompt: RewardPrompt,
    },
    /// ROUGE-L F1 of the answer against the reference answer: the longest common subsequence of words.
    RougeL {},
    /// Grades by a chat model, 0 to 10.
    Llm(Box<LlmConfig>),
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
        if let ModelInput::Llm(llm) = &self.input {
            within("input", llm.check())?;
        }
        within("normaliser", self.normaliser.check())
    }
}

impl ModelInput {
    pub fn manifest(&self) -> Option<&str> {
        match self {
            Self::CosineToReference { manifest } | Self::Reward { manifest, .. } => Some(manifest),
            Self::RougeL {} | Self::Llm(_) => None,
        }
    }

    /// Paths in a scoring file are relative to its folder.
    pub(super) fn resolve(&mut self, folder: &Path) {
        if let Self::Llm(llm) = self {
            llm.resolve(folder);
        }
    }
}
