//! Where the programs of this project lie.

use std::path::{Path, PathBuf};

use crate::Error;

/// A program that is built beside the one that runs; of a test, beside the programs that it is built with.
///
/// # Errors
/// [`Error::NoProgram`] if it isn't there.
pub fn program(name: &str) -> Result<PathBuf, Error> {
    let us = std::env::current_exe().unwrap_or_default();
    let path = beside(&us, name);
    match path.is_file() {
        true => Ok(path),
        false => Err(Error::NoProgram(path)),
    }
}

/// Cargo puts tests into `deps`, below the programs.
fn beside(us: &Path, name: &str) -> PathBuf {
    let folder = us.parent().unwrap_or(us);
    match folder.ends_with("deps") {
        true => folder.with_file_name(name),
        false => folder.join(name),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn programs_and_tests_find_the_same_folder() {
        for us in ["/target/debug/weighmaster", "/target/debug/deps/faults-01"] {
            let found = beside(Path::new(us), "miner");
            assert_eq!(found, Path::new("/target/debug/miner"));
        }
    }

    #[test]
    fn one_that_is_not_built_is_named_with_the_remedy() {
        let missing = program("no-such-program").unwrap_err().to_string();
        assert!(
            missing.contains("no-such-program") && missing.contains("cargo build"),
            "{missing}"
        );
    }
}
