//! From a config to a connected database.

use std::str::FromStr;
use std::time::{Duration, Instant};

use pgprivate::{Server, Settings};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::config::DatabaseConfig;

use super::error::Doing;
use super::{Store, StoreError, private, schema};

/// The one database of the private server.
const DATABASE: &str = "weighmaster";
/// How long a server may take to answer at start: one that boots beside us needs some seconds.
const CONNECT_DEADLINE: Duration = Duration::from_secs(30);
/// How long a call waits for a free connection before the database counts as unavailable.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

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
        if !config.url.is_empty() {
            let store = Self::connect(named(config)?, config.max_connections).await?;
            return Ok(Opened {
                store,
                server: None,
            });
        }
        let server = Server::start(&private::settings(config)?).await?;
        ensure_database(&server).await?;
        let options = private::connect_options(server.socket_dir(), DATABASE);
        let store = Self::connect(options, config.max_connections).await?;
        Ok(Opened {
            store,
            server: Some(server),
        })
    }

    /// For commands that look at the data: makes, migrates and changes nothing. Uses the private server of a
    /// weighmaster that is running, or starts it on the data that is there.
    ///
    /// # Errors
    /// [`StoreError::Empty`] if no service has run yet, [`StoreError::Older`] if it was one before this version.
    pub async fn read(config: &DatabaseConfig) -> Result<Opened, StoreError> {
        let (options, server) = match config.url.is_empty() {
            false => (named(config)?, None),
            true => existing(&private::settings(config)?).await?,
        };
        let options = as_ours(options);
        let mut conn = first_connection(&options).await?;
        let target = describe(&options);
        schema::check(&mut conn, &target).await?;
        let _ = conn.close().await;
        let store = Self::pooled(options, config.max_connections).await?;
        Ok(Opened { store, server })
    }

    /// For a quick look at the database of a service that runs: one connection, one attempt, and a private server that
    /// is not running is not started.
    pub async fn glance(config: &DatabaseConfig) -> Result<Self, StoreError> {
        let options = match config.url.is_empty() {
            false => named(config)?,
            true => private::connect_options(&private::settings(config)?.socket_dir(), DATABASE),
        };
        let options = as_ours(options);
        let target = describe(&options);
        let store = Self::pooled(options, 1).await?;
        let mut conn = store.pool.acquire().await.doing("connecting")?;
        schema::check(&mut conn, &target).await?;
        drop(conn);
        Ok(store)
    }

    /// Connects with given options, waiting up to the deadline, and migrates.
    pub async fn connect(options: PgConnectOptions, connections: u32) -> Result<Self, StoreError> {
        let options = as_ours(options);
        let mut conn = first_connection(&options).await?;
        let migrated = schema::migrate(&mut conn).await;
        // Closed, not reused: a failed migration leaves the advisory lock with its connection.
        let _ = conn.close().await;
        migrated?;
        Self::pooled(options, connections).await
    }

    async fn pooled(options: PgConnectOptions, connections: u32) -> Result<Self, StoreError> {
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

fn named(config: &DatabaseConfig) -> Result<PgConnectOptions, StoreError> {
    PgConnectOptions::from_str(&config.url).map_err(|e| StoreError::BadUrl(e.to_string()))
}

fn as_ours(options: PgConnectOptions) -> PgConnectOptions {
    options
        .application_name("weighmaster")
        .disable_statement_logging()
}

/// The way to a private server's data that is there already.
async fn existing(settings: &Settings) -> Result<(PgConnectOptions, Option<Server>), StoreError> {
    if !settings.has_data()? {
        let target = settings.data_dir.display().to_string();
        return Err(StoreError::Empty { target });
    }
    match Server::start(settings).await {
        Ok(server) => {
            let options = private::connect_options(server.socket_dir(), DATABASE);
            Ok((options, Some(server)))
        }
        Err(pgprivate::Error::InUse { socket_dir, .. }) => {
            Ok((private::connect_options(&socket_dir, DATABASE), None))
        }
        Err(e) => Err(e.into()),
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
