//! The private server as this program configures it, connects to it and speaks of it.

use pgprivate::{Error, PORT, Settings, USER};
use sqlx::postgres::PgConnectOptions;
use std::path::Path;

use crate::config::DatabaseConfig;
use crate::host::{self, HostError};

/// `database.data_dir` may begin with `~`, or be empty for the default.
pub fn settings(config: &DatabaseConfig) -> Result<Settings, HostError> {
    let named = |path: &Path| !path.as_os_str().is_empty();
    Ok(Settings {
        bin_dir: named(&config.bin_dir).then(|| config.bin_dir.clone()),
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

/// The process's exit code if this ends it (sysexits.h).
pub fn exit_code(e: &Error) -> u8 {
    match e {
        Error::WrongVersion { .. } => 65,
        Error::Closed { .. } | Error::Folder { .. } => 78,
        _ => 69,
    }
}
