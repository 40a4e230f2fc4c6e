//! The schema's version: brought up to date by a service, compared by whoever only looks.

use std::time::Duration;

use sqlx::PgConnection;
use sqlx::migrate::{MigrateError, Migrator};

use super::StoreError;
use super::error::Doing;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long another process may hold the migration lock.
const MIGRATE_TIMEOUT: Duration = Duration::from_secs(120);

fn known() -> i64 {
    MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0)
}

/// Under sqlx's advisory lock, so that two processes can start at once.
pub async fn migrate(conn: &mut PgConnection) -> Result<(), StoreError> {
    let run = tokio::time::timeout(MIGRATE_TIMEOUT, MIGRATIONS.run(conn)).await;
    let ran = run.map_err(|_| {
        StoreError::Migration(format!(
            "another process has held the migration lock for {} s",
            MIGRATE_TIMEOUT.as_secs()
        ))
    })?;
    let known = known();
    ran.map_err(|e| match e {
        MigrateError::VersionMissing(found) if found > known => StoreError::Newer { found, known },
        MigrateError::VersionMissing(version) | MigrateError::VersionMismatch(version) => {
            StoreError::Foreign { version }
        }
        MigrateError::Execute(e) => StoreError::from_sqlx("migrating", e),
        other => StoreError::Migration(other.to_string()),
    })
}

/// Whether this program may read the database at `target` as it is.
pub async fn check(conn: &mut PgConnection, target: &str) -> Result<(), StoreError> {
    let doing = "reading the schema's version";
    let empty = || StoreError::Empty {
        target: target.to_owned(),
    };
    let there: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *conn)
        .await
        .doing(doing)?;
    if !there {
        return Err(empty());
    }
    let applied: Vec<(i64, Vec<u8>)> = sqlx::query_as(
        "select version, checksum from _sqlx_migrations where success order by version",
    )
    .fetch_all(conn)
    .await
    .doing(doing)?;
    let found = applied.last().ok_or_else(empty)?.0;
    let known = known();
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (version, checksum) in applied {
        let same = |ours: &&sqlx::migrate::Migration| {
            ours.version == version && *ours.checksum == *checksum
        };
        if MIGRATIONS.iter().find(same).is_none() {
            return Err(StoreError::Foreign { version });
        }
    }
    if found < known {
        return Err(StoreError::Older { found, known });
    }
    Ok(())
}
