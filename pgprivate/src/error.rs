//! Why there is no private server.

use std::path::{Path, PathBuf};

/// What stands in the way, with the place; the caller adds which of its settings would help.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither where [`crate::Settings::bin_dir`] says nor in the usual places.
    #[error("no Postgres programs (initdb and postgres) that work. Looked at:\n{}", list(.looked))]
    NoPrograms {
        /// Every place, with what was wrong there.
        looked: Vec<String>,
    },
    /// Postgres reads the data of its own major version alone.
    #[error("the data in {data} belongs to Postgres {wanted}, but the programs found are {found}")]
    WrongVersion {
        /// The data.
        data: PathBuf,
        /// Its major version.
        wanted: String,
        /// The versions found and where, in words.
        found: String,
    },
    /// The folder's server is run by another process, and may be used through its socket.
    #[error("another {USER} (process {pid}) uses the data in {folder}", USER = crate::USER)]
    InUse {
        /// The other process, as it wrote it down.
        pid: String,
        /// The server's folder.
        folder: PathBuf,
        /// Its Unix socket's folder.
        socket_dir: PathBuf,
    },
    /// Somebody started a server on our data by hand.
    #[error("a Postgres server (process {pid}) that is not ours runs on {data}")]
    ServerRuns {
        /// That server.
        pid: i32,
        /// The data.
        data: PathBuf,
    },
    /// We are root, and the server's user can't reach the data.
    #[error(
        "Postgres refuses to run as root, so it runs as {user}, and {closed} is closed to that user"
    )]
    Closed {
        /// The server's user.
        user: String,
        /// The uppermost folder that it may not enter.
        closed: PathBuf,
    },
    /// Peer authentication goes by names, and Postgres refuses to run as root.
    #[error("{0}: Postgres wants a user with an entry in the passwd database that is not root")]
    NoUser(String),
    /// It can't be made, written, or trusted.
    #[error("{path}: {reason}")]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// The system's words, or ours.
        reason: String,
    },
    /// With all programs found.
    #[error("initdb failed: {0}")]
    Init(String),
    /// Though it was tried again for a while.
    #[error("the private Postgres does not start: {reason} (its log: {log})")]
    Start {
        /// Its last words.
        reason: String,
        /// The log file.
        log: PathBuf,
    },
}

impl Error {
    pub(crate) fn folder(path: &Path, e: &std::io::Error) -> Self {
        Self::Folder {
            path: path.to_path_buf(),
            reason: e.to_string(),
        }
    }
}

fn list(looked: &[String]) -> String {
    looked
        .iter()
        .map(|place| format!("  {place}"))
        .collect::<Vec<_>>()
        .join("\n")
}
