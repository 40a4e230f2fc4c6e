//! Encrypting to a round, and opening with its signature.
//!
//! Scheme: Boneh–Franklin identity-based encryption in its chosen-ciphertext form (Boneh and Franklin, "Identity-Based
//! Encryption from the Weil Pairing", §4.2) over BLS12-381, with the beacon's key in G2 and a round as the identity, as in
//! tlock (Gailly, Melissaris, Romailler, "tlock: Practical Timelock Encryption from Threshold BLS"); the bytes are those of
//! the `tle` crate that subtensor and bittensor-drand share. Whoever has the beacon's signature of a round can open all
//! that was encrypted to it, and nobody else can.

use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce, aead::Aead};
use ark_bls12_381::{Bls12_381, Fr, G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup, pairing::Pairing};
use ark_ff::PrimeField;

use crate::Error;
use crate::curve::{self, PUBLIC_KEY_BYTES, TARGET_BYTES, compressed, identity, sha256};
use crate::sealed::{NONCE, Sealed};

/// Opens a ciphertext with the beacon's signature of its round ([`crate::SIGNATURE_BYTES`], compressed). Costs a pairing.
///
/// # Errors
/// One of [`Error`], for any bytes.
pub fn decrypt(ciphertext: &[u8], signature: &[u8]) -> Result<Vec<u8>, Error> {
    let sealed = Sealed::parse(ciphertext).ok_or(Error::Malformed)?;
    let signature = curve::signature(signature)?;
    let point = curve::public_key(sealed.point)?;

    let seed = xor(sealed.masked_seed, mask(signature, point)?);
    let key = xor(sealed.masked_key, sha256(&[&seed]));
    // The chosen-ciphertext part: U must be what an honest sender makes of seed and key.
    if G2Affine::generator() * scalar(&seed, &key) != point {
        return Err(Error::NotForThisRound);
    }
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&key))
        .decrypt(Nonce::from_slice(&sealed.nonce), sealed.body)
        .map_err(|_| Error::Tampered)
}

/// Encrypts to a round of the beacon with this public key ([`PUBLIC_KEY_BYTES`], compressed). `seed` must be random and used
/// once: whoever knows it can open the ciphertext. The result is 244 bytes longer than the plaintext.
///
/// # Errors
/// [`Error::BadPoint`] where the key is none; [`Error::Malformed`] for a plaintext beyond the cipher's 64 GiB.
pub fn encrypt(
    public_key: &[u8],
    round: u64,
    plaintext: &[u8],
    seed: [u8; 32],
) -> Result<Vec<u8>, Error> {
    let public_key = curve::public_key(public_key)?;
    let secret = |use_for: &[u8]| sha256(&[&seed, use_for]);
    let (sigma, key) = (secret(b"sigma"), secret(b"key"));
    let scalar = scalar(&sigma, &key);
    let point: [u8; PUBLIC_KEY_BYTES] =
        compressed(&(G2Affine::generator() * scalar).into_affine())?;
    let nonce_source = secret(b"nonce");
    let nonce: [u8; NONCE] = std::array::from_fn(|i| nonce_source[i]);

    let body = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&key))
        .encrypt(Nonce::from_slice(&nonce), plaintext)
        .map_err(|_| Error::Malformed)?;
    let sealed = Sealed {
        point: &point,
        masked_seed: xor(
            sigma,
            mask(identity(round)?, (public_key * scalar).into_affine())?,
        ),
        masked_key: xor(key, sha256(&[&sigma])),
        body: &body,
        nonce,
    };
    Ok(sealed.to_bytes())
}

/// The pairing of a round's point and the key's, as a mask: both ends come to the same one, by the beacon's secret or by
/// the sender's scalar.
fn mask(of_round: G1Affine, of_key: G2Affine) -> Result<[u8; 32], Error> {
    let shared: [u8; TARGET_BYTES] = compressed(&Bls12_381::pairing(of_round, of_key))?;
    Ok(sha256(&[&shared]))
}

fn scalar(seed: &[u8; 32], key: &[u8; 32]) -> Fr {
    Fr::from_be_bytes_mod_order(&sha256(&[seed, key]))
}

fn xor(a: [u8; 32], b: [u8; 32]) -> [u8; 32] {
    std::array::from_fn(|i| a[i] ^ b[i])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::SecretKey;
    use proptest::prelude::*;

    fn beacon(seed: u8) -> SecretKey {
        SecretKey::from_seed([seed; 32])
    }

    #[test]
    fn only_the_rounds_signature_opens() {
        let (beacon, other) = (beacon(1), beacon(2));
        let key = beacon.public_key().unwrap();
        let text = b"weights".as_slice();
        let sealed = encrypt(&key, 7, text, [9; 32]).unwrap();
        assert_eq!(sealed.len(), text.len() + 244);
        let opened = |signature: &[u8]| decrypt(&sealed, signature);
        assert_eq!(opened(&beacon.sign(7).unwrap()).unwrap(), text);
        let not_for = Err(Error::NotForThisRound);
        assert_eq!(opened(&beacon.sign(8).unwrap()), not_for);
        assert_eq!(opened(&other.sign(7).unwrap()), not_for);
    }

    #[test]
    fn a_changed_byte_shows() {
        let beacon = beacon(1);
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
    fn a_key_that_is_no_point_encrypts_nothing() {
        let key = beacon(1).public_key().unwrap();
        for bad in [&key[..95], &[0xff; PUBLIC_KEY_BYTES], &[]] {
            assert_eq!(encrypt(bad, 1, b"x", [0; 32]), Err(Error::BadPoint));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn what_is_encrypted_opens(text: Vec<u8>, round: u64, seed: [u8; 32]) {
            let key = beacon(3).public_key().unwrap();
            let sealed = encrypt(&key, round, &text, seed).unwrap();
            prop_assert_eq!(decrypt(&sealed, &beacon(3).sign(round).unwrap()).unwrap(), text);
        }
    }

    proptest! {
        /// A stranger's bytes, as they are or in the frame of a good ciphertext, are refused without a panic.
        #[test]
        fn noise_does_not_open(
            noise in proptest::collection::vec(any::<u8>(), 0..400), signature: [u8; 48], point in prop::array::uniform32(any::<u8>()),
        ) {
            prop_assert!(decrypt(&noise, &signature).is_err());
            let framed = Sealed {
                point: &[&point[..], &point[..], &point[..]].concat(),
                masked_seed: point,
                masked_key: point,
                body: &noise,
                nonce: [0; NONCE],
            };
            prop_assert!(decrypt(&framed.to_bytes(), &signature).is_err());
            prop_assert!(decrypt(&framed.to_bytes(), &beacon(1).sign(1).unwrap()).is_err());
            prop_assert!(crate::verify(&noise, 1, &signature).is_err());
        }
    }
}
