//! The bytes of the protocols that validators and miners of a Bittensor subnet speak. No I/O, no clock,
//! no key: time, nonces and a signing function are passed in, bytes and verdicts come out.
//!
//! ```text
//! validator                                        miner
//! axon::Request ──sign──► headers + body ──HTTP──► axon::Presented ─► axon::Verifier ─► axon::check_body
//! epistula::Request ────► headers + body ──HTTP──► epistula::verify
//! ```
//!
//! Both sides are held to traffic recorded from the Python SDK (`tests/vectors`), never to each other
//! alone: a bug shared by our two ends would otherwise go unseen.

#![warn(missing_docs)]

pub mod axon;
pub mod body_hash;
pub mod epistula;
mod py;
pub mod signature;
pub mod version;

pub use py::{JsonError, Py};
/// A public key of the chain; `Display` and `FromStr` are ss58.
pub use subxt_utils_accountid32::AccountId32;
/// Fresh per request: see [`axon::Request::sign`].
pub use uuid::Uuid;
