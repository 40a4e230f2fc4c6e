//! Nonces of requests: what a verifier knows a replay by.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Unix nanoseconds that never repeat or fall, also when the clock does.
#[derive(Debug, Default)]
pub struct Nonces(AtomicU64);

impl Nonces {
    pub fn next(&self, now: SystemTime) -> u64 {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let step = |last: u64| now.max(last.saturating_add(1));
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
    fn nonces_grow_when_the_clock_stands_or_falls() {
        let nonces = Nonces::default();
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let drawn: Vec<u64> = [5, 5, 3, 6].map(|s| nonces.next(at(s))).into();
        assert_eq!(
            drawn,
            [5_000_000_000, 5_000_000_001, 5_000_000_002, 6_000_000_000]
        );
    }
}
