//! Loop 2: sample → task → query → record. What came back is judged elsewhere ([`super::judge`]).

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use rand_chacha::ChaCha12Rng;
use serde_json::{Value, json};
use subtensor::{ChainClock, Pace, Skew};
use tokio::sync::{Notify, broadcast};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::Latest;
use super::reminder::Reminder;
use crate::config::{RoundsConfig, SamplingConfig};
use crate::query::sampling::{self, Sample, Turns};
use crate::query::{Querier, Uplink};
use crate::store::{Event, SubnetStore};
use crate::tasks::{SourceError, Tasks};
use crate::types::{
    Cause, Exchange, Failure, Hotkey, MinerId, Progress, Reason, Severity, Subnet, Target, Task,
};

pub struct Rounds {
    pub store: SubnetStore,
    pub querier: Querier,
    pub uplink: Uplink,
    /// The chain's time, beside this host's.
    pub clock: Arc<ChainClock>,
    pub clock_tolerance: Duration,
    pub tasks: Tasks,
    /// Within it no miner is asked the same twice.
    pub repeat_window: Duration,
    pub own: Hotkey,
    pub sampling: SamplingConfig,
    /// Everyone is not asked as often as is promised; it was told.
    pub asks_too_few: bool,
    /// How fast blocks come.
    pub pace: Pace,
    pub rounds: RoundsConfig,
    pub rng: ChaCha12Rng,
    /// Tells the judge that something is due.
    pub due: Arc<Notify>,
    pub progress: broadcast::Sender<Progress>,
    /// Why there are no verdicts for now, and since when.
    pub hindered: Option<(Reason, Instant)>,
    pub reminder: Reminder,
    /// Of a source that is away.
    pub away: Reminder,
}

/// So many rounds may wait for their judgement before asking rests: answers that nobody can judge in time are worth
/// nothing, and a queue that only grows is never worked off.
const MOST_WAITING: u32 = 64;

/// How often a question that its miner knows is drawn anew, before it is put all the same: a small corpus has no others.
const REDRAWS: usize = 8;

/// How long the first round waits for the chain's time.
const FIRST_BLOCK: Duration = Duration::from_secs(60);

/// Why nothing can be said of any miner for now; the second is the event's detail.
type Hindrance = (Reason, Value);

impl Rounds {
    /// A stop ends the round in flight at once: it costs that round.
    pub async fn run(mut self, latest: Latest, cancel: CancellationToken) -> Result<(), Failure> {
        tokio::select! {
            () = cancel.cancelled() => Ok(()),
            failure = self.rounds(latest) => Err(failure),
        }
    }

    async fn rounds(&mut self, latest: Latest) -> Failure {
        self.wait_for_the_clock().await;
        let mut ticks = interval(self.rounds.interval_s.0);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let subnet = latest.borrow().clone();
            match self.round(&subnet).await {
                Ok(()) => {}
                Err(failure) if failure.cause == Cause::Transient => {
                    warn!(netuid = %subnet.scope.netuid, error = %failure, "round lost");
                }
                Err(failure) => return failure,
            }
        }
    }

    /// A first round by a wrong clock would be charged to all miners. A chain that never says its time is not waited for.
    async fn wait_for_the_clock(&self) {
        let seen = async {
            while !self.clock.has_seen() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        if tokio::time::timeout(FIRST_BLOCK, seen).await.is_err() {
            warn!("the chain's time is not known: this host's clock is not compared with it");
        }
    }

    /// One round, top to bottom.
    async fn round(&mut self, subnet: &Subnet) -> Result<(), Failure> {
        if let Some(hindrance) = self.rests().await? {
            return self.say(subnet, Some(hindrance)).await;
        }
        let own = self.own;
        let Sample { targets, absent } = self.sample(subnet).await?;
        if targets.is_empty() && absent.is_empty() {
            info!(netuid = %subnet.scope.netuid, "no miner serves an axon yet");
            return Ok(());
        }
        let Some(task) = self.task(&targets).await? else {
            return Ok(());
        };
        let mut exchange = self.querier.ask(task.challenge, &targets).await;
        let everyone = sampling::serving(subnet, own);
        let hindrance = self.no_verdict(&exchange, &everyone).await;
        exchange.no_verdict = hindrance.as_ref().map(|(reason, _)| *reason);
        exchange.responses.extend(absent);
        let rounds = self.store.rounds();
        rounds.record(&exchange, task.due_after).await?;
        if exchange.no_verdict.is_none() {
            self.uplink.learn(&exchange.responses, &everyone);
            self.due.notify_one();
        }
        self.report(&exchange);
        self.say(subnet, hindrance).await
    }

    async fn sample(&mut self, subnet: &Subnet) -> Result<Sample, Failure> {
        let scores = self.store.scores().table().await?;
        let waits = self.store.rounds().waits().await?;
        let (config, rng) = (&self.sampling, &mut self.rng);
        let candidates = sampling::candidates(subnet, self.own, config, &scores);
        let (miners, sample) = (candidates.len(), self.rounds.sample);
        let rounds = self.pace.block_time().map(|block| {
            let epoch = subnet
                .schedule
                .next_epoch
                .saturating_sub(subnet.schedule.last_epoch_block);
            let epoch = block.as_secs_f64() * epoch as f64;
            (epoch / self.rounds.interval_s.0.as_secs_f64()) as usize
        });
        let turns = Turns::of(miners, sample, config, rounds, rng);
        let sample = sampling::sample(candidates, turns, self.querier.limits(), &waits, rng);
        if turns.too_few && !self.asks_too_few {
            let most = turns.by_need + turns.by_chance;
            let detail =
                json!({ "miners": miners, "asked_at_most": most, "rounds_per_epoch": rounds });
            let reason = Reason::SampleTooSmall;
            warn!(netuid = %subnet.scope.netuid, reason = reason.label(), %detail, remedy = reason.entry().remedy, "not everyone is asked as often as is promised");
            let block = Some(subnet.at.number);
            let event = Event {
                reason,
                block,
                detail,
            };
            self.store.events().record(event).await?;
        }
        self.asks_too_few = turns.too_few;
        Ok(sample)
    }

    /// A task that none of the targets has seen of late, as far as the families have so many questions.
    /// None while no family has anything to ask.
    async fn task(&mut self, targets: &[Target]) -> Result<Option<Task>, Failure> {
        if let Err(away) = self.tasks.refresh().await {
            self.say_away(&away).await?;
        }
        let miners: Vec<MinerId> = targets.iter().map(|t| t.seat.miner).collect();
        let deadline = self.rounds.timeout_s.0;
        let drawn = self.tasks.draw(miners.len(), deadline, &mut self.rng);
        let Some(mut task) = drawn else {
            return Ok(None);
        };
        for _ in 0..REDRAWS {
            let rounds = self.store.rounds();
            let known = rounds
                .repeated(&task.challenge, &miners, self.repeat_window)
                .await?;
            if known.is_empty() {
                break;
            }
            self.tasks
                .replace(&mut task.challenge, &known, &mut self.rng);
        }
        Ok(Some(task))
    }

    /// Tells of a series that can't be read, now and then while that lasts.
    async fn say_away(&mut self, away: &SourceError) -> Result<(), Failure> {
        let (reason, netuid) = (Reason::SourceAway, self.store.scope().netuid);
        if self.away.is_due(reason.label(), Instant::now()) {
            warn!(%netuid, reason = reason.label(), error = %away, "forecasts are not asked for");
            let event = Event {
                reason,
                block: None,
                detail: json!({ "source": away.place, "why": away.reason }),
            };
            self.store.events().record(event).await?;
        }
        Ok(())
    }

    /// Why nobody is to be asked now.
    async fn rests(&self) -> Result<Option<Hindrance>, Failure> {
        if let Some(wrong) = self.clock_is_wrong() {
            return Ok(Some(wrong));
        }
        let waiting = self.store.rounds().waiting(MOST_WAITING).await?;
        let behind = (Reason::JudgingBehind, json!({ "waiting": waiting }));
        Ok((waiting >= MOST_WAITING).then_some(behind))
    }

    fn clock_is_wrong(&self) -> Option<Hindrance> {
        let (shown, now) = (SystemTime::now(), Instant::now());
        let skew = self.clock.skew(shown, now, self.clock_tolerance)?;
        let detail = match skew {
            Skew::Behind(by) => json!({ "clock": "behind the chain", "by_s": by.as_secs_f64() }),
            Skew::Ahead(by) => json!({ "clock": "ahead of the chain", "by_s": by.as_secs_f64() }),
        };
        Some((Reason::ClockWrong, detail))
    }

    /// Why a round's outcomes say nothing about the miners.
    async fn no_verdict(&self, exchange: &Exchange, everyone: &[Target]) -> Option<Hindrance> {
        let responses = &exchange.responses;
        let mut tried = responses
            .iter()
            .map(|r| r.outcome.reason())
            .filter(|r| r.is_a_try());
        let first = tried.next();
        if let Some(ours) = first.filter(|first| first.is_ours())
            && tried.all(Reason::is_ours)
        {
            return Some((ours, json!({ "miners": responses.len() })));
        }
        if let Some(wrong) = self.clock_is_wrong() {
            return Some(wrong);
        }
        let chain_silent = self.clock.is_silent(Instant::now()).unwrap_or(false);
        let silence = self
            .uplink
            .silence(responses, everyone, chain_silent, &self.querier)
            .await?;
        Some((Reason::AllSilent, json!(silence)))
    }

    /// A round that will be judged is told of by the judge.
    fn report(&self, exchange: &Exchange) {
        if let Some(reason) = exchange.no_verdict {
            let (scope, id) = (self.store.scope(), exchange.challenge.id);
            info!(netuid = %scope.netuid, round = %id, reason = reason.label(), "no verdict");
            let _ = self
                .progress
                .send(Progress::NoVerdict { scope, id, reason });
        }
    }

    /// Tells log and events of what stands in the way: when it begins, now and then while it lasts, and of its end.
    async fn say(&mut self, subnet: &Subnet, hindrance: Option<Hindrance>) -> Result<(), Failure> {
        let (netuid, now) = (subnet.scope.netuid, Instant::now());
        let Some((reason, detail)) = hindrance else {
            if let Some((reason, since)) = self.hindered.take() {
                self.reminder.ends();
                let (reason, lasted) = (reason.label(), now - since);
                info!(%netuid, reason, ?lasted, "over: rounds are judged again");
            }
            return Ok(());
        };
        let known = self.hindered.filter(|(known, _)| *known == reason);
        let (_, since) = known.unwrap_or((reason, now));
        let (label, remedy) = (reason.label(), reason.entry().remedy);
        if self.reminder.is_due(label, now) {
            let lasts = now - since;
            match reason.entry().severity {
                Severity::Error => {
                    error!(%netuid, reason = label, %detail, ?lasts, remedy, "no verdicts")
                }
                _ => warn!(%netuid, reason = label, %detail, ?lasts, remedy, "no verdicts"),
            }
        }
        if known.is_none() {
            let block = Some(subnet.at.number);
            let event = Event {
                reason,
                block,
                detail,
            };
            // Tried again with the next round, if the database is away.
            self.store.events().record(event).await?;
            self.hindered = Some((reason, since));
        }
        Ok(())
    }
}
