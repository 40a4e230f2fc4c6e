//! A signed transaction, as it is kept and sent.

use crate::BlockNumber;

/// The blocks in which signed bytes are valid: `birth ≤ block < death`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Era {
    /// The block that the era is anchored on.
    pub birth: BlockNumber,
    /// The first block that doesn't take them any more.
    pub death: BlockNumber,
}

/// What a retry sends again, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedPayload {
    /// The whole extrinsic, length prefix included.
    pub bytes: Vec<u8>,
    /// blake2b-256 of the bytes, as nodes name the extrinsic.
    pub hash: [u8; 32],
    /// The signer's nonce in it.
    pub nonce: u64,
    /// When it can land.
    pub era: Era,
}
