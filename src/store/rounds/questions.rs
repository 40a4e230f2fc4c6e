//! What was asked in a round, and who was asked the same of late.

use std::time::Duration;

use crate::types::{Challenge, MinerId, Question};

use super::{Due, Rounds};
use crate::store::StoreError;
use crate::store::convert::{self, from_db};
use crate::store::error::Doing;
use crate::store::pool::Tx;

impl Rounds<'_> {
    pub(super) async fn insert_questions(
        &self,
        conn: &mut Tx,
        round: i64,
        questions: &[Question],
    ) -> Result<(), StoreError> {
        let text = |f: fn(&Question) -> Option<&String>| -> Vec<Option<String>> {
            let texts = questions.iter().map(f);
            texts
                .map(|t| t.map(|t| convert::text(t).into_owned()))
                .collect()
        };
        let digests: Vec<Vec<u8>> = questions
            .iter()
            .map(|q| q.prompt.digest().to_vec())
            .collect();
        let sources = text(|q| Some(&q.source));
        let materials = text(|q| q.material.as_ref());
        let references = text(|q| q.reference.as_ref());
        let prompts = questions.iter().map(|q| document(&q.prompt));
        let prompts = prompts.collect::<Result<Vec<_>, _>>()?;
        let truths = questions.iter().map(|q| document(&q.truth));
        let truths = truths.collect::<Result<Vec<_>, _>>()?;
        sqlx::query!(
            "insert into questions (round_id, scope_id, place, digest, source, prompt, material, reference, truth)
             select $1, $2, (t.place - 1)::int2, t.d, t.s, t.p, t.m, t.r, t.t
             from unnest($3::bytea[], $4::text[], $5::jsonb[], $6::text[], $7::text[], $8::jsonb[])
                  with ordinality as t (d, s, p, m, r, t, place)",
            round,
            self.0.id,
            &digests,
            &sources as &[Option<String>],
            &prompts,
            &materials as &[Option<String>],
            &references as &[Option<String>],
            &truths,
        )
        .execute(conn)
        .await
        .doing("recording questions")?;
        Ok(())
    }

    /// Writes down truths that became known after their questions were put.
    pub async fn settle(&self, due: Due, questions: &[Question]) -> Result<(), StoreError> {
        let truths = questions.iter().map(|q| document(&q.truth));
        let truths = truths.collect::<Result<Vec<_>, _>>()?;
        sqlx::query!(
            "update questions q set truth = t.truth
             from unnest($2::jsonb[]) with ordinality as t (truth, place)
             where q.round_id = $1 and q.place = t.place - 1",
            due.id,
            &truths
        )
        .execute(&self.0.pool)
        .await
        .doing("recording truths")?;
        Ok(())
    }

    pub(super) async fn questions(&self, round: i64) -> Result<Vec<Question>, StoreError> {
        let rows = sqlx::query!(
            "select source, prompt, material, reference, truth from questions where round_id = $1 order by place",
            round
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading questions")?;
        rows.into_iter()
            .map(|row| {
                Ok(Question {
                    prompt: parse(row.prompt)?,
                    source: row.source,
                    material: row.material,
                    reference: row.reference,
                    truth: parse(row.truth)?,
                })
            })
            .collect()
    }

    /// The places of those who were asked the very text that they are to be asked now, within `window`. By hotkey: who
    /// registers anew may remember.
    pub async fn repeated(
        &self,
        challenge: &Challenge,
        miners: &[MinerId],
        window: Duration,
    ) -> Result<Vec<usize>, StoreError> {
        let digests = challenge.questions.iter().map(|q| q.prompt.digest());
        let digests: Vec<Vec<u8>> = digests.map(|d| d.to_vec()).collect();
        let asked = (0..miners.len()).map(|place| digests[challenge.question_for(place)].clone());
        let asked: Vec<Vec<u8>> = asked.collect();
        let hotkeys: Vec<Vec<u8>> = miners.iter().map(|m| m.hotkey.0.to_vec()).collect();
        let places = sqlx::query_scalar!(
            r#"select distinct (t.place - 1)::int4 as "place!"
               from unnest($2::bytea[], $3::bytea[]) with ordinality as t (hotkey, digest, place)
               join questions q on q.scope_id = $1 and q.digest = t.digest
               join rounds o on o.id = q.round_id and o.asked_at > now() - $4::int8 * interval '1 microsecond'
               join responses r on r.round_id = q.round_id and r.question = q.place
               join neurons n on n.id = r.neuron_id and n.hotkey = t.hotkey
               order by 1"#,
            self.0.id,
            &hotkeys,
            &asked,
            i64::try_from(window.as_micros()).unwrap_or(i64::MAX),
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("looking for repeated questions")?;
        places.into_iter().map(|p| from_db("place", p)).collect()
    }
}

fn document<T: serde::Serialize>(value: &T) -> Result<serde_json::Value, StoreError> {
    serde_json::to_value(value)
        .map(convert::json)
        .map_err(|e| StoreError::Bug(e.to_string()))
}

fn parse<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|e| StoreError::Corrupt(format!("questions: {e}")))
}
