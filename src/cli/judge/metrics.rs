//! What a world's rounds say about the judgement. Pure: rows in, figures out.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::rank;
use super::world::{Says, World};

/// Differences of mean rewards below it are chance over so few rounds, and count as none.
const RESOLUTION: f64 = 0.05;
/// What has less true quality than this is not to be paid: an exploit, where it is.
const WORTHLESS: f64 = 0.2;
/// Whose reward others are compared with.
const HONEST: &str = "honest";
const LOOKUP: &str = "lookup";

/// One miner in one judged round.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub round: i64,
    /// The part of the world that the round belongs to.
    pub part: usize,
    /// Whether the question was made up, so that its truth is certain.
    pub generated: bool,
    /// Whether all miners were asked the same question.
    pub shared: bool,
    /// Index among the world's players.
    pub player: usize,
    pub answered: bool,
    pub reward: f64,
    /// The moving average after it; none: not moved.
    pub score: Option<f64>,
    /// Whether it was taken for a copy.
    pub cut: bool,
}

/// The last line of `weighmaster judge`. None: nothing to measure it by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Spearman's, over miners: true quality, on average over a miner's rounds, and mean reward to the nearest 0.05.
    pub rank_correlation: Option<f64>,
    /// Of all pairs of answers in one round of a generated family of which one is right and one wrong by its miner's
    /// behaviour: the share in which the right one earned more; the same reward counts half. Copiers are left out where
    /// all had the same question.
    pub right_above_wrong: Option<f64>,
    /// Of the answers cut as copies, in rounds with one question for all: the share that planted copiers gave. One
    /// whose answer was copied by somebody who may have been first (`ahead`) counts neither way.
    pub copy_precision: Option<f64>,
    /// Of the planted copies (the copied one answered too) in those rounds: the share that was cut.
    pub copy_recall: Option<f64>,
    /// The highest mean reward of a behaviour without worth (true quality below 0.2 in that part), as a share of an
    /// honest miner's in the same part.
    pub best_exploit_share: Option<f64>,
    /// That of the miners that look answers up in the shipped passages, over all parts.
    pub lookup_share: Option<f64>,
    /// Own rounds of the slowest miner that turned from right to wrong until its share of all weight was half of what
    /// it was before; none: not within the run.
    pub switch_rounds: Option<usize>,
}

/// One behaviour in the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub name: String,
    pub miners: usize,
    /// Rounds of one of its miners, on average.
    pub rounds: f64,
    pub quality: f64,
    /// Mean reward in each part.
    pub rewards: Vec<Option<f64>>,
    /// Share of its answers to shared questions that were cut as copies.
    pub cut: Option<f64>,
    /// One of its miners' share of all weight in the end, over that of an even split.
    pub weight: f64,
}

/// Rows of a world, with what each is worth.
pub struct Table<'w> {
    world: &'w World,
    /// Entry of each player, and whom it copies.
    entries: Vec<usize>,
    sources: Vec<Option<usize>>,
    rows: Vec<Row>,
    /// True quality and what was said, of each row.
    worth: Vec<(f64, Says)>,
    /// Weight is proportional to score to this power.
    power: f64,
}

impl<'w> Table<'w> {
    /// `rows` in the order of their rounds.
    pub fn new(world: &'w World, rows: Vec<Row>, power: f64) -> Self {
        let entries: Vec<usize> = world
            .players()
            .into_iter()
            .map(|(entry, _)| entry)
            .collect();
        let mut turns = vec![0; entries.len()];
        let worth = rows.iter().map(|row| {
            let entry = &world.miners[entries[row.player]];
            let turn = turns[row.player];
            turns[row.player] += 1;
            let left = entry.leaves_after.is_some_and(|after| turn >= after) && !row.answered;
            match &entry.then {
                _ if left => (0.0, Says::Some),
                Some(then) if turn >= then.after => (then.quality, then.says),
                _ if row.shared => (entry.shared_quality.unwrap_or(entry.quality), entry.says),
                _ => (entry.quality, entry.says),
            }
        });
        Self {
            worth: worth.collect(),
            sources: world.sources(),
            world,
            entries,
            rows,
            power,
        }
    }

    pub fn figures(&self) -> Figures {
        let (copy_precision, copy_recall) = self.copies();
        let honest = self.mean(|row| self.name(row) == HONEST);
        let lookup = self.mean(|row| self.name(row) == LOOKUP);
        Figures {
            rank_correlation: self.rank_correlation(RESOLUTION),
            right_above_wrong: self.right_above_wrong(),
            copy_precision,
            copy_recall,
            best_exploit_share: self.best_exploit(),
            lookup_share: lookup.zip(honest).map(|(lookup, honest)| lookup / honest),
            switch_rounds: self.switch_rounds(),
        }
    }

    /// One per entry, best paid first.
    pub fn lines(&self) -> Vec<Line> {
        let parts = self.world.parts.len();
        let scores = self
            .rows
            .iter()
            .filter_map(|row| Some((row.player, row.score?)))
            .collect();
        let weights = self.weights(&scores);
        let mut lines: Vec<Line> = self
            .world
            .miners
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                let its = |row: &&Row| self.entries[row.player] == at;
                let share = |rows: usize| rows as f64 / entry.count.max(1) as f64;
                let weight = self
                    .entries
                    .iter()
                    .zip(&weights)
                    .filter(|(e, _)| **e == at)
                    .map(|(_, w)| w)
                    .sum::<f64>();
                Line {
                    name: entry.name.clone(),
                    miners: entry.count,
                    rounds: share(self.rows.iter().filter(its).count()),
                    quality: mean(
                        self.rows
                            .iter()
                            .zip(&self.worth)
                            .filter(|(row, _)| its(row))
                            .map(|(_, w)| w.0),
                    )
                    .unwrap_or(entry.quality),
                    rewards: (0..parts)
                        .map(|part| self.mean(|row| its(&row) && row.part == part))
                        .collect(),
                    cut: mean(
                        self.rows
                            .iter()
                            .filter(its)
                            .filter(|row| row.shared && row.answered)
                            .map(|row| f64::from(u8::from(row.cut))),
                    ),
                    weight: share(1) * weight * self.entries.len() as f64,
                }
            })
            .collect();
        let paid = |line: &Line| line.rewards.iter().flatten().sum::<f64>();
        lines.sort_by(|a, b| paid(b).total_cmp(&paid(a)));
        lines
    }

    /// To the nearest `resolution`; 0: as they are.
    pub fn rank_correlation(&self, resolution: f64) -> Option<f64> {
        let players = 0..self.entries.len();
        let pairs: Vec<(f64, f64)> = players
            .filter_map(|player| {
                let rows = self
                    .rows
                    .iter()
                    .zip(&self.worth)
                    .filter(|(row, _)| row.player == player);
                let quality = mean(rows.clone().map(|(_, worth)| worth.0))?;
                Some((
                    quality,
                    rank::rounded(mean(rows.map(|(row, _)| row.reward))?, resolution),
                ))
            })
            .collect();
        rank::spearman(&pairs)
    }

    fn right_above_wrong(&self) -> Option<f64> {
        let mut rounds: BTreeMap<i64, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
        let copies = |row: &Row| row.shared && self.sources[row.player].is_some();
        for (row, (_, says)) in self.rows.iter().zip(&self.worth) {
            if !row.answered || !row.generated || copies(row) {
                continue;
            }
            let (right, wrong) = rounds.entry(row.round).or_default();
            match says {
                Says::Right => right.push(row.reward),
                Says::Wrong => wrong.push(row.reward),
                Says::Some => {}
            }
        }
        let pairs = rounds.values().flat_map(|(right, wrong)| {
            right.iter().flat_map(|r| wrong.iter().map(move |w| (r, w)))
        });
        mean(pairs.map(|(right, wrong)| match right.total_cmp(wrong) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        }))
    }

    fn copies(&self) -> (Option<f64>, Option<f64>) {
        let answers = || self.rows.iter().filter(|row| row.shared && row.answered);
        let gave: BTreeSet<(i64, usize)> = answers().map(|row| (row.round, row.player)).collect();
        let source = |row: &Row| {
            self.sources[row.player]
                .filter(|of| *of != row.player && gave.contains(&(row.round, *of)))
        };
        let ahead = |row: &&Row| self.world.miners[self.entries[row.player]].ahead;
        let copied: BTreeSet<(i64, usize)> = answers()
            .filter(ahead)
            .filter_map(|row| Some((row.round, source(row)?)))
            .collect();
        let planted = |row: &&Row| source(row).is_some();
        let neither =
            |row: &&Row| source(row).is_none() && copied.contains(&(row.round, row.player));
        let cut = |row: &Row| f64::from(u8::from(row.cut));
        let precision = answers().filter(|row| row.cut && !neither(row));
        let precision = mean(precision.map(|row| f64::from(u8::from(planted(&row)))));
        (precision, mean(answers().filter(planted).map(cut)))
    }

    fn best_exploit(&self) -> Option<f64> {
        let parts = 0..self.world.parts.len();
        let shares = parts.flat_map(|part| {
            let honest = self.mean(|row| row.part == part && self.name(row) == HONEST);
            let entries = 0..self.world.miners.len();
            entries.filter_map(move |at| {
                let its = |row: &Row| row.part == part && self.entries[row.player] == at;
                let rows = self
                    .rows
                    .iter()
                    .zip(&self.worth)
                    .filter(|(row, _)| its(row));
                let quality = mean(rows.map(|(_, worth)| worth.0))?;
                let share = self.mean(its)? / honest?;
                (quality < WORTHLESS).then_some(share)
            })
        });
        shares.max_by(f64::total_cmp)
    }

    fn switch_rounds(&self) -> Option<usize> {
        let falls = |entry: usize| {
            let entry = &self.world.miners[entry];
            let then = entry.then.as_ref().filter(|then| then.quality < WORTHLESS);
            then.filter(|_| entry.says == Says::Right)
                .map(|then| then.after)
        };
        let switchers = (0..self.entries.len())
            .filter_map(|player| Some((player, falls(self.entries[player])?)));
        let all: Option<Vec<usize>> = switchers
            .map(|(player, after)| self.halved(player, after))
            .collect();
        all?.into_iter().max()
    }

    /// After how many of its rounds from that one on its share of all weight is half of what it was.
    fn halved(&self, player: usize, after: usize) -> Option<usize> {
        let mut scores = BTreeMap::new();
        let (mut turn, mut before) = (0, None);
        for rows in self.rows.chunk_by(|a, b| a.round == b.round) {
            scores.extend(rows.iter().filter_map(|row| Some((row.player, row.score?))));
            if !rows.iter().any(|row| row.player == player) {
                continue;
            }
            turn += 1;
            let weight = self.weights(&scores)[player];
            match before {
                None if turn == after => before = Some(weight),
                Some(before) if weight <= before / 2.0 => return Some(turn - after),
                _ => {}
            }
        }
        None
    }

    /// Each player's share of all weight, by its score.
    fn weights(&self, scores: &BTreeMap<usize, f64>) -> Vec<f64> {
        let weight = |player: usize| {
            scores
                .get(&player)
                .map_or(0.0, |score| score.powf(self.power))
        };
        let all: Vec<f64> = (0..self.entries.len()).map(weight).collect();
        let sum: f64 = all.iter().sum();
        all.into_iter()
            .map(|weight| if sum > 0.0 { weight / sum } else { 0.0 })
            .collect()
    }

    fn name(&self, row: &Row) -> &str {
        &self.world.miners[self.entries[row.player]].name
    }

    fn mean(&self, which: impl Fn(&Row) -> bool) -> Option<f64> {
        mean(
            self.rows
                .iter()
                .filter(|row| which(row))
                .map(|row| row.reward),
        )
    }
}

/// None of nothing.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0_u32, 0.0), |(count, sum), value| (count + 1, sum + value));
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
