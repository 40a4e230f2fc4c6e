//! The chain as the validator sees it: one finalized block at a time, by name, from live metadata.
//!
//! | file | duty |
//! |---|---|
//! | [`node`] | one connection to one RPC node, every call with a deadline |
//! | [`pool`] | several nodes: the first that answers serves reads |
//! | [`snapshot`] | a whole [`crate::types::Subnet`] at one block |
//! | [`weights`] | the weight row on chain, and the payload that would set one |
//! | [`transactions`] | sign, and find the signed bytes again |
//! | [`broadcast`] | the same bytes, to every node at once |
//! | [`key`] | the one door to the hotkey |

mod broadcast;
mod error;
mod key;
mod node;
mod pool;
mod snapshot;
mod transactions;
mod weights;

pub use error::{ChainError, Refusal};
pub use key::{Key, KeyError};
pub use node::{AtBlock, Node};
pub use pool::Pool;
pub use snapshot::read_subnet;
pub use transactions::{Inclusion, find, next_nonce, sign};
pub use weights::{WeightCall, weight_row};
