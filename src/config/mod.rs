//! Configuration: typed sections, their layers and their rules.
//!
//! Layers, later over earlier: the defaults in these types, the file, `WEIGHMASTER__SECTION__KEY` environment
//! variables, flags. Each section stands in a file of its own, with its type, its defaults and its rules.
//!
//! ```text
//! file ─────────┐
//! environment ──┼─► layers ──(tree of values that know their layer)──► read ──► check ──► Config
//! flags ────────┘                                                     └── fault, rule: ConfigError
//! ```

mod environment;
mod fault;
mod file;
mod key;
mod layers;
mod read;
mod rule;
mod show;
mod units;

mod chain;
mod database;
mod log;
mod models;
mod scoring;
mod service;
mod sockets;
mod subnet;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use chain::ChainConfig;
pub use database::DatabaseConfig;
pub use environment::Environment;
pub use layers::{Layers, Loaded};
pub use log::{LogConfig, LogFormat};
pub use models::ModelsConfig;
pub use rule::{BadKey, ConfigError};
pub use scoring::{
    Combine, ExtractionRule, LengthRule, LlmConfig, MaskConfig, MaskRule, ModelConfig, ModelInput,
    NormaliserConfig, RewardPrompt, Role, ScoringConfig, Together,
};
pub use service::ServiceConfig;
pub use show::Row;
pub use subnet::{
    AddressRange, ChallengeConfig, FamilyConfig, FieldSource, HotkeyConfig, PortRange, QueryConfig,
    RoundsConfig, SamplingConfig, SubnetConfig, SynapseConfig, SynapseField, Template, Variants,
    WeightsConfig,
};
pub use units::Seconds;

use rule::{Checked, rule, within};

/// Everything but the scoring files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub chain: ChainConfig,
    pub database: DatabaseConfig,
    pub models: ModelsConfig,
    pub log: LogConfig,
    pub service: ServiceConfig,
    #[serde(rename = "subnet")]
    pub subnets: Vec<SubnetConfig>,
}

impl Config {
    /// Holds in every config that [`Layers::load`] returns.
    fn check(&self) -> Checked {
        within("chain", self.chain.check())?;
        within("database", self.database.check())?;
        within("models", self.models.check())?;
        within("log", self.log.check())?;
        let labels = key::labels(self.subnets.len(), |i, field| match field {
            "netuid" => Some(self.subnets[i].netuid.to_string()),
            "mechanism" => Some(self.subnets[i].mechanism.to_string()),
            _ => None,
        });
        let mut seen = BTreeSet::new();
        self.subnets.iter().zip(labels).try_for_each(|(s, label)| {
            let once = rule(
                seen.insert((s.netuid, s.mechanism)),
                "netuid",
                s.netuid,
                "one [[subnet]] for each netuid and mechanism",
            );
            within(&format!("subnet[{label}]"), once.and_then(|()| s.check()))
        })
    }
}

/// For tests that need what the environment says, and no file.
#[cfg(test)]
pub mod testing {
    #![allow(clippy::unwrap_used)]

    use super::{Environment, Layers, ModelsConfig};

    /// The models' config with the library that `ORT_DYLIB_PATH` names.
    pub fn models() -> ModelsConfig {
        let layers = Layers {
            environment: Environment::of_process(),
            ..Layers::default()
        };
        layers.load().unwrap().models
    }
}

#[cfg(test)]
mod tests;
