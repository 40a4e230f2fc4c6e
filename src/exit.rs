//! How the program ends: a sysexits code and one message that names the thing, the value and the remedy.

use std::process::ExitCode;

use crate::chain::{ChainError, KeyError};
use crate::config::ConfigError;
use crate::query::ClientError;
use crate::query::corpus::CorpusError;
use crate::scoring::LoadError;
use crate::store::StoreError;

/// The cause of an exit, as the shell and systemd see it.
pub mod code {
    pub const USAGE: u8 = 64;
    /// Bad data: a wrong model hash, another world in the database, a corpus that can't be read.
    pub const DATA: u8 = 65;
    /// A dependency is unavailable: chain, Postgres, ONNX Runtime.
    pub const UNAVAILABLE: u8 = 69;
    /// A bug of ours.
    pub const INTERNAL: u8 = 70;
    /// The key can't be used.
    pub const KEY: u8 = 77;
    pub const CONFIG: u8 = 78;
}

/// A run that can't go on.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    pub code: u8,
    pub message: String,
}

impl Failure {
    pub fn new(code: u8, message: impl ToString) -> Self {
        Self {
            code,
            message: message.to_string(),
        }
    }

    pub fn exit(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

impl From<ConfigError> for Failure {
    fn from(e: ConfigError) -> Self {
        Self::new(code::CONFIG, e)
    }
}

impl From<ClientError> for Failure {
    fn from(e: ClientError) -> Self {
        Self::new(code::CONFIG, e)
    }
}

impl From<CorpusError> for Failure {
    fn from(e: CorpusError) -> Self {
        Self::new(code::DATA, e)
    }
}

impl From<KeyError> for Failure {
    fn from(e: KeyError) -> Self {
        Self::new(code::KEY, e)
    }
}

impl From<LoadError> for Failure {
    fn from(e: LoadError) -> Self {
        Self::new(e.exit_code(), e)
    }
}

impl From<StoreError> for Failure {
    fn from(e: StoreError) -> Self {
        Self::new(e.exit_code(), e)
    }
}

impl From<ChainError> for Failure {
    fn from(e: ChainError) -> Self {
        let code = match e {
            ChainError::NoSubnet(_) => code::CONFIG,
            ChainError::Unsignable(_) => code::INTERNAL,
            _ => code::UNAVAILABLE,
        };
        Self::new(code, e)
    }
}
