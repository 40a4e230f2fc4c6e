//! The layers, and the rules that hold between keys.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use config::{Environment, File, FileFormat};

use super::{ChallengeConfig, Config, FieldSource, ScoringConfig, SubnetConfig};
use crate::types::{Cause, Caused};

/// A config that can't be used: names the key, the value and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(
        "config file {path}: {reason}. Write one with `weighmaster config init`, or name another with --config"
    )]
    Unreadable { path: PathBuf, reason: String },
    #[error("{origin}: {reason}")]
    Invalid { origin: String, reason: String },
    #[error("{origin}: {key} = {value}: {remedy}")]
    Rule {
        origin: String,
        key: String,
        value: String,
        remedy: String,
    },
}

/// Where a config comes from, before it is read.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// A TOML file on disk.
    pub file: Option<PathBuf>,
    /// `section.key` → value, from flags.
    pub overrides: Vec<(String, String)>,
}

impl Layers {
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            file: Some(path.into()),
            ..Self::default()
        }
    }

    fn origin(&self) -> String {
        self.file
            .as_ref()
            .map_or_else(|| "defaults".into(), |p| p.display().to_string())
    }

    /// Reads, joins and checks all layers.
    pub fn load(&self) -> Result<Config, ConfigError> {
        let mut builder = config::Config::builder();
        if let Some(path) = &self.file {
            let text = std::fs::read_to_string(path).map_err(|e| ConfigError::Unreadable {
                path: path.clone(),
                reason: e.to_string(),
            })?;
            builder = builder.add_source(File::from_str(&text, FileFormat::Toml));
        }
        builder = builder.add_source(
            Environment::with_prefix("WEIGHMASTER")
                .prefix_separator("__")
                .separator("__")
                .try_parsing(true),
        );
        for (key, value) in &self.overrides {
            builder = builder
                .set_override(key, value.as_str())
                .map_err(|e| self.invalid(e.to_string()))?;
        }
        let mut config: Config = builder
            .build()
            .and_then(config::Config::try_deserialize)
            .map_err(|e| self.invalid(e.to_string()))?;
        if let Ok(url) = std::env::var("DATABASE_URL")
            && config.database.url.is_empty()
        {
            config.database.url = url;
        }
        if let Some(folder) = self.file.as_ref().and_then(|p| p.parent()) {
            resolve_paths(&mut config, folder);
        }
        self.check(&config)?;
        Ok(config)
    }

    fn invalid(&self, reason: String) -> ConfigError {
        ConfigError::Invalid {
            origin: self.origin(),
            reason: without_secrets(&reason),
        }
    }

    fn check(&self, config: &Config) -> Result<(), ConfigError> {
        let rule = |holds: bool, key: &str, value: &dyn std::fmt::Display, remedy: &str| {
            if holds {
                return Ok(());
            }
            Err(ConfigError::Rule {
                origin: self.origin(),
                key: key.into(),
                value: value.to_string(),
                remedy: remedy.into(),
            })
        };
        rule(
            !config.chain.endpoints.is_empty(),
            "chain.endpoints",
            &"[]",
            "name at least one ws:// or wss:// node",
        )?;
        for url in &config.chain.endpoints {
            rule(
                url.starts_with("ws://") || url.starts_with("wss://"),
                "chain.endpoints",
                url,
                "an endpoint starts with ws:// or wss://",
            )?;
        }
        rule(
            config.database.max_connections >= 3,
            "database.max_connections",
            &config.database.max_connections,
            "at least 3",
        )?;
        rule(
            config.models.sessions >= 1,
            "models.sessions",
            &config.models.sessions,
            "at least 1",
        )?;
        rule(
            config.models.batch_tokens >= 64,
            "models.batch_tokens",
            &config.models.batch_tokens,
            "at least 64",
        )?;
        let mut seen = BTreeSet::new();
        for subnet in &config.subnets {
            let at = |key: &str| format!("subnet[{}].{key}", subnet.netuid);
            rule(
                seen.insert((subnet.netuid, subnet.mechanism)),
                &at("netuid"),
                &subnet.netuid,
                "one [[subnet]] for each netuid and mechanism",
            )?;
            rule(
                subnet.mechanism < 16,
                &at("mechanism"),
                &subnet.mechanism,
                "a subnet has at most 16 mechanisms (0..15)",
            )?;
            rule(
                subnet.hotkey.suri.is_empty() || subnet.hotkey.keyfile.as_os_str().is_empty(),
                &at("hotkey"),
                &"keyfile and suri",
                "give one of the two",
            )?;
            rule(
                subnet.rounds.sample >= 1,
                &at("rounds.sample"),
                &subnet.rounds.sample,
                "at least 1",
            )?;
            rule(
                subnet.rounds.timeout_s.0 <= subnet.rounds.interval_s.0,
                &at("rounds.timeout_s"),
                &subnet.rounds.timeout_s.0.as_secs_f64(),
                "no longer than rounds.interval_s",
            )?;
            rule(
                subnet.query.concurrency >= 1,
                &at("query.concurrency"),
                &subnet.query.concurrency,
                "at least 1",
            )?;
            rule(
                subnet.query.max_response_bytes >= 1024,
                &at("query.max_response_bytes"),
                &subnet.query.max_response_bytes,
                "at least 1024",
            )?;
            rule(
                subnet.weights.power.is_finite() && subnet.weights.power > 0.0,
                &at("weights.power"),
                &subnet.weights.power,
                "a positive number",
            )?;
            rule(
                subnet.weights.plan_blocks_before >= 16,
                &at("weights.plan_blocks_before"),
                &subnet.weights.plan_blocks_before,
                "at least 16: an era of 16 blocks must end before the epoch fires",
            )?;
            for field in &subnet.synapse.fields {
                rule(
                    (field.from == FieldSource::Constant) == field.value.is_some(),
                    &at(&format!("synapse.fields.{}", field.name)),
                    &format!("{:?}", field.from),
                    "`value` goes with from = \"constant\", and only with it",
                )?;
            }
            for name in &subnet.synapse.hashed {
                rule(
                    subnet.synapse.fields.iter().any(|f| f.name == *name),
                    &at("synapse.hashed"),
                    name,
                    "a hashed field must be one of synapse.fields",
                )?;
            }
        }
        Ok(())
    }
}

/// A TOML error shows the line it stumbled over; that of a secret must not reach a log.
fn without_secrets(reason: &str) -> String {
    let lines = reason.lines().map(|l| {
        if l.contains("suri") && l.contains('|') {
            "  | suri = <redacted>"
        } else {
            l
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Paths in a file are relative to that file.
fn resolve_paths(config: &mut Config, folder: &Path) {
    let resolve = |path: &mut PathBuf| {
        if !path.as_os_str().is_empty() && path.is_relative() && !path.starts_with("~") {
            *path = folder.join(&path);
        }
    };
    resolve(&mut config.database.bin_dir);
    resolve(&mut config.database.data_dir);
    resolve(&mut config.models.onnxruntime);
    for SubnetConfig {
        scoring,
        challenges,
        hotkey,
        ..
    } in &mut config.subnets
    {
        resolve(scoring);
        resolve(&mut hotkey.keyfile);
        if challenges.corpus.as_os_str() != ChallengeConfig::EMBEDDED {
            resolve(&mut challenges.corpus);
        }
    }
}

impl Caused for ConfigError {
    fn cause(&self) -> Cause {
        Cause::Config
    }
}

impl ScoringConfig {
    /// Reads and checks a scoring file.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|e| ConfigError::Unreadable {
            path: path.to_path_buf(),
            reason: e.to_string(),
        })?;
        Self::parse(&text, &path.display().to_string())
    }

    /// `origin` names the text in errors.
    pub fn parse(text: &str, origin: &str) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text).map_err(|e| ConfigError::Invalid {
            origin: origin.into(),
            reason: e.to_string(),
        })?;
        config.check().map_err(|e| ConfigError::Rule {
            origin: origin.into(),
            key: e.key,
            value: e.value,
            remedy: e.remedy,
        })?;
        Ok(config)
    }
}
