//! Loop 3: plan → sign → broadcast → prove, once per epoch.
//!
//! | file | duty |
//! |---|---|
//! | [`vector`] | scores → u16 weights (pure) |
//! | [`schedule`] | is it time, and do the chain's rules allow it (pure) |
//! | [`ledger`] | what evidence does to an entry (pure) |
//! | [`commit`] | a plan becomes signed bytes in Postgres, then on the wire |
//! | [`settle`] | what became of them: found, final, proven on chain, or lost |
//! | here | the loop |
//!
//! Write ahead: the vector, the signed bytes, their nonce and era are in Postgres before the first node sees
//! them. A restart finds them there and sends the same bytes again, or learns that they landed.

pub mod commit;
pub mod ledger;
pub mod schedule;
pub mod settle;
#[cfg(test)]
mod testing;
pub mod vector;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use subtensor::{ChainError, Endpoints};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::config::WeightsConfig;
use crate::exit::{Failure, code};
use crate::signer::Key;
use crate::store::{Event, StoreError, SubnetStore};
use crate::types::{
    BlockNumber, BlockRef, EpochIndex, LedgerState, Progress, Subnet, WeightSet, WeightSetId,
};
use crate::watcher::Latest;
use ledger::Evidence;

/// A database or node that hangs must not hold the loop. Dropping a step is safe: what it did is in the ledger.
const STEP_DEADLINE: Duration = Duration::from_secs(120);

/// Sets the weights of one subnet and mechanism.
pub struct Weights {
    endpoints: Endpoints,
    store: SubnetStore,
    key: Key,
    config: WeightsConfig,
    /// Go on although another program set weights with this hotkey.
    take_over: bool,
    progress: broadcast::Sender<Progress>,
    /// Per payload in flight: the last final block searched, and the last block at which it was sent.
    in_flight: HashMap<WeightSetId, InFlight>,
    /// The epoch and reason last reported, so that each is said once.
    reported: Option<(EpochIndex, &'static str)>,
    /// No new payload before this block: a refused one is not repeated at every head.
    quiet_until: BlockNumber,
}

#[derive(Clone, Copy, Default)]
struct InFlight {
    searched: BlockNumber,
    sent: BlockNumber,
}

/// What stops one step; the next head tries again unless it can't be transient.
#[derive(Debug, thiserror::Error)]
enum StepError {
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Weights {
    pub fn new(
        endpoints: Endpoints,
        store: SubnetStore,
        key: Key,
        config: WeightsConfig,
        take_over: bool,
        progress: broadcast::Sender<Progress>,
    ) -> Self {
        Self {
            endpoints,
            store,
            key,
            config,
            take_over,
            progress,
            in_flight: HashMap::new(),
            reported: None,
            quiet_until: 0,
        }
    }

    pub async fn run(
        mut self,
        mut latest: Latest,
        cancel: CancellationToken,
    ) -> Result<(), Failure> {
        loop {
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                changed = latest.changed() => if changed.is_err() { return Ok(()) },
            }
            let Some(subnet) = latest.borrow_and_update().clone() else {
                continue;
            };
            // Not cancelled half way: between signing and broadcasting there is no good place to stop.
            let step = tokio::time::timeout(STEP_DEADLINE, self.step(&subnet));
            let Ok(step) = step.await else {
                warn!(block = %subnet.at, "weights: no end within {STEP_DEADLINE:?}, the next block tries again");
                continue;
            };
            match step {
                Ok(()) => {}
                Err(StepError::Store(e))
                    if matches!(e, StoreError::Corrupt(_) | StoreError::Bug(_)) =>
                {
                    return Err(Failure::new(code::INTERNAL, e));
                }
                Err(error) => {
                    warn!(block = %subnet.at, %error, "weights: this block's step failed, the next one tries again")
                }
            }
        }
    }

    /// One finalized block: settle what is open, then see whether a new payload is due.
    async fn step(&mut self, subnet: &Arc<Subnet>) -> Result<(), StepError> {
        let node = self.endpoints.node().await?;
        let mut waiting = false;
        for set in self.store.open().await? {
            let state = self.settle(&node, subnet, &set).await?;
            waiting |= matches!(
                state,
                LedgerState::Signed | LedgerState::Broadcast | LedgerState::InBlock
            );
        }
        if waiting {
            Ok(())
        } else {
            self.commit(&node, subnet).await
        }
    }

    /// Moves an entry by evidence, in Postgres first; says so to log and watchers. Returns the state it is in now.
    async fn advance(
        &mut self,
        set: &WeightSet,
        evidence: Evidence,
        included: Option<BlockRef>,
    ) -> Result<LedgerState, StepError> {
        let Some((state, reason)) = ledger::next(set.state, &evidence) else {
            let bug = format!("{evidence:?} can't follow {}", set.state.as_str());
            return Err(StoreError::Bug(bug).into());
        };
        self.store
            .advance(set.id, set.state, state, &reason, included)
            .await?;
        let epoch = set.window.epoch;
        match state {
            LedgerState::Rejected
            | LedgerState::DispatchFailed
            | LedgerState::Expired
            | LedgerState::Superseded => {
                self.in_flight.remove(&set.id);
                warn!(epoch, state = state.as_str(), reason, "weights lost");
                let _ = self.progress.send(Progress::Lost {
                    scope: set.window.scope,
                    id: set.id,
                    epoch,
                    state: state.as_str(),
                    reason,
                });
            }
            LedgerState::Finalized => {
                self.in_flight.remove(&set.id);
                let block = included.or(set.included).map_or(0, |b| b.number);
                info!(
                    epoch,
                    block,
                    entries = set.vector.entries().len(),
                    "weights are on chain"
                );
                let _ = self.progress.send(Progress::Sent {
                    scope: set.window.scope,
                    id: set.id,
                    epoch,
                    vector: set.vector.clone(),
                    block,
                });
            }
            _ => info!(epoch, state = state.as_str(), "weights"),
        }
        Ok(state)
    }

    /// A reason why this epoch gets no weights: once per epoch, in the log and in `events`.
    async fn report(
        &mut self,
        subnet: &Subnet,
        reason: &'static str,
        detail: String,
    ) -> Result<(), StepError> {
        let epoch = subnet.schedule.epoch_index;
        if self.reported != Some((epoch, reason)) {
            self.reported = Some((epoch, reason));
            error_or_info(reason, &subnet.at, &detail);
            let detail = serde_json::json!({ "epoch": epoch + 1, "detail": detail });
            self.store
                .event(Event {
                    kind: "weights",
                    reason,
                    block: Some(subnet.at.number),
                    detail,
                })
                .await?;
        }
        Ok(())
    }
}

fn error_or_info(reason: &'static str, at: &BlockRef, detail: &str) {
    match reason {
        // Every validator's first epoch: nothing to mend.
        "no_validator_permit" | "no_scores" | "rate_limit_outlasts_epoch" => {
            info!(reason, block = %at, detail, "no weights this epoch")
        }
        _ => error!(reason, block = %at, detail, "no weights this epoch"),
    }
}
