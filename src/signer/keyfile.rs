//! A hotkey's file, as btcli writes it: which forms are read, and what is said of the others.

use std::fs::{File, Metadata};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::str::FromStr;

use rustix::fs::{StatVfsMountFlags, fstatvfs};
use serde::Deserialize;
use subtensor::key::{ExposeSecret, Keypair, SecretString, SecretUri};

use crate::types::Hotkey;

/// Why a file gives no hotkey, and what to do. Never holds key material.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    #[error("{0}. Name the hotkey's file in [subnet.hotkey] keyfile, where this user may read it")]
    Unreadable(String),
    #[error(
        "this is a folder. Docker makes one where a mounted file is missing: remove it, and name a file that is there"
    )]
    Folder,
    #[error(
        "others on this machine may open it (its mode is {0:04o}): `chmod 600` it, and if others did, use a new hotkey"
    )]
    Open(u32),
    #[error("this is the coldkey's. Only the hotkey belongs on this machine: WALLET/hotkeys/NAME")]
    Coldkey,
    #[error(
        "it is encrypted ({method}). On a machine of yours, decrypt a copy with bittensor-wallet 4 for Python, which asks for the password and writes the plain key in its place: python3 -c 'import sys; from bittensor_wallet import Keyfile; Keyfile(sys.argv[1], \"hotkey\", False).decrypt()' COPY"
    )]
    Encrypted { method: &'static str },
    #[error(
        "it is an export of polkadot.js: `btcli wallet regen-hotkey --json FILE` makes a hotkey of it, with --no-use-password a plain one"
    )]
    PolkadotJs,
    #[error(
        "not the expected JSON (line {0}, column {1}): name the file that `btcli wallet new-hotkey --no-use-password` wrote"
    )]
    NoJson(usize, usize),
    #[error(
        "it is for a key of kind {0}: hotkeys of a validator are sr25519. Make one with `btcli wallet new-hotkey`"
    )]
    Kind(String),
    #[error("`{0}` is empty: make the file anew with `btcli wallet regen-hotkey`")]
    Empty(&'static str),
    #[error(
        "it has only the public key, as hotkeypub.txt and coldkeypub.txt do: name the hotkey's own file"
    )]
    PublicOnly,
    #[error(
        "it has a `privateKey` alone, which can't be read: make the file anew with `btcli wallet regen-hotkey --mnemonic` or `--seed`"
    )]
    PrivateKeyOnly,
    #[error("`secretSeed` is not 64 hex digits")]
    Seed,
    #[error(
        "`secretPhrase` is no mnemonic of 12 to 24 English words, or one of them is misspelt; nothing may stand beside them"
    )]
    Phrase,
    #[error("its secret belongs to {ours}, but its `{field}` is {said}: which is right?")]
    Mismatch {
        ours: String,
        field: &'static str,
        said: String,
    },
}

/// The key pair in a file that is plain, ours alone, and in one piece.
pub fn read(path: &Path) -> Result<Keypair, FileFault> {
    let unreadable = |e: std::io::Error| FileFault::Unreadable(e.to_string());
    if is_coldkey(path) {
        return Err(FileFault::Coldkey);
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(FileFault::Folder);
    }
    if is_open(&file, &about) {
        return Err(FileFault::Open(about.mode() & 0o777));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    parse(&bytes)
}

/// By its place in a wallet: a plain coldkey's file looks as a hotkey's does.
fn is_coldkey(path: &Path) -> bool {
    let path = path.canonicalize().unwrap_or_else(|_| path.into());
    let name = path.file_name().and_then(|name| name.to_str());
    matches!(name, Some("coldkey" | "coldkeypub.txt"))
        && path
            .parent()
            .is_some_and(|wallet| !wallet.ends_with("hotkeys"))
}

/// As ssh sees it: what is ours must be ours alone, and everything is root's. A file of another owner that we may read was
/// given to us so (secrets of Docker, Kubernetes and systemd are root's, and may be opened by groups), and its mode isn't
/// ours to change. Nobody here can change a mode on a mount that is read-only.
fn is_open(file: &File, about: &Metadata) -> bool {
    let us = rustix::process::geteuid();
    about.is_file()
        && about.mode() & 0o077 != 0
        && (us.is_root() || about.uid() == us.as_raw())
        && !is_read_only(file)
}

fn is_read_only(file: &File) -> bool {
    fstatvfs(file).is_ok_and(|mount| mount.f_flag.contains(StatVfsMountFlags::RDONLY))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keyfile {
    secret_seed: Option<SecretText>,
    secret_phrase: Option<SecretText>,
    private_key: Option<SecretText>,
    ss58_address: Option<String>,
    public_key: Option<String>,
    crypto_type: Option<serde_json::Value>,
    /// Of polkadot.js.
    encoded: Option<SecretText>,
}

#[derive(Deserialize)]
#[serde(from = "String")]
struct SecretText(SecretString);

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl SecretText {
    fn text(&self) -> &str {
        self.0.expose_secret().trim()
    }
}

pub(super) fn parse(bytes: &[u8]) -> Result<Keypair, FileFault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (start, method) in [
        (b"$NACL" as &[u8], "NaCl"),
        (b"$ANSIBLE_VAULT", "Ansible Vault"),
        (b"gAAAAA", "Fernet"),
    ] {
        if bytes.starts_with(start) {
            return Err(FileFault::Encrypted { method });
        }
    }
    let file: Keyfile =
        serde_json::from_slice(bytes).map_err(|e| FileFault::NoJson(e.line(), e.column()))?;
    if file.encoded.is_some() {
        return Err(FileFault::PolkadotJs);
    }
    match &file.crypto_type {
        None | Some(serde_json::Value::Null) => {}
        Some(kind) if kind == 1 => {}
        Some(kind) => {
            let name = match kind.as_u64() {
                Some(0) => "ed25519".into(),
                Some(2) => "ecdsa".into(),
                _ => kind.to_string(),
            };
            return Err(FileFault::Kind(name));
        }
    }
    let pair = file.pair()?;
    file.belongs_to(&pair)?;
    Ok(pair)
}

impl Keyfile {
    /// From the seed, or from the phrase where there is no seed.
    fn pair(&self) -> Result<Keypair, FileFault> {
        let has = |field: &'static str, text: &Option<SecretText>| match text {
            Some(text) if text.text().is_empty() => Some(Err(FileFault::Empty(field))),
            Some(_) => Some(Ok(())),
            None => None,
        };
        // An empty secret would stand for the development phrase, which everybody knows.
        has("secretSeed", &self.secret_seed).transpose()?;
        has("secretPhrase", &self.secret_phrase).transpose()?;
        match (&self.secret_seed, &self.secret_phrase, &self.private_key) {
            (Some(seed), ..) => from_seed(seed.text()).ok_or(FileFault::Seed),
            (None, Some(phrase), _) => from_phrase(phrase.text()).ok_or(FileFault::Phrase),
            (None, None, Some(_)) => Err(FileFault::PrivateKeyOnly),
            (None, None, None) => Err(FileFault::PublicOnly),
        }
    }

    fn belongs_to(&self, pair: &Keypair) -> Result<(), FileFault> {
        let address = Hotkey::from(pair).to_string();
        let public = hex::encode(pair.public_key().0);
        let plain = |key: &str| key.trim_start_matches("0x").to_lowercase();
        let wrong = match (&self.ss58_address, &self.public_key) {
            (Some(said), _) if *said != address => ("ss58Address", said, address),
            (_, Some(said)) if plain(said) != public => ("publicKey", said, public),
            _ => return Ok(()),
        };
        let (field, said, ours) = (wrong.0, wrong.1.clone(), wrong.2);
        Err(FileFault::Mismatch { ours, field, said })
    }
}

/// With or without `0x`.
fn from_seed(seed: &str) -> Option<Keypair> {
    let digits = seed.strip_prefix("0x").unwrap_or(seed);
    let is_seed = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    is_seed.then(|| from_uri(&format!("0x{digits}")))?
}

fn from_phrase(phrase: &str) -> Option<Keypair> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let is_word = |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase());
    let is_phrase = words.len() >= 12 && words.iter().all(is_word);
    is_phrase.then(|| from_uri(&words.join(" ")))?
}

fn from_uri(uri: &str) -> Option<Keypair> {
    Keypair::from_uri(&SecretUri::from_str(uri).ok()?).ok()
}
