//! What can go wrong with the database, by what the caller does about it.

use std::path::PathBuf;

use crate::types::{BlockRef, Cause, Caused, Genesis, LedgerState, RoundId, WeightSetId, Window};

use super::{private, refusal};
use crate::host::HostError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Transient: try again, the transaction did not happen or can be repeated.
    #[error("database unavailable while {doing}: {reason}")]
    Unavailable { doing: &'static str, reason: String },
    #[error(
        "no database at {target}: {reason}. Check that the server runs and that database.url \
         (or DATABASE_URL) names it; leave it empty to use a private server"
    )]
    Unreachable { target: String, reason: String },
    /// The server is there, and does not want us.
    #[error("the database refuses {place}: {reason}. {remedy}")]
    Refused {
        /// Where, or while what.
        place: String,
        reason: String,
        remedy: &'static str,
    },
    #[error(
        "database.url (or DATABASE_URL) is not usable: {0}. It looks like postgres://user@host/database"
    )]
    BadUrl(String),
    #[error(
        "the database has schema version {found}, this program knows versions up to {known}: \
         run the newer weighmaster that migrated it, or restore the backup from before"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "no weighmaster has used the database at {target} yet: `weighmaster run` makes what is missing. \
         To look elsewhere give that service's config (--config FILE), or set database.url or database.data_dir{}",
        list(.nearby)
    )]
    Empty {
        target: String,
        /// Folders beside it that hold one.
        nearby: Vec<PathBuf>,
    },
    #[error(
        "the database has schema version {found}, this program reads version {known}: `weighmaster run` migrates it \
         when it starts, or read it with the weighmaster that wrote it"
    )]
    Older { found: i64, known: i64 },
    #[error(
        "migration {version} in the database is not the one in this program: the database was migrated by another \
         build. Run that build, or point database.url at a database of its own"
    )]
    Foreign { version: i64 },
    #[error("migration failed: {0}")]
    Migration(String),
    #[error(
        "the chain's finalized head is {head}, but this database has seen #{last} of the same chain ({genesis}). \
         Either the node is still syncing (wait, or name another in chain.endpoints), or this chain was reset or \
         rolled back: give it another database (database.url, or database.data_dir of the private server)"
    )]
    HeadBehind {
        genesis: Genesis,
        head: BlockRef,
        last: u64,
    },
    #[error("round {0} is judged already")]
    AlreadyJudged(RoundId),
    #[error("round {0} is not recorded")]
    UnknownRound(RoundId),
    #[error(
        "epoch {} {} has a weight set that stands or could still land", .0.epoch, .0.slot
    )]
    WindowTaken(Window),
    #[error(
        "weight set {} was refused by every node asked, but its bytes (nonce {nonce}) stay valid up to block \
         {era_death}: a payload with another nonce could land beside it", .earlier.0
    )]
    CouldStillLand {
        earlier: WeightSetId,
        nonce: u64,
        era_death: u64,
    },
    #[error("weight set {} is {}, not {}", .id.0, .found, .expected)]
    Moved {
        id: WeightSetId,
        expected: LedgerState,
        found: LedgerState,
    },
    #[error("weight set {} is not in this scope's ledger", .0.0)]
    UnknownWeightSet(WeightSetId),
    /// A row that this program would not have written.
    #[error("bad data in the database: {0}")]
    Corrupt(String),
    #[error("{error}{remedy}", error = .0, remedy = private::remedy(.0))]
    Private(#[from] pgprivate::Error),
    #[error("{0}: set database.data_dir to a folder that can be written")]
    NoDataFolder(#[from] HostError),
    /// A call or statement that should not fail: keep the evidence, do not go on.
    #[error("store: {0}")]
    Bug(String),
}

impl Caused for StoreError {
    fn cause(&self) -> Cause {
        match self {
            Self::Unavailable { .. } | Self::Unreachable { .. } => Cause::Transient,
            // The service's next start changes it.
            Self::Empty { .. } | Self::Older { .. } => Cause::Transient,
            // Somebody else was there first, or an era must end: the next look finds another state.
            Self::AlreadyJudged(_)
            | Self::WindowTaken(_)
            | Self::CouldStillLand { .. }
            | Self::Moved { .. } => Cause::Transient,
            Self::BadUrl(_) | Self::NoDataFolder(_) | Self::Refused { .. } => Cause::Config,
            Self::Newer { .. }
            | Self::Foreign { .. }
            | Self::HeadBehind { .. }
            | Self::Corrupt(_) => Cause::BadData,
            Self::Private(e) => private::cause(e),
            Self::Migration(_)
            | Self::UnknownRound(_)
            | Self::UnknownWeightSet(_)
            | Self::Bug(_) => Cause::Bug,
        }
    }
}

impl StoreError {
    /// Sorts a driver's error; `doing` completes "while …".
    pub(super) fn from_sqlx(doing: &'static str, e: sqlx::Error) -> Self {
        if is_transient(&e) && refusal::refusal(&e).is_none() {
            return Self::Unavailable {
                doing,
                reason: e.to_string(),
            };
        }
        if let Some((reason, remedy)) = refusal::refusal(&e) {
            return Self::Refused {
                place: format!("while {doing}"),
                reason,
                remedy,
            };
        }
        match e {
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Corrupt(format!("{e} while {doing}"))
            }
            e => Self::Bug(format!("{e} while {doing}")),
        }
    }
}

fn is_transient(e: &sqlx::Error) -> bool {
    match e {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(db) => db.code().is_some_and(|code| {
            // Connection lost; no resources; operator intervention (restart); serialisation and deadlock.
            ["08", "53", "57", "40"].contains(&code.get(..2).unwrap_or(""))
                // Read-only: a standby that has not been promoted yet. We were stopped in a transaction. A lock was taken.
                || ["25006", "25P03", "55P03"].contains(&code.as_ref())
        }),
        _ => false,
    }
}

/// `result.doing("recording a round")?`
pub(super) trait Doing<T> {
    fn doing(self, what: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, sqlx::Error> {
    fn doing(self, what: &'static str) -> Result<T, StoreError> {
        self.map_err(|e| StoreError::from_sqlx(what, e))
    }
}

fn list(nearby: &[PathBuf]) -> String {
    let folders: Vec<String> = nearby.iter().map(|p| p.display().to_string()).collect();
    match folders.is_empty() {
        true => String::new(),
        false => format!(". There is a database in {}", folders.join(", ")),
    }
}
