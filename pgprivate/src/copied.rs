//! A copy of the programs that the server's user can reach.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::folder::Folder;
use crate::probe::{Programs, probe};

/// As root, with programs under a closed folder such as /root: a copy that the server's user can reach, in the
/// layout of the wheel, whose programs look for libraries in `../../../*.libs`.
pub fn reachable_copy(bin: &Path, folder: &Folder) -> io::Result<Programs> {
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
