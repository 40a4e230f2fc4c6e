//! The world a local chain starts from, as a user writes it in TOML.

use serde::{Deserialize, Serialize, de::IgnoredAny};

/// Accounts, subnets and chain-wide settings at block 0.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// All of it has defaults.
    #[serde(default)]
    pub chain: Chain,
    /// In no order that matters.
    #[serde(default, rename = "account")]
    pub accounts: Vec<Account>,
    /// Beside root, which every world has.
    #[serde(default, rename = "subnet")]
    pub subnets: Vec<Subnet>,
    /// How `localnet up` plays; nothing to the state.
    #[serde(default)]
    pub up: Option<IgnoredAny>,
}

impl World {
    /// Whether `localnet up` would play in it.
    pub fn has_players(&self) -> bool {
        let mut subnets = self.subnets.iter();
        subnets.any(|subnet| !subnet.validators.is_empty() || !subnet.miners.is_empty())
    }
}

/// `[chain]`: what holds for all subnets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Chain {
    /// Milliseconds between two blocks.
    pub block_ms: u64,
    /// Account that may make sudo calls.
    pub sudo: Option<String>,
    /// Weight of a TAO on root as stake, between 0 and 1; the real chain's where omitted.
    pub tao_weight: Option<f64>,
    /// Total stake, in TAO, below which a hotkey may not set weights.
    pub stake_threshold_tao: f64,
    /// Blocks before an epoch in which hyperparameters are frozen.
    pub admin_freeze_window: Option<u16>,
    /// Whether axons may announce 127.0.0.1 and ::1, which the real chain refuses.
    pub allow_loopback_axons: bool,
    /// Whose pulses open timelocked commits.
    pub drand: Drand,
    /// TAO in existence besides the accounts of this world: moves the halving.
    pub extra_issuance_tao: f64,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            block_ms: 12_000,
            sudo: None,
            tao_weight: None,
            stake_threshold_tao: 0.0,
            admin_freeze_window: None,
            allow_loopback_axons: false,
            drand: Drand::default(),
            extra_issuance_tao: 0.0,
        }
    }
}

/// The beacon that a chain believes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Drand {
    /// The node's own, of which it signs the rounds as they come due.
    #[default]
    Node,
    /// The public one, whose pulses somebody has to bring.
    Quicknet,
}

/// `[[account]]`: a key with a name and a balance.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// By which the rest of the world refers to it.
    pub name: String,
    /// Secret URI of an sr25519 key; `//NAME` where omitted.
    pub suri: Option<String>,
    /// Free TAO at block 0, without what is staked.
    #[serde(default)]
    pub balance_tao: f64,
}

impl Account {
    /// The secret URI, given or derived from the name.
    pub fn suri(&self) -> String {
        self.suri
            .clone()
            .unwrap_or_else(|| format!("//{}", self.name))
    }
}

/// `[[subnet]]`: a subnet that exists and has started; omitted settings are those of a freshly
/// registered subnet on the real chain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subnet {
    /// From 1; each at most once.
    pub netuid: u16,
    /// Account of the owner's coldkey.
    pub owner: String,
    /// Account of the owner's hotkey: uid 0.
    pub owner_hotkey: String,
    /// Blocks between two epochs.
    pub tempo: Option<u16>,
    /// Whether weights must be committed first, and can't be set outright.
    pub commit_reveal: Option<bool>,
    /// Epochs between commit and reveal.
    pub reveal_period_epochs: Option<u64>,
    /// Fewest weights in a vector; a lone self-weight is enough always.
    pub min_allowed_weights: Option<u16>,
    /// Blocks between two weight settings of a neuron.
    pub weights_set_rate_limit: Option<u64>,
    /// Smallest version key that a vector may carry.
    pub weights_version_key: Option<u64>,
    /// Blocks in which a new neuron cannot be pruned.
    pub immunity_period: Option<u16>,
    /// A neuron past its immunity is pruned if more than so many are; else one of the immune.
    pub min_non_immune_uids: Option<u16>,
    /// Most neurons.
    pub max_allowed_uids: Option<u16>,
    /// Permits that an epoch gives.
    pub max_allowed_validators: Option<u16>,
    /// Blocks between two axon announcements.
    pub serving_rate_limit: Option<u64>,
    /// Over 65535.
    pub kappa: Option<u16>,
    /// Part of the old bonds that an epoch keeps, in millionths, without liquid alpha.
    pub bonds_moving_average: Option<u64>,
    /// Over 65535.
    pub bonds_penalty: Option<u16>,
    /// Whether bonds follow the third version of the mechanism.
    pub yuma3: Option<bool>,
    /// Whether the bonds' pace follows from how far weights are from consensus.
    pub liquid_alpha: Option<bool>,
    /// Bounds of the bonds' pace under liquid alpha, over 65535; both or neither.
    pub alpha_low: Option<u16>,
    /// The upper of them.
    pub alpha_high: Option<u16>,
    /// How sharply the pace goes from the lower to the upper bound, in hundredths.
    pub alpha_sigmoid_steepness: Option<i16>,
    /// Whether a miner's commitment may end the bonds in it.
    pub bonds_reset: Option<bool>,
    /// Whether the owner is paid.
    pub owner_cut: Option<bool>,
    /// Whether what the owner's own miners would earn leaves the count of tokens, instead of lying on nobody.
    pub recycle_owner_miners: Option<bool>,
    /// Neurons of the owner that are never pruned.
    pub immune_owner_uids: Option<u16>,
    /// Thousandths of the tempo.
    pub activity_cutoff_factor_milli: Option<u32>,
    /// Shown to clients; the chain holds only registrations on root to it.
    pub max_registrations_per_block: Option<u16>,
    /// Shown to clients; the chain holds only registrations on root to it.
    pub target_registrations_per_interval: Option<u16>,
    /// Price of a place, in TAO.
    pub burn_tao: Option<f64>,
    /// The price of a place never falls below it, in TAO.
    pub min_burn_tao: Option<f64>,
    /// The price of a place never rises above it, in TAO.
    pub max_burn_tao: Option<f64>,
    /// Blocks in which the price of a place halves.
    pub burn_half_life: Option<u16>,
    /// Factor on the price at each registration.
    pub burn_increase: Option<f64>,
    /// TAO in the pool that prices the token, with as many tokens, so that one costs a TAO; that of a freshly
    /// registered subnet where omitted. With 0 there is no pool: a token is a TAO, always.
    pub pool_tao: Option<f64>,
    /// Mechanisms, at least one.
    pub mechanisms: Option<u8>,
    /// Their parts of emission, over 65535 together; equal where omitted.
    pub mechanism_split: Option<Vec<u16>>,
    /// Neurons in uid order after the owner's.
    #[serde(default, rename = "neuron")]
    pub neurons: Vec<Neuron>,
    /// Players of `localnet up`; nothing to the state.
    #[serde(default, rename = "validator")]
    pub validators: Vec<IgnoredAny>,
    /// As `validators`.
    #[serde(default, rename = "miner")]
    pub miners: Vec<IgnoredAny>,
}

/// `[[subnet.neuron]]`: a registered hotkey.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neuron {
    /// Account of the hotkey.
    pub hotkey: String,
    /// Account of the coldkey that owns it.
    pub coldkey: String,
    /// Stake on the subnet, in its token, which costs one TAO at genesis.
    #[serde(default)]
    pub stake_tao: f64,
}
