//! The hotkeys, and the one door through which anything is signed with them.
//!
//! | file | duty |
//! |---|---|
//! | [`keyring`] | each hotkey once, however many subnets it serves |
//! | [`key`] | one hotkey: loads it, never shows it |
//! | [`keyfile`] | its file: which forms are read, and what is said of the others |
//! | [`door`] | turn, nonce, journal, signature: in this order, or none |

mod door;
mod key;
mod keyfile;
mod keyring;
#[cfg(test)]
mod tests;

pub use door::{Door, Signer};
pub use key::KeyError;
pub use keyring::Keyring;
