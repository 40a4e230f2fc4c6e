//! How old our row on chain is, and when that is told. Pure.

use crate::types::{BlockNumber, Neuron, Subnet};

/// The age of our row, in blocks. A registration counts as an update, as it does for the chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Age {
    /// When it was last set.
    pub set_at: BlockNumber,
    pub blocks: u64,
    /// The same in epochs of this tempo.
    pub epochs: f64,
}

impl Age {
    pub fn of(subnet: &Subnet, us: &Neuron) -> Self {
        Self::at(subnet.at.number, us.last_update, subnet.params.tempo)
    }

    /// At `block`, of a row that was last set in `set_at`.
    pub fn at(block: BlockNumber, set_at: BlockNumber, tempo: u16) -> Self {
        let blocks = block.saturating_sub(set_at);
        Self {
            set_at,
            blocks,
            epochs: blocks as f64 / f64::from(tempo.max(1)),
        }
    }
}

/// What is to be told of a row's age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// It is old, or twice as old as when that was last told.
    Old,
    /// It is no longer old.
    Clear,
}

/// Tells that a row is old when it becomes so, and again each time that its age has doubled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Watchman {
    /// The age in epochs at which it is told next; 0: it was not old.
    next: f64,
}

impl Watchman {
    /// `limit`: epochs.
    pub fn look(&mut self, age: Age, limit: f64) -> Option<Alarm> {
        let was_old = self.next > 0.0;
        if age.epochs <= limit {
            self.next = 0.0;
            return was_old.then_some(Alarm::Clear);
        }
        if age.epochs < self.next {
            return None;
        }
        self.next = 2.0 * age.epochs;
        Some(Alarm::Old)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At which ages, in blocks of a tempo of 100, what is told.
    fn told(blocks: impl IntoIterator<Item = u64>) -> Vec<(u64, Alarm)> {
        let mut watchman = Watchman::default();
        let ages = blocks.into_iter();
        ages.filter_map(|b| Some((b, watchman.look(Age::at(1000 + b, 1000, 100), 3.0)?)))
            .collect()
    }

    #[test]
    fn an_old_row_is_told_each_time_that_its_age_has_doubled() {
        let expected = [301, 602, 1204, 2408].map(|blocks| (blocks, Alarm::Old));
        assert_eq!(told(0..4000), expected);
    }

    #[test]
    fn a_row_that_was_set_again_is_told_once_and_one_that_is_never_old_not_at_all() {
        let again = told([100, 400, 500, 20, 30, 200, 301]);
        let expected = [(400, Alarm::Old), (20, Alarm::Clear), (301, Alarm::Old)];
        assert_eq!(again, expected);
        assert_eq!(told((0..1000).map(|b| b % 300)), []);
    }

    #[test]
    fn a_subnet_without_a_tempo_is_no_division_by_zero() {
        let age = Age::at(50, 40, 0);
        assert_eq!((age.blocks, age.epochs), (10, 10.0));
        assert_eq!(Age::at(40, 50, 10).blocks, 0);
    }
}
