//! The moving averages now, the normalisers behind them, and the ranking that people read.

use std::time::Duration;

use crate::types::{Hotkey, MovingAverage, NormaliserState, ScoreTable, Uid};

use super::convert::{self, from_db};
use super::error::Doing;
use super::{StoreError, SubnetStore};

/// One line of the leaderboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub uid: Uid,
    pub hotkey: Hotkey,
    pub registered_at: u64,
    pub average: MovingAverage,
    /// Share of this miner's exchanges that brought an answer, over its whole history; those that failed by a fault of
    /// ours are not among them.
    pub answered: f64,
}

/// The moving averages of one scope. Reached by [`SubnetStore::scores`].
#[derive(Clone, Copy, Debug)]
pub struct Scores<'s>(pub(super) &'s SubnetStore);

impl Scores<'_> {
    /// All moving averages of the scope, also of miners that have left.
    pub async fn table(&self) -> Result<ScoreTable, StoreError> {
        let rows = sqlx::query!(
            "select n.hotkey, n.registered_at, c.value, c.observations, c.variance, c.effective
             from current_scores c join neurons n on n.id = c.neuron_id
             where c.scope_id = $1",
            self.0.id
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading scores")?;
        rows.into_iter()
            .map(|row| {
                let average = MovingAverage {
                    value: row.value,
                    observations: from_db("observations", row.observations)?,
                    variance: row.variance,
                    effective: row.effective,
                };
                Ok((convert::miner(row.hotkey, row.registered_at)?, average))
            })
            .collect()
    }

    /// How long ago a judgement last moved a moving average, by the database's clock; `None`: none ever did.
    pub async fn age(&self) -> Result<Option<Duration>, StoreError> {
        let seconds = sqlx::query_scalar!(
            "select extract(epoch from now() - max(j.judged_at))::float8
             from current_scores c join judgements j on j.id = c.judgement_id
             where c.scope_id = $1",
            self.0.id
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("reading scores")?;
        Ok(seconds.map(convert::age))
    }

    /// The normalisers as the last judgement left them.
    pub async fn normalisers(&self) -> Result<Vec<NormaliserState>, StoreError> {
        sqlx::query_as!(
            NormaliserState,
            "select m.name as model, n.count, n.mean, n.variance
             from normalisers n join reward_models m on m.id = n.model_id
             where n.scope_id = $1 order by m.name",
            self.0.id
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading normalisers")
    }

    /// Miners that hold a seat and have a score, best first.
    pub async fn leaderboard(&self) -> Result<Vec<Ranked>, StoreError> {
        let rows = sqlx::query!(
            r#"select s.uid, n.hotkey, n.registered_at, c.value, c.observations, c.variance, c.effective,
                      coalesce(a.answered, 0) as "answered!"
               from current_scores c
               join neurons n on n.id = c.neuron_id
               join seats s on s.neuron_id = c.neuron_id and s.until_block is null
               left join lateral (
                   select avg((r.outcome = 'answer')::int)::float8 as answered
                   from responses r join rounds q on q.id = r.round_id
                   where r.neuron_id = c.neuron_id and q.no_verdict is null
                     and r.outcome not in (select outcome from our_faults)
               ) a on true
               where c.scope_id = $1
               order by c.value desc, s.uid"#,
            self.0.id
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading the leaderboard")?;
        rows.into_iter()
            .map(|row| {
                Ok(Ranked {
                    uid: Uid(from_db("uid", row.uid)?),
                    hotkey: convert::hotkey(row.hotkey)?,
                    registered_at: from_db("registered_at", row.registered_at)?,
                    average: MovingAverage {
                        value: row.value,
                        observations: from_db("observations", row.observations)?,
                        variance: row.variance,
                        effective: row.effective,
                    },
                    answered: row.answered,
                })
            })
            .collect()
    }
}
