//! A validator's row of weights, as the chain stores it.

use crate::{BlockRef, ChainError, Endpoint, MechanismId, Netuid, Uid};

/// A row of `Weights` at a block: `(uid, weight)`, in the order in which it was set. Empty when there is none.
pub async fn weight_row(
    endpoint: &Endpoint,
    at: BlockRef,
    netuid: Netuid,
    mechanism: MechanismId,
    uid: Uid,
) -> Result<Vec<(Uid, u16)>, ChainError> {
    let key = (storage_index(netuid, mechanism), uid.0);
    let block = endpoint.at(at).await?;
    let row: Vec<(u16, u16)> = block.storage("Weights", key).await?;
    Ok(row.into_iter().map(|(uid, w)| (Uid(uid), w)).collect())
}

/// `mechanism · 4096 + netuid`, the chain's index for per-mechanism items.
fn storage_index(netuid: Netuid, mechanism: MechanismId) -> u16 {
    u16::from(mechanism.0) * 4096 + netuid.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mechanisms_lie_4096_apart() {
        assert_eq!(storage_index(Netuid(2), MechanismId(0)), 2);
        assert_eq!(storage_index(Netuid(2), MechanismId(1)), 4098);
    }
}
