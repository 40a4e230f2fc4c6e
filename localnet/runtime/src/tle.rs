//! Timelock encryption as the chain decrypts it, and the beacon that opens it.
//!
//! Scheme: Boneh–Franklin over BLS12-381 with signatures in G1. A round's identity is the SHA-256 of
//! its number; whoever has the beacon's signature of it can open all that was encrypted to it.
//! Every input is a stranger's: lengths and group membership are checked, nothing panics.

use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce, aead::Aead};
use ark_bls12_381::{Bls12_381, Fr, G1Affine, G1Projective, G2Affine, g1};
use ark_ec::{
    AffineRepr,
    hashing::{HashToCurve, curve_maps::wb::WBMap, map_to_curve_hasher::MapToCurveBasedHasher},
    pairing::Pairing,
};
use ark_ff::{PrimeField, field_hashers::DefaultFieldHasher};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use sha2::{Digest, Sha256};

const HASH_TO_CURVE_DOMAIN: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const CIPHER: &[u8] = b"AES_GCM_";
/// Bytes of the point that a ciphertext starts with.
const POINT: usize = 96;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TleError {
    #[error("the ciphertext is malformed")]
    Malformed,
    #[error("a point is not on the curve or not in its group")]
    BadPoint,
    #[error("the ciphertext was not made for this round, or not honestly")]
    NotForThisRound,
    #[error("the body does not authenticate")]
    Tampered,
}

/// Opens a ciphertext with the beacon's signature of its round (48 bytes, compressed).
pub fn decrypt(ciphertext: &[u8], signature: &[u8]) -> Result<Vec<u8>, TleError> {
    let sealed = Sealed::parse(ciphertext).ok_or(TleError::Malformed)?;
    let signature =
        G1Affine::deserialize_compressed(signature).map_err(|_| TleError::BadPoint)?;
    let point = G2Affine::deserialize_compressed(sealed.point).map_err(|_| TleError::BadPoint)?;

    let shared = Bls12_381::pairing(signature, point);
    let mut bytes = Vec::new();
    shared.serialize_compressed(&mut bytes).map_err(|_| TleError::BadPoint)?;
    let seed = xor(sealed.masked_seed, sha256(&[&bytes]));
    let key = xor(sealed.masked_key, sha256(&[&seed]));

    let scalar = Fr::from_be_bytes_mod_order(&sha256(&[&seed, &key]));
    if (G2Affine::generator() * scalar) != point {
        return Err(TleError::NotForThisRound);
    }
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&key))
        .decrypt(Nonce::from_slice(&sealed.nonce), sealed.body)
        .map_err(|_| TleError::Tampered)
}

/// Whether `signature` is that of the beacon with this public key for this round.
pub fn verify(public_key: &[u8], round: u64, signature: &[u8]) -> Result<bool, TleError> {
    type Hasher =
        MapToCurveBasedHasher<G1Projective, DefaultFieldHasher<Sha256, 128>, WBMap<g1::Config>>;
    let public_key =
        G2Affine::deserialize_compressed(public_key).map_err(|_| TleError::BadPoint)?;
    let signature =
        G1Affine::deserialize_compressed(signature).map_err(|_| TleError::BadPoint)?;
    let identity = sha256(&[&round.to_be_bytes()]);
    let hasher = Hasher::new(HASH_TO_CURVE_DOMAIN).map_err(|_| TleError::BadPoint)?;
    let message = hasher.hash(&identity).map_err(|_| TleError::BadPoint)?;
    let signed = Bls12_381::pairing(signature, G2Affine::generator());
    Ok(signed == Bls12_381::pairing(message, public_key))
}

/// A ciphertext, taken apart.
struct Sealed<'a> {
    point: &'a [u8],
    masked_seed: [u8; 32],
    masked_key: [u8; 32],
    body: &'a [u8],
    nonce: [u8; 12],
}

impl<'a> Sealed<'a> {
    fn parse(mut bytes: &'a [u8]) -> Option<Self> {
        let input = &mut bytes;
        let point = take(input, POINT)?;
        let masked_seed = prefixed(input)?.try_into().ok()?;
        let masked_key = prefixed(input)?.try_into().ok()?;
        let mut payload = prefixed(input)?;
        let body = prefixed(&mut payload)?;
        let nonce = prefixed(&mut payload)?.try_into().ok()?;
        let known = prefixed(input)? == CIPHER;
        known.then_some(Self { point, masked_seed, masked_key, body, nonce })
    }
}

/// Bytes after their length (8 bytes, little endian).
fn prefixed<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = u64::from_le_bytes(take(input, 8)?.try_into().ok()?);
    take(input, usize::try_from(length).ok()?)
}

fn take<'a>(input: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (head, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(head)
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

fn xor(a: [u8; 32], b: [u8; 32]) -> [u8; 32] {
    std::array::from_fn(|i| a[i] ^ b[i])
}
