//! Passages that can't be used.

use std::path::{Path, PathBuf};

use crate::Passage;

/// Names the file and, where it got that far, the passage. What a user called the folder (a key, a flag) is for the caller
/// to add.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The folder can't be read, or holds nothing that could be asked.
    #[error("{}: {reason}. Name a folder of passages: *.toml files with [[passage]] tables, *.jsonl, or texts with a *.toml of [[question]] tables beside each", path.display())]
    Folder {
        /// As it was named.
        path: PathBuf,
        /// The system's words, or ours.
        reason: String,
    },
    /// The file can't be read, or is none of passages.
    #[error("{}: {reason}", path.display())]
    File {
        /// Below the folder.
        path: PathBuf,
        /// Why, with the place in it where TOML is at fault.
        reason: String,
    },
    /// The passage breaks a rule.
    #[error("{}: passage `{id}`: {reason}", path.display())]
    Passage {
        /// The file that holds it.
        path: PathBuf,
        /// The first 80 characters of its id.
        id: String,
        /// The rule, with the value found and those allowed.
        reason: String,
    },
}

impl CorpusError {
    pub(crate) fn passage(path: &Path, passage: &Passage, reason: String) -> Self {
        Self::Passage {
            path: path.into(),
            id: passage.id.chars().take(80).collect(),
            reason,
        }
    }
}
