//! Databases for tests: one private server per test process, a fresh database per test.
//!
//! A database is its URL: for a pool of the test's own, and for the `DATABASE_URL` of a process that it starts.

#![warn(missing_docs)]

mod server;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio::sync::OnceCell;

/// Databases of this process, the template among them.
static NEXT: AtomicU32 = AtomicU32::new(0);
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// Why there is no database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no server.
    #[error("{0}\nInstall Postgres, run `make deps`, or set {bin} to the folder of its programs", bin = server::BIN)]
    Server(#[from] pgprivate::Error),
    /// The server refused.
    #[error("{doing}: {source}")]
    Sql {
        /// What was being done.
        doing: String,
        /// The server's words.
        source: sqlx::Error,
    },
    /// The caller's migrations failed.
    #[error("migrating the template: {0}")]
    Migrations(String),
    /// Where the server's data would lie.
    #[error("{}: {reason}; set TMPDIR to a folder that can be written", .folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The system's words.
        reason: String,
    },
}

/// A database of its own without any table.
///
/// # Errors
/// See [`Error`].
pub async fn empty() -> Result<String, Error> {
    let name = fresh_name();
    create(&name, "").await?;
    server::url(&name)
}

/// A database of its own, migrated: a copy of a template that `migrate` makes once for this process, since migrating every
/// database costs more than most tests. All connections to the template are closed when `migrate` returns: Postgres copies
/// no database that is in use.
///
/// # Errors
/// See [`Error`].
pub async fn migrated<W, E>(migrate: impl FnOnce(String) -> W) -> Result<String, Error>
where
    W: Future<Output = Result<(), E>>,
    E: fmt::Display,
{
    let make_template = async || {
        let name = fresh_name();
        create(&name, "").await?;
        let migrated = migrate(server::url(&name)?).await;
        migrated.map_err(|e| Error::Migrations(e.to_string()))?;
        Ok::<_, Error>(name)
    };
    let template = TEMPLATE.get_or_try_init(make_template).await?;
    let name = fresh_name();
    create(&name, &format!("template {template}")).await?;
    server::url(&name)
}

fn fresh_name() -> String {
    format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

async fn create(name: &str, from: &str) -> Result<(), Error> {
    let sql = format!("create database {name} {from}");
    let failed = |source| Error::Sql {
        doing: sql.clone(),
        source,
    };
    let admin: PgConnectOptions = server::url("postgres")?.parse().map_err(failed)?;
    let admin = admin.disable_statement_logging();
    let mut conn = admin.connect().await.map_err(failed)?;
    sqlx::query(sqlx::AssertSqlSafe(sql.clone()))
        .execute(&mut conn)
        .await
        .map_err(failed)?;
    conn.close().await.map_err(failed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    async fn tables(url: &str) -> Vec<String> {
        let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
        let sql = "select tablename::text from pg_tables where schemaname = 'public' order by 1";
        let tables = sqlx::query_scalar(sql).fetch_all(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        tables
    }

    async fn run(url: &str, sql: &'static str) -> Result<(), sqlx::Error> {
        let mut conn = sqlx::PgConnection::connect(url).await?;
        sqlx::query(sql).execute(&mut conn).await?;
        conn.close().await
    }

    #[tokio::test]
    async fn each_is_alone_and_the_template_is_made_once() {
        let refused = migrated(async |_| Err("no such table")).await.unwrap_err();
        assert!(refused.to_string().contains("no such table"), "{refused}");
        // What failed is tried again.
        let migrate = async |url: String| run(&url, "create table one ()").await;
        let first = migrated(migrate).await.unwrap();
        let second = migrated(async |_| Err("made twice")).await.unwrap();
        assert_ne!(first, second);
        run(&first, "create table two ()").await.unwrap();
        assert_eq!(tables(&first).await, ["one", "two"]);
        assert_eq!(tables(&second).await, ["one"]);
        assert_eq!(tables(&empty().await.unwrap()).await, [""; 0]);
    }
}
