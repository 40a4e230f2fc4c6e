//! What the chain made of everybody's weights.

use crate::types::{BlockRef, EpochIndex, Metagraph, MinerId};

use super::convert::{from_db, to_i64};
use super::error::Doing;
use super::neurons::id_of;
use super::{StoreError, SubnetStore};

/// What the chain computed for one scope. Reached by [`SubnetStore::epochs`].
#[derive(Clone, Copy, Debug)]
pub struct Epochs<'s>(pub(super) &'s SubnetStore);

impl Epochs<'_> {
    /// The newest epoch whose results are here.
    pub async fn newest(&self) -> Result<Option<EpochIndex>, StoreError> {
        let newest = sqlx::query_scalar!(
            "select max(epoch) from chain_epochs where scope_id = $1",
            self.0.id
        )
        .fetch_one(&self.0.pool)
        .await
        .doing("reading epochs")?;
        newest.map(|epoch| from_db("epoch", epoch)).transpose()
    }

    /// Records the results of one epoch, as a finalized block after it shows them. Idempotent.
    pub async fn record(
        &self,
        epoch: EpochIndex,
        at: BlockRef,
        metagraph: &Metagraph,
    ) -> Result<(), StoreError> {
        let doing = "recording an epoch";
        let neurons = metagraph.neurons();
        let mut tx = self.0.pool.begin().await.doing(doing)?;
        let miners: Vec<MinerId> = neurons.iter().map(|n| n.miner).collect();
        let ids = self.0.neuron_ids(&mut tx, &miners).await?;
        let ids = miners
            .iter()
            .map(|m| id_of(&ids, m))
            .collect::<Result<Vec<i32>, _>>()?;
        let uids: Vec<i32> = neurons.iter().map(|n| i32::from(n.uid.0)).collect();
        let incentive: Vec<i32> = neurons.iter().map(|n| i32::from(n.incentive)).collect();
        let consensus: Vec<i32> = neurons.iter().map(|n| i32::from(n.consensus)).collect();
        let trust: Vec<i32> = neurons
            .iter()
            .map(|n| i32::from(n.validator_trust))
            .collect();
        let dividends: Vec<i32> = neurons.iter().map(|n| i32::from(n.dividends)).collect();
        // As text: rao is a u64 of the chain's making, and need not fit a bigint.
        let emission: Vec<String> = neurons.iter().map(|n| n.emission.to_string()).collect();
        sqlx::query!(
            "insert into chain_epochs (epoch, block, emission, scope_id, neuron_id, uid, incentive, consensus,
                                       validator_trust, dividends)
             select $1, $2, t.e::numeric, $3, t.n, t.u, t.i, t.c, t.v, t.d
             from unnest($4::int4[], $5::int4[], $6::int4[], $7::int4[], $8::int4[], $9::int4[], $10::text[])
                  as t (n, u, i, c, v, d, e)
             on conflict (scope_id, epoch, neuron_id) do nothing",
            to_i64("epoch", epoch)?,
            to_i64("block", at.number)?,
            self.0.id,
            &ids,
            &uids,
            &incentive,
            &consensus,
            &trust,
            &dividends,
            &emission
        )
        .execute(&mut tx)
        .await
        .doing(doing)?;
        self.0.saw_block(&mut tx, at).await?;
        tx.commit().await.doing(doing)
    }
}
