//! The way to a database that may be away: how long it is waited for, and what is said meanwhile.

use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};
use tracing::warn;

use super::StoreError;
use crate::types::{Cause, Caused};

/// A person hears of it after this at the latest.
pub const FIRST_WORD: Duration = Duration::from_millis(2_500);
/// A far server behind TLS may need longer than the first try gives it.
const LONGEST_TRY: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_SILENCE: Duration = Duration::from_secs(600);

/// Tries for ever, each time with more patience; what does not pass by itself ends it. Says why it waits, at growing
/// intervals. `attempt` gets how long it may take.
pub async fn until_there<T>(
    mut attempt: impl AsyncFnMut(Duration) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let started = Instant::now();
    let mut patience = FIRST_WORD;
    let mut silence = FIRST_WORD;
    let mut pause = Duration::from_millis(250);
    let mut spoke: Option<Instant> = None;
    loop {
        let error = match attempt(patience).await {
            Err(e) if e.cause() == Cause::Transient => e,
            Ok(done) => {
                if spoke.is_some() {
                    tracing::info!(
                        away_s = started.elapsed().as_secs(),
                        "the database is there"
                    );
                }
                return Ok(done);
            }
            Err(e) => return Err(e),
        };
        if spoke.is_none_or(|at| at.elapsed() >= silence) {
            if spoke.replace(Instant::now()).is_some() {
                silence = (silence * 2).min(LONGEST_SILENCE);
            }
            warn!(%error, away_s = started.elapsed().as_secs(), "waiting for the database");
        }
        tokio::time::sleep(pause).await;
        patience = (patience * 2).min(LONGEST_TRY);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Retries what can pass by itself (a server that starts), up to `limit`; what cannot is told at once.
pub async fn connect(
    options: &PgConnectOptions,
    limit: Duration,
) -> Result<PgConnection, StoreError> {
    let started = Instant::now();
    let unreachable = |reason: String| StoreError::Unreachable {
        target: describe(options),
        reason,
    };
    let mut pause = Duration::from_millis(50);
    loop {
        let left = limit.saturating_sub(started.elapsed());
        let silent = || unreachable(format!("no answer for {:.1} s", limit.as_secs_f32()));
        let reason = match tokio::time::timeout(left, options.connect()).await {
            Ok(Ok(connection)) => return Ok(connection),
            Err(_) => return Err(silent()),
            Ok(Err(e)) => match StoreError::from_sqlx("connecting", e) {
                StoreError::Unavailable { reason, .. } => reason,
                StoreError::Bug(reason) => return Err(unreachable(reason)),
                StoreError::Refused { reason, remedy, .. } => {
                    let place = format!("at {}", describe(options));
                    return Err(StoreError::Refused {
                        place,
                        reason,
                        remedy,
                    });
                }
                other => return Err(other),
            },
        };
        if started.elapsed() + pause >= limit {
            return Err(unreachable(reason));
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
}

/// Where a connection goes, without its password.
pub fn describe(options: &PgConnectOptions) -> String {
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
