//! Key pairs, re-exported so that nobody else depends on the crate they are from.

pub use subxt_signer::sr25519::{Keypair, dev};
pub use subxt_signer::{ExposeSecret, SecretString, SecretUri};

use crate::Hotkey;

impl From<&Keypair> for Hotkey {
    fn from(pair: &Keypair) -> Self {
        Self(pair.public_key().0)
    }
}
