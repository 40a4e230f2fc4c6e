//! Postgres: what was asked, answered and judged, and the ledger of weights.
//!
//! ```text
//! Store ──enter(scope, head)──► SubnetStore   one repository per aggregate:
//!                                 .neurons()     who sits where, from when to when
//!                                 .rounds()      asked and answered          (one transaction)
//!                                 .judgements()  scores, masks, averages     (another)
//!                                 .scores()      the moving averages now, the leaderboard
//!                                 .copies()      pairs of miners that gave one text
//!                                 .ledger()      weight sets and their states (compare-and-set)
//!                                 .epochs()      what the chain computed
//!                                 .events()      everything else, with a typed reason
//!                                 .health()      signs of life
//! ```
//!
//! A [`SubnetStore`] is bound to one scope (genesis, netuid, mechanism): no call can mix two worlds, and
//! composite foreign keys hold that in the database too.

mod connect;
mod convert;
mod copies;
mod deadline;
mod epochs;
mod error;
mod events;
mod health;
mod judged;
mod judgements;
mod ledger;
mod named;
mod neurons;
mod open;
mod pool;
mod private;
mod refusal;
mod rounds;
mod schema;
mod scores;
mod unnamed;
mod worlds;

#[cfg(test)]
pub mod tests;

use std::time::Duration;

use sqlx::PgPool;

use crate::types::Scope;
use pool::Pool;

pub use copies::Copies;
pub use epochs::Epochs;
pub use error::StoreError;
pub use events::{Event, Events, Skipped};
pub use health::{Health, Snapshot, Vitals};
pub use judged::Judged;
pub use judgements::Judgements;
pub use ledger::Ledger;
pub use neurons::Neurons;
pub use open::{DATABASE, Opened};
pub use rounds::{Counts, Due, Rounds};
pub use scores::{Ranked, Scores};
pub use worlds::Entered;

/// For calls in flight when the store is closed: their loops have had the grace period.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// A migrated database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
    /// Where it is, without its password.
    target: String,
}

/// The rows of one scope. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SubnetStore {
    pool: Pool,
    /// `subnets.id`.
    id: i32,
    scope: Scope,
}

impl Store {
    /// For queries of one's own: dashboards, tests.
    pub fn pool(&self) -> &PgPool {
        self.pool.raw()
    }

    /// Where it is, fit for logs.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Closes all connections. Calls in flight get a moment; a database that is silent gets no more than that.
    pub async fn close(&self) {
        let _ = tokio::time::timeout(LAST_MOMENT, self.pool.raw().close()).await;
    }
}

impl SubnetStore {
    pub fn scope(&self) -> Scope {
        self.scope
    }

    pub fn neurons(&self) -> Neurons<'_> {
        Neurons(self)
    }

    pub fn rounds(&self) -> Rounds<'_> {
        Rounds(self)
    }

    pub fn judgements(&self) -> Judgements<'_> {
        Judgements(self)
    }

    pub fn scores(&self) -> Scores<'_> {
        Scores(self)
    }

    pub fn copies(&self) -> Copies<'_> {
        Copies(self)
    }

    pub fn ledger(&self) -> Ledger<'_> {
        Ledger(self)
    }

    pub fn epochs(&self) -> Epochs<'_> {
        Epochs(self)
    }

    pub fn events(&self) -> Events<'_> {
        Events(self)
    }

    pub fn health(&self) -> Health<'_> {
        Health(self)
    }

    pub fn pool(&self) -> &PgPool {
        self.pool.raw()
    }
}
