//! Where the files that come with the program lie.

use crate::types::{Cause, Failure};
use std::path::{Path, PathBuf};

/// The folder that holds `config/` and `reward_models/`: the working folder, or one above the program's own.
pub fn find() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir().ok();
    let program = std::env::current_exe().ok();
    let above = program.as_deref().map(|p| {
        p.ancestors()
            .skip(1)
            .map(Path::to_path_buf)
            .collect::<Vec<_>>()
    });
    let places: Vec<PathBuf> = here.into_iter().chain(above.unwrap_or_default()).collect();
    places.into_iter().find(|p| p.join("config/localnet.toml").is_file() && p.join("reward_models").is_dir()).ok_or_else(
        || Failure::new(Cause::Transient, "config/localnet.toml and reward_models/ are not below the working folder: run from the project's folder"),
    )
}

/// A program that is built beside this one.
pub fn sibling(name: &str) -> Result<PathBuf, Failure> {
    let path = std::env::current_exe()
        .ok()
        .and_then(|p| Some(p.parent()?.join(name)))
        .unwrap_or_default();
    if path.is_file() {
        return Ok(path);
    }
    let message = format!(
        "{} is not there: build it with `cargo build --workspace --bins`",
        path.display()
    );
    Err(Failure::new(Cause::Transient, message))
}
