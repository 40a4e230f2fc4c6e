//! Timelock encryption to rounds of a drand beacon, as subtensor opens it and as its clients encrypt. No I/O, no clock, no
//! randomness of its own: time and seeds are passed in, bytes come out.
//!
//! ```text
//! validator                                            chain
//! Schedule::newest_at(now) + some ─► round
//! Weights::to_bytes ─► encrypt(key, round, …) ─commit─► waits until the beacon has signed the round
//!                                                       verify(key, round, signature) ─► decrypt ─► Weights::from_bytes
//! ```
//!
//! Every input of [`decrypt`], [`verify`] and [`Weights::from_bytes`] may be a stranger's: lengths and group membership
//! are checked, nothing panics.
//!
//! ```
//! use timelock::{decrypt, encrypt, quicknet, SecretKey};
//!
//! # fn main() -> Result<(), timelock::Error> {
//! // A beacon of our own, whose rounds come at quicknet's pace.
//! let beacon = SecretKey::from_seed([1; 32]);
//! let round = quicknet::SCHEDULE.newest_at(1_764_000_000_000) + 100;
//! let ciphertext = encrypt(&beacon.public_key()?, round, b"weights", [2; 32])?;
//! // Three hundred seconds later:
//! assert_eq!(decrypt(&ciphertext, &beacon.sign(round)?)?, b"weights");
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

mod beacon;
mod cipher;
mod curve;
pub mod quicknet;
mod schedule;
mod sealed;
mod weights;

pub use beacon::{SecretKey, verify};
pub use cipher::{decrypt, encrypt};
pub use curve::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES};
pub use schedule::Schedule;
pub use weights::Weights;

/// Why bytes can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not the bytes of a ciphertext, or a plaintext too long for the cipher (64 GiB).
    #[error("the ciphertext is malformed")]
    Malformed,
    /// A key, a signature or the head of a ciphertext.
    #[error("a point is not on the curve or not in its group")]
    BadPoint,
    /// The signature is another round's or another beacon's, or the ciphertext was put together without its seed.
    #[error("the ciphertext was not made for this round, or not honestly")]
    NotForThisRound,
    /// The right round, but other bytes than were encrypted.
    #[error("the body does not authenticate")]
    Tampered,
}
