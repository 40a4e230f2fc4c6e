//! The one server of this process, and the folders of those that are gone.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use pgprivate::{Server, Settings};

use crate::Error;

/// To run the suite on another version of Postgres.
pub const BIN: &str = "WEIGHMASTER_TEST_PG_BIN";

/// It lives as long as the test process, and ends with it.
static SERVER: Mutex<Option<Server>> = Mutex::new(None);

/// A database's URL. Starts the server at the first call.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs a suite has no config to say it in"
)]
pub fn url(database: &str) -> Result<String, Error> {
    let mut slot = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
    let server = match slot.take() {
        Some(server) => server,
        None => Server::start_blocking(&Settings {
            bin_dir: std::env::var_os(BIN).map(PathBuf::from),
            // The checkout that this was built in.
            unpacked_below: vec![concat!(env!("CARGO_MANIFEST_DIR"), "/../..").into()],
            data_dir: folder()?,
            max_connections: 100,
        })?,
    };
    Ok(slot.insert(server).url(database))
}

/// `<temp>/weighmaster-tests/<pid>`; folders of earlier test processes are removed.
fn folder() -> Result<PathBuf, Error> {
    let all = std::env::temp_dir().join("weighmaster-tests");
    let failed = |e: std::io::Error| Error::Folder {
        folder: all.clone(),
        reason: e.to_string(),
    };
    fs::create_dir_all(&all).map_err(failed)?;
    for entry in fs::read_dir(&all).map_err(failed)?.flatten() {
        let gone = entry
            .file_name()
            .to_str()
            .is_some_and(|pid| !Path::new("/proc").join(pid).exists());
        if gone {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    Ok(all.join(std::process::id().to_string()))
}
