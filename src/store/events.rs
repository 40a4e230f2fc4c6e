//! What happened besides rounds and weights.

use serde_json::Value;

use crate::types::{BlockNumber, EpochIndex, Reason};

use super::convert::{self, from_db, to_i64};
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

/// An epoch for which no weights were set, with one reason for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    pub epoch: EpochIndex,
    pub reason: Reason,
    /// The block at which that was said.
    pub block: Option<BlockNumber>,
    pub detail: String,
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

    /// The newest `n` epochs without any weight set, newest first; one with several reasons comes once for each. What
    /// fired without a word of ours fired while the service was away.
    pub async fn skipped(&self, n: u32) -> Result<Vec<Skipped>, StoreError> {
        let rows = sqlx::query!(
            r#"with said as (
                   select (detail->>'epoch')::bigint as epoch, reason, min(block) as block, min(id) as id,
                          min(detail->>'detail') as detail
                   from events where scope_id = $1 and kind = 'weights' and detail ? 'epoch'
                   group by 1, 2
               ), fired as (
                   select distinct epoch, block from chain_epochs
                   where scope_id = $1 and epoch > (select min(epoch) from chain_epochs where scope_id = $1)
               ), empty as (
                   select epoch, reason, block, id, detail from said
                   union all
                   select epoch, $3, block, 0, '' from fired where epoch not in (select epoch from said)
               )
               select e.epoch as "epoch!", e.reason as "reason!", e.block, coalesce(e.detail, '') as "detail!"
               from empty e
               where not exists (select from weight_sets w where w.scope_id = $1 and w.epoch = e.epoch)
               order by e.epoch desc, e.id desc limit $2"#,
            self.0.id,
            i64::from(n),
            Reason::ServiceAway.label()
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading events")?;
        rows.into_iter()
            .map(|row| {
                let block = row.block.map(|b| from_db("block", b)).transpose()?;
                Ok(Skipped {
                    epoch: from_db("epoch", row.epoch)?,
                    reason: convert::name("events.reason", &row.reason)?,
                    block,
                    detail: row.detail,
                })
            })
            .collect()
    }
}
