//! From a config to a migrated database.

use std::str::FromStr;
use std::time::{Duration, Instant};

use pgprivate::Server;
use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::config::DatabaseConfig;

use super::error::Doing;
use super::{MIGRATIONS, Store, StoreError, private};

/// The one database of the private server.
const DATABASE: &str = "weighmaster";
/// How long a server may take to answer at start: one that boots beside us needs some seconds.
const CONNECT_DEADLINE: Duration = Duration::from_secs(30);
/// How long a call waits for a free connection before the database counts as unavailable.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long another process may hold the migration lock.
const MIGRATE_TIMEOUT: Duration = Duration::from_secs(120);

/// A store, and the private server behind it if there is one. The server stops when it is dropped: keep it
/// for as long as the store is used, then call [`Server::stop`].
#[derive(Debug)]
pub struct Opened {
    pub store: Store,
    pub server: Option<Server>,
}

impl Store {
    /// Connects to `database.url`, or starts the private server; waits for it; migrates.
    pub async fn open(config: &DatabaseConfig) -> Result<Opened, StoreError> {
        if config.url.is_empty() {
            return Self::on_own_server(config).await;
        }
        let options = PgConnectOptions::from_str(&config.url)
            .map_err(|e| StoreError::BadUrl(e.to_string()))?;
        let store = Self::connect(options, config.max_connections).await?;
        Ok(Opened {
            store,
            server: None,
        })
    }

    /// For commands that look at the data: as [`Store::open`], but uses the private server of a weighmaster
    /// that is running, where that is the case.
    pub async fn attach(config: &DatabaseConfig) -> Result<Opened, StoreError> {
        match Self::open(config).await {
            Err(StoreError::Private(pgprivate::Error::InUse { socket_dir, .. })) => {
                let options = private::connect_options(&socket_dir, DATABASE);
                let store = Self::connect(options, config.max_connections).await?;
                Ok(Opened {
                    store,
                    server: None,
                })
            }
            other => other,
        }
    }

    async fn on_own_server(config: &DatabaseConfig) -> Result<Opened, StoreError> {
        let server = Server::start(&private::settings(config)?).await?;
        ensure_database(&server).await?;
        let options = private::connect_options(server.socket_dir(), DATABASE);
        let store = Self::connect(options, config.max_connections).await?;
        Ok(Opened {
            store,
            server: Some(server),
        })
    }

    /// Connects with given options, waiting up to the deadline, and migrates.
    pub async fn connect(options: PgConnectOptions, connections: u32) -> Result<Self, StoreError> {
        let options = options
            .application_name("weighmaster")
            .disable_statement_logging();
        let mut conn = first_connection(&options).await?;
        let migrated = tokio::time::timeout(MIGRATE_TIMEOUT, migrate(&mut conn)).await;
        // Closed, not reused: a failed migration leaves the advisory lock with its connection.
        let _ = conn.close().await;
        migrated.map_err(|_| {
            StoreError::Migration(format!(
                "another process has held the migration lock for {} s",
                MIGRATE_TIMEOUT.as_secs()
            ))
        })??;
        let target = describe(&options);
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await
            .doing("connecting")?;
        Ok(Self { pool, target })
    }
}

async fn ensure_database(server: &Server) -> Result<(), StoreError> {
    let options =
        private::connect_options(server.socket_dir(), "postgres").disable_statement_logging();
    let mut conn = first_connection(&options).await?;
    let there = sqlx::query("select 1 from pg_database where datname = $1")
        .bind(DATABASE)
        .fetch_optional(&mut conn)
        .await
        .doing("looking for the database")?;
    if there.is_none() {
        sqlx::query("create database weighmaster")
            .execute(&mut conn)
            .await
            .doing("creating the database")?;
    }
    conn.close().await.doing("closing a connection")
}

/// Retries what can pass by itself (a server that starts); what cannot is told at once.
async fn first_connection(options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    let started = Instant::now();
    let unreachable = |reason: String| StoreError::Unreachable {
        target: describe(options),
        waited_s: started.elapsed().as_secs(),
        reason,
    };
    let mut pause = Duration::from_millis(50);
    loop {
        let left = CONNECT_DEADLINE.saturating_sub(started.elapsed());
        let reason = match tokio::time::timeout(left, options.connect()).await {
            Ok(Ok(conn)) => return Ok(conn),
            Err(_) => return Err(unreachable("no answer".into())),
            Ok(Err(e)) => match StoreError::from_sqlx("connecting", e) {
                StoreError::Unavailable { reason, .. } => reason,
                // Wrong password, no such database, …: waiting does not help.
                StoreError::Bug(reason) => return Err(unreachable(reason)),
                other => return Err(other),
            },
        };
        if started.elapsed() + pause >= CONNECT_DEADLINE {
            return Err(unreachable(reason));
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
}

/// Where a connection goes, without its password.
fn describe(options: &PgConnectOptions) -> String {
    let at = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    format!(
        "{at}, database {}, user {}",
        options.get_database().unwrap_or(options.get_username()),
        options.get_username()
    )
}

/// Under sqlx's advisory lock, so that two processes can start at once.
async fn migrate(conn: &mut PgConnection) -> Result<(), StoreError> {
    let known = MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0);
    MIGRATIONS.run(conn).await.map_err(|e| match e {
        MigrateError::VersionMissing(found) if found > known => StoreError::Newer { found, known },
        MigrateError::VersionMissing(version) | MigrateError::VersionMismatch(version) => {
            StoreError::Foreign { version }
        }
        MigrateError::Execute(e) => StoreError::from_sqlx("migrating", e),
        other => StoreError::Migration(other.to_string()),
    })
}
