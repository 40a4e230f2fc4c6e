//! How the server is started, and what its files say about it.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use crate::command::{command, interrupt_with_us};
use crate::folder::Folder;
use crate::probe::Programs;
use crate::{Error, PORT, owner};

/// All that a start needs.
pub struct Launch {
    pub folder: Folder,
    pub programs: Programs,
    pub connections: u32,
}

impl Launch {
    /// From this thread, with whose end the server is interrupted.
    pub fn spawn(&self) -> std::io::Result<Child> {
        self.command()?.spawn()
    }

    fn command(&self) -> std::io::Result<Command> {
        let folder = &self.folder;
        let mut server = command(&self.programs.bin.join("postgres"), folder);
        let log = self.open_log()?;
        server.stdout(log.try_clone()?);
        server.stderr(log);
        server.arg("-D").arg(folder.data());
        server.arg("-k").arg(&folder.socket_dir);
        for setting in [
            "listen_addresses=".to_owned(),
            format!("port={PORT}"),
            "unix_socket_permissions=0700".to_owned(),
            format!("max_connections={}", self.connections.saturating_add(12)),
            "shared_buffers=32MB".to_owned(),
            "fsync=on".to_owned(),
            "synchronous_commit=on".to_owned(),
            "full_page_writes=on".to_owned(),
            "jit=off".to_owned(),
            "logging_collector=off".to_owned(),
            "log_line_prefix=%m [%p] ".to_owned(),
        ] {
            server.arg("-c").arg(setting);
        }
        // Not in the terminal's foreground group: Ctrl-C is for us, and we stop the server last.
        server.process_group(0);
        interrupt_with_us(&mut server);
        Ok(server)
    }

    /// Opened by us, so that it need not be writable for the server's user; one old log is kept.
    fn open_log(&self) -> std::io::Result<File> {
        const LOG_MAX: u64 = 8 * 1024 * 1024;
        let path = self.folder.log();
        if fs::metadata(&path).is_ok_and(|m| m.len() > LOG_MAX) {
            fs::rename(&path, path.with_extension("log.old"))?;
        }
        File::options().create(true).append(true).open(path)
    }

    /// The last lines of `postmaster.pid` tell, as pg_ctl reads them: line 1 the process, line 8 the status.
    pub fn says_ready(&self, id: u32) -> bool {
        let text = fs::read_to_string(owner::pid_file(&self.folder.data())).unwrap_or_default();
        let mut lines = text.lines();
        lines.next().and_then(|line| line.trim().parse().ok()) == Some(id)
            && lines.nth(6).is_some_and(|status| status.trim() == "ready")
    }

    pub fn last_words(&self) -> String {
        let log = fs::read(self.folder.log()).unwrap_or_default();
        let tail = String::from_utf8_lossy(&log[log.len().saturating_sub(2000)..]).into_owned();
        let lines: Vec<&str> = tail.lines().rev().take(4).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
    }

    /// A pid file that names somebody else's process would keep Postgres from starting, for as long as that one lives.
    pub fn clear_the_way(&self) -> std::io::Result<()> {
        owner::forget_stale(&self.folder.data()).map(|_| ())
    }

    /// A server that runs on our data has its own remedy.
    pub fn explain(&self, reason: String) -> Error {
        match owner::server(&self.folder.data()) {
            Some(pid) if reason.contains("lock file") => Error::ServerRuns {
                pid,
                data: self.folder.data(),
            },
            _ => Error::Start {
                reason,
                log: self.folder.log(),
            },
        }
    }
}
