//! Nonces of requests: what a verifier knows a replay by.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock that falls by more was corrected; by less it is kept in step with the machines' own time.
const CORRECTED: u64 = 1_000_000_000;

/// Unix nanoseconds that don't repeat. They follow the clock, also down when it is corrected: a nonce of a wrong clock's
/// future would be refused until that future has come. That they may fall is safe, since every request has a fresh uuid
/// and verifiers compare nonces of one uuid.
#[derive(Debug, Default)]
pub struct Nonces(AtomicU64);

impl Nonces {
    pub fn next(&self, now: SystemTime) -> u64 {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let step = |last: u64| match last.saturating_sub(now) > CORRECTED {
            true => now,
            false => now.max(last.saturating_add(1)),
        };
        let last = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                Some(step(last))
            });
        step(last.unwrap_or_else(|last| last))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn nonces_grow_when_the_clock_stands_or_jitters() {
        let nonces = Nonces::default();
        let at = |ms| UNIX_EPOCH + Duration::from_millis(ms);
        let drawn: Vec<u64> = [5000, 5000, 4500, 6000].map(|s| nonces.next(at(s))).into();
        assert_eq!(
            drawn,
            [5_000_000_000, 5_000_000_001, 5_000_000_002, 6_000_000_000]
        );
    }

    /// An hour ahead for a while, and then right.
    #[test]
    fn nonces_follow_a_corrected_clock_down() {
        let nonces = Nonces::default();
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let drawn: Vec<u64> = [9000, 5400, 5400, 5401].map(|s| nonces.next(at(s))).into();
        let second = 1_000_000_000;
        assert_eq!(
            drawn,
            [
                9000 * second,
                5400 * second,
                5400 * second + 1,
                5401 * second
            ]
        );
    }
}
