//! The encryption of shielded transactions: ML-KEM-768 for the key, XChaCha20-Poly1305 for the bytes.

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use ml_kem::{
    B32, Ciphertext, EncapsulateDeterministic, EncodedSizeUser, KemCore, MlKem768, kem::Decapsulate,
};
use sp_io::hashing::{blake2_256, twox_128};

type Secret = <MlKem768 as KemCore>::DecapsulationKey;
type Public = <MlKem768 as KemCore>::EncapsulationKey;

const KEY_HASH: usize = 16;
const NONCE: usize = 24;

/// The key pair of the chain with this salt.
fn pair(salt: &[u8]) -> (Secret, Public) {
    let part = |name: &[u8]| B32::from(blake2_256(&[b"localnet mev shield ", name, salt].concat()));
    MlKem768::generate_deterministic(&part(b"d"), &part(b"z"))
}

/// What clients encrypt to, 1,184 bytes.
pub fn public_key(salt: &[u8]) -> Vec<u8> {
    pair(salt).1.as_bytes().to_vec()
}

/// A ciphertext, taken apart: hash of the key, length of the encapsulated key (2 bytes, little endian)
/// and that key, nonce, encrypted bytes.
pub struct Shielded<'a> {
    encapsulated: &'a [u8],
    nonce: &'a [u8],
    body: &'a [u8],
}

impl<'a> Shielded<'a> {
    /// `None` where bytes are missing.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (_key_hash, rest) = bytes.split_at_checked(KEY_HASH)?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (encapsulated, rest) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
        let (nonce, body) = rest.split_at_checked(NONCE)?;
        Some(Self {
            encapsulated,
            nonce,
            body,
        })
    }

    /// The plaintext; `None` where it was encrypted to another key or tampered with.
    pub fn open(&self, salt: &[u8]) -> Option<Vec<u8>> {
        let ciphertext = Ciphertext::<MlKem768>::try_from(self.encapsulated).ok()?;
        let shared = pair(salt).0.decapsulate(&ciphertext).ok()?;
        XChaCha20Poly1305::new(shared.as_slice().into())
            .decrypt(XNonce::from_slice(self.nonce), self.body)
            .ok()
    }
}

/// What a client does: encrypts to `key` with fresh randomness. `None` for what is no key.
pub fn shield(plaintext: &[u8], key: &[u8], randomness: [u8; 32]) -> Option<Vec<u8>> {
    let public = Public::from_bytes(&key.try_into().ok()?);
    let (encapsulated, shared) = public
        .encapsulate_deterministic(&B32::from(randomness))
        .ok()?;
    let nonce = *blake2_256(&randomness).first_chunk::<NONCE>()?;
    let body = XChaCha20Poly1305::new(shared.as_slice().into())
        .encrypt(&nonce.into(), plaintext)
        .ok()?;
    let length = u16::try_from(encapsulated.len()).ok()?.to_le_bytes();
    Some([&twox_128(key), &length[..], &encapsulated, &nonce, &body].concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shield(plaintext: &[u8], salt: &[u8]) -> Vec<u8> {
        super::shield(plaintext, &public_key(salt), [7; 32]).unwrap()
    }

    #[test]
    fn what_a_client_shields_opens_on_its_chain_alone() {
        let bytes = shield(b"an extrinsic", b"salt");
        let shielded = Shielded::parse(&bytes).unwrap();
        assert_eq!(shielded.open(b"salt").unwrap(), b"an extrinsic");
        assert!(shielded.open(b"another").is_none());
        assert_eq!(public_key(b"salt").len(), 1_184);
    }

    #[test]
    fn what_is_cut_or_changed_does_not_open() {
        let bytes = shield(b"an extrinsic", b"salt");
        let mut changed = bytes.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(Shielded::parse(&changed).unwrap().open(b"salt").is_none());
        for length in 0..bytes.len() {
            let opened = Shielded::parse(&bytes[..length]).and_then(|cut| cut.open(b"salt"));
            assert!(opened.is_none(), "{length} bytes");
        }
    }
}
