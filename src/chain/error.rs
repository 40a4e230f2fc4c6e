//! Errors by what the caller does about them.

use crate::types::{BlockNumber, Netuid};

/// A chain operation that did not work.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// Try again, elsewhere or later.
    #[error("{endpoint}: {what}: {reason}")]
    Unavailable {
        endpoint: String,
        what: &'static str,
        reason: String,
    },
    #[error("no chain endpoint answers ({tried}); check [chain] endpoints and that a node is up")]
    NoEndpoint { tried: String },
    #[error("subnet {0} does not exist on this chain; check `netuid`")]
    NoSubnet(Netuid),
    /// The runtime lacks something that this validator needs, or holds it in another shape.
    #[error("the runtime at block {block} has no usable {item}: {reason}")]
    Runtime {
        block: BlockNumber,
        item: String,
        reason: String,
    },
    #[error("the payload can't be signed: {0}")]
    Unsignable(String),
}

impl ChainError {
    /// The same with `shown` in place of a URL that a library put into its reason.
    pub(super) fn without(self, url: &str, shown: &str) -> Self {
        match self {
            Self::Unavailable {
                endpoint,
                what,
                reason,
            } => Self::Unavailable {
                endpoint,
                what,
                reason: reason.replace(url, shown),
            },
            other => other,
        }
    }

    /// Whether the same call may succeed on another node or later.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::NoEndpoint { .. })
    }
}

/// Why a node did not take a transaction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 1010: it will not become valid by waiting. Holds the chain's reason as the node gave it.
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
