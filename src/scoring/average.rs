//! Moving averages per miner, advanced by judgement. Pure.

use crate::types::{Judgement, MovingAverage, Reward, ScoreTable};

/// One step: `α·reward + (1−α)·value`.
///
/// A newcomer starts from 0, as in OpenValidators, not from its first reward: a hotkey that registers
/// anew after every bad answer must never stand above one that kept its place, and one lucky answer
/// must not be worth a full score. After n equal rewards r it has reached `r·(1 − (1−α)ⁿ)`.
///
/// `alpha` is a share, 0 < α ≤ 1 (the scoring config holds it there); the result stays in [0, 1].
pub fn step(before: Option<MovingAverage>, reward: Reward, alpha: f64) -> MovingAverage {
    let (value, observations) = before.map_or((0.0, 0), |b| (b.value, b.observations));
    MovingAverage {
        value: (alpha * reward.get() + (1.0 - alpha) * value).clamp(0.0, 1.0),
        observations: observations.saturating_add(1),
    }
}

/// The rows that one round of judgements changes. A miner that was not part of the round keeps its row.
pub fn advance(table: &ScoreTable, judgements: &[Judgement], alpha: f64) -> ScoreTable {
    let mut changed = ScoreTable::new();
    for judgement in judgements {
        let before = changed
            .get(&judgement.seat.miner)
            .or(table.get(&judgement.seat.miner));
        let after = step(before.copied(), judgement.reward, alpha);
        changed.insert(judgement.seat.miner, after);
    }
    changed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::types::{Hotkey, MinerId, Seat, Uid};

    fn judged(seed: u8, reward: f64) -> Judgement {
        Judgement {
            seat: Seat {
                uid: Uid(seed.into()),
                miner: MinerId {
                    hotkey: Hotkey([seed; 32]),
                    registered_at: 1,
                },
            },
            models: Vec::new(),
            masks: Vec::new(),
            reward: Reward::new(reward).unwrap(),
        }
    }

    #[test]
    fn a_newcomer_starts_from_zero() {
        let first = step(None, Reward::new(0.8).unwrap(), 0.05);
        assert!((first.value - 0.04).abs() < 1e-12);
        assert_eq!(first.observations, 1);
    }

    #[test]
    fn only_the_asked_miners_change() {
        let first = advance(&ScoreTable::new(), &[judged(1, 1.0), judged(2, 0.5)], 0.2);
        let second = advance(&first, &[judged(2, 0.5)], 0.2);
        assert_eq!(second.len(), 1);
        let row = second[&judged(2, 0.0).seat.miner];
        assert!((row.value - 0.18).abs() < 1e-12, "{row:?}");
        assert_eq!(row.observations, 2);
    }

    #[test]
    fn a_miner_judged_twice_takes_both_steps() {
        let both = advance(&ScoreTable::new(), &[judged(1, 1.0), judged(1, 1.0)], 0.5);
        let row = both[&judged(1, 0.0).seat.miner];
        assert!((row.value - 0.75).abs() < 1e-12);
        assert_eq!(row.observations, 2);
    }

    proptest! {
        #[test]
        fn stays_in_range_and_follows_the_closed_form(
            rewards in prop::collection::vec(0.0..=1.0f64, 1..60),
            alpha in 0.001..=1.0f64,
        ) {
            let last = rewards.iter().fold(None, |row, r| {
                Some(step(row, Reward::new(*r).unwrap(), alpha))
            }).unwrap();
            prop_assert!((0.0..=1.0).contains(&last.value));
            prop_assert_eq!(last.observations, rewards.len() as u64);
            let n = rewards.len() as i32;
            let closed: f64 = rewards.iter().zip(1..)
                .map(|(r, i)| alpha * r * (1.0 - alpha).powi(n - i)).sum();
            prop_assert!((last.value - closed).abs() < 1e-9);
        }

        #[test]
        fn never_worse_for_better_answers(
            pairs in prop::collection::vec((0.0..=1.0f64, 0.0..=1.0f64), 1..40),
            alpha in 0.001..=1.0f64,
        ) {
            let run = |pick: fn(f64, f64) -> f64| pairs.iter().fold(None, |row, (a, b)| {
                Some(step(row, Reward::new(pick(*a, *b)).unwrap(), alpha))
            }).unwrap().value;
            prop_assert!(run(f64::max) >= run(f64::min));
        }
    }
}
