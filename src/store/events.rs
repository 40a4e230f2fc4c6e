//! What happened besides rounds and weights.

use serde_json::Value;

use crate::types::BlockNumber;

use super::convert::{self, to_i64};
use super::error::Doing;
use super::{StoreError, SubnetStore};

/// One line of the `events` table.
#[derive(Clone, Debug)]
pub struct Event {
    /// The part it concerns: `round`, `weights`, `chain`, `world`, …
    pub kind: &'static str,
    /// The typed reason, as in logs and metrics.
    pub reason: &'static str,
    pub block: Option<BlockNumber>,
    pub detail: Value,
}

impl SubnetStore {
    pub async fn event(&self, event: Event) -> Result<(), StoreError> {
        let block = event.block.map(|b| to_i64("block", b)).transpose()?;
        sqlx::query!(
            "insert into events (scope_id, kind, reason, block, detail) values ($1, $2, $3, $4, $5)",
            self.id,
            event.kind,
            event.reason,
            block,
            convert::json(event.detail)
        )
        .execute(&self.pool)
        .await
        .doing("recording an event")?;
        Ok(())
    }
}
