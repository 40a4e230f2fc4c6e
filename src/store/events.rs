//! What happened besides rounds and weights.

use serde_json::Value;

use crate::types::{BlockNumber, Reason};

use super::convert::{self, to_i64};
use super::error::Doing;
use super::{StoreError, SubnetStore};

/// One line of the `events` table.
#[derive(Clone, Debug)]
pub struct Event {
    /// What happened; what it is about is the column `kind`.
    pub reason: Reason,
    pub block: Option<BlockNumber>,
    pub detail: Value,
}

/// What happened in one scope. Reached by [`SubnetStore::events`].
#[derive(Clone, Copy, Debug)]
pub struct Events<'s>(pub(super) &'s SubnetStore);

impl Events<'_> {
    pub async fn record(&self, event: Event) -> Result<(), StoreError> {
        let block = event.block.map(|b| to_i64("block", b)).transpose()?;
        sqlx::query!(
            "insert into events (scope_id, kind, reason, block, detail) values ($1, $2, $3, $4, $5)",
            self.0.id,
            <&str>::from(event.reason.entry().about),
            event.reason.label(),
            block,
            convert::json(event.detail)
        )
        .execute(&self.0.pool)
        .await
        .doing("recording an event")?;
        Ok(())
    }
}
