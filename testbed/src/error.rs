//! What goes wrong on the stage.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

/// What stands in the way, with the remedy where there is one for all callers.
///
/// Tests unwrap it: it reads the same for people and for developers, and a log keeps its lines.
#[derive(thiserror::Error)]
pub enum Error {
    /// It is not built.
    #[error("{} is not there: build it with `cargo build --workspace --bins`", .0.display())]
    NoProgram(PathBuf),
    /// It can't be made or written.
    #[error("{}: {reason}", .path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The system refused.
    #[error("{name} can't be started: {reason}")]
    Spawn {
        /// Who.
        name: String,
        /// The system's words.
        reason: String,
    },
    /// It was started and never said that it is up; it is gone now.
    #[error("{name} did not start: {why}; {} ends with: {last_words}", .log.display())]
    NoStart {
        /// Who.
        name: String,
        /// What it did instead.
        why: String,
        /// Its log.
        log: PathBuf,
        /// The last lines of it.
        last_words: String,
    },
    /// Its log never held a text that was waited for.
    #[error("{name}: no `{text}` within {patience:?}; its log:\n{log}")]
    NotLogged {
        /// Who.
        name: String,
        /// What was waited for.
        text: String,
        /// How long.
        patience: Duration,
        /// All of its log.
        log: String,
    },
    /// SIGTERM did not end it.
    #[error("{name} still runs {patience:?} after SIGTERM; its log:\n{log}")]
    StillRuns {
        /// Who.
        name: String,
        /// How long it was waited for.
        patience: Duration,
        /// All of its log.
        log: String,
    },
    /// It ended by itself.
    #[error("{name} ended: {status}; see {}", .log.display())]
    Ended {
        /// Who.
        name: String,
        /// How.
        status: ExitStatus,
        /// Its log.
        log: PathBuf,
    },
    /// The chain's start line lacks what it always has.
    #[error("the chain's start line has no `{key}`: {line}")]
    StartLine {
        /// What is missing.
        key: &'static str,
        /// The line.
        line: String,
    },
    /// Another world than the caller thinks.
    #[error("the chain's world has no account `{0}`")]
    NoAccount(String),
    /// A world file has not the form that is needed.
    #[error("the world file: {0}")]
    World(String),
}

impl Error {
    pub(crate) fn file(path: &Path, e: &std::io::Error) -> Self {
        Self::File {
            path: path.to_path_buf(),
            reason: e.to_string(),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
