//! One part of a world: the service asks and judges until so many rounds are judged.

use std::collections::{BTreeMap, HashSet};

use testbed::Stage;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use super::cast;
use super::metrics::Row;
use super::world::World;
use crate::cli::local::{end, failed, serve};
use crate::config::{Config, MaskRule, ScoringConfig, Seconds};
use crate::service::{Joined, Judged, Options};
use crate::types::{Cause, Failure, Family, Progress, RoundId};

/// From the start of one round to that of the next, at least.
const INTERVAL: Seconds = Seconds::from_millis(1000);
const PER_NETWORK: usize = 256;

/// A world being played.
pub struct Play<'a> {
    pub world: &'a World,
    pub seed: u64,
    pub stage: &'a mut Stage,
    /// As of `config/localnet.toml`, with this run's places.
    pub config: &'a Config,
    pub until: Instant,
    /// Rounds of a part, in place of what the world says.
    pub rounds: Option<usize>,
}

impl Play<'_> {
    /// All parts, one after the other; each row as the database has it.
    pub async fn parts(mut self) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::new();
        for part in 0..self.world.parts.len() {
            let last = rows.last().map_or(0, |row: &Row| row.round);
            rows.extend(self.part(part, last).await?);
        }
        Ok(rows)
    }

    async fn part(&mut self, part: usize, last: i64) -> Result<Vec<Row>, Failure> {
        let config = self.config_of(part);
        let masks = copy_masks(&ScoringConfig::load(&config.subnets[0].scoring)?);
        let options = Options {
            seed: Some(self.seed + part as u64),
            ..Options::default()
        };
        let (service, joined, progress) = serve(config, options).await?;
        let played = async {
            let rounds = self.watch(part, progress).await?;
            let mut judged = joined.judged(last).await?;
            judged.retain(|one| rounds.contains(&one.id));
            Ok(judged)
        };
        let judged: Result<Vec<Judged>, Failure> = played.await;
        end(service).await;
        self.rows(part, judged?, &masks, &joined)
    }

    /// Everybody is asked in every round, and the next one begins as soon as it may.
    fn config_of(&self, part: usize) -> Config {
        let (mut config, part) = (self.config.clone(), &self.world.parts[part]);
        let subnet = &mut config.subnets[0];
        let miners = self.world.players().len();
        subnet.rounds.interval_s = INTERVAL;
        subnet.rounds.sample = miners;
        // All are neighbours here.
        subnet.query.per_network = PER_NETWORK;
        subnet.query.concurrency = PER_NETWORK;
        if !part.families.is_empty() {
            subnet.challenges.families = part.families.clone();
        }
        if let Some(corpus) = &part.corpus {
            subnet.challenges.corpus = corpus.clone();
        }
        config
    }

    /// Returns this part's rounds once enough are judged. In the first part some miners come and go.
    async fn watch(
        &mut self,
        part: usize,
        mut progress: broadcast::Receiver<Progress>,
    ) -> Result<HashSet<RoundId>, Failure> {
        let wanted = self.rounds.unwrap_or(self.world.parts[part].rounds);
        let (name, started) = (&self.world.parts[part].name, Instant::now());
        let mut rounds = HashSet::new();
        while rounds.len() < wanted {
            let judged = rounds.len();
            let event = tokio::select! {
                event = progress.recv() => event,
                died = self.stage.watch(|end| println!("· {end}")) => return Err(failed(died)),
                () = tokio::time::sleep_until(self.until) => {
                    let missing = format!("{judged} of {wanted} rounds of part {name} were judged when the time was over; see --give-up-after");
                    return Err(Failure::new(Cause::Transient, missing));
                }
            };
            match event {
                // Asked in the part before, and left over.
                Ok(Progress::Round(report)) if report.took > started.elapsed() => {}
                Ok(Progress::Round(report)) => {
                    rounds.insert(report.id);
                    let judged = rounds.len();
                    let took = report.took.as_secs_f64();
                    println!(
                        "{name:<8} {judged:>3}/{wanted}  {:<24} {}/{} answered in {took:.1} s",
                        report.source, report.answered, report.asked
                    );
                    if part == 0 {
                        self.change(judged).await?;
                    }
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => {
                    return Err(Failure::new(Cause::Bug, "the service has ended"));
                }
            }
        }
        Ok(rounds)
    }

    async fn change(&mut self, judged: usize) -> Result<(), Failure> {
        for entry in self
            .world
            .miners
            .iter()
            .filter(|entry| entry.leaves_after == Some(judged))
        {
            for name in entry.accounts() {
                self.stage.leave(&name).await;
            }
        }
        if self
            .world
            .miners
            .iter()
            .any(|entry| entry.joins_after == Some(judged))
        {
            cast::enter(self.stage, self.world, self.seed, |entry| {
                entry.joins_after == Some(judged)
            })
            .await?;
        }
        Ok(())
    }

    fn rows(
        &self,
        part: usize,
        judged: Vec<Judged>,
        masks: &[String],
        us: &Joined,
    ) -> Result<Vec<Row>, Failure> {
        let mut players = BTreeMap::new();
        for (player, (_, name)) in self.world.players().into_iter().enumerate() {
            let account = self.stage.chain().account(&name).map_err(failed)?;
            players.insert(account.ss58.clone(), player);
        }
        let others = judged.into_iter().filter(|one| one.hotkey != us.hotkey);
        let row = |one: Judged| {
            let player = players.get(&one.hotkey.to_string())?;
            Some(Row {
                round: one.round,
                part,
                generated: one.family.is_some_and(|family| family != Family::Documents),
                shared: one.questions == 1,
                player: *player,
                answered: one.answered,
                reward: one.reward,
                score: one.score,
                cut: one.cut_by.iter().any(|mask| masks.contains(mask)),
            })
        };
        Ok(others.filter_map(row).collect())
    }
}

/// The names of the masks that cut copies.
fn copy_masks(scoring: &ScoringConfig) -> Vec<String> {
    let copies = scoring
        .masks
        .iter()
        .filter(|mask| matches!(mask.rule, MaskRule::Copy { .. }));
    copies.map(|mask| mask.name.clone()).collect()
}
