//! Postgres' programs as child processes.

use std::io;
use std::os::unix::process::{CommandExt, parent_id};
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::{Signal, set_parent_process_death_signal};

use crate::folder::Folder;

/// A command of the server's user, in a folder that it can enter, with nothing of our environment that would
/// steer Postgres.
#[expect(
    clippy::disallowed_methods,
    reason = "to take out what would steer Postgres"
)]
pub fn command(program: &Path, folder: &Folder) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&folder.home).stdin(Stdio::null());
    for (key, _) in std::env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("PG") || name.starts_with("LC_") || name == "LANG" {
            command.env_remove(&key);
        }
    }
    command.env("LC_ALL", "C");
    if let Some(user) = &folder.users.drop_to {
        command.uid(user.uid).gid(user.gid);
    }
    command
}

/// Has the kernel interrupt the child (a fast shutdown, to Postgres) when the thread that spawned it ends,
/// however it ends. Spawn from a thread that lives as long as the child should.
pub fn interrupt_with_us(command: &mut Command) {
    let us = std::process::id();
    let hook = move || {
        // After the change of user, which would clear it.
        set_parent_process_death_signal(Some(Signal::INT))?;
        // We may have died between fork and prctl.
        if parent_id() != us {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    };
    // SAFETY: between fork and exec only async-signal-safe calls are allowed; the hook makes two system calls with numbers,
    // and neither allocates nor locks. No safe way is known: the kernel keeps this setting per process, and takes it from
    // the process itself alone.
    #[allow(unsafe_code)]
    unsafe {
        command.pre_exec(hook);
    }
}
