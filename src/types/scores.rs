//! Moving averages per miner.

use std::collections::BTreeMap;

use super::MinerId;

/// `value ← α·reward + (1−α)·value`, once per judgement that the miner was part of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovingAverage {
    /// In [0, 1].
    pub value: f64,
    /// How many judgements it has seen.
    pub observations: u64,
}

/// The scores of one scope, ordered so that everything derived from them is deterministic.
pub type ScoreTable = BTreeMap<MinerId, MovingAverage>;
