//! The chain's clock: the machine's, moved by an offset, and never behind the last block.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Milliseconds since the epoch of Unix time, as the chain counts them.
#[derive(Debug, Default)]
pub struct Clock {
    offset: AtomicI64,
    floor: AtomicU64,
}

impl Clock {
    /// The time of the block after one made at `parent`: now, but at least one block time later.
    pub fn next(&self, parent: u64, block_time: Duration) -> u64 {
        let now = real_ms().saturating_add_signed(self.offset.load(Ordering::Relaxed));
        let after_parent = parent.saturating_add(block_time.as_millis() as u64);
        now.max(after_parent)
            .max(self.floor.load(Ordering::Relaxed))
    }

    /// Moves the clock so that it reads `time` now. It can't take the chain back: blocks never go back in time.
    pub fn set(&self, time: u64) {
        let offset = i64::try_from(i128::from(time) - i128::from(real_ms())).unwrap_or(i64::MAX);
        self.offset.store(offset, Ordering::Relaxed);
    }

    /// No block is made before `time` from now on: after a fork, so that the new block differs from the old one.
    pub fn not_before(&self, time: u64) {
        self.floor.fetch_max(time, Ordering::Relaxed);
    }
}

fn real_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis() as u64
}
