//! `[subnet.hotkey]`: the key that signs.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::config::rule::{Checked, rule};

/// Exactly one of the two.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HotkeyConfig {
    /// A plain btcli keyfile: `~/.bittensor/wallets/<coldkey>/hotkeys/<hotkey>`.
    pub keyfile: PathBuf,
    /// A secret URI: `//Alice`, a mnemonic, or `0x` and 64 hex digits. For tests and local chains.
    #[serde(serialize_with = "redacted", skip_serializing_if = "String::is_empty")]
    pub suri: String,
}

impl HotkeyConfig {
    /// Whether there is one at all.
    pub fn is_named(&self) -> bool {
        !self.suri.is_empty() || !self.keyfile.as_os_str().is_empty()
    }

    pub(super) fn check(&self) -> Checked {
        rule(
            self.suri.is_empty() || self.keyfile.as_os_str().is_empty(),
            "keyfile",
            self.keyfile.display(),
            "hotkey.suri is set too: give one of the two",
        )
    }
}

const REDACTED: &str = "<redacted>";

fn redacted<S: serde::Serializer>(_: &str, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(REDACTED)
}

impl std::fmt::Debug for HotkeyConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let suri = if self.suri.is_empty() { "" } else { REDACTED };
        f.debug_struct("HotkeyConfig")
            .field("keyfile", &self.keyfile)
            .field("suri", &suri)
            .finish()
    }
}
