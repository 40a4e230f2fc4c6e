//! The few system calls that the standard library lacks.
#![allow(unsafe_code)] // libc calls; each is a plain call with checked arguments.

use std::ffi::{CStr, CString};
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// An account of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

/// Whose rights this process has.
pub fn effective_uid() -> u32 {
    // SAFETY: takes nothing, cannot fail.
    unsafe { libc::geteuid() }
}

pub fn user_by_uid(uid: u32) -> Option<User> {
    // SAFETY: the closure passes live buffers of the stated length.
    lookup(|entry, buffer, len, found| unsafe { libc::getpwuid_r(uid, entry, buffer, len, found) })
}

pub fn user_by_name(name: &str) -> Option<User> {
    let name = CString::new(name).ok()?;
    // SAFETY: as above, and the name outlives the call.
    lookup(|entry, buffer, len, found| unsafe {
        libc::getpwnam_r(name.as_ptr(), entry, buffer, len, found)
    })
}

type Found = *mut *mut libc::passwd;

fn lookup(
    call: impl FnOnce(*mut libc::passwd, *mut libc::c_char, usize, Found) -> libc::c_int,
) -> Option<User> {
    // SAFETY: passwd is integers and pointers, for which zero is a value.
    let mut entry: libc::passwd = unsafe { std::mem::zeroed() };
    let mut buffer = vec![0; 64 * 1024];
    let mut found = std::ptr::null_mut();
    let code = call(&mut entry, buffer.as_mut_ptr(), buffer.len(), &mut found);
    if code != 0 || found.is_null() {
        return None;
    }
    // SAFETY: on success the name points into the buffer, which is alive.
    let name = unsafe { CStr::from_ptr(entry.pw_name) };
    Some(User {
        name: name.to_string_lossy().into_owned(),
        uid: entry.pw_uid,
        gid: entry.pw_gid,
    })
}

/// Sends a signal; a process that is gone is no error.
pub fn signal(pid: u32, signal: libc::c_int) {
    if let Ok(pid) = libc::pid_t::try_from(pid)
        && pid > 1
    {
        // SAFETY: takes numbers only.
        unsafe { libc::kill(pid, signal) };
    }
}

/// Has the kernel interrupt the child (a fast shutdown, to Postgres) when the thread that spawned it ends,
/// however it ends. Spawn from a thread that lives as long as the child should.
pub fn interrupt_with_us(command: &mut Command) {
    let us = std::process::id();
    let hook = move || {
        // After the change of user, which would clear it. SAFETY: async-signal-safe calls with numbers.
        if unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGINT) } != 0 {
            return Err(io::Error::last_os_error());
        }
        // We may have died between fork and prctl.
        // SAFETY: takes nothing.
        if u32::try_from(unsafe { libc::getppid() }) != Ok(us) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    };
    // SAFETY: the hook neither allocates nor locks.
    unsafe { command.pre_exec(hook) };
}
