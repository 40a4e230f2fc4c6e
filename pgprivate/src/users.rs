//! Under which account the server runs, and which may connect to it.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;

use rustix::process::geteuid;

use crate::Error;

/// An account of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

impl User {
    fn by_uid(uid: u32) -> Option<Self> {
        uzers::get_user_by_uid(uid).map(Self::from)
    }

    fn by_name(name: &str) -> Option<Self> {
        uzers::get_user_by_name(name).map(Self::from)
    }
}

impl From<uzers::User> for User {
    fn from(user: uzers::User) -> Self {
        Self {
            name: user.name().to_string_lossy().into_owned(),
            uid: user.uid(),
            gid: user.primary_group_id(),
        }
    }
}

/// Accounts that have to do with the server.
#[derive(Debug)]
pub struct Users {
    /// Who runs the server; `None`: we ourselves.
    pub drop_to: Option<User>,
    /// Names of those who may connect.
    pub may_connect: Vec<String>,
}

impl Users {
    /// Postgres refuses to run as root; then it is `postgres` or, failing that, `nobody`.
    pub fn find() -> Result<Self, Error> {
        let uid = geteuid();
        let us = User::by_uid(uid.as_raw());
        if !uid.is_root() {
            let us = us.ok_or_else(|| Error::NoUser(format!("user id {uid} has no name")))?;
            return Ok(Self {
                drop_to: None,
                may_connect: vec![us.name],
            });
        }
        let server = ["postgres", "nobody"]
            .into_iter()
            .find_map(User::by_name)
            .filter(|user| user.uid != 0)
            .ok_or_else(|| {
                Error::NoUser("we are root, and there is no user postgres or nobody".into())
            })?;
        let names = us.into_iter().map(|u| u.name).chain([server.name.clone()]);
        Ok(Self {
            may_connect: names.collect(),
            drop_to: Some(server),
        })
    }

    /// The id of who owns the server's files.
    pub fn owner(&self) -> u32 {
        let user = self.drop_to.as_ref();
        user.map_or_else(|| geteuid().as_raw(), |user| user.uid)
    }

    /// Hands a path to the server's user, if that is not us.
    pub fn own(&self, path: &Path) -> Result<(), Error> {
        let Some(user) = &self.drop_to else {
            return Ok(());
        };
        chown(path, Some(user.uid), Some(user.gid)).map_err(|e| Error::folder(path, &e))
    }
}

/// Whether an account may pass through a folder.
pub fn may_enter(dir: &Path, user: &User) -> bool {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_other_users_bit_decides() {
        let stranger = User {
            name: "x".into(),
            uid: 4_000_000,
            gid: 4_000_000,
        };
        assert!(may_enter(Path::new("/"), &stranger));
        let dir = tempfile::tempdir().unwrap();
        for (mode, open) in [(0o700, false), (0o701, true), (0o770, false)] {
            fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(may_enter(dir.path(), &stranger), open, "{mode:o}");
        }
    }

    #[test]
    fn the_server_never_runs_as_root_and_we_may_connect() {
        let users = Users::find().unwrap();
        assert_ne!(users.owner(), 0);
        let us = User::by_uid(geteuid().as_raw()).unwrap().name;
        assert!(users.may_connect.contains(&us));
    }
}
