//! What was asked and answered: one transaction per round, before anything is judged.

mod due;
mod questions;
mod turns;

use std::time::Duration;

use strum::IntoEnumIterator;

use crate::types::{Exchange, MinerId, Outcome, Reason, Response, Timing};

use super::convert::{self, from_db, short_us};
use super::error::Doing;
use super::neurons::id_of;
use super::pool::Tx;
use super::{StoreError, SubnetStore};

pub use due::Due;

/// How much this scope has gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub rounds: u64,
    /// Exchanges with one miner each, failed ones too.
    pub responses: u64,
    /// Those that brought an answer.
    pub answers: u64,
    pub judgements: u64,
}

/// What was asked and answered in one scope. Reached by [`SubnetStore::rounds`].
#[derive(Clone, Copy, Debug)]
pub struct Rounds<'s>(pub(super) &'s SubnetStore);

impl Rounds<'_> {
    /// Records a round's facts; it is due for judgement `due_after` from now, unless it is no verdict. Recording the same round again changes
    /// nothing, so that a caller whose commit got lost on the way can repeat it.
    pub async fn record(&self, exchange: &Exchange, due_after: Duration) -> Result<(), StoreError> {
        let doing = "recording a round";
        let challenge = &exchange.challenge;
        let mut tx = self.0.pool.begin().await.doing(doing)?;
        let round = sqlx::query_scalar!(
            "insert into rounds (scope_id, round, asked_at, deadline_us, kind, no_verdict, due_at)
             values ($1, $2::text::uuid, timestamptz 'epoch' + $3::int8 * interval '1 microsecond', $4, $5, $6,
                     now() + $7::int8 * interval '1 microsecond')
             on conflict (round) do nothing returning id",
            self.0.id,
            challenge.id.to_string(),
            convert::epoch_us(exchange.asked_at),
            i64::try_from(challenge.deadline.as_micros()).unwrap_or(i64::MAX),
            <&str>::from(challenge.family),
            exchange.no_verdict.map(Reason::label),
            i64::try_from(due_after.as_micros()).unwrap_or(i64::MAX),
        )
        .fetch_optional(&mut tx)
        .await
        .doing(doing)?;
        let Some(round) = round else {
            return Ok(());
        };
        self.insert_questions(&mut tx, round, &challenge.questions)
            .await?;
        self.insert_responses(&mut tx, round, &exchange.responses)
            .await?;
        tx.commit().await.doing(doing)
    }

    async fn insert_responses(
        &self,
        conn: &mut Tx,
        round: i64,
        responses: &[Response],
    ) -> Result<(), StoreError> {
        let miners: Vec<MinerId> = responses.iter().map(|r| r.seat.miner).collect();
        let ids = self.0.neuron_ids(conn, &miners).await?;
        let neurons = miners
            .iter()
            .map(|m| id_of(&ids, m))
            .collect::<Result<Vec<i32>, _>>()?;
        let uids: Vec<i32> = responses.iter().map(|r| i32::from(r.seat.uid.0)).collect();
        let queue: Vec<i32> = responses.iter().map(|r| short_us(r.timing.queue)).collect();
        let part = |f: fn(&Timing) -> Option<Duration>| -> Vec<Option<i32>> {
            responses
                .iter()
                .map(|r| f(&r.timing).map(short_us))
                .collect()
        };
        let connect = part(|t| t.connect);
        let first_byte = part(|t| t.first_byte);
        let body = part(|t| t.body);
        let questions: Vec<Option<i16>> = responses.iter().map(question).collect();
        let status: Vec<Option<i32>> = responses.iter().map(|r| status(&r.outcome)).collect();
        let outcomes: Vec<String> = responses
            .iter()
            .map(|r| r.outcome.reason().to_string())
            .collect();
        let answers: Vec<Option<String>> = responses
            .iter()
            .map(|r| r.outcome.answer().map(|a| convert::text(a).into_owned()))
            .collect();
        sqlx::query!(
            "insert into responses (round_id, scope_id, neuron_id, uid, queue_us, connect_us, first_byte_us,
                                    body_us, status, place, outcome, answer, question)
             select $1, $2, t.n, t.u, t.q, t.c, t.f, t.b, t.s, (t.place - 1)::int2, t.o, t.a, t.question
             from unnest($3::int4[], $4::int4[], $5::int4[], $6::int4[], $7::int4[], $8::int4[], $9::int4[],
                         $10::text[], $11::text[], $12::int2[])
                  with ordinality as t (n, u, q, c, f, b, s, o, a, question, place)",
            round,
            self.0.id,
            &neurons,
            &uids,
            &queue,
            &connect as &[Option<i32>],
            &first_byte as &[Option<i32>],
            &body as &[Option<i32>],
            &status as &[Option<i32>],
            &outcomes,
            &answers as &[Option<String>],
            &questions as &[Option<i16>],
        )
        .execute(conn)
        .await
        .doing("recording responses")?;
        Ok(())
    }

    /// What came of asking each miner when it was last asked, within a day; not of turns at which it wasn't, or by a fault
    /// of ours.
    pub async fn last_heard(&self) -> Result<Vec<(MinerId, Outcome)>, StoreError> {
        let heard: Vec<String> = Reason::iter()
            .filter(|reason| reason.tells_of_the_miner())
            .map(|reason| reason.to_string())
            .collect();
        let rows = sqlx::query!(
            "select distinct on (r.neuron_id) n.hotkey, n.registered_at, r.outcome, r.status, r.answer
             from responses r
             join rounds q on q.id = r.round_id
             join neurons n on n.id = r.neuron_id
             where r.scope_id = $1 and q.no_verdict is null and q.asked_at > now() - interval '1 day'
               and r.outcome = any($2)
             order by r.neuron_id, r.round_id desc",
            self.0.id,
            &heard
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading who answered last")?;
        rows.into_iter()
            .map(|row| {
                let miner = convert::miner(row.hotkey, row.registered_at)?;
                Ok((miner, due::outcome(&row.outcome, row.status, row.answer)?))
            })
            .collect()
    }

    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let row = sqlx::query!(
            r#"select (select count(*) from rounds where scope_id = $1) as "rounds!",
                      (select count(*) from responses where scope_id = $1) as "responses!",
                      (select count(*) from responses where scope_id = $1 and outcome = 'answer') as "answers!",
                      (select count(*) from judgements where scope_id = $1) as "judgements!""#,
            self.0.id
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("counting")?;
        Ok(Counts {
            rounds: from_db("count", row.rounds)?,
            responses: from_db("count", row.responses)?,
            answers: from_db("count", row.answers)?,
            judgements: from_db("count", row.judgements)?,
        })
    }
}

/// Beyond the widest sample no question has an index.
fn question(response: &Response) -> Option<i16> {
    response
        .question
        .and_then(|index| i16::try_from(index).ok())
}

fn status(outcome: &Outcome) -> Option<i32> {
    match outcome {
        Outcome::Refused(status) => Some(i32::from(*status)),
        _ => None,
    }
}
