//! How long to leave alone what has just failed.

use std::time::Duration;

use crate::Pace;

const PAUSES: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_secs(1),
    Duration::from_secs(4),
    Duration::from_secs(15),
];
/// The longest pause in blocks; not shorter than the second pause, so that a node isn't asked without a break.
const BLOCKS: u32 = 4;

/// The pause before the next attempt, after `failures` in a row before this one: 0.25 s to 15 s, and on a fast chain
/// not above four blocks or a second.
pub fn backoff(failures: usize, pace: &Pace) -> Duration {
    let most = pace.patience(PAUSES[3], BLOCKS, PAUSES[1]);
    PAUSES[failures.min(PAUSES.len() - 1)].min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_as_far_as_the_pace_allows() {
        let pace = Pace::default();
        let longest = || backoff(99, &pace);
        assert_eq!(backoff(0, &pace), PAUSES[0]);
        assert_eq!(longest(), PAUSES[3]);
        pace.set(Duration::from_secs(12));
        assert_eq!(longest(), PAUSES[3]);
        pace.set(Duration::from_millis(250));
        assert_eq!(longest(), PAUSES[1]);
        assert_eq!(backoff(0, &pace), PAUSES[0]);
    }
}
