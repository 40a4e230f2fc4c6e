//! A plan becomes signed bytes in Postgres, then on the wire.

use std::sync::Arc;

use subtensor::{Delivery, Endpoint, Refusal, calls, next_nonce};
use tracing::info;

use super::ledger::Evidence;
use super::schedule::{Decision, decide};
use super::vector::{self, NoVector, Planned};
use super::{StepError, Weights};
use crate::signer::sign;
use crate::types::{BlockNumber, LedgerState, Neuron, Subnet, WeightSet, WeightSetId, Window};

/// Blocks between two attempts in one window.
const RETRY_BLOCKS: u64 = 4;
/// How many recent ledger entries are looked at for the window and for foreign commits.
const RECENT: u32 = 16;

impl Weights {
    /// Plans, signs and sends, if it is time and nothing stands in the way.
    pub(super) async fn commit(
        &mut self,
        node: &Endpoint,
        subnet: &Arc<Subnet>,
    ) -> Result<(), StepError> {
        let best = node.best_number().await?;
        let us = subnet.metagraph.by_hotkey(&self.key.hotkey());
        let recent = self.store.latest(RECENT).await?;
        if recent.iter().any(|set| stands(set, subnet)) || best < self.quiet_until {
            return Ok(());
        }
        let (window, fire_block, period) = match decide(subnet, us, best, &self.config) {
            Decision::Wait(_) => return Ok(()),
            Decision::Skip(skip) => return self.report(subnet, skip.as_str(), String::new()).await,
            Decision::Plan {
                window,
                fire_block,
                period,
            } => (window, fire_block, period),
        };
        if let Some(block) = us.and_then(|us| foreign_commit(us, &recent))
            && !self.take_over
        {
            let detail = format!(
                "weights of {} were set in block {block} by another program; stop it, or start with --take-over",
                self.key.hotkey()
            );
            return self.report(subnet, "foreign_commit", detail).await;
        }
        let scores = self.store.scores().await?;
        let planned = match vector::build(subnet, &scores, &self.config) {
            Ok(planned) => planned,
            Err(e @ NoVector::NoScores) => {
                return self.report(subnet, "no_scores", e.to_string()).await;
            }
            Err(NoVector::Rule(e)) => {
                return self.report(subnet, "vector_rule", e.to_string()).await;
            }
        };
        let Planned { vector, seats } = planned;
        info!(block = %subnet.at, fire_block, epoch = window.epoch, entries = seats.len(), "planning weights");
        let id = self
            .store
            .plan(window, &vector, &seats, fire_block, best, &scores)
            .await?;
        let set = WeightSet {
            id,
            window,
            state: LedgerState::Planned,
            reason: String::new(),
            vector,
            seats,
            fire_block,
            planned_at: best,
            signed: None,
            included: None,
        };
        self.sign_and_send(node, subnet, set, period, best).await
    }

    async fn sign_and_send(
        &mut self,
        node: &Endpoint,
        subnet: &Subnet,
        mut set: WeightSet,
        period: u64,
        best: BlockNumber,
    ) -> Result<(), StepError> {
        self.quiet_until = best + RETRY_BLOCKS;
        let call = calls::weights(subnet.scope.netuid, &set.vector);
        // One payload of a hotkey at a time, or two subnets would take the same nonce.
        let key = self.key.clone();
        let _door = key.door().await;
        let signed = async {
            let nonce = next_nonce(node, self.key.hotkey()).await?;
            let payload = sign(node, &self.key, &call, nonce, subnet.at, period).await?;
            self.store.sign(set.id, &payload).await?;
            Ok::<_, StepError>(payload)
        };
        let payload = match signed.await {
            Ok(payload) => payload,
            Err(e) => {
                // Nothing left the house, so the window is free again.
                self.advance(&set, Evidence::Dropped(format!("not signed: {e}")), None)
                    .await?;
                return Err(e);
            }
        };
        set.state = LedgerState::Signed;
        match self.endpoints.broadcast(&payload).await? {
            Delivery::Taken => {
                self.sent(set.id, best);
                self.advance(&set, Evidence::Taken, None).await?;
            }
            Delivery::Refused(refusals) => {
                let why = refusals
                    .iter()
                    .map(|(node, r)| format!("{node}: {r}"))
                    .collect::<Vec<_>>()
                    .join("; ");
                // Only a verdict of every node proves that it can't land; anything else is tried again.
                if refusals
                    .iter()
                    .all(|(_, r)| matches!(r, Refusal::Invalid(_)))
                {
                    self.advance(&set, Evidence::Refused(why), None).await?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn sent(&mut self, id: WeightSetId, best: BlockNumber) {
        self.in_flight.entry(id).or_default().sent = best;
    }
}

/// Whether the window of the next epoch is served already.
fn stands(set: &WeightSet, subnet: &Subnet) -> bool {
    let Window { scope, epoch, .. } = set.window;
    scope == subnet.scope
        && epoch == subnet.schedule.epoch_index + 1
        && matches!(set.state, LedgerState::Finalized | LedgerState::Applied)
}

/// The block of a weight update that this ledger knows nothing of. An empty ledger can't tell.
fn foreign_commit(us: &Neuron, recent: &[WeightSet]) -> Option<BlockNumber> {
    let ours = recent
        .iter()
        // A payload that failed left no mark on the chain.
        .filter(|set| set.state != LedgerState::DispatchFailed)
        .filter_map(|set| set.included)
        .map(|b| b.number)
        .max()?;
    (us.last_update > ours.max(us.miner.registered_at)).then_some(us.last_update)
}
