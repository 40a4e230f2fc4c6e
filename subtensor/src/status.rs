//! How it stands with each endpoint.

use std::fmt;
use std::sync::Arc;

use crate::endpoint::Head;
use crate::{BlockNumber, Endpoint, EndpointUrl, Genesis};

/// How it stands with one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The first attempt is under way.
    Connecting,
    /// It answers and its finalized head moves.
    Up {
        /// The newest head and when it came.
        head: Head,
    },
    /// It doesn't answer, or its head stood still; it is tried again.
    Down {
        /// What went wrong last.
        reason: String,
    },
    /// It serves another chain than the one that we are on; it is looked at again now and then.
    WrongChain {
        /// The chain that it serves.
        genesis: Genesis,
    },
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connecting => f.write_str("no answer yet"),
            Self::Up { head } => write!(f, "up at {}", head.block),
            Self::Down { reason } => f.write_str(reason),
            Self::WrongChain { genesis } => write!(f, "serves another chain, {genesis}"),
        }
    }
}

/// An endpoint and how it stands with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointStatus {
    /// Where it is.
    pub url: EndpointUrl,
    /// How it stands.
    pub status: Status,
}

/// What a keeper publishes: a status, with the connection where there is one.
#[derive(Clone, Debug)]
pub(crate) enum Link {
    Connecting,
    Up(Arc<Endpoint>),
    Down(String),
    WrongChain(Genesis),
}

impl Link {
    /// The newest head of an endpoint that is up.
    pub(crate) fn head(&self) -> Option<BlockNumber> {
        match self {
            Self::Up(endpoint) => endpoint.head().map(|head| head.block.number),
            _ => None,
        }
    }

    /// The status that others see.
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Connecting => Status::Connecting,
            Self::Up(endpoint) => match (endpoint.fault(), endpoint.head()) {
                (Some(fault), _) => Status::Down {
                    reason: fault.to_owned(),
                },
                (None, Some(head)) => Status::Up { head },
                (None, None) => Status::Connecting,
            },
            Self::Down(reason) => Status::Down {
                reason: reason.clone(),
            },
            Self::WrongChain(genesis) => Status::WrongChain { genesis: *genesis },
        }
    }
}
