//! Why there is no private server, and what to do about it.

use std::path::PathBuf;

use crate::types::{Cause, Caused};

#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    #[error(
        "no Postgres programs (initdb and postgres) that work. Looked at:\n{}\nInstall Postgres, run `make deps`, \
         set database.bin_dir, or set database.url to a server that runs", list(.looked)
    )]
    NoPrograms { looked: Vec<String> },
    #[error(
        "the data in {data} belongs to Postgres {wanted}, but the programs found are {found}: set database.bin_dir \
         to the programs of version {wanted}, or database.data_dir to another folder"
    )]
    WrongVersion {
        data: PathBuf,
        wanted: String,
        found: String,
    },
    #[error(
        "another weighmaster (process {pid}) uses the data in {folder}: stop it, or set database.data_dir to a \
         folder of its own"
    )]
    InUse {
        pid: String,
        folder: PathBuf,
        socket_dir: PathBuf,
    },
    #[error(
        "a Postgres server (process {pid}) that is not ours runs on {data}: stop it with `kill -INT {pid}`, or set \
         database.data_dir to another folder"
    )]
    ServerRuns { pid: i32, data: PathBuf },
    #[error(
        "Postgres refuses to run as root, so it runs as {user}, and {closed} is closed to that user: set \
         database.data_dir to a folder below /var/lib or /tmp, or run weighmaster as a normal user"
    )]
    Closed { user: String, closed: PathBuf },
    #[error(
        "{0}: Postgres wants a user with an entry in the passwd database that is not root. Add one, or set \
         database.url to a server that runs"
    )]
    NoUser(String),
    #[error("{path}: {reason}. Set database.data_dir to a folder that can be written")]
    Folder { path: PathBuf, reason: String },
    #[error("initdb failed: {0}")]
    Init(String),
    #[error("the private Postgres does not start: {reason} (its log: {log})")]
    Start { reason: String, log: PathBuf },
}

impl Caused for EmbeddedError {
    fn cause(&self) -> Cause {
        match self {
            Self::WrongVersion { .. } => Cause::BadData,
            Self::Closed { .. } | Self::Folder { .. } => Cause::Config,
            _ => Cause::Transient,
        }
    }
}

impl EmbeddedError {
    pub(super) fn folder(path: &std::path::Path, e: &std::io::Error) -> Self {
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
