//! Signs of life: what a health check reads, and nothing else.

use std::time::Duration;

use crate::types::{BlockNumber, Neuron, Subnet};

use super::convert::{self, from_db, to_i64};
use super::error::Doing;
use super::{StoreError, SubnetStore};

/// How it stands with one scope. Ages are by the database's clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vitals {
    /// Why the subnet is parked, if it is.
    pub parked: Option<String>,
    pub snapshot: Option<Snapshot>,
    /// Since a round was last judged.
    pub judged: Option<Duration>,
}

/// The newest snapshot that was told of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snapshot {
    pub age: Duration,
    pub block: BlockNumber,
    pub tempo: u16,
    /// The block in which our row was last set.
    pub last_update: BlockNumber,
}

/// Signs of life of one scope. Reached by [`SubnetStore::health`].
#[derive(Clone, Copy, Debug)]
pub struct Health<'s>(pub(super) &'s SubnetStore);

impl Health<'_> {
    /// A snapshot has come: the subnet runs. `us`: our neuron in it.
    pub async fn seen(&self, subnet: &Subnet, us: &Neuron) -> Result<(), StoreError> {
        sqlx::query!(
            "insert into health (scope_id, block, seen_at, tempo, last_update) values ($1, $2, now(), $3, $4)
             on conflict (scope_id) do update
             set parked = null, block = excluded.block, seen_at = excluded.seen_at, tempo = excluded.tempo,
                 last_update = excluded.last_update",
            self.0.id,
            to_i64("block", subnet.at.number)?,
            i32::from(subnet.params.tempo),
            to_i64("block", us.last_update)?
        )
        .execute(&self.0.pool)
        .await
        .doing("giving a sign of life")?;
        Ok(())
    }

    /// The subnet does not run.
    pub async fn parked(&self, why: &str) -> Result<(), StoreError> {
        let why = convert::text(why);
        sqlx::query!(
            "insert into health (scope_id, parked) values ($1, $2)
             on conflict (scope_id) do update set parked = excluded.parked",
            self.0.id,
            why.as_ref()
        )
        .execute(&self.0.pool)
        .await
        .doing("parking a subnet")?;
        Ok(())
    }

    pub async fn read(&self) -> Result<Vitals, StoreError> {
        let row = sqlx::query!(
            r#"select h.parked, h.block, h.tempo, h.last_update,
                      extract(epoch from now() - h.seen_at)::float8 as seen,
                      extract(epoch from now() - (
                          select j.judged_at from judgements j where j.scope_id = s.id order by j.id desc limit 1
                      ))::float8 as judged
               from subnets s left join health h on h.scope_id = s.id
               where s.id = $1"#,
            self.0.id
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("reading the signs of life")?;
        let snapshot = match (row.seen, row.block, row.tempo, row.last_update) {
            (Some(seen), Some(block), Some(tempo), Some(last_update)) => Some(Snapshot {
                age: convert::age(seen),
                block: from_db("block", block)?,
                tempo: from_db("tempo", tempo)?,
                last_update: from_db("last_update", last_update)?,
            }),
            _ => None,
        };
        Ok(Vitals {
            parked: row.parked,
            snapshot,
            judged: row.judged.map(convert::age),
        })
    }
}
