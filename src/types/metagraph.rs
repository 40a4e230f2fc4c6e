//! A subnet as the chain held it at one finalized block.

use std::net::SocketAddr;

use super::{
    BlockNumber, BlockRef, Coldkey, Genesis, Hotkey, MechanismId, MinerId, Netuid, Scope, Uid,
};

/// 10⁻⁹ TAO (or alpha).
pub type Rao = u64;

/// Where a miner serves, as it published it: not yet checked against the address rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Axon {
    pub address: SocketAddr,
    /// The protocol version it announced (10002000 = SDK 10.2.0).
    pub version: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Neuron {
    pub miner: MinerId,
    pub uid: Uid,
    pub coldkey: Coldkey,
    /// `None` when nothing is served (ip 0.0.0.0, port 0 or an unknown ip type).
    pub axon: Option<Axon>,
    /// Total stake that counts in consensus, in rao.
    pub stake: Rao,
    pub active: bool,
    pub validator_permit: bool,
    /// Block of the last weights set in this mechanism.
    pub last_update: BlockNumber,
    /// As the last epoch left them, u16 of 65535.
    pub incentive: u16,
    pub dividends: u16,
    pub consensus: u16,
    pub validator_trust: u16,
    /// Paid by the last epoch, in rao alpha.
    pub emission: Rao,
}

/// The neurons in uid order: `neurons[i].uid == i`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metagraph {
    neurons: Vec<Neuron>,
}

impl Metagraph {
    /// `None` if the uids are not exactly `0..n` in order.
    pub fn new(neurons: Vec<Neuron>) -> Option<Self> {
        let dense = neurons
            .iter()
            .enumerate()
            .all(|(i, n)| usize::from(n.uid.0) == i);
        dense.then_some(Self { neurons })
    }

    pub fn neurons(&self) -> &[Neuron] {
        &self.neurons
    }

    pub fn by_hotkey(&self, hotkey: &Hotkey) -> Option<&Neuron> {
        self.neurons.iter().find(|n| n.miner.hotkey == *hotkey)
    }

    pub fn by_uid(&self, uid: Uid) -> Option<&Neuron> {
        self.neurons.get(usize::from(uid.0))
    }
}

/// What the chain checks a weight payload against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperparameters {
    pub tempo: u16,
    /// Blocks that must pass between two updates by one hotkey.
    pub weights_rate_limit: u64,
    pub min_allowed_weights: u16,
    pub weights_version_key: u64,
    pub commit_reveal: bool,
    /// Stake below which the chain takes no weights, in rao.
    pub stake_threshold: Rao,
    /// Number of mechanisms, ≥ 1.
    pub mechanisms: u8,
    /// The owner's hotkey: exempt from permit and stake rules.
    pub owner_hotkey: Option<Hotkey>,
}

/// The stateful epoch schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// `SubnetEpochIndex`: how many epochs have fired.
    pub epoch_index: u64,
    pub last_epoch_block: BlockNumber,
    /// The block in whose initialisation the next epoch runs; transactions count up to the block before.
    pub next_epoch: BlockNumber,
}

/// Everything the validator knows of a subnet, read at one finalized block.
#[derive(Clone, Debug)]
pub struct Subnet {
    pub genesis: Genesis,
    pub at: BlockRef,
    pub netuid: Netuid,
    pub mechanism: MechanismId,
    pub metagraph: Metagraph,
    pub params: Hyperparameters,
    pub schedule: Schedule,
}

impl Subnet {
    pub fn scope(&self) -> Scope {
        Scope {
            genesis: self.genesis,
            netuid: self.netuid,
            mechanism: self.mechanism,
        }
    }
}
