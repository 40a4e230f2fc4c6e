//! The hotkey: the one door to it, and what is signed through it.

mod key;

pub use key::{Key, KeyError};

use crate::types::{BlockRef, SignedPayload};
use subtensor::calls::Call;
use subtensor::{ChainError, Endpoint};

/// Signs a call with the hotkey: [`subtensor::sign`].
pub async fn sign(
    endpoint: &Endpoint,
    key: &Key,
    call: &Call,
    nonce: u64,
    anchor: BlockRef,
    period: u64,
) -> Result<SignedPayload, ChainError> {
    subtensor::sign(endpoint, key.pair(), call, nonce, anchor, period).await
}
