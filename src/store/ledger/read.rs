//! The ledger as it stands.

use std::collections::HashMap;

use crate::types::{
    BlockNumber, BlockRef, Era, Hotkey, Intent, LedgerState, Seat, SignedPayload, Uid, WeightSet,
    WeightSetId, WeightVector, Window,
};

use super::Ledger;
use crate::store::StoreError;
use crate::store::convert::{self, bytes32, from_db};
use crate::store::error::Doing;

impl Ledger<'_> {
    /// All weight sets of a hotkey that a later block may move on, oldest first.
    pub async fn open(&self, hotkey: Hotkey) -> Result<Vec<WeightSet>, StoreError> {
        let open = LedgerState::all(|s| s.is_open);
        self.read(&open, Some(hotkey), i64::MAX).await
    }

    /// The newest weight sets of a hotkey, newest first.
    pub async fn latest(&self, hotkey: Hotkey, n: u32) -> Result<Vec<WeightSet>, StoreError> {
        self.newest_first(Some(hotkey), n).await
    }

    /// The newest block that holds weights of this ledger. A call that failed in its block left none there.
    pub async fn last_landed(&self, hotkey: Hotkey) -> Result<Option<BlockNumber>, StoreError> {
        let number = sqlx::query_scalar!(
            "select max(included_number) from weight_sets where scope_id = $1 and hotkey = $2 and state <> $3",
            self.0.id,
            hotkey.0.as_slice(),
            LedgerState::DispatchFailed.label()
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("reading the ledger")?;
        number.map(|n| from_db("included_number", n)).transpose()
    }

    /// The newest weight sets, whoever signed them, newest first.
    pub async fn history(&self, n: u32) -> Result<Vec<WeightSet>, StoreError> {
        self.newest_first(None, n).await
    }

    async fn newest_first(
        &self,
        hotkey: Option<Hotkey>,
        n: u32,
    ) -> Result<Vec<WeightSet>, StoreError> {
        let all = LedgerState::all(|_| true);
        let mut sets = self.read(&all, hotkey, i64::from(n)).await?;
        sets.reverse();
        Ok(sets)
    }

    /// The newest `limit` sets in one of `states`, oldest first.
    async fn read(
        &self,
        states: &[LedgerState],
        hotkey: Option<Hotkey>,
        limit: i64,
    ) -> Result<Vec<WeightSet>, StoreError> {
        let states: Vec<String> = states.iter().map(LedgerState::to_string).collect();
        let rows = sqlx::query_as!(
            Row,
            r#"select * from (
                   select id, hotkey, epoch, slot, state, reason, version_key::text as "version_key!", fire_block,
                          planned_block, payload, payload_hash, nonce, era_birth, era_death, included_number,
                          included_hash
                   from weight_sets
                   where scope_id = $1 and state = any($2) and ($3::bytea is null or hotkey = $3)
                   order by id desc limit $4
               ) newest order by id"#,
            self.0.id,
            &states,
            hotkey.map(|h| h.0.to_vec()),
            limit
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading the ledger")?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut entries = self.entries(&ids).await?;
        rows.into_iter()
            .map(|row| {
                let entries = entries.remove(&row.id).unwrap_or_default();
                self.weight_set(row, entries)
            })
            .collect()
    }

    fn weight_set(&self, mut row: Row, entries: Entries) -> Result<WeightSet, StoreError> {
        let version_key = row.version_key.parse().map_err(|_| {
            StoreError::Corrupt(format!("weight_sets.version_key = {}", row.version_key))
        })?;
        // The vector met the chain's rules when it was planned; its subnet's size is not stored.
        let vector = WeightVector::new(
            self.0.scope.mechanism,
            entries.weights,
            version_key,
            usize::from(u16::MAX) + 1,
            1,
        )
        .map_err(|e| StoreError::Corrupt(format!("weight set {}: {e}", row.id)))?;
        Ok(WeightSet {
            id: WeightSetId(row.id),
            state: convert::name("weight_sets.state", &row.state)?,
            signed: row.signed()?,
            included: row.included()?,
            intent: Intent {
                window: self.window(row.epoch, &row.slot)?,
                // Rows of an earlier version, until somebody takes them over.
                hotkey: row.hotkey.map_or(Ok(Hotkey([0; 32])), convert::hotkey)?,
                vector,
                seats: entries.seats,
                fire_block: from_db("fire_block", row.fire_block)?,
                planned_at: from_db("planned_block", row.planned_block)?,
            },
            reason: row.reason,
        })
    }

    async fn entries(&self, ids: &[i64]) -> Result<HashMap<i64, Entries>, StoreError> {
        let rows = sqlx::query!(
            "select e.weight_set_id, e.uid, e.weight, n.hotkey, n.registered_at
             from weight_entries e join neurons n on n.id = e.neuron_id
             where e.weight_set_id = any($1) order by e.weight_set_id, e.uid",
            ids
        )
        .fetch_all(&self.0.pool)
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

    pub(super) fn window(&self, epoch: i64, slot: &str) -> Result<Window, StoreError> {
        Ok(Window {
            scope: self.0.scope,
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

struct Row {
    id: i64,
    hotkey: Option<Vec<u8>>,
    epoch: i64,
    slot: String,
    state: String,
    reason: String,
    version_key: String,
    fire_block: i64,
    planned_block: i64,
    payload: Option<Vec<u8>>,
    payload_hash: Option<Vec<u8>>,
    nonce: Option<i64>,
    era_birth: Option<i64>,
    era_death: Option<i64>,
    included_number: Option<i64>,
    included_hash: Option<Vec<u8>>,
}

impl Row {
    /// The database holds that all its parts are there or none.
    fn signed(&mut self) -> Result<Option<SignedPayload>, StoreError> {
        let (Some(bytes), Some(hash), Some(nonce), Some(birth), Some(death)) = (
            self.payload.take(),
            self.payload_hash.take(),
            self.nonce,
            self.era_birth,
            self.era_death,
        ) else {
            return Ok(None);
        };
        Ok(Some(SignedPayload {
            bytes,
            hash: bytes32("payload_hash", hash)?,
            nonce: from_db("nonce", nonce)?,
            era: Era {
                birth: from_db("era_birth", birth)?,
                death: from_db("era_death", death)?,
            },
        }))
    }

    fn included(&mut self) -> Result<Option<BlockRef>, StoreError> {
        let (Some(number), Some(hash)) = (self.included_number, self.included_hash.take()) else {
            return Ok(None);
        };
        Ok(Some(BlockRef {
            number: from_db("included_number", number)?,
            hash: bytes32("included_hash", hash)?,
        }))
    }
}
