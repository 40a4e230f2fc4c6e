//! Gives a miner that only fails a rest, so that it doesn't cost a question every time it is sampled.

use std::collections::HashMap;

use crate::types::MinerId;

/// Rounds after which a miner that wasn't sampled any more is forgotten.
const FORGET_AFTER: u64 = 1024;

/// Failures in a row per miner. Who failed too often rests for some of its own turns, however many rounds lie between
/// them; then it is pinged first, so that a dead one costs a ping and no question. One success clears the record.
#[derive(Clone, Debug)]
pub struct Circuit {
    failures: u32,
    rest_turns: u32,
    round: u64,
    records: HashMap<MinerId, Record>,
}

/// What a miner's turn is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is asked.
    Asked,
    /// It is asked if it answers a ping.
    Pinged,
    /// It isn't asked.
    Rests,
}

#[derive(Clone, Copy, Debug, Default)]
struct Record {
    failures: u32,
    /// Turns of rest that are left.
    rests: u32,
    last_round: u64,
}

impl Circuit {
    /// A miner rests for `rest_turns` of its turns after `failures` in a row; with 0 failures none ever does.
    pub fn new(failures: u32, rest_turns: u32) -> Self {
        Self {
            failures,
            rest_turns,
            round: 0,
            records: HashMap::new(),
        }
    }

    /// To be called once per round, before the first [`Self::turn`].
    pub fn next_round(&mut self) {
        self.round += 1;
        let round = self.round;
        self.records
            .retain(|_, record| round - record.last_round <= FORGET_AFTER);
    }

    /// The miner is sampled: a turn of its own, which its rest is counted by.
    pub fn turn(&mut self, miner: &MinerId) -> Standing {
        let Some(record) = self.records.get_mut(miner) else {
            return Standing::Asked;
        };
        record.last_round = self.round;
        if record.rests > 0 {
            record.rests -= 1;
            return Standing::Rests;
        }
        match record.failures >= self.failures {
            true => Standing::Pinged,
            false => Standing::Asked,
        }
    }

    /// What came of asking a miner, or of pinging it.
    pub fn record(&mut self, miner: MinerId, answered: bool) {
        if answered || self.failures == 0 {
            self.records.remove(&miner);
            return;
        }
        let record = self.records.entry(miner).or_default();
        record.failures = record.failures.saturating_add(1);
        record.last_round = self.round;
        if record.failures >= self.failures {
            record.rests = self.rest_turns;
        }
    }
}

#[cfg(test)]
#[path = "../tests/circuit.rs"]
mod tests;
