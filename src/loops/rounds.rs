//! Loop 2: sample → task → query → record. What came back is judged elsewhere ([`super::judge`]).

use std::sync::Arc;

use rand_chacha::ChaCha12Rng;
use tokio::sync::Notify;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::Latest;
use crate::config::{RoundsConfig, SamplingConfig};
use crate::query::{Querier, sampling};
use crate::store::{Event, SubnetStore};
use crate::tasks::Tasks;
use crate::types::{Cause, Failure, Hotkey, Reason, Subnet};

pub struct Rounds {
    pub store: SubnetStore,
    pub querier: Querier,
    pub tasks: Tasks,
    pub own: Hotkey,
    pub sampling: SamplingConfig,
    pub rounds: RoundsConfig,
    pub rng: ChaCha12Rng,
    /// Tells the judge that something is due.
    pub due: Arc<Notify>,
    /// Asking rests, and that was told.
    pub rests: bool,
}

/// So many rounds may wait for their judgement before asking rests: answers that nobody can judge in time are worth
/// nothing, and a queue that only grows is never worked off.
const MOST_WAITING: u32 = 64;

impl Rounds {
    /// A stop ends the round in flight at once: it costs that round.
    pub async fn run(mut self, latest: Latest, cancel: CancellationToken) -> Result<(), Failure> {
        tokio::select! {
            () = cancel.cancelled() => Ok(()),
            failure = self.rounds(latest) => Err(failure),
        }
    }

    async fn rounds(&mut self, latest: Latest) -> Failure {
        let mut ticks = interval(self.rounds.interval_s.0);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let subnet = latest.borrow().clone();
            match self.round(&subnet).await {
                Ok(()) => {}
                Err(failure) if failure.cause == Cause::Transient => {
                    warn!(error = %failure, "round lost");
                }
                Err(failure) => return failure,
            }
        }
    }

    /// One round, top to bottom.
    async fn round(&mut self, subnet: &Subnet) -> Result<(), Failure> {
        if self.judging_is_behind(subnet).await? {
            return Ok(());
        }
        let scores = self.store.scores().table().await?;
        let targets = sampling::sample(
            subnet,
            self.own,
            &self.sampling,
            self.rounds.sample,
            &scores,
            &mut self.rng,
        );
        if targets.is_empty() {
            info!(netuid = %subnet.scope.netuid, "no miner serves an axon yet");
            return Ok(());
        }
        let task = self.tasks.draw(self.rounds.timeout_s.0, &mut self.rng);
        let exchange = self.querier.ask(task.challenge, &targets).await;
        self.store
            .rounds()
            .record(&exchange, task.due_after)
            .await?;
        self.due.notify_one();
        Ok(())
    }

    async fn judging_is_behind(&mut self, subnet: &Subnet) -> Result<bool, Failure> {
        let waiting = self.store.rounds().waiting(MOST_WAITING).await?;
        let rested = std::mem::replace(&mut self.rests, waiting >= MOST_WAITING);
        if !self.rests || rested {
            return Ok(self.rests);
        }
        let reason = Reason::JudgingBehind;
        warn!(reason = reason.label(), waiting, "no round");
        let event = Event {
            reason,
            block: Some(subnet.at.number),
            detail: serde_json::json!({ "waiting": waiting }),
        };
        self.store.events().record(event).await?;
        Ok(true)
    }
}
