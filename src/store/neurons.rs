//! Who sits where. An identity is written once; a seat has a block from which and a block until which it held.

use std::collections::HashMap;

use crate::types::{Coldkey, MinerId, Neuron, Subnet, Uid};

use super::convert::{self, from_db, to_i64};
use super::error::Doing;
use super::pool::Tx;
use super::{StoreError, SubnetStore};

/// `neurons.id` of miners.
pub(super) type Ids = HashMap<MinerId, i32>;

/// Looks up a miner that [`SubnetStore::neuron_ids`] was asked for.
pub(super) fn id_of(ids: &Ids, miner: &MinerId) -> Result<i32, StoreError> {
    ids.get(miner)
        .copied()
        .ok_or_else(|| StoreError::Bug(format!("no id for {miner:?}")))
}

/// What of a seat may change while its miner stays.
#[derive(PartialEq)]
struct Held {
    uid: Uid,
    coldkey: Coldkey,
}

/// Who sits where in one scope. Reached by [`SubnetStore::neurons`].
#[derive(Clone, Copy, Debug)]
pub struct Neurons<'s>(pub(super) &'s SubnetStore);

impl Neurons<'_> {
    /// Brings the seats up to a finalized snapshot. Cheap when nothing changed; a snapshot older than the
    /// last one recorded changes nothing.
    pub async fn record(&self, subnet: &Subnet) -> Result<(), StoreError> {
        self.0.check_scope(subnet.scope)?;
        let doing = "recording neurons";
        let block = to_i64("block", subnet.at.number)?;
        let mut tx = self.0.pool.begin().await.doing(doing)?;
        // The lock makes comparing and writing one step.
        let last = sqlx::query_scalar!(
            "select seats_block from subnets where id = $1 for update",
            self.0.id
        )
        .fetch_one(&mut tx)
        .await
        .doing(doing)?;
        if last.is_some_and(|last| last >= block) {
            return Ok(());
        }
        let neurons = subnet.metagraph.neurons();
        let before = self.seats(&mut tx).await?;
        let now: HashMap<MinerId, Held> = neurons.iter().map(|n| (n.miner, held(n))).collect();
        let left: Vec<i32> = before
            .iter()
            .filter(|(miner, (_, seat))| now.get(miner) != Some(seat))
            .map(|(_, (id, _))| *id)
            .collect();
        let came: Vec<&Neuron> = neurons
            .iter()
            .filter(|n| before.get(&n.miner).is_none_or(|(_, s)| *s != held(n)))
            .collect();
        self.close_seats(&mut tx, &left, block).await?;
        self.open_seats(&mut tx, &came, block).await?;
        sqlx::query!(
            "update subnets set seats_block = $2 where id = $1",
            self.0.id,
            block
        )
        .execute(&mut tx)
        .await
        .doing(doing)?;
        self.0.saw_block(&mut tx, subnet.at).await?;
        tx.commit().await.doing(doing)
    }

    async fn seats(&self, conn: &mut Tx) -> Result<HashMap<MinerId, (i32, Held)>, StoreError> {
        let rows = sqlx::query!(
            "select n.id, n.hotkey, n.registered_at, s.uid, s.coldkey
             from seats s join neurons n on n.id = s.neuron_id
             where s.scope_id = $1 and s.until_block is null",
            self.0.id
        )
        .fetch_all(conn)
        .await
        .doing("reading seats")?;
        rows.into_iter()
            .map(|row| {
                let held = Held {
                    uid: Uid(from_db("uid", row.uid)?),
                    coldkey: convert::coldkey(row.coldkey)?,
                };
                Ok((
                    convert::miner(row.hotkey, row.registered_at)?,
                    (row.id, held),
                ))
            })
            .collect()
    }

    async fn close_seats(&self, conn: &mut Tx, ids: &[i32], block: i64) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        sqlx::query!(
            "update seats set until_block = $3
             where scope_id = $1 and neuron_id = any($2) and until_block is null",
            self.0.id,
            ids,
            block
        )
        .execute(conn)
        .await
        .doing("closing seats")?;
        Ok(())
    }

    async fn open_seats(
        &self,
        conn: &mut Tx,
        came: &[&Neuron],
        block: i64,
    ) -> Result<(), StoreError> {
        if came.is_empty() {
            return Ok(());
        }
        let miners: Vec<MinerId> = came.iter().map(|n| n.miner).collect();
        let ids = self.0.neuron_ids(conn, &miners).await?;
        let neuron_ids = miners
            .iter()
            .map(|m| id_of(&ids, m))
            .collect::<Result<Vec<i32>, _>>()?;
        let uids: Vec<i32> = came.iter().map(|n| i32::from(n.uid.0)).collect();
        let coldkeys: Vec<Vec<u8>> = came.iter().map(|n| n.coldkey.0.to_vec()).collect();
        let addresses: Vec<String> = came.iter().map(|n| n.coldkey.to_string()).collect();
        sqlx::query!(
            "insert into seats (scope_id, neuron_id, uid, coldkey, coldkey_ss58, from_block)
             select $1, t.n, t.u, t.c, t.a, $6
             from unnest($2::int4[], $3::int4[], $4::bytea[], $5::text[]) as t (n, u, c, a)",
            self.0.id,
            &neuron_ids,
            &uids,
            &coldkeys,
            &addresses,
            block
        )
        .execute(conn)
        .await
        .doing("opening seats")?;
        Ok(())
    }
}

impl SubnetStore {
    /// Ids of miners; one never seen before gets its identity here, so that an exchange with a neuron that
    /// registered a moment ago is never lost.
    pub(super) async fn neuron_ids(
        &self,
        conn: &mut Tx,
        miners: &[MinerId],
    ) -> Result<Ids, StoreError> {
        let mut ids = self.known_ids(conn, miners).await?;
        let missing: Vec<MinerId> = miners
            .iter()
            .filter(|m| !ids.contains_key(m))
            .copied()
            .collect();
        if missing.is_empty() {
            return Ok(ids);
        }
        let (hotkeys, blocks) = columns(&missing)?;
        let addresses: Vec<String> = missing.iter().map(|m| m.hotkey.to_string()).collect();
        sqlx::query!(
            "insert into neurons (scope_id, hotkey, hotkey_ss58, registered_at)
             select $1, t.h, t.a, t.r from unnest($2::bytea[], $3::text[], $4::int8[]) as t (h, a, r)
             on conflict (scope_id, hotkey, registered_at) do nothing",
            self.id,
            &hotkeys,
            &addresses,
            &blocks
        )
        .execute(&mut *conn)
        .await
        .doing("recording identities")?;
        ids.extend(self.known_ids(conn, &missing).await?);
        Ok(ids)
    }

    async fn known_ids(&self, conn: &mut Tx, miners: &[MinerId]) -> Result<Ids, StoreError> {
        let (hotkeys, blocks) = columns(miners)?;
        let rows = sqlx::query!(
            "select n.id, n.hotkey, n.registered_at from neurons n
             join unnest($2::bytea[], $3::int8[]) as t (h, r) on n.hotkey = t.h and n.registered_at = t.r
             where n.scope_id = $1",
            self.id,
            &hotkeys,
            &blocks
        )
        .fetch_all(conn)
        .await
        .doing("looking up neurons")?;
        rows.into_iter()
            .map(|row| Ok((convert::miner(row.hotkey, row.registered_at)?, row.id)))
            .collect()
    }

    pub(super) fn check_scope(&self, scope: crate::types::Scope) -> Result<(), StoreError> {
        if scope == self.scope {
            return Ok(());
        }
        Err(StoreError::Bug(format!(
            "data of {scope:?} offered to the store of {:?}",
            self.scope
        )))
    }
}

fn held(neuron: &Neuron) -> Held {
    Held {
        uid: neuron.uid,
        coldkey: neuron.coldkey,
    }
}

fn columns(miners: &[MinerId]) -> Result<(Vec<Vec<u8>>, Vec<i64>), StoreError> {
    let hotkeys = miners.iter().map(|m| m.hotkey.0.to_vec()).collect();
    let blocks = miners
        .iter()
        .map(|m| to_i64("registered_at", m.registered_at))
        .collect::<Result<_, _>>()?;
    Ok((hotkeys, blocks))
}
