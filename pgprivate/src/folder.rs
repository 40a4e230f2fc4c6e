//! Where the server lives on disk.
//!
//! ```text
//! <data_dir>/postgres/   owned by the server's user, mode 0700
//!   data/                the cluster
//!   run/                 its Unix socket (elsewhere if the path would be too long)
//!   programs/            a copy of the programs, if the server's user cannot reach the originals
//!   server.log  lock
//! ```

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use crate::users::{Users, may_enter};
use crate::{Error, PORT, USER};

/// `sun_path` holds 108 bytes with the closing NUL.
const SOCKET_PATH_MAX: usize = 107;

#[derive(Debug)]
pub struct Folder {
    pub home: PathBuf,
    pub socket_dir: PathBuf,
    pub users: Users,
    /// Held for as long as the server may run.
    lock: File,
}

impl Folder {
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    pub fn log(&self) -> PathBuf {
        self.home.join("server.log")
    }

    /// Makes what is missing and takes the lock.
    pub fn prepare(root: &Path) -> Result<Self, Error> {
        let users = Users::find()?;
        let fresh = !root.exists();
        fs::create_dir_all(root).map_err(|e| Error::folder(root, &e))?;
        let root = root.canonicalize().map_err(|e| Error::folder(root, &e))?;
        if let Some(user) = &users.drop_to {
            if fresh {
                users.own(&root)?;
            }
            if let Some(closed) = root.ancestors().find(|dir| !may_enter(dir, user)) {
                return Err(Error::Closed {
                    user: user.name.clone(),
                    closed: closed.into(),
                });
            }
        }
        let home = root.join("postgres");
        private_dir(&home, &users)?;
        let lock = lock(&home)?;
        let socket_dir = socket_dir(&home);
        private_dir(&socket_dir, &users)?;
        Ok(Self {
            home,
            socket_dir,
            users,
            lock,
        })
    }
}

/// By word, and not by closing the file: a child that is just being started by another thread has it open, too.
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = self.lock.unlock();
    }
}

/// A folder of mode 0700 that belongs to the server's user.
fn private_dir(path: &Path, users: &Users) -> Result<(), Error> {
    let error = |e: std::io::Error| Error::folder(path, &e);
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => users.own(path),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            // In a shared folder such as /tmp somebody else may have been faster.
            let meta = fs::symlink_metadata(path).map_err(error)?;
            let owner = users.owner();
            if meta.is_dir() && meta.uid() == owner && meta.mode() & 0o077 == 0 {
                return Ok(());
            }
            Err(Error::Folder {
                path: path.into(),
                reason: format!("exists, but is not a private folder of user id {owner}"),
            })
        }
        Err(e) => Err(error(e)),
    }
}

/// One server per folder. The lock goes with the process, also when it is killed.
fn lock(home: &Path) -> Result<File, Error> {
    let path = home.join("lock");
    let error = |e: std::io::Error| Error::folder(&path, &e);
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(error)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(Error::InUse {
                pid: fs::read_to_string(&path).unwrap_or_default().trim().into(),
                folder: home.into(),
                socket_dir: socket_dir(home),
            });
        }
        Err(TryLockError::Error(e)) => return Err(error(e)),
    }
    file.set_len(0).map_err(error)?;
    writeln!(file, "{}", std::process::id()).map_err(error)?;
    Ok(file)
}

pub fn socket_dir(home: &Path) -> PathBuf {
    let usual = home.join("run");
    if socket_fits(&usual) {
        return usual;
    }
    // FNV-1a: stable between runs, and two folders must not share a socket.
    let hash = home
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
        });
    PathBuf::from(format!("/tmp/{USER}-{hash:016x}"))
}

fn socket_fits(dir: &Path) -> bool {
    let socket = dir.join(format!(".s.PGSQL.{PORT}"));
    socket.as_os_str().len() <= SOCKET_PATH_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_gets_a_short_socket() {
        let short = Path::new("/var/lib/weighmaster/postgres");
        assert_eq!(socket_dir(short), short.join("run"));
        let long = PathBuf::from("/x".repeat(60));
        let other = PathBuf::from("/y".repeat(60));
        assert!(!socket_fits(&long.join("run")));
        assert!(socket_fits(&socket_dir(&long)));
        assert_ne!(socket_dir(&long), socket_dir(&other));
    }
}
