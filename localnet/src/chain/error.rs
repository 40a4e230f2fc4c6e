//! Why a data folder is of no use.

use std::io;
use std::path::{Path, PathBuf};

/// Why a data folder can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// A file or the folder can't be read or written.
    #[error("{path}: {error}", path = .path.display())]
    Io { path: PathBuf, error: io::Error },
    /// Another process holds the lock on the folder.
    #[error("{path} is used by another node: stop that one or choose another --data", path = .0.display())]
    InUse(PathBuf),
    /// A record has a wrong checksum or is of no known form, and is not just a write that was cut short; the byte
    /// it begins at.
    #[error("{path} is damaged at byte {offset}: restore the folder from a copy or begin anew with another --data",
        path = .path.display())]
    Damaged { path: PathBuf, offset: u64 },
    /// A segment is missing, or begins with another block than the one before it ends with.
    #[error("{path} doesn't follow from the blocks before it: restore the folder or begin anew with another --data",
        path = .0.display())]
    Gap(PathBuf),
    /// `origin.json` isn't the JSON of an [`Origin`].
    #[error("{path} can't be read as the origin of a chain ({reason}): begin anew with another --data",
        path = .path.display())]
    Origin { path: PathBuf, reason: String },
}

impl DataDirError {
    pub fn io(path: &Path, error: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            error,
        }
    }
}
