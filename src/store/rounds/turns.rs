//! Who has waited how long for its turn.

use crate::store::convert;
use crate::store::error::Doing;
use crate::store::{Rounds, StoreError};
use crate::types::Waits;

impl Rounds<'_> {
    /// Of everyone who holds a seat: since it was last in a round, by the database's clock, or since it was first seen. What
    /// failed by a fault of ours was no turn.
    pub async fn waits(&self) -> Result<Waits, StoreError> {
        let rows = sqlx::query!(
            r#"select n.hotkey, n.registered_at,
                      extract(epoch from now() - coalesce(last.asked_at, n.first_seen))::float8 as "waits!"
               from seats s join neurons n on n.id = s.neuron_id
               left join lateral (
                   select q.asked_at from responses r join rounds q on q.id = r.round_id
                   where r.neuron_id = n.id and q.no_verdict is null
                     and r.outcome not in (select outcome from our_faults)
                   order by r.round_id desc limit 1
               ) last on true
               where s.scope_id = $1 and s.until_block is null"#,
            self.0.id
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading who waits")?;
        rows.into_iter()
            .map(|row| {
                let miner = convert::miner(row.hotkey, row.registered_at)?;
                Ok((miner, convert::age(row.waits)))
            })
            .collect()
    }
}
