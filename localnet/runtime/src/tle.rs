//! Timelock encryption as the chain decrypts it, and as validators encrypt.
//!
//! Scheme: Boneh–Franklin over BLS12-381 with signatures in G1. A round's identity is the SHA-256 of
//! its number; whoever has the beacon's signature of it can open all that was encrypted to it.
//! Every input is a stranger's: lengths and group membership are checked, nothing panics.
//!
//! Ciphertext: `U (96) ‖ len V ‖ len W ‖ len (len body ‖ len nonce) ‖ len "AES_GCM_"`, each length in 8 bytes, little
//! endian.

use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce, aead::Aead};
use ark_bls12_381::{Bls12_381, Fr, G1Affine, G1Projective, G2Affine, g1};
use ark_ec::{
    AffineRepr, CurveGroup,
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
/// Bytes of the cipher's nonce.
const NONCE: usize = 12;

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
    let signature = G1Affine::deserialize_compressed(signature).map_err(|_| TleError::BadPoint)?;
    let point = G2Affine::deserialize_compressed(sealed.point).map_err(|_| TleError::BadPoint)?;

    let shared = Bls12_381::pairing(signature, point);
    let seed = xor(sealed.masked_seed, sha256(&[&compressed(&shared)?]));
    let key = xor(sealed.masked_key, sha256(&[&seed]));

    let scalar = Fr::from_be_bytes_mod_order(&sha256(&[&seed, &key]));
    if (G2Affine::generator() * scalar) != point {
        return Err(TleError::NotForThisRound);
    }
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&key))
        .decrypt(Nonce::from_slice(&sealed.nonce), sealed.body)
        .map_err(|_| TleError::Tampered)
}

/// Encrypts to a round of the beacon with this public key (96 bytes, compressed). `seed` must be random and used once:
/// whoever knows it can open the ciphertext.
pub fn encrypt(
    public_key: &[u8],
    round: u64,
    plaintext: &[u8],
    seed: [u8; 32],
) -> Result<Vec<u8>, TleError> {
    let public_key =
        G2Affine::deserialize_compressed(public_key).map_err(|_| TleError::BadPoint)?;
    let secret = |use_for: &[u8]| sha256(&[&seed, use_for]);
    let (sigma, key) = (secret(b"sigma"), secret(b"key"));
    let scalar = Fr::from_be_bytes_mod_order(&sha256(&[&sigma, &key]));
    let point = (G2Affine::generator() * scalar).into_affine();
    let shared = Bls12_381::pairing(identity(round)?, public_key * scalar);

    let nonce_source = secret(b"nonce");
    let nonce = &nonce_source[..NONCE];
    let body = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&key))
        .encrypt(Nonce::from_slice(nonce), plaintext)
        .map_err(|_| TleError::Malformed)?;
    let payload = [with_length(&body), with_length(nonce)].concat();
    Ok([
        compressed(&point)?,
        with_length(&xor(sigma, sha256(&[&compressed(&shared)?]))),
        with_length(&xor(key, sha256(&[&sigma]))),
        with_length(&payload),
        with_length(CIPHER),
    ]
    .concat())
}

/// Whether `signature` is that of the beacon with this public key for this round.
pub fn verify(public_key: &[u8], round: u64, signature: &[u8]) -> Result<bool, TleError> {
    let public_key =
        G2Affine::deserialize_compressed(public_key).map_err(|_| TleError::BadPoint)?;
    let signature = G1Affine::deserialize_compressed(signature).map_err(|_| TleError::BadPoint)?;
    let signed = Bls12_381::pairing(signature, G2Affine::generator());
    Ok(signed == Bls12_381::pairing(identity(round)?, public_key))
}

/// The secret of a beacon that this process plays. A local chain keeps no secrets: it is made of the genesis salt.
#[derive(Debug, Clone)]
pub struct Beacon(Fr);

impl Beacon {
    pub fn from_salt(salt: &str) -> Self {
        Self(Fr::from_be_bytes_mod_order(&sha256(&[
            b"localnet drand",
            salt.as_bytes(),
        ])))
    }

    /// A point of G2, compressed: 96 bytes.
    pub fn public_key(&self) -> Result<Vec<u8>, TleError> {
        compressed(&(G2Affine::generator() * self.0).into_affine())
    }

    /// The signature of a round, a point of G1, compressed: 48 bytes.
    pub fn sign(&self, round: u64) -> Result<Vec<u8>, TleError> {
        compressed(&(identity(round)? * self.0).into_affine())
    }
}

/// A round as a point: what the beacon signs.
fn identity(round: u64) -> Result<G1Affine, TleError> {
    type Hasher =
        MapToCurveBasedHasher<G1Projective, DefaultFieldHasher<Sha256, 128>, WBMap<g1::Config>>;
    let hasher = Hasher::new(HASH_TO_CURVE_DOMAIN).map_err(|_| TleError::BadPoint)?;
    hasher
        .hash(&sha256(&[&round.to_be_bytes()]))
        .map_err(|_| TleError::BadPoint)
}

fn compressed(point: &impl CanonicalSerialize) -> Result<Vec<u8>, TleError> {
    let mut bytes = Vec::new();
    point
        .serialize_compressed(&mut bytes)
        .map_err(|_| TleError::BadPoint)?;
    Ok(bytes)
}

fn with_length(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u64).to_le_bytes(), bytes].concat()
}

/// A ciphertext, taken apart.
struct Sealed<'a> {
    point: &'a [u8],
    masked_seed: [u8; 32],
    masked_key: [u8; 32],
    body: &'a [u8],
    nonce: [u8; NONCE],
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
        known.then_some(Self {
            point,
            masked_seed,
            masked_key,
            body,
            nonce,
        })
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rounds_signature_opens() {
        let (beacon, other) = (Beacon::from_salt("a"), Beacon::from_salt("b"));
        let key = beacon.public_key().unwrap();
        let text = b"weights".as_slice();
        let sealed = encrypt(&key, 7, text, [9; 32]).unwrap();
        let opened = |signature: &[u8]| decrypt(&sealed, signature);
        assert_eq!(opened(&beacon.sign(7).unwrap()).unwrap(), text);
        let not_for = Err(TleError::NotForThisRound);
        assert_eq!(opened(&beacon.sign(8).unwrap()), not_for);
        assert_eq!(opened(&other.sign(7).unwrap()), not_for);
    }

    #[test]
    fn a_changed_byte_shows() {
        let beacon = Beacon::from_salt("a");
        let key = beacon.public_key().unwrap();
        let signature = beacon.sign(7).unwrap();
        let sealed = encrypt(&key, 7, b"weights", [9; 32]).unwrap();
        assert!(decrypt(&sealed, &signature).is_ok());
        // One byte of every part of it.
        for at in [0, 100, 110, 140, 150, 180, 190, 200, 210, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(decrypt(&changed, &signature).is_err(), "byte {at}");
        }
    }

    #[test]
    fn signatures_verify_for_their_key_and_round() {
        let beacon = Beacon::from_salt("a");
        let key = beacon.public_key().unwrap();
        let signature = beacon.sign(7).unwrap();
        assert_eq!((key.len(), signature.len()), (96, 48));
        assert_eq!(verify(&key, 7, &signature), Ok(true));
        assert_eq!(verify(&key, 8, &signature), Ok(false));
        let other = Beacon::from_salt("b").public_key().unwrap();
        assert_eq!(verify(&other, 7, &signature), Ok(false));
        assert_eq!(verify(&key[1..], 7, &signature), Err(TleError::BadPoint));
    }
}
