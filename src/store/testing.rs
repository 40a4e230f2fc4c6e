//! Databases for tests: one private server per test process, a fresh database per test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use pgprivate::{Server, Settings};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::OnceCell;

use super::error::Doing;
use super::{Store, StoreError, private};

static SERVER: Mutex<Option<Server>> = Mutex::new(None);
static NEXT: AtomicU32 = AtomicU32::new(0);
static TEMPLATE: OnceCell<()> = OnceCell::const_new();
const TEMPLATE_NAME: &str = "migrated";

/// A database of its own on the shared server, migrated.
#[derive(Debug)]
pub struct Database {
    pub store: Store,
    /// For a process that the test starts: its `DATABASE_URL`.
    pub url: String,
    pub name: String,
}

impl Database {
    /// A database of its own without any table; only its `url` is of use. The name is fresh too.
    pub async fn empty() -> Result<String, StoreError> {
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        create(&format!("create database {name}")).await?;
        with_server(|server| server.url(&name))
    }

    pub async fn fresh() -> Result<Self, StoreError> {
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        TEMPLATE.get_or_try_init(make_template).await?;
        create(&format!("create database {name} template {TEMPLATE_NAME}")).await?;
        let store = Store::connect(options(&name)?, 4).await?;
        let url = with_server(|server| server.url(&name))?;
        Ok(Self { store, url, name })
    }
}

/// The schema once for all: migrating every database costs more than most tests.
async fn make_template() -> Result<(), StoreError> {
    create(&format!("create database {TEMPLATE_NAME}")).await?;
    let store = Store::connect(options(TEMPLATE_NAME)?, 1).await?;
    store.pool.close().await;
    Ok(())
}

async fn create(sql: &str) -> Result<(), StoreError> {
    let admin = options("postgres")?.disable_statement_logging();
    let mut conn = admin.connect().await.doing("connecting")?;
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
        .execute(&mut conn)
        .await
        .doing("creating a test database")?;
    conn.close().await.doing("closing")
}

fn options(database: &str) -> Result<sqlx::postgres::PgConnectOptions, StoreError> {
    with_server(|server| private::connect_options(server.socket_dir(), database))
}

/// Starts the server at the first call. It lives as long as the test process, and ends with it.
fn with_server<T>(f: impl FnOnce(&Server) -> T) -> Result<T, StoreError> {
    let mut slot = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
    if slot.is_none() {
        *slot = Some(Server::start_blocking(&Settings {
            // To run the suite on another version of Postgres.
            bin_dir: std::env::var_os("WEIGHMASTER_TEST_PG_BIN").map(PathBuf::from),
            data_dir: folder()?,
            max_connections: 100,
        })?);
    }
    match slot.as_ref() {
        Some(server) => Ok(f(server)),
        None => Err(StoreError::Bug("the test server is gone".into())),
    }
}

/// `<temp>/weighmaster-tests/<pid>`; folders of earlier test processes are removed.
fn folder() -> Result<PathBuf, StoreError> {
    let all = std::env::temp_dir().join("weighmaster-tests");
    let bug = |e: std::io::Error| StoreError::Bug(format!("{}: {e}", all.display()));
    fs::create_dir_all(&all).map_err(bug)?;
    for entry in fs::read_dir(&all).map_err(bug)?.flatten() {
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
