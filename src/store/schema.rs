//! The schema's version: brought up to date by a service, compared by whoever only looks.

use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{Connection, Executor, PgConnection};

use super::StoreError;
use super::error::Doing;
use super::pool::Tx;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// For all of it: a table of years is rewritten in some minutes. A database that is silent for longer counts as away.
const DEADLINE: Duration = Duration::from_secs(900);

/// Held to the transaction's end, so that two processes can start at once: a session's lock would stay behind in the
/// session that a pooler lends. Statements of others that were given names there are none of ours.
const BEGIN: &str = "begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; \
                     set local lock_timeout = '120s'; deallocate all; select pg_advisory_xact_lock(7739836013)";

fn known() -> i64 {
    MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0)
}

/// In one transaction: a failed migration leaves nothing behind.
pub async fn migrate(connection: &mut PgConnection) -> Result<(), StoreError> {
    let doing = "migrating";
    let migrations = async {
        let mut tx = connection.begin_with(BEGIN).await.doing(doing)?;
        let mut migrations = Migrator::with_migrations(MIGRATIONS.iter().cloned().collect());
        migrations.set_locking(false);
        let ran = migrations.run_direct(None, &mut *tx, false).await;
        ran.map_err(|e| failed(doing, e))?;
        tx.execute("deallocate all").await.doing(doing)?;
        tx.commit().await.doing(doing)
    };
    let silent = |_| StoreError::Unavailable {
        doing,
        reason: format!("no end after {} s", DEADLINE.as_secs()),
    };
    tokio::time::timeout(DEADLINE, migrations)
        .await
        .map_err(silent)?
}

fn failed(doing: &'static str, e: MigrateError) -> StoreError {
    let known = known();
    match e {
        MigrateError::VersionMissing(found) if found > known => StoreError::Newer { found, known },
        MigrateError::VersionMissing(version) | MigrateError::VersionMismatch(version) => {
            StoreError::Foreign { version }
        }
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => {
            match StoreError::from_sqlx(doing, e) {
                StoreError::Bug(why) => StoreError::Migration(why),
                other => other,
            }
        }
        other => StoreError::Migration(other.to_string()),
    }
}

/// Whether this program may read the database at `target` as it is.
pub async fn check(tx: &mut Tx, target: &str) -> Result<(), StoreError> {
    let doing = "reading the schema's version";
    let empty = || StoreError::Empty {
        target: target.to_owned(),
        nearby: Vec::new(),
    };
    let there: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *tx)
        .await
        .doing(doing)?;
    if !there {
        return Err(empty());
    }
    let applied: Vec<(i64, Vec<u8>)> = sqlx::query_as(
        "select version, checksum from _sqlx_migrations where success order by version",
    )
    .fetch_all(tx)
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
