//! Loop 3: what is due in Postgres → scores → averages → record.
//!
//! A round is due at once, or when its truth is known; one that could not be judged is due again later. Why it was
//! left over (a kill, a database that was away, a model that failed) makes no difference.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::scoring::average::{self, Pace};
use crate::scoring::{Normalisers, Pipeline, RoundFaults};
use crate::store::{Due, Event, SubnetStore};
use crate::tasks::Truths;
use crate::types::{
    Cause, Exchange, Failure, Judgement, MinerId, PairTable, Progress, Reason, RoundReport,
};

pub struct Judge {
    pub store: SubnetStore,
    pub pipeline: Arc<Pipeline>,
    /// Completes truths that come later than their questions.
    pub truths: Truths,
    /// Rung when a round was recorded.
    pub due: Arc<Notify>,
    pub progress: broadcast::Sender<Progress>,
}

/// Rounds that are looked up at a time. Their answers are read one round at a time, so memory stays flat whatever
/// has piled up.
const PIECE: u32 = 16;
/// The longest sleep: a round recorded by another process rings no bell here.
const LOOK_AGAIN: Duration = Duration::from_secs(15);
/// How long a round that could not be judged is put off: doubled with each attempt, up to the second.
const FIRST_DELAY: Duration = Duration::from_secs(10);
const LONGEST_DELAY: Duration = Duration::from_secs(3600);

impl Judge {
    /// A stop drops the judgement in flight: the round is still due at the next start.
    pub async fn run(self, cancel: CancellationToken) -> Result<(), Failure> {
        tokio::select! {
            () = cancel.cancelled() => Ok(()),
            failure = self.judge_for_ever() => Err(failure),
        }
    }

    async fn judge_for_ever(&self) -> Failure {
        loop {
            match self.judge_due().await {
                Ok(PIECE) => continue,
                Ok(_) => {}
                Err(failure) if failure.cause == Cause::Transient => {
                    warn!(error = %failure, "judging stopped for a moment");
                }
                Err(failure) => return failure,
            }
            let next = self.store.rounds().next_due().await;
            let sleep = next.ok().flatten().unwrap_or(LOOK_AGAIN);
            // A pause at least: what is due now and failed a moment ago needs one.
            let sleep = sleep.clamp(Duration::from_millis(200), LOOK_AGAIN);
            tokio::select! {
                () = self.due.notified() => {}
                () = tokio::time::sleep(sleep) => {}
            }
        }
    }

    /// Judges the rounds that are due now, a piece of them. Returns how many there were.
    ///
    /// # Errors
    /// The database is away. Whatever is wrong with one round is told and the round put off.
    async fn judge_due(&self) -> Result<u32, Failure> {
        let piece = self.store.rounds().due(PIECE).await?;
        let found = u32::try_from(piece.len()).unwrap_or(PIECE);
        for due in piece {
            match self.judge(due).await {
                Ok(()) => {}
                Err(failure) if failure.cause == Cause::Transient => return Err(failure),
                Err(failure) => self.put_off(due, &failure).await?,
            }
        }
        Ok(found)
    }

    /// Scores one recorded exchange. Averages and normalisers change with the judgement or not at all. Whom we failed to
    /// ask has no part in it.
    async fn judge(&self, due: Due) -> Result<(), Failure> {
        let mut asked = self.store.rounds().exchange(due).await?;
        // One truth that is late holds up no other round.
        let settled = self.truths.settle(&mut asked.challenge).await;
        if settled.map_err(|e| Failure::new(Cause::BadData, e))? {
            let questions = &asked.challenge.questions;
            self.store.rounds().settle(due, questions).await?;
        }
        let exchange = asked.clone().without_our_faults();
        // As the last recorded judgement left them.
        let states = self.store.scores().normalisers().await?;
        let mut normalisers =
            Normalisers::restore(states).map_err(|e| Failure::new(Cause::BadData, e))?;
        let miners: Vec<MinerId> = exchange.responses.iter().map(|r| r.seat.miner).collect();
        let known = self.store.copies().among(&miners).await?;
        let pipeline = &self.pipeline;
        let judged = pipeline
            .judge_after(&exchange, &mut normalisers, &known)
            .await?;
        let scores = self.store.scores().table().await?;
        let changed = average::advance(&scores, &judged.judgements, Pace::of(pipeline.config()));
        let states = normalisers.states();
        let hash = self.pipeline.hash().to_string();
        self.store
            .judgements()
            .record(
                due.round,
                &judged.judgements,
                &changed,
                &states,
                &hash,
                &judged.pairs,
            )
            .await?;
        self.tell(due, &judged.faults).await;
        self.tell_of_pairs(&known, &judged.pairs).await;
        self.report(&asked, &judged.judgements);
        Ok(())
    }

    /// Models that had no say in a round that was judged without them.
    async fn tell(&self, due: Due, faults: &RoundFaults) {
        for fault in &faults.0 {
            let (part, name, why) = (<&str>::from(fault.part), &fault.name, &fault.fault);
            let reason = why.reason();
            warn!(round = %due.round, part, name, reason = reason.label(), %why, "left out of this round");
            let event = Event {
                reason,
                block: None,
                detail: serde_json::json!({ "part": part, "name": name, "fault": why.to_string() }),
            };
            self.note(event).await;
        }
    }

    /// Of pairs that this round proved.
    async fn tell_of_pairs(&self, before: &PairTable, after: &PairTable) {
        let known = |pair| before.get(pair).is_some_and(|record| record.proven);
        for (pair, record) in after.iter().filter(|(p, r)| r.proven && !known(p)) {
            let [one, other] = pair.miners().map(|miner| miner.hotkey.to_string());
            let reason = Reason::CopyingPair;
            info!(
                reason = reason.label(),
                one,
                other,
                evidence = record.evidence,
                "one text"
            );
            let event = Event {
                reason,
                block: None,
                detail: serde_json::json!({
                    "one": one, "other": other,
                    "evidence": record.evidence, "agreed": record.agreed, "rounds": record.rounds,
                }),
            };
            self.note(event).await;
        }
    }

    /// The round is judged, and a pair's record is in `copy_pairs`; what is lost here is in the log.
    async fn note(&self, event: Event) {
        if let Err(error) = self.store.events().record(event).await {
            warn!(%error, "the event was not recorded");
        }
    }

    async fn put_off(&self, due: Due, failure: &Failure) -> Result<(), Failure> {
        let delay = delay(due.attempts);
        let reason = Reason::NotJudged;
        error!(round = %due.round, reason = reason.label(), error = %failure, again_in = ?delay, "round not judged");
        // Once for each round: its later attempts are counted in its row.
        if due.attempts == 0 {
            let event = Event {
                reason,
                block: None,
                detail: serde_json::json!({ "round": due.round.to_string(), "why": failure.message }),
            };
            self.store.events().record(event).await?;
        }
        Ok(self.store.rounds().postpone(due, delay).await?)
    }

    fn report(&self, exchange: &Exchange, judgements: &[Judgement]) {
        let took = SystemTime::now().duration_since(exchange.asked_at);
        let report = RoundReport::of(
            self.store.scope(),
            exchange,
            judgements,
            took.unwrap_or_default(),
        );
        let (asked, answered, failed) = (report.asked, report.answered, report.failed());
        let took_ms = report.took.as_millis() as u64;
        info!(round = %report.id, asked, answered, failed, took_ms, netuid = %report.scope.netuid, "round");
        if self.progress.send(Progress::Round(report)).is_err() {
            debug!("nobody watches");
        }
    }
}

fn delay(attempts: u32) -> Duration {
    FIRST_DELAY
        .saturating_mul(2u32.saturating_pow(attempts))
        .min(LONGEST_DELAY)
}

#[cfg(test)]
#[path = "tests/judge.rs"]
mod tests;
