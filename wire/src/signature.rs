//! sr25519 signatures as headers carry them: `0x` and 128 hex digits, context `substrate`.

use crate::AccountId32;
use subxt_signer::sr25519::{PublicKey, Signature, verify};

/// `0x…` for a header.
pub fn to_header(signature: &[u8; 64]) -> String {
    format!("0x{}", hex::encode(signature))
}

/// None unless it is `0x` and exactly 64 bytes of hex.
pub fn from_header(text: &str) -> Option<[u8; 64]> {
    let mut bytes = [0; 64];
    hex::decode_to_slice(text.strip_prefix("0x")?, &mut bytes).ok()?;
    Some(bytes)
}

/// Whether `signer` signed `message`, bare or, as browser wallets do, wrapped in `<Bytes>…</Bytes>`.
pub fn verifies(signature: &[u8; 64], message: &[u8], signer: &AccountId32) -> bool {
    let (signature, key) = (Signature(*signature), PublicKey(signer.0));
    verify(&signature, message, &key)
        || verify(
            &signature,
            [b"<Bytes>", message, b"</Bytes>"].concat(),
            &key,
        )
}
