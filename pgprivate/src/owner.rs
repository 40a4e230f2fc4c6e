//! Who runs on the data: what `postmaster.pid` says, and whether that is true.
//!
//! Postgres itself takes any living process of that number for a server, and refuses to start. After a restart of the
//! machine or the container such a number may long belong to somebody else.

use std::fs;
use std::io;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

/// The file in which a server writes down who it is.
pub fn pid_file(data: &Path) -> PathBuf {
    data.join("postmaster.pid")
}

/// A server that runs on the data, by its process.
pub fn server(data: &Path) -> Option<i32> {
    let text = fs::read_to_string(pid_file(data)).ok()?;
    let pid: i32 = text.lines().next()?.trim().parse().ok()?;
    runs_on(data, pid).then_some(pid)
}

/// Removes a pid file that names an innocent process. Nothing happens while anything could still use the data: the
/// server named, one of its children, or somebody who answers on its socket.
///
/// The caller holds the folder's lock.
pub fn forget_stale(data: &Path) -> io::Result<bool> {
    let path = pid_file(data);
    let Ok(text) = fs::read_to_string(&path) else {
        return Ok(false);
    };
    let mut lines = text.lines();
    let pid = lines
        .next()
        .and_then(|line| line.trim().parse::<i32>().ok());
    let Some(pid) = pid.filter(|pid| Path::new("/proc").join(pid.to_string()).exists()) else {
        // Of a process that is gone Postgres takes care itself, and of its shared memory.
        return Ok(false);
    };
    // Line 4 is the port, line 5 the socket's folder.
    let (port, folder) = (lines.nth(2), lines.next());
    let socket = folder
        .zip(port)
        .map(|(folder, port)| format!("{}/.s.PGSQL.{}", folder.trim(), port.trim()));
    let answers = socket.is_some_and(|socket| UnixStream::connect(socket).is_ok());
    if answers || runs_on(data, pid) || processes().any(|pid| runs_on(data, pid)) {
        return Ok(false);
    }
    fs::remove_file(&path)?;
    tracing::warn!(pid, file = %path.display(), "removed: it named a process that is no server of this data");
    Ok(true)
}

/// Whether a process is a Postgres that has this data for its working folder, as all of its processes have. One whose
/// folder we may not see could be.
fn runs_on(data: &Path, pid: i32) -> bool {
    let process = Path::new("/proc").join(pid.to_string());
    let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
    if !name.starts_with("postgres") && !name.starts_with("postmaster") {
        return false;
    }
    match fs::read_link(process.join("cwd")) {
        Ok(folder) => fs::canonicalize(data).is_ok_and(|data| data == folder),
        Err(e) => e.kind() == io::ErrorKind::PermissionDenied,
    }
}

fn processes() -> impl Iterator<Item = i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}
