//! Reads from the chain what became of an entry: found, final, proven, or lost.

use std::sync::Arc;

use subtensor::{BlockNumber, BlockRef, Endpoint, find, weight_row};

use crate::types::{Failure, Hotkey, LedgerState, Neuron, SignedPayload, Subnet, WeightSet};
use crate::weights::Evidence;
use crate::weights::verdict::{self, Row, Verdict};

/// The chain at one step of the loop.
pub(super) struct View<'a> {
    pub node: &'a Endpoint,
    pub subnet: &'a Arc<Subnet>,
    pub hotkey: Hotkey,
    /// The number of the best block.
    pub best: BlockNumber,
}

impl View<'_> {
    /// Our neuron.
    pub fn us(&self) -> Option<&Neuron> {
        self.subnet.metagraph.by_hotkey(&self.hotkey)
    }

    /// What this block says of one open entry. `searched`: the last final block in which it was looked for.
    pub async fn look_at(
        &self,
        set: &WeightSet,
        searched: BlockNumber,
    ) -> Result<Verdict, Failure> {
        match (set.state, &set.signed) {
            (LedgerState::Planned, _) => {
                let why = "stopped before it was signed";
                Ok(Verdict::Proven(Evidence::Dropped(why.into())))
            }
            (state, Some(payload)) if state.standing().may_land => {
                self.look_for(set, payload, searched).await
            }
            _ => self.prove(set).await,
        }
    }

    /// The last final block that a search has covered once it found nothing.
    pub fn last_searched(&self, set: &WeightSet) -> BlockNumber {
        let last = set.signed.as_ref().map(|p| verdict::last_block(p.era));
        last.unwrap_or_default().min(self.subnet.at.number)
    }

    /// Searches the blocks of the era.
    async fn look_for(
        &self,
        set: &WeightSet,
        payload: &SignedPayload,
        searched: BlockNumber,
    ) -> Result<Verdict, Failure> {
        let (era, finalized) = (payload.era, self.subnet.at.number);
        let from = era.birth.max(searched) + 1;
        let to = verdict::last_block(era).min(self.best);
        let pruned = verdict::may_be_pruned(era, finalized);
        let found = match find(self.node, payload, from, to).await {
            Err(_) if pruned => return self.late_verdict(set, payload).await,
            found => found?,
        };
        let Verdict::ReadRow(at) = verdict::of_search(set, era, finalized, found.clone()) else {
            return Ok(verdict::of_search(set, era, finalized, found));
        };
        match self.row(at).await {
            Err(_) if pruned => self.late_verdict(set, payload).await,
            row => Ok(Verdict::Proven(verdict::of_inclusion(set, at, row?))),
        }
    }

    /// The states of its blocks are gone, since we were away for long.
    async fn late_verdict(
        &self,
        set: &WeightSet,
        payload: &SignedPayload,
    ) -> Result<Verdict, Failure> {
        let updated = self.us().map_or(0, |us| us.last_update);
        let row = self.row(self.subnet.at).await?;
        if !verdict::landed_unseen(set, payload.era, updated, &row) {
            return Ok(Verdict::Proven(verdict::unprovable()));
        }
        let at = self.node.block_at(updated).await?;
        Ok(Verdict::Proven(Evidence::Final(at)))
    }

    /// Once its epoch has fired: was the row, one block before, the planned row?
    async fn prove(&self, set: &WeightSet) -> Result<Verdict, Failure> {
        if self.subnet.schedule.epoch_index < set.intent.window.epoch {
            return Ok(Verdict::Nothing);
        }
        let fired = fire_block(self.subnet, set);
        let row = match self.row_before(fired).await {
            Err(e) if !verdict::proof_may_be_pruned(fired, self.subnet.at.number) => return Err(e),
            // That state is gone. If nothing was set since, the row of now is the row of then.
            Err(_) if self.untouched_since(set) => self.row(self.subnet.at).await?,
            Err(_) => None,
            Ok(row) => row,
        };
        Ok(Verdict::Proven(verdict::of_proof(set, row)))
    }

    async fn row_before(&self, fire_block: BlockNumber) -> Result<Row, Failure> {
        let at = self.node.block_at(fire_block.saturating_sub(1)).await?;
        self.row(at).await
    }

    /// Our row at a block; `None` when the hotkey has no seat.
    async fn row(&self, at: BlockRef) -> Result<Row, Failure> {
        let Some(us) = self.us() else {
            return Ok(None);
        };
        let scope = self.subnet.scope;
        let row = weight_row(self.node, at, scope.netuid, scope.mechanism, us.uid);
        Ok(Some(row.await?))
    }

    fn untouched_since(&self, set: &WeightSet) -> bool {
        let landed = set.included.map(|block| block.number);
        self.us().is_some_and(|us| landed == Some(us.last_update))
    }
}

/// The block in which an entry's epoch fired, or will, as far as this snapshot knows.
pub(super) fn fire_block(subnet: &Subnet, set: &WeightSet) -> BlockNumber {
    let schedule = subnet.schedule;
    if schedule.epoch_index == set.intent.window.epoch {
        schedule.last_epoch_block
    } else {
        set.intent.fire_block
    }
}
