//! Rounds that wait for their judgement, whatever the reason.

use std::time::Duration;

use crate::types::{
    Challenge, Completion, Exchange, Outcome, Response, RoundId, Seat, Timing, Uid,
};

use super::Rounds;
use crate::store::StoreError;
use crate::store::convert::{self, from_db, from_epoch_us, from_short_us};
use crate::store::error::Doing;

/// A recorded round whose truth is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub round: RoundId,
    /// `rounds.id`.
    pub(super) id: i64,
    /// How often judging it has failed.
    pub attempts: u32,
}

impl Rounds<'_> {
    /// Up to `limit` rounds that are due now, the longest due first.
    pub async fn due(&self, limit: u32) -> Result<Vec<Due>, StoreError> {
        let rows = sqlx::query!(
            r#"select id, round::text as "round!", attempts
               from rounds where scope_id = $1 and judgement_id is null and no_verdict is null and due_at <= now()
               order by due_at, id limit $2"#,
            self.0.id,
            i64::from(limit)
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("looking for due rounds")?;
        rows.into_iter()
            .map(|row| {
                Ok(Due {
                    round: convert::round_id(&row.round)?,
                    id: row.id,
                    attempts: from_db("attempts", row.attempts)?,
                })
            })
            .collect()
    }

    /// How many rounds wait for a judgement that could be there, counted up to `most`: those that are due now, and those of
    /// the last day that are due again after an attempt that failed.
    pub async fn waiting(&self, most: u32) -> Result<u32, StoreError> {
        let waiting = sqlx::query_scalar!(
            r#"select count(*) as "waiting!" from (
                   select from rounds
                   where scope_id = $1 and judgement_id is null and no_verdict is null
                     and (due_at <= now() or attempts > 0 and asked_at > now() - interval '1 day')
                   limit $2
               ) due"#,
            self.0.id,
            i64::from(most)
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("counting due rounds")?;
        from_db("count", waiting)
    }

    /// How long until the next round is due; `None` while none waits.
    pub async fn next_due(&self) -> Result<Option<Duration>, StoreError> {
        let us = sqlx::query_scalar!(
            r#"select (extract(epoch from min(due_at) - now()) * 1000000)::int8 as us
               from rounds where scope_id = $1 and judgement_id is null and no_verdict is null"#,
            self.0.id
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("looking for the next due round")?;
        Ok(us.map(|us| Duration::from_micros(u64::try_from(us).unwrap_or(0))))
    }

    /// Puts a round off after an attempt that failed.
    pub async fn postpone(&self, due: Due, by: Duration) -> Result<(), StoreError> {
        sqlx::query!(
            "update rounds set attempts = attempts + 1, due_at = now() + $2::int8 * interval '1 microsecond'
             where id = $1 and judgement_id is null",
            due.id,
            i64::try_from(by.as_micros()).unwrap_or(i64::MAX)
        )
        .execute(&self.0.pool)
        .await
        .doing("putting a round off")?;
        Ok(())
    }

    /// What was asked and answered in a due round.
    pub async fn exchange(&self, due: Due) -> Result<Exchange, StoreError> {
        let row = sqlx::query!(
            r#"select (extract(epoch from asked_at) * 1000000)::int8 as "asked_us!", deadline_us, kind
               from rounds where id = $1"#,
            due.id
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("reading a round")?;
        let responses = self.responses(due.id).await?;
        // By place in the sample; who was not asked has no question.
        let asks = responses.iter().map(|r| r.question.unwrap_or(0));
        Ok(Exchange {
            challenge: Challenge {
                id: due.round,
                family: convert::name("rounds.kind", &row.kind)?,
                questions: self.questions(due.id).await?,
                asks: asks.collect(),
                deadline: Duration::from_micros(from_db("deadline_us", row.deadline_us)?),
            },
            asked_at: from_epoch_us(row.asked_us),
            responses,
            // Only what has none is due.
            no_verdict: None,
        })
    }

    async fn responses(&self, round: i64) -> Result<Vec<Response>, StoreError> {
        let rows = sqlx::query!(
            "select n.hotkey, n.registered_at, r.uid, r.question, r.queue_us, r.connect_us, r.first_byte_us, r.body_us,
                    r.status, r.outcome, r.answer
             from responses r join neurons n on n.id = r.neuron_id
             where r.round_id = $1 order by r.place",
            round
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading responses")?;
        rows.into_iter()
            .map(|row| {
                Ok(Response {
                    seat: Seat {
                        uid: Uid(from_db("uid", row.uid)?),
                        miner: convert::miner(row.hotkey, row.registered_at)?,
                    },
                    question: row.question.map(|q| from_db("question", q)).transpose()?,
                    outcome: outcome(&row.outcome, row.status, row.answer)?,
                    timing: Timing {
                        queue: from_short_us(row.queue_us),
                        connect: row.connect_us.map(from_short_us),
                        first_byte: row.first_byte_us.map(from_short_us),
                        body: row.body_us.map(from_short_us),
                    },
                })
            })
            .collect()
    }
}

pub(super) fn outcome(
    reason: &str,
    status: Option<i32>,
    answer: Option<String>,
) -> Result<Outcome, StoreError> {
    if let Some(answer) = answer {
        return Ok(Outcome::Answer(Completion(answer)));
    }
    if let Some(status) = status {
        return Ok(Outcome::Refused(from_db("status", status)?));
    }
    convert::name("responses.outcome", reason).map(Outcome::Failed)
}
