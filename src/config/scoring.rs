//! The scoring file: which models judge, how they combine, what masks an answer.

use std::collections::BTreeSet;
use std::fmt::Display;

use serde::{Deserialize, Serialize};

/// One scoring file. Every judgement carries the hash of it and of the models that it names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoringConfig {
    /// Share of a new reward in the moving average, 0 < α ≤ 1.
    pub alpha: f64,
    /// The reward models; their weights sum to 1.
    #[serde(rename = "model")]
    pub models: Vec<ModelConfig>,
    /// Factors on the total.
    #[serde(default, rename = "mask")]
    pub masks: Vec<MaskConfig>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelConfig {
    /// Unique in the file; the name in SQL.
    pub name: String,
    /// Share of the total. 0 records a model's scores without paying by them.
    pub weight: f64,
    pub input: ModelInput,
    pub normaliser: NormaliserConfig,
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
    /// Unique in the file; the name in SQL.
    pub name: String,
    pub rule: MaskRule,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MaskRule {
    /// 0 for an answer that is the question given back, or that holds the passage or a message of the
    /// prompt: at least this share of its runs of three words.
    Echo { min_overlap: f64 },
    /// 0 below this many characters (after trimming).
    TooShort { min_chars: usize },
    /// 0 when the answer's cosine to the question and to the passage both lie below `min_cosine`.
    Relevance { manifest: String, min_cosine: f64 },
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
}

impl ModelInput {
    pub fn manifest(&self) -> Option<&str> {
        match self {
            Self::CosineToReference { manifest } | Self::Reward { manifest, .. } => Some(manifest),
            Self::RougeL {} => None,
        }
    }
}

impl MaskRule {
    pub fn manifest(&self) -> Option<&str> {
        match self {
            Self::Relevance { manifest, .. } | Self::Copy { manifest, .. } => Some(manifest),
            Self::Echo { .. } | Self::TooShort { .. } => None,
        }
    }
}

/// A rule that a scoring file breaks: names the key, the value and the remedy.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("{key} = {value}: {remedy}")]
pub struct CombineError {
    pub key: String,
    pub value: String,
    pub remedy: String,
}

/// NaN fails every comparison that it is put to, so each rule is written as what must hold.
fn rule(
    holds: bool,
    key: impl Into<String>,
    value: impl Display,
    remedy: &str,
) -> Result<(), CombineError> {
    if holds {
        return Ok(());
    }
    Err(CombineError {
        key: key.into(),
        value: value.to_string(),
        remedy: remedy.into(),
    })
}

fn within(value: f64, low: f64, high: f64, key: String) -> Result<(), CombineError> {
    rule(
        (low..=high).contains(&value),
        key,
        value,
        &format!("between {low} and {high}"),
    )
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 64
        && !name.starts_with(['.', '-'])
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

const NAME: &str = "a name of letters, digits, `_`, `-` and `.`, at most 64";

impl ScoringConfig {
    /// Holds in every config that [`ScoringConfig::parse`] returns; unknown manifests show when the
    /// models are loaded.
    pub(super) fn check(&self) -> Result<(), CombineError> {
        rule(
            self.alpha > 0.0 && self.alpha <= 1.0,
            "alpha",
            self.alpha,
            "0 < alpha ≤ 1",
        )?;
        rule(
            !self.models.is_empty(),
            "model",
            "[]",
            "at least one [[model]]",
        )?;
        let mut seen = BTreeSet::new();
        for model in &self.models {
            let at = |key: &str| format!("model[{}].{key}", model.name);
            rule(is_name(&model.name), "model.name", &model.name, NAME)?;
            rule(
                seen.insert(&model.name),
                "model.name",
                &model.name,
                "each name once",
            )?;
            within(model.weight, 0.0, 1.0, at("weight"))?;
            if let Some(manifest) = model.input.manifest() {
                rule(is_name(manifest), at("input.manifest"), manifest, NAME)?;
            }
            model
                .normaliser
                .check(|key| at(&format!("normaliser.{key}")))?;
        }
        let sum: f64 = self.models.iter().map(|m| m.weight).sum();
        rule(
            (sum - 1.0).abs() < 1e-9,
            "model.weight",
            format!("sum {sum}"),
            "the models' weights must sum to 1",
        )?;
        let mut seen = BTreeSet::new();
        for mask in &self.masks {
            rule(is_name(&mask.name), "mask.name", &mask.name, NAME)?;
            rule(
                seen.insert(&mask.name),
                "mask.name",
                &mask.name,
                "each name once",
            )?;
            mask.rule
                .check(|key| format!("mask[{}].rule.{key}", mask.name))?;
        }
        Ok(())
    }
}

impl NormaliserConfig {
    fn check(&self, at: impl Fn(&str) -> String) -> Result<(), CombineError> {
        match *self {
            Self::RunningNormal { memory } => within(memory, 2.0, 1e9, at("memory")),
            Self::Linear { low, high } => {
                rule(low.is_finite(), at("low"), low, "a finite number")?;
                rule(high.is_finite(), at("high"), high, "a finite number")?;
                rule(low < high, at("low"), low, &format!("below high = {high}"))
            }
            Self::Logistic { centre, scale } => {
                rule(centre.is_finite(), at("centre"), centre, "a finite number")?;
                rule(
                    scale > 0.0 && scale.is_finite(),
                    at("scale"),
                    scale,
                    "a positive number",
                )
            }
        }
    }
}

impl MaskRule {
    fn check(&self, at: impl Fn(&str) -> String) -> Result<(), CombineError> {
        if let Some(manifest) = self.manifest() {
            rule(is_name(manifest), at("manifest"), manifest, NAME)?;
        }
        let share = |value: f64, key: &str| {
            rule(
                value > 0.0 && value <= 1.0,
                at(key),
                value,
                "above 0 and at most 1",
            )
        };
        match *self {
            Self::Echo { min_overlap } => share(min_overlap, "min_overlap"),
            Self::TooShort { min_chars } => {
                rule(min_chars >= 1, at("min_chars"), min_chars, "at least 1")
            }
            Self::Relevance { min_cosine, .. } => within(min_cosine, -1.0, 1.0, at("min_cosine")),
            Self::Copy {
                min_cosine,
                min_overlap,
                min_runs,
                factor,
                ..
            } => {
                within(min_cosine, -1.0, 1.0, at("min_cosine"))?;
                share(min_overlap, "min_overlap")?;
                rule(min_runs >= 1, at("min_runs"), min_runs, "at least 1")?;
                within(factor, 0.0, 1.0, at("factor"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const GOOD: &str = r#"
alpha = 0.1

[[model]]
name = "relevance"
weight = 0.75
input = { kind = "cosine_to_reference", manifest = "relevance" }
normaliser = { kind = "linear", low = 0.2, high = 0.9 }

[[model]]
name = "words"
weight = 0.25
input = { kind = "rouge_l" }
normaliser = { kind = "running_normal", memory = 3000 }

[[mask]]
name = "echo"
rule = { kind = "echo", min_overlap = 0.9 }

[[mask]]
name = "copy"
rule = { kind = "copy", manifest = "relevance", min_cosine = 0.9, min_overlap = 0.6, min_runs = 4, factor = 0.1 }
"#;

    fn error(from: &str, to: &str) -> String {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from} is not in the file");
        ScoringConfig::parse(&text, "scoring.toml")
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_good_one_is_accepted_and_survives_a_round_trip() {
        let config = ScoringConfig::parse(GOOD, "scoring.toml").unwrap();
        assert_eq!(config.models.len(), 2);
        let text = toml::to_string(&config).unwrap();
        assert_eq!(ScoringConfig::parse(&text, "again").unwrap(), config);
    }

    #[test]
    fn each_broken_rule_names_its_key_and_value() {
        for (from, to, key) in [
            ("alpha = 0.1", "alpha = 0", "alpha = 0"),
            ("alpha = 0.1", "alpha = nan", "alpha = NaN"),
            ("weight = 0.75", "weight = 0.5", "model.weight = sum 0.75"),
            (
                "weight = 0.75",
                "weight = -0.75",
                "model[relevance].weight = -0.75",
            ),
            (
                "weight = 0.75",
                "weight = nan",
                "model[relevance].weight = NaN",
            ),
            ("name = \"words\"", "name = \"relevance\"", "each name once"),
            ("name = \"words\"", "name = \"a b\"", "model.name = a b"),
            (
                "manifest = \"relevance\"",
                "manifest = \"../x\"",
                "model[relevance].input.manifest = ../x",
            ),
            (
                "low = 0.2",
                "low = 0.9",
                "model[relevance].normaliser.low = 0.9",
            ),
            ("high = 0.9", "high = inf", "normaliser.high = inf"),
            (
                "memory = 3000",
                "memory = 1",
                "model[words].normaliser.memory = 1",
            ),
            ("name = \"copy\"", "name = \"echo\"", "mask.name = echo"),
            (
                "min_overlap = 0.9",
                "min_overlap = 0.0",
                "mask[echo].rule.min_overlap = 0",
            ),
            (
                "min_cosine = 0.9",
                "min_cosine = 1.1",
                "mask[copy].rule.min_cosine = 1.1",
            ),
            (
                "min_runs = 4",
                "min_runs = 0",
                "mask[copy].rule.min_runs = 0",
            ),
            (
                "factor = 0.1",
                "factor = nan",
                "mask[copy].rule.factor = NaN",
            ),
        ] {
            let text = error(from, to);
            assert!(
                text.contains(key) && text.contains("scoring.toml"),
                "{key}: {text}"
            );
        }
    }

    #[test]
    fn unknown_keys_are_refused_at_every_level() {
        for (from, to) in [
            ("alpha = 0.1", "alpha = 0.1\nalhpa = 0.1"),
            ("weight = 0.75", "weight = 0.75\nwieght = 1"),
            ("kind = \"rouge_l\"", "kind = \"rouge_l\", typo = 1"),
            (
                "kind = \"cosine_to_reference\"",
                "kind = \"cosine_to_reference\", typo = 1",
            ),
            ("low = 0.2", "low = 0.2, typo = 1"),
            ("memory = 3000", "memory = 3000, typo = 1"),
            ("min_overlap = 0.9", "min_overlap = 0.9, typo = 1"),
            ("factor = 0.1", "factor = 0.1, typo = 1"),
            ("name = \"echo\"", "name = \"echo\"\ntypo = 1"),
        ] {
            let text = error(from, to);
            assert!(text.contains("unknown field"), "{to}: {text}");
        }
        assert!(error("\"rouge_l\"", "\"rouge_x\"").contains("rouge_x"));
    }

    #[test]
    fn a_file_without_models_is_refused() {
        let error = ScoringConfig::parse("alpha = 0.1\nmodel = []", "x.toml").unwrap_err();
        assert!(error.to_string().contains("[[model]]"), "{error}");
    }
}
