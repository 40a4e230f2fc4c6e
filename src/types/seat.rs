//! Who sits where.

use super::{MinerId, Neuron, Uid};

/// A miner in its place in the subnet, at the block that it was read from. The uid can pass to another hotkey at
/// any block; the miner stays who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seat {
    /// Its place.
    pub uid: Uid,
    /// Who holds it.
    pub miner: MinerId,
}

impl From<&Neuron> for Seat {
    fn from(neuron: &Neuron) -> Self {
        Self {
            uid: neuron.uid,
            miner: neuron.miner,
        }
    }
}
