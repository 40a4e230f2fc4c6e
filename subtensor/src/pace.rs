//! How long a miner must wait before it may publish its axon again.

use std::time::Duration;

use crate::{BlockRef, ChainError, Endpoint, Netuid};

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
