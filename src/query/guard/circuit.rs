//! Gives a miner that only fails a rest, so that it doesn't cost a request every round.

use std::collections::HashMap;

use crate::types::MinerId;

/// Rounds after which a miner that wasn't asked any more is forgotten.
const FORGET_AFTER: u64 = 1024;

/// Failures in a row per miner. After a rest one more failure is enough for the next rest; one success
/// clears the record.
#[derive(Clone, Debug)]
pub struct Circuit {
    failures: u32,
    rest_rounds: u64,
    round: u64,
    records: HashMap<MinerId, Record>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Record {
    failures: u32,
    last_round: u64,
    /// First round in which it is asked again.
    rests_until: u64,
}

impl Circuit {
    /// A miner rests for `rest_rounds` rounds after `failures` in a row; with 0 failures none ever does.
    pub fn new(failures: u32, rest_rounds: u32) -> Self {
        Self {
            failures,
            rest_rounds: rest_rounds.into(),
            round: 0,
            records: HashMap::new(),
        }
    }

    /// To be called once per round, before the first [`Self::rests`].
    pub fn next_round(&mut self) {
        self.round += 1;
        let round = self.round;
        self.records
            .retain(|_, record| round - record.last_round.min(round) <= FORGET_AFTER);
    }

    pub fn rests(&self, miner: &MinerId) -> bool {
        self.records
            .get(miner)
            .is_some_and(|record| self.round < record.rests_until)
    }

    /// What came of asking a miner.
    pub fn record(&mut self, miner: MinerId, answered: bool) {
        if answered || self.failures == 0 {
            self.records.remove(&miner);
            return;
        }
        let record = self.records.entry(miner).or_default();
        record.failures = record.failures.saturating_add(1);
        record.last_round = self.round;
        if record.failures >= self.failures {
            record.rests_until = self.round + 1 + self.rest_rounds;
            record.last_round = record.rests_until;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Hotkey;
    use proptest::prelude::*;

    const MINER: MinerId = MinerId {
        hotkey: Hotkey([7; 32]),
        registered_at: 1,
    };

    /// One round in which the miner is asked unless it rests.
    fn round(circuit: &mut Circuit, answers: bool) -> bool {
        circuit.next_round();
        let asked = !circuit.rests(&MINER);
        if asked {
            circuit.record(MINER, answers);
        }
        asked
    }

    #[test]
    fn rests_after_failures_in_a_row_and_tries_again() {
        let mut circuit = Circuit::new(3, 2);
        let asked: Vec<bool> = (0..9).map(|_| round(&mut circuit, false)).collect();
        assert_eq!(
            asked,
            [true, true, true, false, false, true, false, false, true]
        );
    }

    #[test]
    fn a_success_clears_the_record() {
        let mut circuit = Circuit::new(2, 5);
        for answers in [false, true, false, true, false, true] {
            assert!(round(&mut circuit, answers));
        }
        assert!(circuit.records.is_empty());
    }

    #[test]
    fn zero_failures_means_never() {
        let mut circuit = Circuit::new(0, 5);
        assert!((0..20).all(|_| round(&mut circuit, false)));
    }

    #[test]
    fn forgets_who_left() {
        let mut circuit = Circuit::new(2, 3);
        round(&mut circuit, false);
        for _ in 0..=FORGET_AFTER {
            assert_eq!(circuit.records.len(), 1);
            circuit.next_round();
        }
        assert!(circuit.records.is_empty());
    }

    proptest! {
        /// Whatever happens, a miner is asked at least once in any `rest + 1` rounds.
        #[test]
        fn no_rest_is_longer_than_it_should_be(
            answers in prop::collection::vec(any::<bool>(), 1..100), failures in 0u32..5, rest in 0u32..5,
        ) {
            let mut circuit = Circuit::new(failures, rest);
            let mut resting = 0;
            for answer in answers {
                resting = if round(&mut circuit, answer) { 0 } else { resting + 1 };
                prop_assert!(resting <= rest);
            }
        }
    }
}
