//! A private Postgres server: found, initialised, started, watched and stopped by us. Unix socket only, peer
//! authentication, fsync on. Its data stays between runs.

mod cluster;
mod error;
mod folder;
mod os;
mod process;
mod programs;

use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnectOptions;

use crate::config::DatabaseConfig;

use folder::Folder;
use process::Process;

pub use error::EmbeddedError;
pub use folder::data_dir;

/// A running private server. It ends with this process in any case; [`EmbeddedServer::stop`] waits for it.
#[derive(Debug)]
pub struct EmbeddedServer {
    process: Process,
    socket_dir: PathBuf,
    home: PathBuf,
}

impl EmbeddedServer {
    /// Returns when the server accepts connections: the first time after some 2 s, later in some 0.3 s.
    pub async fn start(config: &DatabaseConfig) -> Result<Self, EmbeddedError> {
        let config = config.clone();
        tokio::task::spawn_blocking(move || Self::start_blocking(&config))
            .await
            .map_err(|e| EmbeddedError::Init(e.to_string()))?
    }

    /// The same on the calling thread.
    pub fn start_blocking(config: &DatabaseConfig) -> Result<Self, EmbeddedError> {
        let folder = Folder::prepare(config)?;
        let search = programs::search(&config.bin_dir, &folder);
        let programs = cluster::prepare(&folder, search)?;
        tracing::info!(programs = %programs.bin.display(), data = %folder.data().display(), "starting the private Postgres");
        let (socket_dir, home) = (folder.socket_dir.clone(), folder.home.clone());
        Ok(Self {
            process: Process::start(folder, programs, config.max_connections)?,
            socket_dir,
            home,
        })
    }

    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        connect_options(&self.socket_dir, database)
    }

    /// For other programs: `psql URL`, `DATABASE_URL`.
    pub fn url(&self, database: &str) -> String {
        let socket = self.socket_dir.display().to_string();
        let socket = socket
            .replace('%', "%25")
            .replace(' ', "%20")
            .replace('&', "%26");
        format!(
            "postgres://{}@localhost/{database}?host={socket}",
            cluster::ROLE
        )
    }

    /// Where its data and its log lie.
    pub fn folder(&self) -> &Path {
        &self.home
    }

    /// The server's process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.process.pid()
    }

    /// A fast shutdown; returns when the server is gone, after 8 s at the latest.
    pub async fn stop(self) {
        let _ = tokio::task::spawn_blocking(move || self.process.stop()).await;
    }
}

/// How one of the server's users connects through its socket.
pub(super) fn connect_options(socket_dir: &Path, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket_dir)
        .port(5432)
        .username(cluster::ROLE)
        .database(database)
}
