//! Intents and moves: all that is ever written to the ledger.

use crate::types::{
    Intent, LedgerState, MinerId, ScoreTable, SignedPayload, Transition, WeightSetId, Window,
};

use super::{Ledger, unknown};
use crate::store::StoreError;
use crate::store::convert::{self, from_db, to_i64};
use crate::store::error::Doing;
use crate::store::neurons::id_of;
use crate::store::pool::Tx;

impl Ledger<'_> {
    /// Writes an intent. `scores` is the table that its vector was made from.
    ///
    /// # Errors
    /// [`StoreError::WindowTaken`] while another weight set of the window stands or could still land.
    pub async fn plan(
        &self,
        intent: &Intent,
        scores: &ScoreTable,
    ) -> Result<WeightSetId, StoreError> {
        self.check(intent)?;
        let doing = "planning weights";
        let mut tx = self.0.pool.begin().await.doing(doing)?;
        let planned = LedgerState::Planned;
        let inserted = sqlx::query_scalar!(
            "insert into weight_sets (scope_id, hotkey, epoch, slot, state, holds_window, version_key, fire_block,
                                      planned_block)
             values ($1, $2, $3, $4, $5, $6, $7::text::numeric, $8, $9) returning id",
            self.0.id,
            intent.hotkey.0.as_slice(),
            to_i64("epoch", intent.window.epoch)?,
            <&str>::from(intent.window.slot),
            planned.label(),
            planned.standing().holds_window,
            intent.vector.version_key().to_string(),
            to_i64("block", intent.fire_block)?,
            to_i64("block", intent.planned_at)?
        )
        .fetch_one(&mut tx)
        .await;
        let id = inserted.map_err(|e| taken(doing, intent.window, e))?;
        self.insert_entries(&mut tx, id, intent, scores).await?;
        tx.commit().await.doing(doing)?;
        Ok(WeightSetId(id))
    }

    fn check(&self, intent: &Intent) -> Result<(), StoreError> {
        self.0.check_scope(intent.window.scope)?;
        let uids = intent.vector.entries().iter().map(|e| e.0);
        let seated = uids.eq(intent.seats.iter().map(|s| s.uid));
        if seated && intent.vector.mechanism() == self.0.scope.mechanism {
            return Ok(());
        }
        let why = "a plan's vector, seats and mechanism differ";
        Err(StoreError::Bug(why.into()))
    }

    async fn insert_entries(
        &self,
        conn: &mut Tx,
        id: i64,
        intent: &Intent,
        scores: &ScoreTable,
    ) -> Result<(), StoreError> {
        let miners: Vec<MinerId> = intent.seats.iter().map(|s| s.miner).collect();
        let ids = self.0.neuron_ids(conn, &miners).await?;
        let neurons = miners
            .iter()
            .map(|m| id_of(&ids, m))
            .collect::<Result<Vec<i32>, _>>()?;
        let uids: Vec<i32> = intent.seats.iter().map(|s| i32::from(s.uid.0)).collect();
        let entries = intent.vector.entries().iter();
        let weights: Vec<i32> = entries.map(|e| i32::from(e.1)).collect();
        let came_from: Vec<Option<f64>> = miners
            .iter()
            .map(|m| scores.get(m).map(|a| a.value))
            .collect();
        sqlx::query!(
            "insert into weight_entries (weight_set_id, scope_id, neuron_id, uid, weight, score)
             select $1, $2, t.n, t.u, t.w, t.s
             from unnest($3::int4[], $4::int4[], $5::int4[], $6::float8[]) as t (n, u, w, s)",
            id,
            self.0.id,
            &neurons,
            &uids,
            &weights,
            &came_from as &[Option<f64>]
        )
        .execute(conn)
        .await
        .doing("planning weights")?;
        Ok(())
    }

    /// Carries out one move. Signed bytes that come with it are on disk when this returns, before any node hears of them.
    ///
    /// # Errors
    /// [`StoreError::Moved`] if the set is no longer in `from`; [`StoreError::WindowTaken`] if it would stand beside
    /// another one of its window; [`StoreError::CouldStillLand`] if nodes refused an earlier payload of this window
    /// whose bytes are still valid and whose nonce differs: only the same nonce makes the chain take at most one of
    /// the two.
    pub async fn apply(&self, step: &Transition) -> Result<(), StoreError> {
        let doing = "advancing the ledger";
        let mut tx = self.0.pool.begin().await.doing(doing)?;
        let window = self.expect_state(&mut tx, step.id, step.from).await?;
        if let Some(payload) = &step.signed {
            rivals(&mut tx, step.id, payload).await?;
            write_down(&mut tx, step.id, payload).await?;
        }
        let number = step.included.map(|b| to_i64("block", b.number));
        let reason = convert::text(&step.reason);
        sqlx::query!(
            "update weight_sets
             set state = $2, holds_window = $3, reason = $4, included_number = $5, included_hash = $6,
                 updated_at = now()
             where id = $1",
            step.id.0,
            step.to.label(),
            step.to.standing().holds_window,
            reason.as_ref(),
            number.transpose()?,
            step.included.map(|b| b.hash.to_vec())
        )
        .execute(&mut tx)
        .await
        .map_err(|e| taken(doing, window, e))?;
        tx.commit().await.doing(doing)
    }

    /// Locks the row and compares its state.
    async fn expect_state(
        &self,
        conn: &mut Tx,
        id: WeightSetId,
        expected: LedgerState,
    ) -> Result<Window, StoreError> {
        let row = sqlx::query!(
            "select state, epoch, slot from weight_sets where id = $1 and scope_id = $2 for update",
            id.0,
            self.0.id
        )
        .fetch_optional(conn)
        .await
        .doing("reading the ledger")?
        .ok_or(unknown(id))?;
        let found = convert::name("weight_sets.state", &row.state)?;
        if found != expected {
            return Err(StoreError::Moved {
                id,
                expected,
                found,
            });
        }
        self.window(row.epoch, &row.slot)
    }
}

/// Bytes that every node refused stay valid until their era ends.
async fn rivals(conn: &mut Tx, id: WeightSetId, payload: &SignedPayload) -> Result<(), StoreError> {
    let rival = sqlx::query!(
        r#"select old.id, old.nonce as "nonce!", old.era_death as "era_death!"
           from weight_sets new
           join weight_sets old using (scope_id, hotkey, epoch, slot)
           where new.id = $1 and old.id <> new.id and old.state = $3
             and old.era_death > new.planned_block and old.nonce <> $2
           order by old.id desc limit 1"#,
        id.0,
        to_i64("nonce", payload.nonce)?,
        LedgerState::Rejected.label()
    )
    .fetch_optional(conn)
    .await
    .doing("signing weights")?;
    match rival {
        None => Ok(()),
        Some(rival) => Err(StoreError::CouldStillLand {
            earlier: WeightSetId(rival.id),
            nonce: from_db("nonce", rival.nonce)?,
            era_death: from_db("era_death", rival.era_death)?,
        }),
    }
}

async fn write_down(
    conn: &mut Tx,
    id: WeightSetId,
    payload: &SignedPayload,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update weight_sets
         set payload = $2, payload_hash = $3, nonce = $4, era_birth = $5, era_death = $6, signed_at = now()
         where id = $1",
        id.0,
        &payload.bytes,
        payload.hash.as_slice(),
        to_i64("nonce", payload.nonce)?,
        to_i64("block", payload.era.birth)?,
        to_i64("block", payload.era.death)?
    )
    .execute(conn)
    .await
    .doing("signing weights")?;
    Ok(())
}

fn taken(doing: &'static str, window: Window, e: sqlx::Error) -> StoreError {
    match e {
        sqlx::Error::Database(e) if e.is_unique_violation() => StoreError::WindowTaken(window),
        e => StoreError::from_sqlx(doing, e),
    }
}
