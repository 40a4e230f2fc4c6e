//! Where we are: on whose account, and which folders are ours.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::types::{Cause, Caused};

/// What this machine lacks, with the remedy where there is one for all callers.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    #[error("no home folder (HOME is not set)")]
    NoHome,
    #[error(
        "config/localnet.toml and reward_models/ are not below the working folder: run from the project's folder"
    )]
    NoFiles,
}

impl Caused for HostError {
    fn cause(&self) -> Cause {
        Cause::Transient
    }
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Where data is kept unless somebody says otherwise. `scripts/demo-clean.sh` knows it too.
pub fn data_dir() -> Result<PathBuf, HostError> {
    if is_root() {
        return Ok("/var/lib/weighmaster".into());
    }
    Ok(home()?.join(".local/share/weighmaster"))
}

/// `~` and what is below it, as a shell reads them; other paths as they are.
pub fn expand(path: &Path) -> Result<PathBuf, HostError> {
    match path.strip_prefix("~") {
        Ok(below) => Ok(home()?.join(below)),
        Err(_) => Ok(path.to_path_buf()),
    }
}

fn home() -> Result<PathBuf, HostError> {
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    home.ok_or(HostError::NoHome)
}

/// Where files that belong to the program may lie: the working folder, then the program's own and those above it.
pub fn surroundings() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::current_dir().into_iter().collect();
    if let Ok(program) = std::env::current_exe() {
        folders.extend(program.ancestors().skip(1).map(Path::to_path_buf));
    }
    let mut seen = BTreeSet::new();
    folders.retain(|folder| seen.insert(folder.clone()));
    folders
}

/// The folder that holds `config/` and `reward_models/`.
pub fn files() -> Result<PathBuf, HostError> {
    let ours =
        |p: &PathBuf| p.join("config/localnet.toml").is_file() && p.join("reward_models").is_dir();
    let mut folders = surroundings().into_iter();
    folders.find(ours).ok_or(HostError::NoFiles)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_tilde_is_the_home_folder_and_only_at_the_start() {
        let home = home().unwrap();
        let expanded = |path: &str| expand(Path::new(path)).unwrap();
        assert_eq!(expanded("~"), home);
        assert_eq!(expanded("~/keys/hot"), home.join("keys/hot"));
        for plain in ["/a/~/b", "a/b", "~other/b", ""] {
            assert_eq!(expanded(plain), Path::new(plain));
        }
    }

    #[test]
    fn the_projects_files_are_found_from_its_tests() {
        let files = files().unwrap();
        assert!(files.join("config/weighmaster.toml").is_file());
        assert!(surroundings().contains(&files));
    }
}
