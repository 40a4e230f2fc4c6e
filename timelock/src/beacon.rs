//! What a beacon signs, and whether it did.

use ark_bls12_381::{Bls12_381, Fr, G2Affine};
use ark_ec::{AffineRepr, CurveGroup, pairing::Pairing};
use ark_ff::PrimeField;

use crate::Error;
use crate::curve::{self, PUBLIC_KEY_BYTES, SIGNATURE_BYTES, compressed, identity};

/// Whether `signature` is that of the beacon with this public key for this round (drand's unchained scheme: a BLS
/// signature of the round's number alone).
///
/// # Errors
/// [`Error::BadPoint`] where either is no point of its group.
pub fn verify(public_key: &[u8], round: u64, signature: &[u8]) -> Result<bool, Error> {
    let public_key = curve::public_key(public_key)?;
    let signature = curve::signature(signature)?;
    let signed = Bls12_381::pairing(signature, G2Affine::generator());
    Ok(signed == Bls12_381::pairing(identity(round)?, public_key))
}

/// The secret of a beacon that this process plays, as a local chain does: quicknet's is shared among its nodes, and known to
/// none.
#[derive(Clone)]
pub struct SecretKey(Fr);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// The same beacon for the same seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(Fr::from_be_bytes_mod_order(&seed))
    }

    /// A point of G2, compressed.
    ///
    /// # Errors
    /// None that a seed could cause.
    pub fn public_key(&self) -> Result<[u8; PUBLIC_KEY_BYTES], Error> {
        compressed(&(G2Affine::generator() * self.0).into_affine())
    }

    /// The signature of a round, a point of G1, compressed.
    ///
    /// # Errors
    /// None that a seed or a round could cause.
    pub fn sign(&self, round: u64) -> Result<[u8; SIGNATURE_BYTES], Error> {
        compressed(&(identity(round)? * self.0).into_affine())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn signatures_verify_for_their_key_and_round() {
        let beacon = SecretKey::from_seed([1; 32]);
        let key = beacon.public_key().unwrap();
        let signature = beacon.sign(7).unwrap();
        assert_eq!(verify(&key, 7, &signature), Ok(true));
        assert_eq!(verify(&key, 8, &signature), Ok(false));
        let other = SecretKey::from_seed([2; 32]).public_key().unwrap();
        assert_eq!(verify(&other, 7, &signature), Ok(false));
        assert_eq!(verify(&key[1..], 7, &signature), Err(Error::BadPoint));
    }

    #[test]
    fn a_secret_does_not_show() {
        let shown = format!("{:?}", SecretKey::from_seed([1; 32]));
        assert_eq!(shown, "SecretKey(…)");
    }
}
