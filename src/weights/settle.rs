//! What became of a payload: found, final, proven on chain, or lost.

use std::sync::Arc;

use subtensor::{Delivery, Endpoint, find, weight_row};
use tracing::debug;

use super::ledger::Evidence;
use super::{StepError, Weights};
use crate::types::{
    BlockNumber, BlockRef, LedgerState, Progress, SignedPayload, Subnet, Uid, WeightSet,
};

/// Blocks after which a payload that is in no block yet is sent again.
const RESEND_BLOCKS: u64 = 4;
/// Pruned nodes keep 256 states; past half of that, a block before the epoch can't be relied upon to be readable.
const READABLE_BLOCKS: u64 = 128;

impl Weights {
    /// Moves one open entry as far as this block's evidence goes. Returns the state it is in now.
    pub(super) async fn settle(
        &mut self,
        node: &Endpoint,
        subnet: &Arc<Subnet>,
        set: &WeightSet,
    ) -> Result<LedgerState, StepError> {
        match (set.state, &set.signed) {
            (LedgerState::Finalized, _) => self.prove(node, subnet, set).await,
            (LedgerState::Planned, _) => {
                self.advance(
                    set,
                    Evidence::Dropped("stopped before it was signed".into()),
                    None,
                )
                .await
            }
            (_, Some(payload)) => self.look_for(node, subnet, set, payload).await,
            (_, None) => Ok(set.state),
        }
    }

    /// Searches the blocks of the era; sends the same bytes again while they are in none.
    async fn look_for(
        &mut self,
        node: &Endpoint,
        subnet: &Subnet,
        set: &WeightSet,
        payload: &SignedPayload,
    ) -> Result<LedgerState, StepError> {
        let finalized = subnet.at.number;
        let best = node.best_number().await?.max(finalized);
        let seen = self.in_flight.get(&set.id).copied().unwrap_or_default();
        let last = payload.era.death - 1;
        let from = payload.era.birth.max(seen.searched) + 1;
        let found = match find(node, payload, from, last.min(best)).await {
            Ok(found) => found,
            Err(_) if finalized > payload.era.death + READABLE_BLOCKS => {
                return self.late_verdict(node, subnet, set, payload).await;
            }
            Err(e) => return Err(e.into()),
        };
        let Some(inclusion) = found else {
            self.in_flight.entry(set.id).or_default().searched = finalized.min(last);
            if set.state == LedgerState::InBlock {
                return self.advance(set, Evidence::Retracted, None).await;
            }
            if finalized >= last {
                return self.advance(set, Evidence::EraOver, None).await;
            }
            if best >= seen.sent + RESEND_BLOCKS {
                self.resend(set, payload, best).await?;
            }
            return Ok(set.state);
        };
        let block = inclusion.block;
        match inclusion.dispatched {
            Ok(()) if block.number > finalized => match set.state {
                LedgerState::InBlock if set.included == Some(block) => Ok(set.state),
                LedgerState::InBlock => self.advance(set, Evidence::Retracted, None).await,
                _ => self.advance(set, Evidence::Included, Some(block)).await,
            },
            // A failure in a block that may still go is no verdict yet.
            Err(_) if block.number > finalized => Ok(set.state),
            Err(name) => self.advance(set, Evidence::Failed(name), Some(block)).await,
            Ok(()) => {
                let row = match self.row(node, subnet, block).await {
                    Err(_) if finalized > payload.era.death + READABLE_BLOCKS => {
                        return self.late_verdict(node, subnet, set, payload).await;
                    }
                    row => row?,
                };
                let evidence = match row {
                    Some(row) if row == set.vector.entries() => Evidence::Final,
                    row => Evidence::RowDiffers(difference("at inclusion", row)),
                };
                self.advance(set, evidence, Some(block)).await
            }
        }
    }

    /// The states of its blocks are gone, since we were away for long. If the last update of our row fell into its
    /// era and the row of now is the planned one, it landed; else nothing can be proven any more.
    async fn late_verdict(
        &mut self,
        node: &Endpoint,
        subnet: &Subnet,
        set: &WeightSet,
        payload: &SignedPayload,
    ) -> Result<LedgerState, StepError> {
        let us = subnet.metagraph.by_hotkey(&self.key.hotkey());
        let number = us.map_or(0, |us| us.last_update);
        let row = self.row(node, subnet, subnet.at).await?;
        let landed = (payload.era.birth..payload.era.death).contains(&number)
            && row.as_deref() == Some(set.vector.entries());
        if !landed {
            let why = "its blocks are no longer readable, and the row is another one now";
            return self
                .advance(set, Evidence::RowDiffers(why.into()), None)
                .await;
        }
        let block = node.block_at(number).await?;
        self.advance(set, Evidence::Final, Some(block)).await
    }

    /// Once its epoch has fired: was the row, one block before, the planned row?
    async fn prove(
        &mut self,
        node: &Endpoint,
        subnet: &Arc<Subnet>,
        set: &WeightSet,
    ) -> Result<LedgerState, StepError> {
        let schedule = subnet.schedule;
        if schedule.epoch_index < set.window.epoch {
            return Ok(set.state);
        }
        let fire_block = if schedule.epoch_index == set.window.epoch {
            schedule.last_epoch_block
        } else {
            set.fire_block
        };
        let row = match self.row_before(node, subnet, fire_block).await {
            Ok(row) => row,
            Err(e) if subnet.at.number < fire_block + READABLE_BLOCKS => return Err(e),
            // That state is gone. If nothing was set since, the row of now is the row of then.
            Err(_) if self.untouched_since(subnet, set) => {
                self.row(node, subnet, subnet.at).await?
            }
            Err(_) => None,
        };
        if row.as_deref() != Some(set.vector.entries()) {
            return self
                .advance(
                    set,
                    Evidence::RowDiffers(difference("before the epoch", row)),
                    None,
                )
                .await;
        }
        let state = self.advance(set, Evidence::RowProven, None).await?;
        let _ = self.progress.send(Progress::Proven {
            scope: set.window.scope,
            id: set.id,
            epoch: set.window.epoch,
            fire_block,
            after: subnet.clone(),
        });
        Ok(state)
    }

    async fn row_before(
        &self,
        node: &Endpoint,
        subnet: &Subnet,
        fire_block: BlockNumber,
    ) -> Result<Option<Vec<(Uid, u16)>>, StepError> {
        let before = node.block_at(fire_block.saturating_sub(1)).await?;
        self.row(node, subnet, before).await
    }

    /// Our row at a block; `None` when the hotkey has no seat.
    async fn row(
        &self,
        node: &Endpoint,
        subnet: &Subnet,
        at: BlockRef,
    ) -> Result<Option<Vec<(Uid, u16)>>, StepError> {
        let Some(us) = subnet.metagraph.by_hotkey(&self.key.hotkey()) else {
            return Ok(None);
        };
        let scope = subnet.scope;
        let row = weight_row(node, at, scope.netuid, scope.mechanism, us.uid).await?;
        Ok(Some(row))
    }

    fn untouched_since(&self, subnet: &Subnet, set: &WeightSet) -> bool {
        let us = subnet.metagraph.by_hotkey(&self.key.hotkey());
        us.is_some_and(|us| {
            set.included
                .is_some_and(|block| block.number == us.last_update)
        })
    }

    /// The same bytes, to every node. A refusal proves nothing here: they may be in a block that we have not seen.
    async fn resend(
        &mut self,
        set: &WeightSet,
        payload: &SignedPayload,
        best: BlockNumber,
    ) -> Result<(), StepError> {
        self.sent(set.id, best);
        match self.endpoints.broadcast(payload).await? {
            Delivery::Taken if set.state == LedgerState::Signed => {
                self.advance(set, Evidence::Taken, None).await?;
            }
            Delivery::Taken => {}
            Delivery::Refused(refusals) => debug!(?refusals, "sent again, not taken"),
        }
        Ok(())
    }
}

fn difference(when: &str, row: Option<Vec<(Uid, u16)>>) -> String {
    match row {
        None => format!("{when}: the row can't be read, or the hotkey has no seat"),
        Some(row) => format!("{when}: the chain holds {} other entries", row.len()),
    }
}
