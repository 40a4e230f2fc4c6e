//! One miner's text given again by another, among the answers to one and the same question.
//!
//! What two answers have in common beyond the question, the reference and chance is evidence ([`evidence`]). Enough of it
//! in one round, and they are one text. Less of it adds up over the rounds in the record of the pair: it fades, honest
//! rounds take from it, and once it is proven, all that the two have in common counts.
//!
//! Who wrote it? Speed makes no author. Where the question could be known before it was asked (a public passage, say), the
//! text could be fetched from its author in advance, and then the thief is first: so neither is paid for it. Where the
//! question was drawn for this round, a thief has to ask its victim while we wait, and comes later by the way between
//! them: who is first by a clear margin, by its own time and by our clock, is the author, and all others are cut. Within
//! the margin nobody is the author. What is left to one text is shared among all who gave it: many hotkeys behind one
//! answer earn no more than two.
//!
//! What this can't see: texts that have only their meaning in common. And a thief can't earn, but it can spoil what its
//! victim earns, where a shared question could be known before. Questions of each miner's own leave nothing to steal.

mod align;
mod evidence;
mod told;

use std::collections::BTreeMap;
use std::time::Duration;

use self::evidence::{Crowd, in_common, is_right, same};
use self::told::{Given, Told};
use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::Evidence;
use crate::scoring::round::{Answer, Round};
use crate::types::{MinerId, Pair, PairRecord, Seat};

pub(super) struct Copies {
    /// From here on two answers are one text.
    pub min_evidence: f64,
    /// From here on a pair is proven.
    pub pair_evidence: f64,
    /// So many comparisons a record goes back.
    pub memory: f64,
    /// By so much the author is first.
    pub margin: Duration,
    /// What is left to one text that several gave.
    pub factor: f64,
}

impl Mask for Copies {
    fn apply(&self, round: &Round, _: &Evidence) -> Result<Vec<Mark>, Fault> {
        Ok(self.marks(round))
    }
}

/// That an answer and another one are one text.
struct Suspicion {
    of: usize,
    evidence: f64,
    /// The other one wrote it.
    author: bool,
}

impl Copies {
    fn marks(&self, round: &Round) -> Vec<Mark> {
        let answers = round.answers();
        let mut marks = vec![Mark::pass(); answers.len()];
        let mut by_question: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (n, answer) in answers.iter().enumerate() {
            by_question.entry(answer.asked()).or_default().push(n);
        }
        for together in by_question.values().filter(|t| t.len() > 1) {
            self.compare(round, together, &mut marks);
        }
        marks
    }

    /// Compares all answers to one question.
    fn compare(&self, round: &Round, together: &[usize], marks: &mut [Mark]) {
        let answers = round.answers();
        let asked = round.of_answer(&answers[together[0]]);
        let given = Given::of(asked);
        let told = |n: &usize| (*n, Told::of(&answers[*n].text, &given));
        let told: BTreeMap<usize, Told> = together.iter().map(told).collect();
        let crowd = Crowd::of(told.values());
        let mut suspicions: BTreeMap<usize, Vec<Suspicion>> = BTreeMap::new();
        for (at, (i, one)) in told.iter().enumerate() {
            for (j, other) in told.iter().skip(at + 1) {
                let (a, b) = (&answers[*i], &answers[*j]);
                // A miner is no copier of itself.
                let Some(pair) = Pair::of(a.seat.miner, b.seat.miner) else {
                    continue;
                };
                let evidence = in_common(one, other);
                let gained = crowd.gained(one, other, evidence, || is_right(a, asked));
                let before = round.known(&pair);
                let known = before.is_some_and(|record| record.proven);
                let near =
                    evidence >= self.min_evidence || known && (gained > 0.0 || same(one, other));
                if before.is_some() || gained > 0.0 {
                    let after = self.remember(before.unwrap_or_default(), gained, near);
                    marks[*i].pairs.push((pair, after));
                }
                if near {
                    let first = self.first(round, a, b);
                    for (n, of) in [(*i, *j), (*j, *i)] {
                        let author = first == Some(answers[of].place);
                        if first.is_none() || author {
                            let suspicion = Suspicion {
                                of,
                                evidence,
                                author,
                            };
                            suspicions.entry(n).or_default().push(suspicion);
                        }
                    }
                }
            }
        }
        for (n, suspicions) in suspicions {
            let (value, reason, source) = self.cut(answers, &suspicions);
            let mark = &mut marks[n];
            (mark.value, mark.reason, mark.source) = (value, reason, Some(source));
        }
    }

    /// The place of the author, where time tells.
    fn first(&self, round: &Round, a: &Answer, b: &Answer) -> Option<usize> {
        if !round.is_fresh() {
            return None;
        }
        let before = |one: &Answer, other: &Answer| {
            one.took.saturating_add(self.margin) < other.took
                && one.arrived.saturating_add(self.margin) < other.arrived
        };
        match (before(a, b), before(b, a)) {
            (true, _) => Some(a.place),
            (_, true) => Some(b.place),
            _ => None,
        }
    }

    fn cut(&self, answers: &[Answer], suspicions: &[Suspicion]) -> (f64, String, MinerId) {
        let most = |a: &&Suspicion, b: &&Suspicion| {
            let miner = |s: &Suspicion| answers[s.of].seat.miner;
            (a.author, a.evidence)
                .partial_cmp(&(b.author, b.evidence))
                .unwrap_or(std::cmp::Ordering::Equal)
                .then(miner(b).cmp(&miner(a)))
        };
        let worst = suspicions.iter().max_by(most).unwrap_or(&suspicions[0]);
        let Seat { uid, miner } = answers[worst.of].seat;
        let what = if worst.author {
            "after"
        } else {
            "one text with"
        };
        let reason = format!(
            "{what} uid {uid} ({}): evidence {:.1} of {}",
            miner.hotkey, worst.evidence, self.min_evidence
        );
        (self.factor / suspicions.len() as f64, reason, miner)
    }

    /// One comparison: what was known fades, what is new is added, and there is an end to it on both sides, so that who
    /// stops copying is free again after a while.
    fn remember(&self, before: PairRecord, gained: f64, near: bool) -> PairRecord {
        let kept = before.evidence * (1.0 - 1.0 / self.memory);
        let evidence = (kept + gained).clamp(0.0, 2.0 * self.pair_evidence);
        PairRecord {
            rounds: before.rounds.saturating_add(1),
            agreed: before
                .agreed
                .saturating_add(u64::from(near || gained > 0.0)),
            evidence,
            proven: evidence >= self.pair_evidence,
            now: near || gained > 0.0,
        }
    }
}

#[cfg(test)]
mod bench;
#[cfg(test)]
mod tests;
