//! What is remembered of pairs of miners that gave one text.

use crate::types::{MinerId, Pair, PairRecord, PairTable};

use super::convert::{self, from_db, to_i64};
use super::error::Doing;
use super::neurons::{Ids, id_of};
use super::pool::Tx;
use super::{StoreError, SubnetStore};

/// The pairs of one scope. Reached by [`SubnetStore::copies`].
#[derive(Clone, Copy, Debug)]
pub struct Copies<'s>(pub(super) &'s SubnetStore);

impl Copies<'_> {
    /// What is known of pairs among these miners.
    pub async fn among(&self, miners: &[MinerId]) -> Result<PairTable, StoreError> {
        let (mut hotkeys, mut registered) = (Vec::new(), Vec::new());
        for miner in miners {
            hotkeys.push(miner.hotkey.0.to_vec());
            registered.push(to_i64("registered_at", miner.registered_at)?);
        }
        let rows = sqlx::query!(
            "with asked as (
                 select n.id, n.hotkey, n.registered_at
                 from neurons n join unnest($2::bytea[], $3::int8[]) as t (h, r)
                     on n.hotkey = t.h and n.registered_at = t.r
                 where n.scope_id = $1
             )
             select a.hotkey, a.registered_at, b.hotkey as other_hotkey, b.registered_at as other_registered_at,
                    c.rounds, c.agreed, c.evidence, c.proven
             from copy_pairs c join asked a on a.id = c.one_id join asked b on b.id = c.other_id
             where c.scope_id = $1",
            self.0.id,
            &hotkeys,
            &registered
        )
        .fetch_all(&self.0.pool)
        .await
        .doing("reading pairs")?;
        let mut pairs = PairTable::new();
        for row in rows {
            let one = convert::miner(row.hotkey, row.registered_at)?;
            let other = convert::miner(row.other_hotkey, row.other_registered_at)?;
            let record = PairRecord {
                rounds: from_db("rounds", row.rounds)?,
                agreed: from_db("agreed", row.agreed)?,
                evidence: row.evidence,
                proven: row.proven,
                now: false,
            };
            pairs.extend(Pair::of(one, other).map(|pair| (pair, record)));
        }
        Ok(pairs)
    }

    /// The records as a judgement leaves them, in its transaction.
    pub(super) async fn advance(
        &self,
        conn: &mut Tx,
        judgement: i64,
        pairs: &PairTable,
        ids: &Ids,
    ) -> Result<(), StoreError> {
        let (mut ones, mut others) = (Vec::new(), Vec::new());
        let (mut rounds, mut agreed, mut evidence) = (Vec::new(), Vec::new(), Vec::new());
        let (mut proven, mut now) = (Vec::new(), Vec::new());
        for (pair, record) in pairs {
            let [a, b] = pair.miners();
            let (a, b) = (id_of(ids, &a)?, id_of(ids, &b)?);
            ones.push(a.min(b));
            others.push(a.max(b));
            rounds.push(to_i64("rounds", record.rounds)?);
            agreed.push(to_i64("agreed", record.agreed)?);
            evidence.push(record.evidence);
            proven.push(record.proven);
            now.push(record.now);
        }
        sqlx::query!(
            "insert into copy_pairs as p (scope_id, one_id, other_id, rounds, agreed, evidence, proven,
                                          first_judgement, last_judgement, agreed_judgement)
             select $1, t.a, t.b, t.r, t.g, t.e, t.p, $2, $2, case when t.n then $2::int8 end
             from unnest($3::int4[], $4::int4[], $5::int8[], $6::int8[], $7::float8[], $8::bool[], $9::bool[])
                 as t (a, b, r, g, e, p, n)
             on conflict (scope_id, one_id, other_id) do update
             set rounds = excluded.rounds, agreed = excluded.agreed, evidence = excluded.evidence,
                 proven = excluded.proven, last_judgement = excluded.last_judgement,
                 agreed_judgement = coalesce(excluded.agreed_judgement, p.agreed_judgement)",
            self.0.id,
            judgement,
            &ones,
            &others,
            &rounds,
            &agreed,
            &evidence,
            &proven,
            &now
        )
        .execute(conn)
        .await
        .doing("recording pairs")?;
        Ok(())
    }
}
