//! One `[[subnet]]`: whom to ask, what to ask, and when to set weights.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Seconds;

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
}

/// Exactly one of the two.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HotkeyConfig {
    /// A plain btcli keyfile: `~/.bittensor/wallets/<coldkey>/hotkeys/<hotkey>`.
    pub keyfile: PathBuf,
    /// A secret URI: `//Alice`, a mnemonic, or `0x` and 64 hex digits. For tests and local chains.
    #[serde(skip_serializing)]
    pub suri: String,
}

impl std::fmt::Debug for HotkeyConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let suri = if self.suri.is_empty() {
            ""
        } else {
            "<redacted>"
        };
        f.debug_struct("HotkeyConfig")
            .field("keyfile", &self.keyfile)
            .field("suri", &suri)
            .finish()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoundsConfig {
    /// From the start of one round to the start of the next.
    pub interval_s: Seconds,
    /// How many miners a round asks.
    pub sample: usize,
    /// A miner's time for one answer.
    pub timeout_s: Seconds,
}

impl Default for RoundsConfig {
    fn default() -> Self {
        Self {
            interval_s: Seconds::from_millis(60_000),
            sample: 50,
            timeout_s: Seconds::from_millis(10_000),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SamplingConfig {
    /// A neuron with a validator permit and more stake than this (TAO) is taken for a validator and not asked.
    pub validator_stake_tao: f64,
}

impl Default for SamplingConfig {
    fn default() -> Self {
        // OpenValidators' vpermit_tao_limit.
        Self {
            validator_stake_tao: 4096.0,
        }
    }
}

/// What a miner may do to us.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QueryConfig {
    /// Most requests in flight at once.
    pub concurrency: usize,
    /// Most bytes of one response body.
    pub max_response_bytes: usize,
    /// Most bytes of response bodies held by a whole round; what would exceed it counts as too large.
    pub max_round_bytes: usize,
    /// Most response headers.
    pub max_headers: usize,
    /// Time for a TCP connection, within the deadline.
    pub connect_timeout_s: Seconds,
    /// Failures in a row after which a miner rests; 0 never rests one.
    pub circuit_failures: u32,
    /// How many rounds such a miner is not asked.
    pub circuit_rest_rounds: u32,
    /// Address ranges (CIDR) that may be asked although they are not public, e.g. `127.0.0.0/8` on a local chain.
    pub allow_addresses: Vec<String>,
}

impl Default for QueryConfig {
    fn default() -> Self {
        Self {
            concurrency: 64,
            max_response_bytes: 64 * 1024,
            max_round_bytes: 4 * 1024 * 1024,
            max_headers: 64,
            connect_timeout_s: Seconds::from_millis(3_000),
            circuit_failures: 5,
            circuit_rest_rounds: 3,
            allow_addresses: Vec::new(),
        }
    }
}

/// The axon protocol's message, as the subnet's miners define it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SynapseConfig {
    /// The synapse's class name: the path of the POST.
    pub name: String,
    /// The request's fields, in the order in which the synapse declares them.
    pub fields: Vec<SynapseField>,
    /// Fields covered by the body hash, in this order (`required_hash_fields`).
    pub hashed: Vec<String>,
    /// The response field that holds the text; dots lead into objects (`result.text`).
    pub answer: String,
}

impl Default for SynapseConfig {
    fn default() -> Self {
        Self {
            name: "Prompting".into(),
            fields: vec![
                SynapseField {
                    name: "roles".into(),
                    from: FieldSource::Roles,
                    value: None,
                },
                SynapseField {
                    name: "messages".into(),
                    from: FieldSource::Messages,
                    value: None,
                },
            ],
            hashed: vec!["roles".into(), "messages".into()],
            answer: "completion".into(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SynapseField {
    pub name: String,
    /// What fills it.
    pub from: FieldSource,
    /// The value for `from = "constant"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldSource {
    /// `["system", "user"]`: the role of every message.
    Roles,
    /// The text of every message.
    Messages,
    /// The last message's text alone.
    Prompt,
    /// `value` as it stands.
    Constant,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChallengeConfig {
    /// Folder of passage files, relative to this config file, or `embedded`: the passages in the program.
    pub corpus: PathBuf,
    /// Role → text with `{passage}` and `{question}`; sent in the order `system`, `user`, then any others by name.
    pub messages: BTreeMap<String, String>,
}

impl ChallengeConfig {
    /// The value of `corpus` that stands for the passages built into the program.
    pub const EMBEDDED: &str = "embedded";
}

impl Default for ChallengeConfig {
    fn default() -> Self {
        Self {
            corpus: "corpus".into(),
            messages: BTreeMap::from([
                (
                    "system".into(),
                    "Answer from the passage, in one to three full sentences of your own.".into(),
                ),
                (
                    "user".into(),
                    "Passage:\n{passage}\n\nQuestion: {question}".into(),
                ),
            ]),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeightsConfig {
    /// The plan is made this many blocks before the epoch fires (later if the rate limit says so).
    pub plan_blocks_before: u64,
    /// Miners with fewer judgements than this get no weight.
    pub min_observations: u64,
    /// `weight ∝ score^power`: 1 is proportional, more favours the best.
    pub power: f64,
}

impl Default for WeightsConfig {
    fn default() -> Self {
        Self {
            plan_blocks_before: 24,
            min_observations: 1,
            power: 2.0,
        }
    }
}
