//! The scoring file: which models judge, how they combine, what masks an answer.

use serde::{Deserialize, Serialize};

/// One scoring file. Its canonical TOML is hashed, and every judgement carries the hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoringConfig {
    /// Share of a new reward in the moving average, 0 < α ≤ 1.
    pub alpha: f64,
    /// The reward models; their weights sum to 1.
    #[serde(rename = "model")]
    pub models: Vec<ModelConfig>,
    /// Factors on the total, applied in this order.
    #[serde(default, rename = "mask")]
    pub masks: Vec<MaskConfig>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    /// Unique in the file; the name in SQL.
    pub name: String,
    pub weight: f64,
    pub input: ModelInput,
    pub normaliser: NormaliserConfig,
}

/// What is measured, and by which model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ModelInput {
    /// Cosine of the encoder's embeddings of the answer and of the reference answer.
    CosineToReference { manifest: String },
    /// Logit of a reward model on (question, answer).
    Reward { manifest: String },
    /// ROUGE-L F1 of the answer against the reference answer: the longest common subsequence of words.
    RougeL,
}

/// How a raw score becomes a number in [0, 1].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum NormaliserConfig {
    /// ½(1 + erf((r−μ)/(σ√2))) over a running mean and variance, remembering at most `memory` scores.
    RunningNormal { memory: f64 },
    /// Linear from `low` → 0 to `high` → 1, clipped.
    Linear { low: f64, high: f64 },
    /// 1 / (1 + e^(−(r − centre)/scale)).
    Logistic { centre: f64, scale: f64 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskConfig {
    pub name: String,
    pub rule: MaskRule,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MaskRule {
    /// 0 for an answer that is the question, the passage or a message of the prompt given back.
    Echo,
    /// 0 below this many characters (after trimming).
    TooShort { min_chars: usize },
    /// 0 when the answer's cosine to the question and to the passage both lie below `min_cosine`.
    Relevance { manifest: String, min_cosine: f64 },
    /// The later of two answers in a batch that are nearer than `max_cosine` and share most words is cut to `factor`.
    Copy {
        manifest: String,
        max_cosine: f64,
        factor: f64,
    },
}

/// A rule that a scoring file breaks: names the key, the value and the remedy.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("{key} = {value}: {remedy}")]
pub struct CombineError {
    pub key: String,
    pub value: String,
    pub remedy: String,
}

impl ScoringConfig {
    pub(super) fn check(&self) -> Result<(), CombineError> {
        let rule = |holds: bool, key: String, value: String, remedy: &str| {
            if holds {
                Ok(())
            } else {
                Err(CombineError {
                    key,
                    value,
                    remedy: remedy.into(),
                })
            }
        };
        rule(
            self.alpha > 0.0 && self.alpha <= 1.0,
            "alpha".into(),
            self.alpha.to_string(),
            "0 < alpha ≤ 1",
        )?;
        let sum: f64 = self.models.iter().map(|m| m.weight).sum();
        rule(
            (sum - 1.0).abs() < 1e-9,
            "model.weight".into(),
            format!("sum {sum}"),
            "the models' weights must sum to 1",
        )
    }
}
