//! What is done about the chain's and the key's errors.

use crate::chain::{ChainError, KeyError};
use crate::types::{Cause, Caused};

impl Caused for KeyError {
    fn cause(&self) -> Cause {
        Cause::Key
    }
}

impl Caused for ChainError {
    fn cause(&self) -> Cause {
        match self {
            Self::NoSubnet(_) => Cause::Config,
            Self::Unsignable(_) => Cause::Bug,
            Self::Unavailable { .. } | Self::NoEndpoint { .. } | Self::Runtime { .. } => {
                Cause::Transient
            }
        }
    }
}
