//! Errors by what the caller does about them.

use crate::{BlockNumber, Netuid};

/// A chain operation that did not work.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// Try again, elsewhere or later.
    #[error("{endpoint}: {what}: {reason}")]
    Unavailable {
        /// The endpoint as it may be shown.
        endpoint: String,
        /// What was asked of it.
        what: &'static str,
        /// What came instead.
        reason: String,
    },
    /// Every endpoint and why it doesn't answer.
    #[error("no chain endpoint answers ({tried}); check [chain] endpoints and that a node is up")]
    NoEndpoint {
        /// `endpoint: reason; endpoint: reason; …`
        tried: String,
    },
    /// The chain has no such subnet.
    #[error("subnet {0} does not exist on this chain; check `netuid`")]
    NoSubnet(Netuid),
    /// The runtime lacks something that its clients need, or holds it in another shape.
    #[error("the runtime at block {block} has no usable {item}: {reason}")]
    Runtime {
        /// Where it was looked for.
        block: BlockNumber,
        /// Its name in the metadata.
        item: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A bug of ours: the call or its era can't be put into a transaction.
    #[error("the payload can't be signed: {0}")]
    Unsignable(String),
}

impl ChainError {
    /// What went wrong, without naming the endpoint once more.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Unavailable { what, reason, .. } => format!("{what}: {reason}"),
            other => other.to_string(),
        }
    }
}

/// Why a node did not take a transaction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 1010: it will not become valid by waiting. Holds the chain's reason as the node gave it, with the name of a code.
    #[error("invalid: {0}")]
    Invalid(String),
    /// 1012: refused for a while because it was invalid before.
    #[error("temporarily banned")]
    Banned,
    /// 1014: another transaction with this nonce is pending.
    #[error("priority too low: another transaction with this nonce is pending")]
    NonceTaken,
    /// Anything else: the node may still have taken it, or not.
    #[error("{0}")]
    Unclear(String),
}
