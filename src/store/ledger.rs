//! The ledger of weight sets. Which transition is legal is decided elsewhere, purely; here each one is a
//! compare-and-set, and the database holds that no window has two payloads that could both land.

use std::collections::HashMap;

use sqlx::PgConnection;
use strum::IntoEnumIterator;

use crate::types::{
    BlockNumber, BlockRef, Era, LedgerState, MinerId, ScoreTable, Seat, SignedPayload, Uid,
    WeightSet, WeightSetId, WeightVector, Window,
};

use super::convert::{self, bytes32, from_db, to_i64};
use super::error::Doing;
use super::neurons::id_of;
use super::{StoreError, SubnetStore};

impl SubnetStore {
    /// Writes an intent. `seats` name who sits at each of the vector's uids, in the same order; `scores` is
    /// the table that the vector was made from.
    ///
    /// # Errors
    /// [`StoreError::WindowTaken`] while another weight set of the window stands or could still land.
    pub async fn plan(
        &self,
        window: Window,
        vector: &WeightVector,
        seats: &[Seat],
        fire_block: BlockNumber,
        planned_at: BlockNumber,
        scores: &ScoreTable,
    ) -> Result<WeightSetId, StoreError> {
        self.check_scope(window.scope)?;
        let same = vector.entries().iter().map(|e| e.0);
        if !same.eq(seats.iter().map(|s| s.uid)) || vector.mechanism() != self.scope.mechanism {
            return Err(StoreError::Bug(
                "a plan's vector, seats and mechanism differ".into(),
            ));
        }
        let doing = "planning weights";
        let mut tx = self.pool.begin().await.doing(doing)?;
        let inserted = sqlx::query_scalar!(
            "insert into weight_sets (scope_id, epoch, slot, state, version_key, fire_block, planned_block)
             values ($1, $2, $3, 'planned', $4::text::numeric, $5, $6) returning id",
            self.id,
            to_i64("epoch", window.epoch)?,
            <&str>::from(window.slot),
            vector.version_key().to_string(),
            to_i64("block", fire_block)?,
            to_i64("block", planned_at)?
        )
        .fetch_one(&mut *tx)
        .await;
        let id = match inserted {
            Ok(id) => id,
            Err(sqlx::Error::Database(e)) if e.is_unique_violation() => {
                return Err(StoreError::WindowTaken(window));
            }
            Err(e) => return Err(StoreError::from_sqlx(doing, e)),
        };
        self.insert_entries(&mut tx, id, vector, seats, scores)
            .await?;
        tx.commit().await.doing(doing)?;
        Ok(WeightSetId(id))
    }

    async fn insert_entries(
        &self,
        conn: &mut PgConnection,
        id: i64,
        vector: &WeightVector,
        seats: &[Seat],
        scores: &ScoreTable,
    ) -> Result<(), StoreError> {
        let miners: Vec<MinerId> = seats.iter().map(|s| s.miner).collect();
        let ids = self.neuron_ids(conn, &miners).await?;
        let neurons = miners
            .iter()
            .map(|m| id_of(&ids, m))
            .collect::<Result<Vec<i32>, _>>()?;
        let uids: Vec<i32> = seats.iter().map(|s| i32::from(s.uid.0)).collect();
        let weights: Vec<i32> = vector.entries().iter().map(|e| i32::from(e.1)).collect();
        let came_from: Vec<Option<f64>> = miners
            .iter()
            .map(|m| scores.get(m).map(|a| a.value))
            .collect();
        sqlx::query!(
            "insert into weight_entries (weight_set_id, scope_id, neuron_id, uid, weight, score)
             select $1, $2, t.n, t.u, t.w, t.s
             from unnest($3::int4[], $4::int4[], $5::int4[], $6::float8[]) as t (n, u, w, s)",
            id,
            self.id,
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

    /// `planned → signed`: the bytes are on disk before the first node hears of them.
    ///
    /// # Errors
    /// [`StoreError::CouldStillLand`] if nodes refused an earlier payload of this window whose bytes are
    /// still valid and whose nonce differs: only the same nonce makes the chain take at most one of the two.
    pub async fn sign(&self, id: WeightSetId, payload: &SignedPayload) -> Result<(), StoreError> {
        let doing = "signing weights";
        let nonce = to_i64("nonce", payload.nonce)?;
        let mut tx = self.pool.begin().await.doing(doing)?;
        self.expect_state(&mut tx, id, LedgerState::Planned).await?;
        let rival = sqlx::query!(
            r#"select old.id, old.nonce as "nonce!", old.era_death as "era_death!"
               from weight_sets new
               join weight_sets old using (scope_id, epoch, slot)
               where new.id = $1 and old.id <> new.id and old.state = 'rejected'
                 and old.era_death > new.planned_block and old.nonce <> $2
               order by old.id desc limit 1"#,
            id.0,
            nonce
        )
        .fetch_optional(&mut *tx)
        .await
        .doing(doing)?;
        if let Some(rival) = rival {
            return Err(StoreError::CouldStillLand {
                earlier: WeightSetId(rival.id),
                nonce: from_db("nonce", rival.nonce)?,
                era_death: from_db("era_death", rival.era_death)?,
            });
        }
        sqlx::query!(
            "update weight_sets
             set state = 'signed', payload = $2, payload_hash = $3, nonce = $4, era_birth = $5, era_death = $6,
                 signed_at = now(), updated_at = now()
             where id = $1",
            id.0,
            &payload.bytes,
            payload.hash.as_slice(),
            nonce,
            to_i64("block", payload.era.birth)?,
            to_i64("block", payload.era.death)?
        )
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// Moves a weight set from one state to another. `included` is set from `in_block` on, and forgotten when
    /// the set goes back to waiting (its block was retracted).
    ///
    /// # Errors
    /// [`StoreError::Moved`] if it is no longer in `from`; [`StoreError::WindowTaken`] if it would stand
    /// beside another one of its window.
    pub async fn advance(
        &self,
        id: WeightSetId,
        from: LedgerState,
        to: LedgerState,
        reason: &str,
        included: Option<BlockRef>,
    ) -> Result<(), StoreError> {
        let doing = "advancing the ledger";
        let mut tx = self.pool.begin().await.doing(doing)?;
        let window = self.expect_state(&mut tx, id, from).await?;
        let number = included.map(|b| to_i64("block", b.number)).transpose()?;
        let hash = included.map(|b| b.hash.to_vec());
        let reason = convert::text(reason);
        let waiting = matches!(
            to,
            LedgerState::Planned | LedgerState::Signed | LedgerState::Broadcast
        );
        let updated = sqlx::query!(
            "update weight_sets
             set state = $2, reason = $3, updated_at = now(),
                 included_number = case when $4 then null else coalesce($5, included_number) end,
                 included_hash = case when $4 then null else coalesce($6, included_hash) end
             where id = $1",
            id.0,
            <&str>::from(to),
            reason.as_ref(),
            waiting,
            number,
            hash
        )
        .execute(&mut *tx)
        .await;
        match updated {
            Ok(_) => {}
            Err(sqlx::Error::Database(e)) if e.is_unique_violation() => {
                return Err(StoreError::WindowTaken(window));
            }
            Err(e) => return Err(StoreError::from_sqlx(doing, e)),
        }
        tx.commit().await.doing(doing)
    }

    /// Locks the row and compares its state.
    async fn expect_state(
        &self,
        conn: &mut PgConnection,
        id: WeightSetId,
        expected: LedgerState,
    ) -> Result<Window, StoreError> {
        let row = sqlx::query!(
            "select state, epoch, slot from weight_sets where id = $1 and scope_id = $2 for update",
            id.0,
            self.id
        )
        .fetch_optional(conn)
        .await
        .doing("reading the ledger")?
        .ok_or(StoreError::UnknownWeightSet(id))?;
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

    /// All weight sets that are not in a final state, oldest first.
    pub async fn open(&self) -> Result<Vec<WeightSet>, StoreError> {
        self.read_sets(OPEN, i64::MAX).await
    }

    /// The newest weight sets, newest first.
    pub async fn latest(&self, n: u32) -> Result<Vec<WeightSet>, StoreError> {
        let mut sets = self
            .read_sets(&LedgerState::iter().collect::<Vec<_>>(), i64::from(n))
            .await?;
        sets.reverse();
        Ok(sets)
    }

    /// The newest one that was proven on chain.
    pub async fn last_applied(&self) -> Result<Option<WeightSet>, StoreError> {
        Ok(self.read_sets(&[LedgerState::Applied], 1).await?.pop())
    }

    /// The newest `limit` sets in one of `states`, oldest first.
    async fn read_sets(
        &self,
        states: &[LedgerState],
        limit: i64,
    ) -> Result<Vec<WeightSet>, StoreError> {
        let states: Vec<String> = states.iter().map(|s| s.to_string()).collect();
        let rows = sqlx::query!(
            r#"select * from (
                   select id, epoch, slot, state, reason, version_key::text as "version_key!", fire_block,
                          planned_block, payload, payload_hash, nonce, era_birth, era_death, included_number,
                          included_hash
                   from weight_sets where scope_id = $1 and state = any($2) order by id desc limit $3
               ) newest order by id"#,
            self.id,
            &states,
            limit
        )
        .fetch_all(&self.pool)
        .await
        .doing("reading the ledger")?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut entries = self.entries(&ids).await?;
        rows.into_iter()
            .map(|row| {
                let signed = match (
                    row.payload,
                    row.payload_hash,
                    row.nonce,
                    row.era_birth,
                    row.era_death,
                ) {
                    (Some(bytes), Some(hash), Some(nonce), Some(birth), Some(death)) => {
                        Some(SignedPayload {
                            bytes,
                            hash: bytes32("payload_hash", hash)?,
                            nonce: from_db("nonce", nonce)?,
                            era: Era {
                                birth: from_db("era_birth", birth)?,
                                death: from_db("era_death", death)?,
                            },
                        })
                    }
                    _ => None,
                };
                let included = match (row.included_number, row.included_hash) {
                    (Some(number), Some(hash)) => Some(BlockRef {
                        number: from_db("included_number", number)?,
                        hash: bytes32("included_hash", hash)?,
                    }),
                    _ => None,
                };
                let version_key = row.version_key.parse().map_err(|_| {
                    StoreError::Corrupt(format!("weight_sets.version_key = {}", row.version_key))
                })?;
                let Entries { weights, seats } = entries.remove(&row.id).unwrap_or_default();
                // The vector met the chain's rules when it was planned; its subnet's size is not stored.
                let vector = WeightVector::new(
                    self.scope.mechanism,
                    weights,
                    version_key,
                    usize::from(u16::MAX) + 1,
                    1,
                )
                .map_err(|e| StoreError::Corrupt(format!("weight set {}: {e}", row.id)))?;
                Ok(WeightSet {
                    id: WeightSetId(row.id),
                    window: self.window(row.epoch, &row.slot)?,
                    state: convert::name("weight_sets.state", &row.state)?,
                    reason: row.reason,
                    vector,
                    seats,
                    fire_block: from_db("fire_block", row.fire_block)?,
                    planned_at: from_db("planned_block", row.planned_block)?,
                    signed,
                    included,
                })
            })
            .collect()
    }

    async fn entries(&self, ids: &[i64]) -> Result<HashMap<i64, Entries>, StoreError> {
        let rows = sqlx::query!(
            "select e.weight_set_id, e.uid, e.weight, n.hotkey, n.registered_at
             from weight_entries e join neurons n on n.id = e.neuron_id
             where e.weight_set_id = any($1) order by e.weight_set_id, e.uid",
            ids
        )
        .fetch_all(&self.pool)
        .await
        .doing("reading weights")?;
        let mut sets: HashMap<i64, Entries> = HashMap::new();
        for row in rows {
            let uid = Uid(from_db("uid", row.uid)?);
            let set = sets.entry(row.weight_set_id).or_default();
            set.weights.push((uid, from_db("weight", row.weight)?));
            let miner = convert::miner(row.hotkey, row.registered_at)?;
            set.seats.push(Seat { uid, miner });
        }
        Ok(sets)
    }

    fn window(&self, epoch: i64, slot: &str) -> Result<Window, StoreError> {
        Ok(Window {
            scope: self.scope,
            epoch: from_db("epoch", epoch)?,
            slot: convert::name("weight_sets.slot", slot)?,
        })
    }
}

#[derive(Default)]
struct Entries {
    weights: Vec<(Uid, u16)>,
    seats: Vec<Seat>,
}

/// The states that a later call moves on.
const OPEN: &[LedgerState] = &[
    LedgerState::Planned,
    LedgerState::Signed,
    LedgerState::Broadcast,
    LedgerState::InBlock,
    LedgerState::Finalized,
];
