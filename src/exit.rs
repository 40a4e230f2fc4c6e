//! How the program ends: sysexits codes, one message.

use std::process::ExitCode;

use crate::chain::{ChainError, KeyError};
use crate::config::ConfigError;

/// The cause of an exit, as the shell and systemd see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Usage = 64,
    /// Bad data: a wrong model hash, another world in the database, a corpus that can't be read.
    Data = 65,
    /// A dependency is unavailable: chain, Postgres, ONNX Runtime.
    Unavailable = 69,
    /// A bug of ours.
    Internal = 70,
    /// The key can't be used.
    Key = 77,
    Config = 78,
}

/// A run that can't go on: one message that names the thing, the value and the remedy, and a code.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    pub exit: Exit,
    pub message: String,
}

impl Failure {
    pub fn new(exit: Exit, message: impl ToString) -> Self {
        Self { exit, message: message.to_string() }
    }

    pub fn code(&self) -> ExitCode {
        ExitCode::from(self.exit as u8)
    }
}

impl From<ConfigError> for Failure {
    fn from(e: ConfigError) -> Self {
        Self::new(Exit::Config, e)
    }
}

impl From<KeyError> for Failure {
    fn from(e: KeyError) -> Self {
        Self::new(Exit::Key, e)
    }
}

impl From<ChainError> for Failure {
    fn from(e: ChainError) -> Self {
        let exit = match e {
            ChainError::NoSubnet(_) => Exit::Config,
            ChainError::Unsignable(_) => Exit::Internal,
            _ => Exit::Unavailable,
        };
        Self::new(exit, e)
    }
}
