//! The hotkeys of this process.

use super::Signer;
use super::key::{Key, KeyError};
use crate::config::HotkeyConfig;

/// Each hotkey once, so that it has one door however many subnets it serves.
#[derive(Debug, Default)]
pub struct Keyring(Vec<Signer>);

impl Keyring {
    /// Loads a hotkey, or finds the one that is here already.
    pub fn load(&mut self, config: &HotkeyConfig) -> Result<Signer, KeyError> {
        let key = Key::load(config)?;
        if let Some(known) = self.0.iter().find(|s| s.hotkey() == key.hotkey()) {
            return Ok(known.clone());
        }
        let signer = Signer::new(key);
        self.0.push(signer.clone());
        Ok(signer)
    }
}
