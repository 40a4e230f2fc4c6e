//! Postgres' programs in one folder: whether they run, and their version.

use std::io;
use std::path::{Path, PathBuf};

use crate::command::command;
use crate::folder::Folder;

/// A folder of programs that run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    pub bin: PathBuf,
    /// `15`, `18`, …
    pub major: String,
}

/// The major version that `postgres` there reports.
pub fn probe(bin: &Path, folder: &Folder) -> io::Result<String> {
    let output = command(&bin.join("postgres"), folder)
        .arg("--version")
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
    let version = said
        .split_once("(PostgreSQL)")
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .and_then(|version| version.split(|c: char| !c.is_ascii_digit()).next())
        .filter(|major| !major.is_empty());
    match version {
        Some(major) if output.status.success() => Ok(major.to_owned()),
        _ => Err(io::Error::other(format!(
            "postgres --version: {} {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        ))),
    }
}
