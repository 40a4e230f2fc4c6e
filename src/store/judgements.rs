//! What the scoring made of a round: scores, masks, rewards, and the averages and normalisers after it. One
//! transaction, with a sequence number of its own, apart from the exchange's.

use std::collections::{BTreeSet, HashMap};

use crate::types::{Judgement, MinerId, NormaliserState, Pair, PairTable, RoundId, ScoreTable};

use super::convert::{self, to_i64};
use super::error::Doing;
use super::neurons::{Ids, id_of};
use super::pool::Tx;
use super::{StoreError, SubnetStore};

/// What the scoring made of the rounds of one scope. Reached by [`SubnetStore::judgements`].
#[derive(Clone, Copy, Debug)]
pub struct Judgements<'s>(pub(super) &'s SubnetStore);

impl Judgements<'_> {
    /// Keeps the text of a scoring config under its hash. Idempotent.
    pub async fn save_config(&self, hash: &str, toml: &str) -> Result<(), StoreError> {
        sqlx::query!(
            "insert into scoring_configs (hash, toml) values ($1, $2) on conflict (hash) do nothing",
            hash,
            toml
        )
        .execute(&self.0.pool)
        .await
        .doing("saving the scoring config")?;
        Ok(())
    }

    /// Records a judgement and returns its sequence number. `averages` and `pairs` are the rows that it changed.
    ///
    /// # Errors
    /// [`StoreError::AlreadyJudged`] if the round has a judgement: averages never advance twice by one round.
    pub async fn record(
        &self,
        round: RoundId,
        judgements: &[Judgement],
        averages: &ScoreTable,
        normalisers: &[NormaliserState],
        config_hash: &str,
        pairs: &PairTable,
    ) -> Result<i64, StoreError> {
        let doing = "recording a judgement";
        let mut tx = self.0.pool.begin().await.doing(doing)?;
        let id = self.claim(&mut tx, round, config_hash).await?;
        let miners: BTreeSet<MinerId> = judgements
            .iter()
            .map(|j| j.seat.miner)
            .chain(averages.keys().copied())
            .chain(
                judgements
                    .iter()
                    .flat_map(|j| &j.masks)
                    .filter_map(|m| m.source),
            )
            .chain(pairs.keys().flat_map(Pair::miners))
            .collect();
        let miners: Vec<MinerId> = miners.into_iter().collect();
        let ids = self.0.neuron_ids(&mut tx, &miners).await?;
        let models = reward_models(&mut tx, judgements, normalisers).await?;
        let masks = masks(&mut tx, judgements).await?;
        self.insert_rewards(&mut tx, id, judgements, &ids).await?;
        self.insert_model_scores(&mut tx, id, judgements, &ids, &models)
            .await?;
        self.insert_mask_scores(&mut tx, id, judgements, &ids, &masks)
            .await?;
        self.advance_scores(&mut tx, id, averages, &ids).await?;
        self.save_normalisers(&mut tx, id, normalisers, &models)
            .await?;
        self.0.copies().advance(&mut tx, id, pairs, &ids).await?;
        tx.commit().await.doing(doing)?;
        Ok(id)
    }

    /// Takes the round for this judgement. The lock on its row makes a rival wait, then find it judged.
    async fn claim(
        &self,
        conn: &mut Tx,
        round: RoundId,
        config_hash: &str,
    ) -> Result<i64, StoreError> {
        let doing = "claiming a round";
        let row = sqlx::query!(
            "select id, judgement_id from rounds where scope_id = $1 and round = $2::text::uuid for update",
            self.0.id,
            round.to_string()
        )
        .fetch_optional(&mut *conn)
        .await
        .doing(doing)?
        .ok_or(StoreError::UnknownRound(round))?;
        if row.judgement_id.is_some() {
            return Err(StoreError::AlreadyJudged(round));
        }
        let id = sqlx::query_scalar!(
            "insert into judgements (scope_id, round_id, config_hash) values ($1, $2, $3) returning id",
            self.0.id,
            row.id,
            config_hash
        )
        .fetch_one(&mut *conn)
        .await
        .doing(doing)?;
        sqlx::query!(
            "update rounds set judgement_id = $2 where id = $1",
            row.id,
            id
        )
        .execute(conn)
        .await
        .doing(doing)?;
        Ok(id)
    }

    async fn insert_rewards(
        &self,
        conn: &mut Tx,
        id: i64,
        judgements: &[Judgement],
        ids: &Ids,
    ) -> Result<(), StoreError> {
        let mut neurons = Vec::with_capacity(judgements.len());
        let mut rewards = Vec::with_capacity(judgements.len());
        for judgement in judgements {
            neurons.push(id_of(ids, &judgement.seat.miner)?);
            rewards.push(judgement.reward.get());
        }
        sqlx::query!(
            "insert into rewards (judgement_id, scope_id, neuron_id, reward)
             select $1, $2, t.n, t.r from unnest($3::int4[], $4::float8[]) as t (n, r)",
            id,
            self.0.id,
            &neurons,
            &rewards
        )
        .execute(conn)
        .await
        .doing("recording rewards")?;
        Ok(())
    }

    async fn insert_model_scores(
        &self,
        conn: &mut Tx,
        id: i64,
        judgements: &[Judgement],
        ids: &Ids,
        models: &Names,
    ) -> Result<(), StoreError> {
        let (mut neurons, mut names) = (Vec::new(), Vec::new());
        let (mut raw, mut normalised, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut reasons = Vec::new();
        for judgement in judgements {
            for score in &judgement.models {
                neurons.push(id_of(ids, &judgement.seat.miner)?);
                names.push(name_id(models, &score.model)?);
                raw.push(score.raw);
                normalised.push(score.normalised);
                weights.push(score.weight);
                reasons.push(convert::text(&score.reason).into_owned());
            }
        }
        sqlx::query!(
            "insert into model_scores (judgement_id, scope_id, neuron_id, raw, normalised, weight, model_id, reason)
             select $1, $2, t.n, t.r, t.s, t.w, t.m, t.why
             from unnest($3::int4[], $4::float8[], $5::float8[], $6::float8[], $7::int2[], $8::text[])
                  as t (n, r, s, w, m, why)",
            id,
            self.0.id,
            &neurons,
            &raw,
            &normalised,
            &weights,
            &names,
            &reasons
        )
        .execute(conn)
        .await
        .doing("recording model scores")?;
        Ok(())
    }

    async fn insert_mask_scores(
        &self,
        conn: &mut Tx,
        id: i64,
        judgements: &[Judgement],
        ids: &Ids,
        masks: &Names,
    ) -> Result<(), StoreError> {
        let (mut neurons, mut names) = (Vec::new(), Vec::new());
        let (mut values, mut reasons) = (Vec::new(), Vec::new());
        let mut sources = Vec::new();
        for judgement in judgements {
            for mask in &judgement.masks {
                sources.push(mask.source.map(|miner| id_of(ids, &miner)).transpose()?);
                neurons.push(id_of(ids, &judgement.seat.miner)?);
                names.push(name_id(masks, &mask.mask)?);
                values.push(mask.value);
                reasons.push(convert::text(&mask.reason).into_owned());
            }
        }
        sqlx::query!(
            "insert into mask_scores (judgement_id, scope_id, neuron_id, value, mask_id, reason, source_neuron_id)
             select $1, $2, t.n, t.v, t.m, t.r, t.s
             from unnest($3::int4[], $4::float8[], $5::int2[], $6::text[], $7::int4[]) as t (n, v, m, r, s)",
            id,
            self.0.id,
            &neurons,
            &values,
            &names,
            &reasons,
            &sources as &[Option<i32>]
        )
        .execute(conn)
        .await
        .doing("recording masks")?;
        Ok(())
    }

    /// The history and the live table, in step.
    async fn advance_scores(
        &self,
        conn: &mut Tx,
        id: i64,
        averages: &ScoreTable,
        ids: &Ids,
    ) -> Result<(), StoreError> {
        let (mut neurons, mut values, mut observations) = (Vec::new(), Vec::new(), Vec::new());
        let (mut variances, mut effective) = (Vec::new(), Vec::new());
        for (miner, average) in averages {
            neurons.push(id_of(ids, miner)?);
            values.push(average.value);
            observations.push(to_i64("observations", average.observations)?);
            variances.push(average.variance);
            effective.push(average.effective);
        }
        sqlx::query!(
            "with changed as (
                 insert into scores (judgement_id, scope_id, neuron_id, value, observations, variance, effective)
                 select $1, $2, t.n, t.v, t.o, t.s, t.e
                 from unnest($3::int4[], $4::float8[], $5::int8[], $6::float8[], $7::float8[]) as t (n, v, o, s, e)
                 returning scope_id, neuron_id, value, observations, variance, effective, judgement_id
             )
             insert into current_scores (scope_id, neuron_id, value, observations, variance, effective, judgement_id)
             select scope_id, neuron_id, value, observations, variance, effective, judgement_id from changed
             on conflict (scope_id, neuron_id) do update
             set value = excluded.value, observations = excluded.observations, variance = excluded.variance,
                 effective = excluded.effective, judgement_id = excluded.judgement_id",
            id,
            self.0.id,
            &neurons,
            &values,
            &observations,
            &variances,
            &effective
        )
        .execute(conn)
        .await
        .doing("recording averages")?;
        Ok(())
    }

    async fn save_normalisers(
        &self,
        conn: &mut Tx,
        id: i64,
        normalisers: &[NormaliserState],
        models: &Names,
    ) -> Result<(), StoreError> {
        for state in normalisers {
            sqlx::query!(
                "insert into normalisers (scope_id, model_id, count, mean, variance, judgement_id)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (scope_id, model_id) do update
                 set count = excluded.count, mean = excluded.mean, variance = excluded.variance,
                     judgement_id = excluded.judgement_id",
                self.0.id,
                name_id(models, &state.model)?,
                state.count,
                state.mean,
                state.variance,
                id
            )
            .execute(&mut *conn)
            .await
            .doing("saving normalisers")?;
        }
        Ok(())
    }
}

type Names = HashMap<String, i16>;

fn name_id(names: &Names, name: &str) -> Result<i16, StoreError> {
    names
        .get(name)
        .copied()
        .ok_or_else(|| StoreError::Bug(format!("no id for the name {name}")))
}

// In both: inserts only what is missing, since every attempted insert spends one of the 32,767 ids.

async fn reward_models(
    conn: &mut Tx,
    judgements: &[Judgement],
    normalisers: &[NormaliserState],
) -> Result<Names, StoreError> {
    let scored = judgements.iter().flat_map(|j| &j.models).map(|m| &m.model);
    let names: BTreeSet<&String> = scored.chain(normalisers.iter().map(|n| &n.model)).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    sqlx::query!(
        "insert into reward_models (name)
         select n from unnest($1::text[]) as t (n)
         where not exists (select from reward_models r where r.name = t.n)
         on conflict (name) do nothing",
        &names
    )
    .execute(&mut *conn)
    .await
    .doing("naming reward models")?;
    let rows = sqlx::query!(
        "select id, name from reward_models where name = any($1)",
        &names
    )
    .fetch_all(conn)
    .await
    .doing("naming reward models")?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}

async fn masks(conn: &mut Tx, judgements: &[Judgement]) -> Result<Names, StoreError> {
    let names: BTreeSet<&String> = judgements
        .iter()
        .flat_map(|j| &j.masks)
        .map(|m| &m.mask)
        .collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    sqlx::query!(
        "insert into masks (name)
         select n from unnest($1::text[]) as t (n)
         where not exists (select from masks m where m.name = t.n)
         on conflict (name) do nothing",
        &names
    )
    .execute(&mut *conn)
    .await
    .doing("naming masks")?;
    let rows = sqlx::query!("select id, name from masks where name = any($1)", &names)
        .fetch_all(conn)
        .await
        .doing("naming masks")?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}
