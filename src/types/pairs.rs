//! What is remembered of two miners whose answers were compared.

use std::collections::BTreeMap;

use super::MinerId;

/// Two miners, in one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    one: MinerId,
    other: MinerId,
}

impl Pair {
    /// None for one miner alone.
    pub fn of(a: MinerId, b: MinerId) -> Option<Self> {
        let (one, other) = if a < b { (a, b) } else { (b, a) };
        (one != other).then_some(Self { one, other })
    }

    pub fn miners(&self) -> [MinerId; 2] {
        [self.one, self.other]
    }
}

/// How often two miners answered one question, and what speaks for one hand behind both.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairRecord {
    /// Rounds in which they were compared, from the first suspicion on.
    pub rounds: u64,
    /// Of these, rounds in which their answers were one text.
    pub agreed: u64,
    /// 0 for honest strangers; it fades with each comparison.
    pub evidence: f64,
    /// Enough of it for both to be cut wherever they agree.
    pub proven: bool,
    /// They agreed in the round that this record is from.
    pub now: bool,
}

/// Those pairs of one scope that are of interest, ordered so that all that follows is deterministic.
pub type PairTable = BTreeMap<Pair, PairRecord>;
