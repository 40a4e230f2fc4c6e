//! Loop 4: plan → sign → broadcast → prove, once per epoch. What is to be done is decided in [`crate::weights`];
//! here it is done.
//!
//! | file | duty |
//! |---|---|
//! | [`settle`] | reads from the chain what became of an entry |
//! | [`report`] | why an epoch gets no weights, old scores, an old row: to log and events |
//! | [`commit`] | a plan becomes signed bytes in the ledger, then on the wire |
//! | here | the loop, and the one place that moves an entry |
//!
//! Write ahead: the vector, the signed bytes, their nonce and era are in Postgres before the first node sees
//! them. A restart finds them there and sends the same bytes again, or learns that they landed.

mod commit;
mod report;
mod settle;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use subtensor::{Delivery, Endpoints};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use super::Latest;
use crate::config::WeightsConfig;
use crate::signer::Signer;
use crate::store::{StoreError, SubnetStore};
use crate::types::{
    BlockNumber, Cause, Failure, LedgerState, Progress, SignedPayload, Subnet, WeightSet,
    WeightSetId,
};
use crate::weights::{Evidence, Verdict, ledger};
use report::Reports;
use settle::View;

/// A database or node that hangs must not hold the loop: it gets ten blocks, up to the first and at least the second.
/// Dropping a step is safe: what it did is in the ledger.
const STEP_DEADLINE: Duration = Duration::from_secs(120);
const SHORT_STEP_DEADLINE: Duration = Duration::from_secs(15);
const STEP_BLOCKS: u32 = 10;
/// Blocks after which a payload that is in no block yet is sent again.
const RESEND_BLOCKS: u64 = 4;

/// Sets the weights of one subnet and mechanism.
pub struct Weights {
    endpoints: Endpoints,
    store: SubnetStore,
    signer: Signer,
    config: WeightsConfig,
    /// Go on although another program set weights with this hotkey.
    take_over: bool,
    progress: broadcast::Sender<Progress>,
    in_flight: HashMap<WeightSetId, InFlight>,
    reports: Reports,
    /// No new payload before this block: a refused one is not repeated at every head.
    quiet_until: BlockNumber,
}

/// What a restart may forget of a payload.
#[derive(Clone, Copy, Default)]
struct InFlight {
    /// The last final block that was searched for it.
    searched: BlockNumber,
    /// The best block when it was last sent.
    sent: BlockNumber,
}

impl Weights {
    pub fn new(
        endpoints: Endpoints,
        store: SubnetStore,
        signer: Signer,
        config: WeightsConfig,
        take_over: bool,
        progress: broadcast::Sender<Progress>,
    ) -> Self {
        Self {
            endpoints,
            store,
            signer,
            config,
            take_over,
            progress,
            in_flight: HashMap::new(),
            reports: Reports::default(),
            quiet_until: 0,
        }
    }

    pub async fn run(
        mut self,
        mut latest: Latest,
        cancel: CancellationToken,
    ) -> Result<(), Failure> {
        latest.mark_changed();
        loop {
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                changed = latest.changed() => if changed.is_err() { return Ok(()) },
            }
            let subnet = latest.borrow_and_update().clone();
            // Not cancelled half way: between signing and broadcasting there is no good place to stop.
            let pace = self.endpoints.pace();
            let deadline = pace.patience(STEP_DEADLINE, STEP_BLOCKS, SHORT_STEP_DEADLINE);
            let step = tokio::time::timeout(deadline, self.step(&subnet));
            match step.await {
                Ok(Ok(())) => {}
                Ok(Err(failure)) if failure.cause == Cause::Transient => {
                    warn!(block = %subnet.at, error = %failure, "weights: this block's step failed, the next one tries again")
                }
                Ok(Err(failure)) => return Err(failure),
                Err(_) => {
                    warn!(block = %subnet.at, "weights: no end within {deadline:?}, the next block tries again")
                }
            }
        }
    }

    /// One finalized block: settle what is open, then see whether a new payload is due.
    async fn step(&mut self, subnet: &Arc<Subnet>) -> Result<(), Failure> {
        self.watch_age(subnet).await;
        let node = self.endpoints.node().await?;
        let best = node.best_number().await?.max(subnet.at.number);
        let view = View {
            node: &node,
            subnet,
            hotkey: self.signer.hotkey(),
            best,
        };
        let mut in_flight = false;
        for set in self.store.ledger().open(view.hotkey).await? {
            let state = self.settle(&view, &set).await?;
            in_flight |= state.standing().may_land;
        }
        if in_flight {
            return Ok(());
        }
        self.commit(&view).await
    }

    /// Moves one open entry as far as this block's evidence goes. Returns the state it is in now.
    async fn settle(&mut self, view: &View<'_>, set: &WeightSet) -> Result<LedgerState, Failure> {
        let seen = self.in_flight.get(&set.id).copied().unwrap_or_default();
        match view.look_at(set, seen.searched).await? {
            Verdict::Proven(evidence) => self.apply(view.subnet, set, evidence).await,
            Verdict::Missing => {
                let last = view.last_searched(set);
                self.in_flight.entry(set.id).or_default().searched = last;
                match &set.signed {
                    Some(payload) if view.best >= seen.sent + RESEND_BLOCKS => {
                        self.send(view, set, payload).await
                    }
                    _ => Ok(set.state),
                }
            }
            Verdict::Nothing | Verdict::ReadRow(_) => Ok(set.state),
        }
    }

    /// Gives the ledger's bytes to all nodes, as often as it takes. The refusals of a payload that may have been sent
    /// before prove nothing: it may be in a block that we have not seen.
    async fn send(
        &mut self,
        view: &View<'_>,
        set: &WeightSet,
        payload: &SignedPayload,
    ) -> Result<LedgerState, Failure> {
        self.in_flight.entry(set.id).or_default().sent = view.best;
        match self.endpoints.broadcast(payload).await? {
            Delivery::Taken if set.state == LedgerState::Signed => {
                self.apply(view.subnet, set, Evidence::Taken).await
            }
            Delivery::Taken => Ok(set.state),
            Delivery::Refused(refusals) => {
                debug!(?refusals, "sent again, not taken");
                Ok(set.state)
            }
        }
    }

    /// Moves an entry by evidence, in Postgres first; says so to log and watchers. Returns the state it is in now.
    async fn apply(
        &mut self,
        subnet: &Arc<Subnet>,
        set: &WeightSet,
        evidence: Evidence,
    ) -> Result<LedgerState, Failure> {
        let what = format!("{evidence:?}");
        let Some(step) = ledger::next(set, evidence) else {
            let bug = format!("{what} can't follow {}", set.state);
            return Err(StoreError::Bug(bug).into());
        };
        self.store.ledger().apply(&step).await?;
        let (id, scope) = (set.id, set.intent.window.scope);
        let (epoch, state) = (set.intent.window.epoch, step.to);
        if !state.standing().may_land {
            self.in_flight.remove(&id);
        }
        let said = match state {
            _ if state.standing().is_lost => {
                let reason = step.reason;
                warn!(epoch, state = state.label(), why = reason, "weights lost");
                Progress::Lost {
                    scope,
                    id,
                    epoch,
                    state,
                    reason,
                }
            }
            LedgerState::Finalized => {
                let block = step.included.map_or(0, |b| b.number);
                let vector = set.intent.vector.clone();
                let entries = vector.entries().len();
                info!(epoch, block, entries, "weights are on chain");
                Progress::Sent {
                    scope,
                    id,
                    epoch,
                    vector,
                    block,
                }
            }
            LedgerState::Applied => {
                info!(epoch, state = state.label(), "weights");
                Progress::Proven {
                    scope,
                    id,
                    epoch,
                    fire_block: settle::fire_block(subnet, set),
                    after: subnet.clone(),
                }
            }
            _ => {
                info!(epoch, state = state.label(), "weights");
                return Ok(state);
            }
        };
        let _ = self.progress.send(said);
        Ok(state)
    }
}
