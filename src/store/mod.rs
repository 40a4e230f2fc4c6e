//! Postgres: what was asked, answered and judged, and the ledger of weights.
//!
//! ```text
//! Store ──enter(scope, head)──► SubnetStore   one file per aggregate:
//!                                 neurons     who sits where, from when to when
//!                                 exchanges   asked and answered          (one transaction)
//!                                 judgements  scores, masks, averages     (another)
//!                                 scores      the moving averages now, the leaderboard
//!                                 ledger      weight sets and their states (compare-and-set)
//!                                 epochs      what the chain computed
//!                                 events      everything else, with a typed reason
//! ```
//!
//! A [`SubnetStore`] is bound to one scope (genesis, netuid, mechanism): no call can mix two worlds, and
//! composite foreign keys hold that in the database too.

mod convert;
mod epochs;
mod error;
mod events;
mod exchanges;
mod judgements;
mod ledger;
mod neurons;
mod open;
mod private;
mod scores;
pub mod testing;
mod worlds;

#[cfg(test)]
mod tests;

use sqlx::PgPool;
use sqlx::migrate::Migrator;

use crate::types::Scope;

pub use error::StoreError;
pub use events::Event;
pub use exchanges::Counts;
pub use open::Opened;
pub use scores::Ranked;
pub use worlds::Entered;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// A migrated database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pool: PgPool,
}

/// The rows of one scope. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SubnetStore {
    pool: PgPool,
    /// `subnets.id`.
    id: i32,
    scope: Scope,
}

impl Store {
    /// For queries of one's own: dashboards, tests.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }
}

impl SubnetStore {
    pub fn scope(&self) -> Scope {
        self.scope
    }

    pub fn pool(&self) -> &PgPool {
        &self.pool
    }
}
