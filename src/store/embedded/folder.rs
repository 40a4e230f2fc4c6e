//! Where the private server lives on disk, and under which user.
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
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::path::{Path, PathBuf};

use crate::config::DatabaseConfig;

use super::EmbeddedError;
use super::os::{self, User};

/// `sun_path` holds 108 bytes with the closing NUL.
const SOCKET_PATH_MAX: usize = 107;
const SOCKET_NAME: &str = "/.s.PGSQL.5432";

#[derive(Debug)]
pub struct Folder {
    pub home: PathBuf,
    pub socket_dir: PathBuf,
    /// Who runs the server; `None`: we ourselves.
    pub drop_to: Option<User>,
    /// Operating-system users that may connect.
    pub users: Vec<String>,
    /// Held for as long as the server may run.
    pub _lock: File,
}

impl Folder {
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    pub fn log(&self) -> PathBuf {
        self.home.join("server.log")
    }

    /// Makes what is missing and takes the lock.
    pub fn prepare(config: &DatabaseConfig) -> Result<Self, EmbeddedError> {
        let (drop_to, users) = users()?;
        let root = data_dir(config)?;
        let fresh = !root.exists();
        fs::create_dir_all(&root).map_err(|e| EmbeddedError::folder(&root, &e))?;
        let root = root
            .canonicalize()
            .map_err(|e| EmbeddedError::folder(&root, &e))?;
        if let Some(user) = &drop_to {
            if fresh {
                own(&root, user)?;
            }
            if let Some(closed) = root.ancestors().find(|dir| !may_enter(dir, user)) {
                return Err(EmbeddedError::Closed {
                    user: user.name.clone(),
                    closed: closed.into(),
                });
            }
        }
        let home = root.join("postgres");
        private_dir(&home, drop_to.as_ref())?;
        let lock = lock(&home)?;
        let socket_dir = socket_dir(&home);
        private_dir(&socket_dir, drop_to.as_ref())?;
        Ok(Self {
            home,
            socket_dir,
            drop_to,
            users,
            _lock: lock,
        })
    }
}

/// `database.data_dir`, or the default: `/var/lib/weighmaster` for root, else `~/.local/share/weighmaster`.
pub fn data_dir(config: &DatabaseConfig) -> Result<PathBuf, EmbeddedError> {
    let home = || {
        std::env::home_dir()
            .filter(|home| home.is_absolute())
            .ok_or_else(|| EmbeddedError::Folder {
                path: "~".into(),
                reason: "no home folder (HOME is not set)".into(),
            })
    };
    if let Ok(below_home) = config.data_dir.strip_prefix("~") {
        return Ok(home()?.join(below_home));
    }
    if !config.data_dir.as_os_str().is_empty() {
        return Ok(config.data_dir.clone());
    }
    if os::effective_uid() == 0 {
        return Ok("/var/lib/weighmaster".into());
    }
    Ok(home()?.join(".local/share/weighmaster"))
}

fn users() -> Result<(Option<User>, Vec<String>), EmbeddedError> {
    let uid = os::effective_uid();
    let us = os::user_by_uid(uid);
    if uid != 0 {
        let us = us.ok_or_else(|| EmbeddedError::NoUser(format!("user id {uid} has no name")))?;
        return Ok((None, vec![us.name]));
    }
    let server = ["postgres", "nobody"]
        .into_iter()
        .find_map(os::user_by_name)
        .filter(|user| user.uid != 0)
        .ok_or_else(|| {
            EmbeddedError::NoUser("we are root, and there is no user postgres or nobody".into())
        })?;
    let names = us.into_iter().map(|u| u.name).chain([server.name.clone()]);
    Ok((Some(server.clone()), names.collect()))
}

/// A folder of mode 0700 that belongs to the server's user.
fn private_dir(path: &Path, user: Option<&User>) -> Result<(), EmbeddedError> {
    let error = |e: std::io::Error| EmbeddedError::folder(path, &e);
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => {
            if let Some(user) = user {
                own(path, user)?;
            }
            Ok(())
        }
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            // In a shared folder such as /tmp somebody else may have been faster.
            let meta = fs::symlink_metadata(path).map_err(error)?;
            let owner = user.map_or_else(os::effective_uid, |u| u.uid);
            if meta.is_dir() && meta.uid() == owner && meta.mode() & 0o077 == 0 {
                return Ok(());
            }
            Err(EmbeddedError::Folder {
                path: path.into(),
                reason: format!("exists, but is not a private folder of user id {owner}"),
            })
        }
        Err(e) => Err(error(e)),
    }
}

pub fn own(path: &Path, user: &User) -> Result<(), EmbeddedError> {
    chown(path, Some(user.uid), Some(user.gid)).map_err(|e| EmbeddedError::folder(path, &e))
}

fn may_enter(dir: &Path, user: &User) -> bool {
    let Ok(meta) = fs::metadata(dir) else {
        return false;
    };
    let bit = if meta.uid() == user.uid {
        0o100
    } else if meta.gid() == user.gid {
        0o010
    } else {
        0o001
    };
    meta.mode() & bit != 0
}

/// One weighmaster per folder. The lock goes with the process, also when it is killed.
fn lock(home: &Path) -> Result<File, EmbeddedError> {
    let path = home.join("lock");
    let error = |e: std::io::Error| EmbeddedError::folder(&path, &e);
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
            return Err(EmbeddedError::InUse {
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

fn socket_dir(home: &Path) -> PathBuf {
    let usual = home.join("run");
    if usual.as_os_str().len() + SOCKET_NAME.len() <= SOCKET_PATH_MAX {
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
    PathBuf::from(format!("/tmp/weighmaster-{hash:016x}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_long_path_gets_a_short_socket() {
        let short = Path::new("/var/lib/weighmaster/postgres");
        assert_eq!(socket_dir(short), short.join("run"));
        let long = PathBuf::from("/x".repeat(60));
        let other = PathBuf::from("/y".repeat(60));
        assert!(socket_dir(&long).as_os_str().len() + SOCKET_NAME.len() <= SOCKET_PATH_MAX);
        assert_ne!(socket_dir(&long), socket_dir(&other));
    }

    #[test]
    fn the_other_users_bit_decides() {
        let nobody = User {
            name: "x".into(),
            uid: 4_000_000,
            gid: 4_000_000,
        };
        assert!(may_enter(Path::new("/"), &nobody));
        let dir = tempfile::tempdir().unwrap();
        for (mode, open) in [(0o700, false), (0o701, true), (0o770, false)] {
            fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(may_enter(dir.path(), &nobody), open, "{mode:o}");
        }
    }
}
