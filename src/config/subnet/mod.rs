//! One `[[subnet]]`: whom to ask, what to ask, and when to set weights.

mod challenges;
mod hotkey;
mod ports;
mod query;
mod range;
mod rounds;
mod sampling;
mod synapse;
mod template;
mod weights;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use challenges::{ChallengeConfig, FamilyConfig, Variants};
pub use hotkey::HotkeyConfig;
pub use ports::PortRange;
pub use query::QueryConfig;
pub use range::AddressRange;
pub use rounds::RoundsConfig;
pub use sampling::SamplingConfig;
pub use synapse::{FieldSource, SynapseConfig, SynapseField};
pub use template::Template;
pub use weights::WeightsConfig;

use super::rule::{Checked, rule, within};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubnetConfig {
    pub netuid: u16,
    #[serde(default)]
    pub mechanism: u8,
    #[serde(default)]
    pub hotkey: HotkeyConfig,
    /// The scoring file, relative to this config file.
    #[serde(default = "default_scoring")]
    pub scoring: PathBuf,
    #[serde(default)]
    pub rounds: RoundsConfig,
    #[serde(default)]
    pub sampling: SamplingConfig,
    #[serde(default)]
    pub query: QueryConfig,
    #[serde(default)]
    pub synapse: SynapseConfig,
    #[serde(default)]
    pub challenges: ChallengeConfig,
    #[serde(default)]
    pub weights: WeightsConfig,
}

fn default_scoring() -> PathBuf {
    "scoring/default.toml".into()
}

impl SubnetConfig {
    /// The finney defaults for a subnet.
    pub fn new(netuid: u16) -> Self {
        Self {
            netuid,
            mechanism: 0,
            hotkey: HotkeyConfig::default(),
            scoring: default_scoring(),
            rounds: RoundsConfig::default(),
            sampling: SamplingConfig::default(),
            query: QueryConfig::default(),
            synapse: SynapseConfig::default(),
            challenges: ChallengeConfig::default(),
            weights: WeightsConfig::default(),
        }
    }

    pub(super) fn check(&self) -> Checked {
        rule(
            self.mechanism < 16,
            "mechanism",
            self.mechanism,
            "a subnet has at most 16 mechanisms (0..15)",
        )?;
        within("hotkey", self.hotkey.check())?;
        within("rounds", self.rounds.check())?;
        within("sampling", self.sampling.check())?;
        let most = self.rounds.sample.max(self.sampling.max_sample);
        within("query", self.query.check(most))?;
        within("synapse", self.synapse.check())?;
        within("challenges", self.challenges.check())?;
        within("weights", self.weights.check())
    }
}
