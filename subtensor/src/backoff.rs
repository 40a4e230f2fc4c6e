//! How long to leave alone what has just failed.

use std::time::Duration;

const PAUSES: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_secs(1),
    Duration::from_secs(4),
    Duration::from_secs(15),
];

/// The pause before the next attempt, after `failures` in a row before this one: 0.25 s to 15 s.
pub fn backoff(failures: usize) -> Duration {
    PAUSES[failures.min(PAUSES.len() - 1)]
}
