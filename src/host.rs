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

/// Where files that belong to the program may lie: beside it, in the checkout that it was built in, and in the working
/// folder. No other folder above: what somebody left in one would be loaded as ours.
pub fn surroundings() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let own = program.iter().flat_map(|program| around(program));
    let mut seen = BTreeSet::new();
    own.chain(std::env::current_dir().ok())
        .filter(|folder| seen.insert(folder.clone()))
        .collect()
}

/// A program's folder, and the one that holds the `target` that cargo put it into.
fn around(program: &Path) -> Vec<PathBuf> {
    let built_in = program
        .ancestors()
        .find(|folder| folder.ends_with("target") && folder.join("CACHEDIR.TAG").is_file());
    let folders = [program.parent(), built_in.and_then(Path::parent)];
    folders
        .into_iter()
        .flatten()
        .map(Path::to_path_buf)
        .collect()
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
    fn only_its_own_folders_are_a_programs_surroundings() {
        let home = tempfile::tempdir().unwrap();
        let at = |path: &str| home.path().join(path);
        let built = at("src/ours/target/debug/deps/x-01");
        // A folder that only happens to have the name.
        assert_eq!(around(&built), [at("src/ours/target/debug/deps")]);
        std::fs::create_dir_all(built.parent().unwrap()).unwrap();
        std::fs::write(at("src/ours/target/CACHEDIR.TAG"), "").unwrap();
        let ours = [at("src/ours/target/debug/deps"), at("src/ours")];
        assert_eq!(around(&built), ours);
        assert_eq!(around(&at("usr/bin/x")), [at("usr/bin")]);
    }

    #[test]
    fn the_projects_files_are_found_from_its_tests() {
        let files = files().unwrap();
        assert!(files.join("config/weighmaster.toml").is_file());
        assert!(surroundings().contains(&files));
    }
}
