//! How fast the chain goes, as its heads tell, and the patience that fits it; how long a miner must wait before it
//! may publish its axon again.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::{BlockNumber, BlockRef, ChainError, Endpoint, Netuid};

/// The time between two blocks, measured by whoever follows heads. Shared by its clones; unknown at first.
///
/// Patience in seconds that suits blocks of 12 s is dozens of blocks on a fast chain, and an epoch is soon missed.
/// So what is configured is the most, and on a fast chain it is less: so many blocks, but never below a floor, since
/// a node's answer takes its time however fast the blocks are.
#[derive(Clone, Debug, Default)]
pub struct Pace(Arc<AtomicU64>);

impl Pace {
    /// The time between two blocks, once it is known.
    pub fn block_time(&self) -> Option<Duration> {
        let micros = self.0.load(Ordering::Relaxed);
        (micros > 0).then(|| Duration::from_micros(micros))
    }

    /// `blocks` blocks, at least `floor`, at most `most`; `most` while the pace is not known.
    pub fn patience(&self, most: Duration, blocks: u32, floor: Duration) -> Duration {
        match self.block_time() {
            Some(block) => block.saturating_mul(blocks).max(floor).min(most),
            None => most,
        }
    }

    pub(crate) fn set(&self, block: Duration) {
        let micros = u64::try_from(block.as_micros()).unwrap_or(u64::MAX);
        self.0.store(micros.max(1), Ordering::Relaxed);
    }
}

impl Pace {
    /// So little patience was too little: whatever made the blocks seem fast, a node that caught up or a chain that did,
    /// they are not.
    pub(crate) fn slow_down(&self) {
        let slower = |micros: u64| Some(micros.saturating_mul(2));
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, slower);
    }
}

/// The newest heads of one connection, and the pace that they make. Heads come in bursts, so it is measured over
/// several.
#[derive(Default)]
pub(crate) struct Meter(VecDeque<(BlockNumber, Instant)>);

/// Heads that are looked back on.
const HEADS: usize = 16;
/// Blocks that make a measurement.
const BLOCKS: u64 = 4;

impl Meter {
    /// The time between two blocks once enough of them have come.
    pub(crate) fn saw(&mut self, head: BlockNumber, at: Instant) -> Option<Duration> {
        self.0.push_back((head, at));
        if self.0.len() > HEADS {
            self.0.pop_front();
        }
        let (first, since) = *self.0.front()?;
        let blocks = head.saturating_sub(first);
        let took = at.saturating_duration_since(since);
        (blocks >= BLOCKS).then(|| took / u32::try_from(blocks).unwrap_or(u32::MAX))
    }
}

/// `ServingRateLimit`: blocks between two publications of an axon.
pub async fn serving_rate_limit(
    endpoint: &Endpoint,
    at: BlockRef,
    netuid: Netuid,
) -> Result<u64, ChainError> {
    let block = endpoint.at(at).await?;
    block.storage("ServingRateLimit", (netuid.0,)).await
}

/// Time between two blocks as the chain's clock counts it: twice the constant `Timestamp.MinimumPeriod`.
pub async fn block_time(endpoint: &Endpoint, at: BlockRef) -> Result<Duration, ChainError> {
    let half: u64 = endpoint
        .at(at)
        .await?
        .constant("Timestamp", "MinimumPeriod")?;
    Ok(Duration::from_millis(half.saturating_mul(2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// What a burst of blocks made of it passes by itself.
    #[test]
    fn patience_that_was_too_short_grows_up_to_what_is_configured() {
        let (pace, most) = (Pace::default(), 90 * SECOND);
        pace.slow_down();
        assert_eq!(pace.block_time(), None);
        pace.set(SECOND / 10);
        let patience = || pace.patience(most, 8, 4 * SECOND);
        assert_eq!(patience(), 4 * SECOND);
        let waits = (0..).take_while(|_| {
            pace.slow_down();
            patience() < 24 * SECOND
        });
        assert!(waits.count() < 6);
        (0..100).for_each(|_| pace.slow_down());
        assert_eq!(patience(), most);
    }

    fn measured(heads: &[(u64, u64)]) -> Option<Duration> {
        let (mut meter, start) = (Meter::default(), Instant::now());
        let mut last = None;
        for (number, ms) in heads {
            last = meter.saw(*number, start + Duration::from_millis(*ms));
        }
        last
    }

    #[test]
    fn the_pace_is_measured_over_several_heads_also_where_they_come_in_bursts() {
        assert_eq!(measured(&[(10, 0), (12, 500)]), None, "too few");
        let even = measured(&[(10, 0), (12, 500), (14, 1000)]);
        assert_eq!(even, Some(Duration::from_millis(250)));
        let bursts = measured(&[(10, 0), (13, 36_000), (16, 72_000)]);
        assert_eq!(bursts, Some(12 * SECOND));
        let long: Vec<(u64, u64)> = (0..100).map(|n| (n, n * n)).collect();
        assert_eq!(
            measured(&long),
            Some(Duration::from_millis(183)),
            "the last 16"
        );
    }

    #[test]
    fn patience_is_blocks_between_a_floor_and_what_is_configured() {
        let pace = Pace::default();
        let patience = || pace.patience(90 * SECOND, 8, 4 * SECOND);
        assert_eq!(patience(), 90 * SECOND, "unknown");
        for (block_ms, seconds) in [(250, 4), (1000, 8), (6000, 48), (12_000, 90)] {
            pace.set(Duration::from_millis(block_ms));
            assert_eq!(patience(), seconds * SECOND, "{block_ms}");
        }
        // What is configured below the floor stands.
        assert_eq!(pace.patience(SECOND, 8, 4 * SECOND), SECOND);
    }
}
