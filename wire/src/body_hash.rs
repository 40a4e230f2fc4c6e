//! The hash that binds a request's body to its signature.

use crate::py::Py;
use sha3::{Digest, Sha3_256};

/// `hex(sha3_256(h₁ h₂ …))` with `hᵢ = hex(sha3_256(str(fieldᵢ)))`, in the order given: that of the
/// synapse's `required_hash_fields`. Fields left out are not authenticated by anything.
pub fn body_hash<'a>(fields: impl IntoIterator<Item = &'a Py>) -> String {
    let joined: String = fields
        .into_iter()
        .map(|field| sha3_hex(&field.to_string()))
        .collect();
    sha3_hex(&joined)
}

fn sha3_hex(text: &str) -> String {
    hex::encode(Sha3_256::digest(text.as_bytes()))
}
