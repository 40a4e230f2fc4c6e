//! Loop 2: sample → challenge → query → record → score → record.

use std::sync::Arc;
use std::time::Instant;

use rand_chacha::ChaCha12Rng;
use tokio::sync::broadcast;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::config::{RoundsConfig, SamplingConfig};
use crate::exit::{Failure, code};
use crate::query::{Challenges, Querier, sampling};
use crate::scoring::{Normalisers, Pipeline, RoundFaults, average};
use crate::store::{Event, StoreError, SubnetStore};
use crate::types::{Exchange, Hotkey, Judgement, Progress, RoundReport, Subnet};
use crate::watcher::Latest;

pub struct Rounds {
    pub store: SubnetStore,
    pub querier: Querier,
    pub challenges: Challenges,
    pub pipeline: Arc<Pipeline>,
    /// As the last recorded judgement left them.
    pub normalisers: Normalisers,
    pub own: Hotkey,
    pub sampling: SamplingConfig,
    pub rounds: RoundsConfig,
    pub rng: ChaCha12Rng,
    pub progress: broadcast::Sender<Progress>,
}

/// What costs one round, and nothing else.
#[derive(Debug, thiserror::Error)]
enum RoundError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("not judged: {0}")]
    Unjudged(#[from] RoundFaults),
}

/// Rounds taken up again after a restart.
const MOST_UNJUDGED: u32 = 64;

impl Rounds {
    /// A stop ends the round in flight at once: it costs that round.
    pub async fn run(mut self, latest: Latest, cancel: CancellationToken) -> Result<(), Failure> {
        tokio::select! {
            () = cancel.cancelled() => Ok(()),
            failure = self.rounds(latest) => Err(failure),
        }
    }

    async fn rounds(&mut self, latest: Latest) -> Failure {
        if let Err(failure) = self
            .survive(Self::judge_left_over, "rounds of the last run")
            .await
        {
            return failure;
        }
        let mut ticks = interval(self.rounds.interval_s.0);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let Some(subnet) = latest.borrow().clone() else {
                // The first snapshot is a moment away; the tick after it is soon enough.
                ticks.reset_after(std::time::Duration::from_millis(100));
                continue;
            };
            let round = async |rounds: &mut Self| rounds.round(&subnet).await;
            if let Err(failure) = self.survive(round, "round").await {
                return failure;
            }
        }
    }

    /// One round, top to bottom.
    async fn round(&mut self, subnet: &Subnet) -> Result<(), RoundError> {
        let started = Instant::now();
        let scores = self.store.scores().await?;
        let sample = self.rounds.sample;
        let targets = sampling::sample(
            subnet,
            self.own,
            &self.sampling,
            sample,
            &scores,
            &mut self.rng,
        );
        if targets.is_empty() {
            info!(netuid = %subnet.scope.netuid, "no miner serves an axon yet");
            return Ok(());
        }
        let challenge = self.challenges.draw(self.rounds.timeout_s.0, &mut self.rng);
        let exchange = self.querier.ask(challenge, &targets).await;
        self.store.record_exchange(&exchange).await?;
        let judgements = self.judge(&exchange).await?;
        self.report(&exchange, &judgements, started);
        Ok(())
    }

    /// Scores one recorded exchange. Averages and normalisers change with the judgement or not at all.
    async fn judge(&mut self, exchange: &Exchange) -> Result<Vec<Judgement>, RoundError> {
        let mut normalisers = self.normalisers.clone();
        let judged = self.pipeline.judge(exchange, &mut normalisers).await?;
        for fault in &judged.faults.0 {
            warn!(round = %exchange.challenge.id, part = fault.part.as_str(), name = fault.name, reason = %fault.fault, "left out of this round");
            let detail = serde_json::json!({ "part": fault.part.as_str(), "name": fault.name, "fault": fault.fault.to_string() });
            self.store
                .event(Event {
                    kind: "round",
                    reason: fault.fault.reason(),
                    block: None,
                    detail,
                })
                .await?;
        }
        let scores = self.store.scores().await?;
        let changed = average::advance(&scores, &judged.judgements, self.pipeline.config().alpha);
        let hash = self.pipeline.hash().to_string();
        let states = normalisers.states();
        self.store
            .record_judgement(
                exchange.challenge.id,
                &judged.judgements,
                &changed,
                &states,
                &hash,
            )
            .await?;
        self.normalisers = normalisers;
        Ok(judged.judgements)
    }

    /// Rounds that were recorded but not judged when the last run ended.
    async fn judge_left_over(&mut self) -> Result<(), RoundError> {
        for exchange in self.store.unjudged(MOST_UNJUDGED).await? {
            info!(round = %exchange.challenge.id, "judging a round of the last run");
            self.judge(&exchange).await?;
        }
        Ok(())
    }

    /// A round that fails is a round lost, unless it shows a bug or bad data.
    async fn survive(
        &mut self,
        work: impl AsyncFnOnce(&mut Self) -> Result<(), RoundError>,
        what: &'static str,
    ) -> Result<(), Failure> {
        match work(self).await {
            Ok(()) => Ok(()),
            Err(RoundError::Store(e @ StoreError::Corrupt(_))) => Err(e.into()),
            Err(RoundError::Store(e @ StoreError::Bug(_))) => Err(Failure::new(code::INTERNAL, e)),
            Err(error) => {
                warn!(%error, "{what} lost");
                Ok(())
            }
        }
    }

    fn report(&self, exchange: &Exchange, judgements: &[Judgement], started: Instant) {
        let mut failures: Vec<(&'static str, usize)> = Vec::new();
        for response in exchange
            .responses
            .iter()
            .filter(|r| r.outcome.answer().is_none())
        {
            let reason = response.outcome.reason();
            match failures.iter_mut().find(|(r, _)| *r == reason) {
                Some((_, count)) => *count += 1,
                None => failures.push((reason, 1)),
            }
        }
        let asked = exchange.responses.len();
        let report = RoundReport {
            id: exchange.challenge.id,
            scope: self.store.scope(),
            asked,
            answered: asked - failures.iter().map(|f| f.1).sum::<usize>(),
            took: started.elapsed(),
            source: exchange
                .challenge
                .reference
                .as_ref()
                .map(|r| r.source.clone())
                .unwrap_or_default(),
            rewards: judgements.iter().map(|j| (j.uid, j.reward)).collect(),
            failures,
        };
        info!(round = %report.id, asked, answered = report.answered, took_ms = report.took.as_millis() as u64, "round");
        let _ = self.progress.send(Progress::Round(report));
    }
}
