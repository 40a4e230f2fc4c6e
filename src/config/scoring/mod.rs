//! The scoring file: which models judge, how they combine, what masks an answer.

mod llm;
mod manner;
mod mask;
mod model;
mod normaliser;

use std::collections::BTreeSet;
use std::path::Path;

use config::Value;
use serde::{Deserialize, Serialize};

pub use llm::{Combine, LlmConfig};
pub use manner::{ExtractionRule, LengthRule};
pub use mask::{MaskConfig, MaskRule};
pub use model::{ModelConfig, ModelInput, RewardPrompt, Role};
pub use normaliser::NormaliserConfig;

use super::rule::{Checked, between, rule, within};
use super::{ConfigError, file, key, read};

/// One scoring file. Every judgement carries the hash of it and of the models that it names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoringConfig {
    /// Share of a new reward in the moving average, 0 < α ≤ 1.
    pub alpha: f64,
    /// The same for a reward below the average, at least α. None: α.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha_down: Option<f64>,
    /// What a newcomer's average is before its first reward. None: 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<f64>,
    /// How much of the reward of a right answer its style decides, 0 to 1. The rest is correctness alone.
    // What a key's default says is not written: configs from before the key keep their hash.
    #[serde(
        default = "default_style_share",
        skip_serializing_if = "is_default_style_share"
    )]
    pub style_share: f64,
    /// How the judges of correctness that have a say become one number.
    #[serde(default, skip_serializing_if = "Together::is_mean")]
    pub correctness: Together,
    /// An answer known to be right keeps at least this of its worth under each mask that goes by looks (`too_short`,
    /// `relevance`, `extraction`, `length`, `language`), 0 to 1.
    #[serde(
        default = "default_sure_floor",
        skip_serializing_if = "is_default_sure_floor"
    )]
    pub sure_floor: f64,
    /// The judges; the weights of each role sum to 1.
    #[serde(rename = "model")]
    pub models: Vec<ModelConfig>,
    /// Factors on the total.
    #[serde(default, rename = "mask")]
    pub masks: Vec<MaskConfig>,
}

/// How several judges of correctness are taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Together {
    /// Σ weight · score: one may make up for another.
    #[default]
    Mean,
    /// Π score^weight: none makes up for a zero.
    Product,
    /// The least of them, whatever their weights: all must be content.
    Lowest,
}

impl Together {
    fn is_mean(&self) -> bool {
        *self == Self::Mean
    }
}

impl ScoringConfig {
    /// Reads and checks a scoring file.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let remedy = "Name another with subnet.scoring";
        let text = file::text(path, "scoring file", remedy)?;
        let mut config = Self::parse(&text, &path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for model in &mut config.models {
            model.input.resolve(folder);
        }
        Ok(config)
    }

    /// `origin` names the text in errors.
    pub fn parse(text: &str, origin: &str) -> Result<Self, ConfigError> {
        let tree = Value::new(Some(&origin.to_owned()), file::parse(text, origin)?);
        let config: Self = read::read(&tree).map_err(|fault| fault.into_error(origin))?;
        config.check().map_err(|bad| ConfigError::Bad {
            origin: key::origin(&tree, &bad.key).unwrap_or_else(|| origin.into()),
            bad,
        })?;
        Ok(config)
    }

    /// The role whose judges an answer needs: correctness, where the file has judges of it.
    pub fn decisive(&self) -> Role {
        let correctness = |m: &ModelConfig| m.role == Role::Correctness && m.weight > 0.0;
        match self.models.iter().any(correctness) {
            true => Role::Correctness,
            false => Role::Style,
        }
    }

    /// The role of a judge, by its name.
    pub fn role(&self, model: &str) -> Option<Role> {
        let found = self.models.iter().find(|m| m.name == model);
        found.map(|m| m.role)
    }

    fn check_weights(&self, role: Role) -> Checked {
        let weights = self.models.iter().filter(|m| m.role == role);
        let weights: Vec<f64> = weights.map(|m| m.weight).collect();
        let sum: f64 = weights.iter().sum();
        rule(
            weights.is_empty() || (sum - 1.0).abs() < 1e-9,
            "model.weight",
            format!("sum {sum} for role = {}", role.name()),
            "the weights of the judges of a role must sum to 1",
        )
    }

    /// Holds in every config that [`ScoringConfig::parse`] returns; unknown manifests show when the
    /// models are loaded.
    fn check(&self) -> Checked {
        rule(
            self.alpha > 0.0 && self.alpha <= 1.0,
            "alpha",
            self.alpha,
            "0 < alpha ≤ 1",
        )?;
        if let Some(down) = self.alpha_down {
            between("alpha_down", down, self.alpha, 1.0)?;
        }
        if let Some(start) = self.start {
            between("start", start, 0.0, 1.0)?;
        }
        rule(
            !self.models.is_empty(),
            "model",
            "[]",
            "at least one [[model]]",
        )?;
        once("model", self.models.iter().map(|m| m.name.as_str()))?;
        for model in &self.models {
            within(&format!("model[{}]", model.name), model.check())?;
        }
        between("style_share", self.style_share, 0.0, 1.0)?;
        between("sure_floor", self.sure_floor, 0.0, 1.0)?;
        [Role::Correctness, Role::Style]
            .into_iter()
            .try_for_each(|role| self.check_weights(role))?;
        once("mask", self.masks.iter().map(|m| m.name.as_str()))?;
        self.masks
            .iter()
            .try_for_each(|mask| within(&format!("mask[{}]", mask.name), mask.check()))
    }
}

fn default_style_share() -> f64 {
    0.15
}

fn is_default_style_share(share: &f64) -> bool {
    *share == default_style_share()
}

fn default_sure_floor() -> f64 {
    0.5
}

fn is_default_sure_floor(floor: &f64) -> bool {
    *floor == default_sure_floor()
}

/// Each entry has a name of its own: it is the name in SQL.
fn once<'c>(list: &str, names: impl Iterator<Item = &'c str>) -> Checked {
    let mut seen = BTreeSet::new();
    for name in names {
        let key = format!("{list}.name");
        named(&key, name)?;
        rule(seen.insert(name), &key, name, "each name once")?;
    }
    Ok(())
}

/// A name of an entry or of a manifest.
fn named(key: &str, name: &str) -> Checked {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.".contains(&b);
    rule(
        (1..=64).contains(&name.len()) && !name.starts_with(['.', '-']) && name.bytes().all(plain),
        key,
        name,
        "a name of letters, digits, `_`, `-` and `.`, at most 64",
    )
}

#[cfg(test)]
mod tests;
