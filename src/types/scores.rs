//! Moving averages per miner.

use std::collections::BTreeMap;
use std::time::Duration;

use super::MinerId;

/// `value ← α·reward + (1−α)·value`, once per judgement that the miner was part of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MovingAverage {
    /// In [0, 1].
    pub value: f64,
    /// How many judgements it has seen.
    pub observations: u64,
    /// Of the rewards about the value, with the same memory.
    pub variance: f64,
    /// How many judgements stand behind the value, older ones for less and less.
    pub effective: f64,
}

impl MovingAverage {
    /// The standard error of the value, as far as the rewards are independent; none before the second.
    pub fn error(&self) -> Option<f64> {
        (self.observations > 1).then(|| (self.variance / self.effective).sqrt())
    }
}

/// The scores of one scope, ordered so that everything derived from them is deterministic.
pub type ScoreTable = BTreeMap<MinerId, MovingAverage>;

/// How long each miner has waited for its turn: since it was last asked, or since it came.
pub type Waits = BTreeMap<MinerId, Duration>;
