//! The private server as this program configures it, connects to it and speaks of it.

use std::path::Path;

use pgprivate::{Error, PORT, Settings, USER};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::config::DatabaseConfig;
use crate::host::{self, HostError};
use crate::types::Cause;

/// `database.data_dir` may begin with `~`, or be empty for the default.
pub fn settings(config: &DatabaseConfig) -> Result<Settings, HostError> {
    let named = |path: &Path| !path.as_os_str().is_empty();
    Ok(Settings {
        bin_dir: named(&config.bin_dir).then(|| config.bin_dir.clone()),
        unpacked_below: host::surroundings(),
        data_dir: match named(&config.data_dir) {
            true => host::expand(&config.data_dir)?,
            false => host::data_dir()?,
        },
        max_connections: config.max_connections,
    })
}

/// How one of the server's users connects through its socket.
pub fn connect_options(socket_dir: &Path, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket_dir)
        .port(PORT)
        .username(USER)
        .database(database)
        .ssl_mode(PgSslMode::Disable)
}

/// Which key, or which deed, helps: the end of the error's sentence.
pub fn remedy(e: &Error) -> String {
    match e {
        Error::NoPrograms { .. } => "\nInstall Postgres, run `make deps`, set database.bin_dir, \
            or set database.url to a server that runs"
            .into(),
        Error::WrongVersion { wanted, .. } => format!(
            ": set database.bin_dir to the programs of version {wanted}, or database.data_dir to another folder"
        ),
        Error::InUse { .. } => ": stop it, or set database.data_dir to a folder of its own".into(),
        Error::ServerRuns { pid, .. } => {
            format!(": stop it with `kill -INT {pid}`, or set database.data_dir to another folder")
        }
        Error::Closed { .. } => ": set database.data_dir to a folder below /var/lib or /tmp, \
            or run weighmaster as a normal user"
            .into(),
        Error::NoUser(_) => ". Add one, or set database.url to a server that runs".into(),
        Error::Folder { .. } => ". Set database.data_dir to a folder that can be written".into(),
        Error::Init(_) | Error::Start { .. } => String::new(),
    }
}

/// What is done about it.
pub fn cause(e: &Error) -> Cause {
    match e {
        Error::WrongVersion { .. } => Cause::BadData,
        Error::Closed { .. } | Error::Folder { .. } => Cause::Config,
        _ => Cause::Transient,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::store::StoreError;
    use crate::types::Caused;

    #[test]
    fn each_obstacle_names_the_key_that_helps_and_has_its_code() {
        let cases = [
            (
                Error::NoPrograms {
                    looked: vec!["/usr/bin: no initdb".into()],
                },
                "/usr/bin: no initdb\nInstall Postgres, run `make deps`, set database.bin_dir, \
                 or set database.url to a server that runs",
                69,
            ),
            (
                Error::WrongVersion {
                    data: "/d".into(),
                    wanted: "14".into(),
                    found: "15 in /usr/bin".into(),
                },
                "found are 15 in /usr/bin: set database.bin_dir to the programs of version 14, \
                 or database.data_dir to another folder",
                65,
            ),
            (
                Error::ServerRuns {
                    pid: 7,
                    data: "/d".into(),
                },
                "runs on /d: stop it with `kill -INT 7`, or set database.data_dir to another folder",
                69,
            ),
            (
                Error::Closed {
                    user: "postgres".into(),
                    closed: "/root".into(),
                },
                "/root is closed to that user: set database.data_dir to a folder below /var/lib or /tmp, \
                 or run weighmaster as a normal user",
                78,
            ),
            (
                Error::Folder {
                    path: "/d".into(),
                    reason: "full".into(),
                },
                "/d: full. Set database.data_dir to a folder that can be written",
                78,
            ),
        ];
        for (error, end, code) in cases {
            let error = StoreError::from(error);
            assert!(error.to_string().ends_with(end), "{error}");
            assert_eq!(error.cause().exit_code(), code, "{error}");
        }
    }

    #[test]
    fn empty_paths_are_not_named_and_a_tilde_is_followed() {
        let plain = settings(&DatabaseConfig::default()).unwrap();
        assert_eq!(plain.bin_dir, None);
        assert_eq!(plain.data_dir, host::data_dir().unwrap());
        let named = settings(&DatabaseConfig {
            bin_dir: "/bin".into(),
            data_dir: "~/pg".into(),
            ..DatabaseConfig::default()
        });
        let named = named.unwrap();
        assert_eq!(named.bin_dir.unwrap(), Path::new("/bin"));
        assert!(named.data_dir.is_absolute() && named.data_dir.ends_with("pg"));
    }
}
