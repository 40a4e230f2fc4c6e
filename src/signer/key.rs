//! One hotkey: loads it, never shows it.

use std::path::PathBuf;
use std::str::FromStr;

use subtensor::key::{Keypair, SecretUri};

use super::keyfile::{self, FileFault};
use crate::config::HotkeyConfig;
use crate::host;
use crate::types::{Cause, Caused, Hotkey, RequestSigner};

/// A hotkey that can't be used. Never holds key material.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("no hotkey is configured: set [subnet.hotkey] keyfile (or suri) of the [[subnet]]")]
    Missing,
    #[error("hotkey file {path}: {fault}")]
    File { path: PathBuf, fault: FileFault },
    #[error("hotkey.suri is not a valid secret URI: {0}")]
    Uri(String),
}

impl Caused for KeyError {
    fn cause(&self) -> Cause {
        Cause::Key
    }
}

/// The hotkey's key pair. Debug shows the address only.
pub struct Key {
    pair: Keypair,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.hotkey())
    }
}

impl Key {
    pub fn load(config: &HotkeyConfig) -> Result<Self, KeyError> {
        if !config.suri.is_empty() {
            return Self::from_suri(&config.suri);
        }
        if config.keyfile.as_os_str().is_empty() {
            return Err(KeyError::Missing);
        }
        let file = |fault| KeyError::File {
            path: config.keyfile.clone(),
            fault,
        };
        let path = host::expand(&config.keyfile)
            .map_err(|e| file(FileFault::Unreadable(e.to_string())))?;
        keyfile::read(&path).map(Self::of).map_err(file)
    }

    pub fn from_suri(suri: &str) -> Result<Self, KeyError> {
        let uri = SecretUri::from_str(suri).map_err(|e| KeyError::Uri(e.to_string()))?;
        let pair = Keypair::from_uri(&uri).map_err(|e| KeyError::Uri(e.to_string()))?;
        Ok(Self::of(pair))
    }

    fn of(pair: Keypair) -> Self {
        Self { pair }
    }

    pub fn hotkey(&self) -> Hotkey {
        Hotkey::from(&self.pair)
    }

    /// What transports get: request signatures, nothing else.
    pub fn request_signer(&self) -> RequestSigner {
        let pair = self.pair.clone();
        RequestSigner::new(self.hotkey(), move |message| {
            pair.sign(message.as_bytes()).0
        })
    }

    pub(super) fn pair(&self) -> &Keypair {
        &self.pair
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_key_shows_its_address_alone() {
        let alice = Key::from_suri("//Alice").unwrap();
        let shown = format!("{alice:?}");
        assert_eq!(
            shown,
            "Key(5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY)"
        );
    }
}
