//! What the loops tell whoever watches them (the demo's printer, the log). Facts already recorded elsewhere.

use std::sync::Arc;
use std::time::Duration;

use super::{
    BlockNumber, EpochIndex, LedgerState, Reason, Reward, RoundId, Scope, Subnet, Uid, WeightSetId,
    WeightVector,
};

#[derive(Clone, Debug)]
pub enum Progress {
    Round(RoundReport),
    /// Weights are in a final block.
    Sent {
        scope: Scope,
        id: WeightSetId,
        epoch: EpochIndex,
        vector: WeightVector,
        block: BlockNumber,
    },
    /// The row was the planned row one block before the epoch fired. `after` is the subnet once it had fired.
    Proven {
        scope: Scope,
        id: WeightSetId,
        epoch: EpochIndex,
        fire_block: BlockNumber,
        after: Arc<Subnet>,
    },
    /// A weight set left the path: state and reason.
    Lost {
        scope: Scope,
        id: WeightSetId,
        epoch: EpochIndex,
        state: LedgerState,
        reason: String,
    },
}

#[derive(Clone, Debug)]
pub struct RoundReport {
    pub id: RoundId,
    pub scope: Scope,
    pub asked: usize,
    pub answered: usize,
    pub took: Duration,
    /// The passage the question was about.
    pub source: String,
    pub rewards: Vec<(Uid, Reward)>,
    /// How many failed, by reason.
    pub failures: Vec<(Reason, usize)>,
}
