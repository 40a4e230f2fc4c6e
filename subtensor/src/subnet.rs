//! A subnet as the chain held it at one finalized block.

use crate::{BlockRef, Hotkey, Metagraph, Rao, Schedule, Scope};

/// What the chain checks a weight payload against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperparameters {
    /// Blocks from one epoch to the next.
    pub tempo: u16,
    /// Blocks that must pass between two updates by one hotkey.
    pub weights_rate_limit: u64,
    /// Fewest entries of a weight vector; the chain wants `min(this, n)`.
    pub min_allowed_weights: u16,
    /// A payload with a lower version key is refused.
    pub weights_version_key: u64,
    /// Whether weights must be committed first and revealed later.
    pub commit_reveal: bool,
    /// Stake below which the chain takes no weights, in rao.
    pub stake_threshold: Rao,
    /// Number of mechanisms, ≥ 1.
    pub mechanisms: u8,
    /// The owner's hotkey: exempt from permit and stake rules.
    pub owner_hotkey: Option<Hotkey>,
}

/// Everything that is known of a subnet, read at one finalized block.
#[derive(Clone, Debug, PartialEq)]
pub struct Subnet {
    /// Which chain, subnet and mechanism it is of.
    pub scope: Scope,
    /// The block at which all of it was read.
    pub at: BlockRef,
    /// Its neurons.
    pub metagraph: Metagraph,
    /// The rules for weights.
    pub params: Hyperparameters,
    /// When its epochs fire.
    pub schedule: Schedule,
}
