//! BLS12-381 as drand uses it: signatures in G1, keys in G2, a round's number hashed to a point.

use ark_bls12_381::{G1Affine, G1Projective, G2Affine, g1};
use ark_ec::hashing::{
    HashToCurve, curve_maps::wb::WBMap, map_to_curve_hasher::MapToCurveBasedHasher,
};
use ark_ff::field_hashers::DefaultFieldHasher;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use sha2::{Digest, Sha256};

use crate::Error;

/// Bytes of a compressed point of G2.
pub const PUBLIC_KEY_BYTES: usize = 96;
/// Bytes of a compressed point of G1.
pub const SIGNATURE_BYTES: usize = 48;
/// Bytes of a compressed element of the pairing's target group.
pub const TARGET_BYTES: usize = 576;

/// RFC 9380's suite for hashing to G1, as drand's scheme `bls-unchained-g1-rfc9380` uses it. (Its predecessor hashed to
/// G1 under G2's name; quicknet doesn't.)
const HASH_TO_CURVE_DOMAIN: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/// A round as a point: what the beacon signs, and the identity that ciphertexts are encrypted to.
pub fn identity(round: u64) -> Result<G1Affine, Error> {
    type Hasher =
        MapToCurveBasedHasher<G1Projective, DefaultFieldHasher<Sha256, 128>, WBMap<g1::Config>>;
    let hasher = Hasher::new(HASH_TO_CURVE_DOMAIN).map_err(|_| Error::BadPoint)?;
    hasher
        .hash(&sha256(&[&round.to_be_bytes()]))
        .map_err(|_| Error::BadPoint)
}

pub fn public_key(bytes: &[u8]) -> Result<G2Affine, Error> {
    G2Affine::deserialize_compressed(bytes).map_err(|_| Error::BadPoint)
}

pub fn signature(bytes: &[u8]) -> Result<G1Affine, Error> {
    G1Affine::deserialize_compressed(bytes).map_err(|_| Error::BadPoint)
}

/// `N` must be the size of the point.
pub fn compressed<const N: usize>(point: &impl CanonicalSerialize) -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    point
        .serialize_compressed(&mut bytes[..])
        .map_err(|_| Error::BadPoint)?;
    Ok(bytes)
}

pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}
