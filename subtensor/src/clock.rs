//! What the chain's blocks say of this host's clock.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// So many blocks are remembered: a minute or two at a real chain's pace, and as short as that if the chain's own time
/// jumps.
const REMEMBERED: usize = 10;
/// Before so many blocks were seen, an old one may just be what a node that catches up has.
const ENOUGH: usize = 3;
/// Blocks come this evenly from a node that follows the chain; from one that catches up they come from all times.
const EVEN: Duration = Duration::from_secs(30);
/// The newest block of a healthy chain is seldom older when it is seen.
const AGE: Duration = Duration::from_secs(30);

/// When the chain's newest blocks were seen, by a clock that nobody sets, and what time they carry.
///
/// A block carries its author's time, and is seen a little later: the chain's time now is at least that of any block,
/// moved on by what has passed since. That needs no new block, so a clock that is set is noticed at once.
#[derive(Debug, Default)]
pub struct ChainClock(Mutex<VecDeque<Sighting>>);

#[derive(Clone, Copy, Debug)]
struct Sighting {
    seen: Instant,
    /// Since 1970.
    time: Duration,
}

/// How a clock differs from the chain's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skew {
    /// It shows an earlier time. At least so much: a block is seen a little after its time.
    Behind(Duration),
    /// It shows a later time. At most so much.
    Ahead(Duration),
}

impl ChainClock {
    /// The newest block carries this time, and was seen at `seen`.
    pub fn saw(&self, time: SystemTime, seen: Instant) {
        let time = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let mut sightings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sightings.truncate(REMEMBERED - 1);
        sightings.push_front(Sighting { seen, time });
    }

    /// Whether any block was seen: before that nothing can be told.
    pub fn has_seen(&self) -> bool {
        let sightings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !sightings.is_empty()
    }

    /// How a clock that shows `shown` at `now` differs from the chain's, where that is more than `tolerance`. A clock
    /// that is ahead is told from a chain that is behind only beyond half a minute.
    pub fn skew(&self, shown: SystemTime, now: Instant, tolerance: Duration) -> Option<Skew> {
        let sightings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let chain = sightings.iter().map(|s| s.at(now)).max()?;
        let shown = shown.duration_since(UNIX_EPOCH).unwrap_or_default();
        let (behind, ahead) = (chain.saturating_sub(shown), shown.saturating_sub(chain));
        if behind > tolerance {
            return Some(Skew::Behind(behind));
        }
        let even = sightings.len() >= ENOUGH
            && sightings
                .iter()
                .all(|s| chain.saturating_sub(s.at(now)) < EVEN);
        (even && ahead > tolerance + AGE).then_some(Skew::Ahead(ahead))
    }

    /// Whether no block was seen for three times as long as it took at most between the last ones. `None` as long as
    /// too few were seen to tell.
    pub fn is_silent(&self, now: Instant) -> Option<bool> {
        let sightings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = sightings.front()?.seen;
        let older = sightings.iter().skip(1).map(|s| s.seen);
        let gaps = sightings.iter().zip(older).map(|(s, older)| s.seen - older);
        let longest = gaps.max()?.max(Duration::from_secs(1));
        Some(now.saturating_duration_since(newest) > 3 * longest)
    }
}

impl Sighting {
    /// The chain's time at `now`, as far as this block tells.
    fn at(self, now: Instant) -> Duration {
        self.time + now.saturating_duration_since(self.seen)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TOLERANCE: Duration = Duration::from_secs(10);
    const BLOCK: Duration = Duration::from_secs(12);

    fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Blocks of a chain at its pace, each seen `late` after its time; the time that it is then, by both clocks.
    fn followed(blocks: u32, late: impl Fn(u32) -> Duration) -> (ChainClock, Instant, SystemTime) {
        let (clock, started, time) = (
            ChainClock::default(),
            Instant::now(),
            UNIX_EPOCH + s(1_700_000_000),
        );
        for n in 0..blocks {
            clock.saw(time + n * BLOCK, started + n * BLOCK + late(n));
        }
        let passed = blocks * BLOCK;
        (clock, started + passed, time + passed)
    }

    #[test]
    fn a_clock_that_is_off_is_told_and_one_that_is_set_again_is_at_once_right() {
        let (clock, now, right) = followed(5, |_| s(2));
        assert_eq!(clock.skew(right, now, TOLERANCE), None);
        let behind = clock.skew(right - s(60), now, TOLERANCE);
        assert_eq!(behind, Some(Skew::Behind(s(58))));
        let ahead = clock.skew(right + s(3600), now, TOLERANCE);
        assert_eq!(ahead, Some(Skew::Ahead(s(3602))));
        // No block since then.
        assert_eq!(clock.skew(right + s(8), now + s(8), TOLERANCE), None);
    }

    #[test]
    fn nothing_is_said_without_a_block_or_by_a_node_that_catches_up() {
        let (clock, now, right) = followed(0, |_| s(0));
        assert_eq!(clock.skew(right, now, TOLERANCE), None);
        assert_eq!((clock.is_silent(now), clock.has_seen()), (None, false));
        // A day's blocks, ten a second.
        let (clock, now) = (ChainClock::default(), Instant::now());
        for n in 0..50 {
            clock.saw(right + n * BLOCK, now + n * Duration::from_millis(100));
        }
        let a_day_later = right + s(86_400);
        assert_eq!(clock.skew(a_day_later, now + s(5), TOLERANCE), None);
    }

    #[test]
    fn a_chain_that_stands_still_is_silent_and_its_age_is_no_fault_of_the_clock() {
        let (clock, now, right) = followed(5, |_| s(2));
        assert_eq!(clock.is_silent(now), Some(false));
        assert_eq!(clock.is_silent(now + s(60)), Some(true));
        assert_eq!(clock.skew(right + s(3600), now + s(3600), TOLERANCE), None);
    }

    proptest! {
        /// However late blocks are seen: a right clock is never called wrong, one that is off by more than tolerance and
        /// lateness always is.
        #[test]
        fn right_clocks_are_right(
            late in prop::collection::vec(0u64..12_000, 3..20), off in 22u64..100_000, later in 0u64..10_000,
        ) {
            let (clock, now, right) = followed(late.len() as u32, |n| {
                Duration::from_millis(late[n as usize])
            });
            let (now, right) = (now + s(later), right + s(later));
            prop_assert_eq!(clock.skew(right, now, TOLERANCE), None);
            let behind = clock.skew(right - s(off), now, TOLERANCE);
            prop_assert!(matches!(behind, Some(Skew::Behind(d)) if d <= s(off)));
            let ahead = clock.skew(right + s(off + 20), now, TOLERANCE);
            prop_assert!(matches!(ahead, Some(Skew::Ahead(d)) if d >= s(off + 20)));
        }
    }
}
