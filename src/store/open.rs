//! From a config to a connected database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use pgprivate::{Server, Settings};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::config::DatabaseConfig;

use super::connect::{FIRST_WORD, connect, describe, until_there};
use super::deadline::within;
use super::error::Doing;
use super::named::named;
use super::pool::Pool;
use super::{Store, StoreError, private, refusal, schema};

/// The one database of the private server.
pub const DATABASE: &str = "weighmaster";

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
            let store = Self::connect(named(&config.url)?, config).await?;
            return Ok(Opened {
                store,
                server: None,
            });
        }
        let server = started(&private::settings(config)?).await?;
        Self::on(server, config).await
    }

    /// On a private server, whatever `database.url` says. One that does not start is an error at once.
    pub async fn open_trial(config: &DatabaseConfig) -> Result<Opened, StoreError> {
        let server = Server::start(&private::settings(config)?).await?;
        Self::on(server, config).await
    }

    async fn on(server: Server, config: &DatabaseConfig) -> Result<Opened, StoreError> {
        until_there(async |limit| ensure_database(&server, limit).await).await?;
        let options = private::connect_options(server.socket_dir(), DATABASE);
        let store = Self::connect(options, config).await?;
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
            false => (named(&config.url)?, None),
            true => existing(&private::settings(config)?).await?,
        };
        let store = Self::as_it_is(options, config).await?;
        Ok(Opened { store, server })
    }

    /// For a quick look at the database of a service that runs: one connection, and a private server that is not running
    /// is not started.
    pub async fn glance(config: &DatabaseConfig) -> Result<Self, StoreError> {
        let options = match config.url.is_empty() {
            false => named(&config.url)?,
            true => private::connect_options(&private::settings(config)?.socket_dir(), DATABASE),
        };
        let config = DatabaseConfig {
            max_connections: 1,
            ..config.clone()
        };
        Self::as_it_is(options, &config).await
    }

    /// A database that is read as it is.
    async fn as_it_is(
        options: PgConnectOptions,
        config: &DatabaseConfig,
    ) -> Result<Self, StoreError> {
        let options = as_ours(options);
        let (target, ours) = (describe(&options), config.url.is_empty());
        // Asked alone first: it says what is wrong, where a pool says that it has waited.
        let connected = connect(&options, FIRST_WORD).await;
        let connected = connected.map_err(|e| match e {
            // A private server of its first start: the service is about to make it.
            StoreError::Refused { remedy, .. } if ours && remedy == refusal::DATABASE => {
                StoreError::Empty {
                    target: target.clone(),
                    nearby: Vec::new(),
                }
            }
            e => e,
        });
        let _ = connected?.close().await;
        let pool = Pool::new(options, config);
        let mut tx = pool.begin().await.doing("connecting")?;
        schema::check(&mut tx, &target).await?;
        Ok(Self { pool, target })
    }

    /// Connects with given options, waiting for as long as it takes, and migrates.
    ///
    /// # Errors
    /// What does not pass by itself.
    pub async fn connect(
        options: PgConnectOptions,
        config: &DatabaseConfig,
    ) -> Result<Self, StoreError> {
        let options = as_ours(options);
        let reached = async |limit| {
            let mut connection = connect(&options, limit).await?;
            let migrated = schema::migrate(&mut connection).await;
            let _ = within(FIRST_WORD, connection.close()).await;
            migrated
        };
        until_there(reached).await?;
        Ok(Self {
            target: describe(&options),
            pool: Pool::new(options, config),
        })
    }
}

fn as_ours(options: PgConnectOptions) -> PgConnectOptions {
    options
        .application_name("weighmaster")
        // Of no use to binary values, and poolers refuse settings that they don't know.
        .extra_float_digits(None)
        .disable_statement_logging()
}

/// Waits for a server that can't start: a full disk is emptied some day. All other obstacles are told at once.
async fn started(settings: &Settings) -> Result<Server, StoreError> {
    let start = async |_: Duration| match Server::start(settings).await {
        Err(e @ pgprivate::Error::Start { .. }) => Err(StoreError::from(e)),
        other => Ok(other),
    };
    Ok(until_there(start).await??)
}

/// The way to a private server's data that is there already.
async fn existing(settings: &Settings) -> Result<(PgConnectOptions, Option<Server>), StoreError> {
    if !settings.has_data()? {
        return Err(StoreError::Empty {
            target: settings.data_dir.display().to_string(),
            nearby: nearby(&settings.data_dir),
        });
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

/// Folders in or beside `dir` where a private server has its data: the demo's, mostly.
fn nearby(dir: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = [Some(dir), dir.parent()]
        .into_iter()
        .flatten()
        .filter_map(|around| std::fs::read_dir(around).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.join("postgres/data/PG_VERSION").exists())
        .collect();
    found.sort();
    found
}

async fn ensure_database(server: &Server, limit: Duration) -> Result<(), StoreError> {
    let options =
        private::connect_options(server.socket_dir(), "postgres").disable_statement_logging();
    let mut connection = connect(&options, limit).await?;
    let made = async {
        let there = sqlx::query("select 1 from pg_database where datname = $1")
            .bind(DATABASE)
            .fetch_optional(&mut connection)
            .await?;
        if there.is_none() {
            sqlx::query("create database weighmaster")
                .execute(&mut connection)
                .await?;
        }
        connection.close().await
    };
    // Copies a template of some MB, on a disk that may be slow.
    within(Duration::from_secs(60), made)
        .await
        .doing("making the database")
}
