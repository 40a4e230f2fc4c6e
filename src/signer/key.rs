//! One hotkey: loads it, never shows it.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use subtensor::key::{ExposeSecret, Keypair, SecretString, SecretUri};

use crate::config::HotkeyConfig;
use crate::host;
use crate::types::{Cause, Caused, Hotkey, RequestSigner};

/// A hotkey that can't be used. Never holds key material.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("no hotkey is configured: set [subnet.hotkey] keyfile (or suri) of the [[subnet]]")]
    Missing,
    #[error("hotkey file {path}: {reason}")]
    Unreadable { path: PathBuf, reason: String },
    #[error(
        "hotkey file {0} is encrypted; this version reads plain hotkey files (btcli: `wallet new_hotkey --no-use-password`)"
    )]
    Encrypted(PathBuf),
    #[error(
        "hotkey file {path}: {reason}; expected btcli's JSON with `secretSeed` or `secretPhrase`"
    )]
    Malformed { path: PathBuf, reason: String },
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
        let path = host::expand(&config.keyfile).map_err(|e| KeyError::Unreadable {
            path: config.keyfile.clone(),
            reason: e.to_string(),
        })?;
        Self::from_keyfile(&path)
    }

    pub fn from_suri(suri: &str) -> Result<Self, KeyError> {
        let uri = SecretUri::from_str(suri).map_err(|e| KeyError::Uri(e.to_string()))?;
        let pair = Keypair::from_uri(&uri).map_err(|e| KeyError::Uri(e.to_string()))?;
        Ok(Self::of(pair))
    }

    /// A plain btcli keyfile: JSON with `secretSeed` (preferred) or `secretPhrase`, and `ss58Address` as a check.
    pub fn from_keyfile(path: &Path) -> Result<Self, KeyError> {
        let bytes = std::fs::read(path).map_err(|e| KeyError::Unreadable {
            path: path.to_path_buf(),
            reason: e.to_string(),
        })?;
        if bytes.starts_with(b"$NACL") || bytes.starts_with(b"$ANSIBLE_VAULT") {
            return Err(KeyError::Encrypted(path.to_path_buf()));
        }
        let malformed = |reason: String| KeyError::Malformed {
            path: path.to_path_buf(),
            reason,
        };
        let file: Keyfile = serde_json::from_slice(&bytes).map_err(|e| {
            malformed(format!(
                "not the expected JSON (line {}, column {})",
                e.line(),
                e.column()
            ))
        })?;
        let secret = file.secret_seed.as_ref().or(file.secret_phrase.as_ref());
        let secret = secret
            .ok_or_else(|| malformed("neither `secretSeed` nor `secretPhrase` is there".into()))?;
        let uri = SecretUri::from_str(secret.expose_secret())
            .map_err(|_| malformed("the secret is not valid".into()))?;
        let key = Keypair::from_uri(&uri)
            .map(Self::of)
            .map_err(|_| malformed("the secret is not valid".into()))?;
        match &file.ss58_address {
            Some(address) if *address != key.hotkey().to_string() => Err(malformed(format!(
                "the secret belongs to {}, but ss58Address is {address}",
                key.hotkey()
            ))),
            _ => Ok(key),
        }
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

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keyfile {
    #[serde(default, deserialize_with = "secret")]
    secret_seed: Option<SecretString>,
    #[serde(default, deserialize_with = "secret")]
    secret_phrase: Option<SecretString>,
    #[serde(default)]
    ss58_address: Option<String>,
}

fn secret<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<SecretString>, D::Error> {
    let text: Option<String> = serde::Deserialize::deserialize(d)?;
    Ok(text.map(SecretString::from))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    const ALICE_SEED: &str = "0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a";

    fn keyfile(text: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hotkey");
        std::fs::write(&path, text).unwrap();
        (dir, path)
    }

    #[test]
    fn suri_and_keyfile_give_the_same_key() {
        assert_eq!(
            Key::from_suri("//Alice").unwrap().hotkey().to_string(),
            ALICE
        );
        let (_dir, path) = keyfile(&format!(
            r#"{{"secretSeed":"{ALICE_SEED}","ss58Address":"{ALICE}","extra":1}}"#
        ));
        assert_eq!(
            Key::from_keyfile(&path).unwrap().hotkey().to_string(),
            ALICE
        );
    }

    #[test]
    fn a_keyfile_of_another_address_is_refused() {
        let bob = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
        let (_dir, path) = keyfile(&format!(
            r#"{{"secretSeed":"{ALICE_SEED}","ss58Address":"{bob}"}}"#
        ));
        let error = Key::from_keyfile(&path).unwrap_err().to_string();
        assert!(error.contains(ALICE) && error.contains(bob), "{error}");
    }

    #[test]
    fn an_encrypted_or_broken_keyfile_says_so_and_leaks_nothing() {
        let (_dir, path) = keyfile("$NACLabc");
        assert!(matches!(
            Key::from_keyfile(&path),
            Err(KeyError::Encrypted(_))
        ));
        let (_dir, path) = keyfile(r#"{"secretSeed":"0xnothex-s3cret"}"#);
        let error = Key::from_keyfile(&path).unwrap_err().to_string();
        assert!(!error.contains("s3cret"), "{error}");
        assert!(!format!("{:?}", Key::from_suri("//Alice").unwrap()).contains("e5be"));
    }
}
