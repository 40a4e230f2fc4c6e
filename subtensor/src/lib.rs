//! The Bittensor chain as its clients see it: one finalized block at a time, by name, from live metadata.
//!
//! ```text
//! Endpoints ──► keeper ×n ──► Endpoint ──► heads                 one task per node: connect, follow, reconnect
//!     │                          ├──► read_subnet, weight_row     the state at a block
//!     │                          └──► sign, submit, find          transactions
//!     └──► broadcast                                              the same bytes, to all
//! ```
//!
//! | file | duty |
//! |---|---|
//! | [`ids`] | hotkeys, uids, subnets, blocks, chains |
//! | [`metagraph`], [`schedule`], [`subnet`] | what is known of a subnet |
//! | [`vector`], [`payload`] | what goes on chain: weights by the chain's rules, signed bytes |
//! | [`endpoint`], [`url`] | one connection to one node, every call with a deadline; its address without keys |
//! | [`endpoints`], [`keeper`], [`status`], [`heads`] | several nodes, each kept by a task |
//! | [`clock`] | the chain's time beside ours |
//! | [`block`], [`snapshot`], [`row`] | reads at one block |
//! | [`pace`], [`backoff`] | how fast the chain goes, and the patience that fits it |
//! | [`calls`] | the calls that our programs make |
//! | [`transactions`], [`submit`], [`broadcast`], [`pool_errors`] | sign, send, find again, and why a pool refused |
//! | [`key`] | key pairs |
//!
//! The only crate that names `subxt`. The chain upgrades every week or two: calls, errors and storage are found by
//! name in the metadata of the block at hand, and values are decoded by the types that stand there.

#![warn(missing_docs)]

mod backoff;
mod block;
mod broadcast;
pub mod calls;
mod clock;
mod endpoint;
mod endpoints;
mod error;
mod heads;
mod ids;
mod keeper;
pub mod key;
mod metagraph;
mod pace;
mod payload;
mod pool_errors;
mod row;
mod schedule;
mod snapshot;
mod status;
mod submit;
mod subnet;
mod transactions;
mod url;
mod vector;

pub use backoff::backoff;
pub use broadcast::Delivery;
pub use clock::{ChainClock, Skew};
pub use endpoint::{Endpoint, Head};
pub use endpoints::{Endpoints, Settings};
pub use error::{ChainError, Refusal};
pub use heads::Heads;
pub use ids::{
    AccountError, BlockNumber, BlockRef, Coldkey, Genesis, Hotkey, MechanismId, MinerId, Netuid,
    Scope, Uid,
};
pub use key::Keypair;
pub use metagraph::{Axon, Metagraph, Neuron, RAO_PER_TAO, Rao};
pub use pace::{Pace, block_time, serving_rate_limit};
pub use payload::{Era, SignedPayload};
pub use row::weight_row;
pub use schedule::Schedule;
pub use snapshot::read_subnet;
pub use status::{EndpointStatus, Status};
pub use submit::{SubmitError, submit, submit_until_final};
pub use subnet::{Hyperparameters, Subnet};
pub use transactions::{Inclusion, find, next_nonce, sign};
pub use url::EndpointUrl;
pub use vector::{VectorError, WeightVector};
