//! Moving averages per miner, advanced by judgement. Pure.

use crate::config::ScoringConfig;
use crate::types::{Judgement, MovingAverage, Reward, ScoreTable};

/// How averages move. All are shares: 0 < `up` ≤ `down` ≤ 1 and 0 ≤ `start` ≤ 1 (the scoring config holds them there).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Share of a reward that is not below the average.
    pub up: f64,
    /// Share of a reward below it. Good work is proven slowly and refuted fast: with one share for both, a miner that has
    /// stopped working is paid for as long as it took to earn its score.
    pub down: f64,
    /// Before the first reward.
    pub start: f64,
}

impl Pace {
    pub fn of(config: &ScoringConfig) -> Self {
        Self {
            up: config.alpha,
            down: config.alpha_down.unwrap_or(config.alpha),
            start: config.start.unwrap_or(0.0),
        }
    }
}

/// One step: `α·reward + (1−α)·value`, with α the pace up or down. Steady rewards are what a value comes to; of rewards
/// that vary it stays below the mean, the more the faster it falls.
///
/// A newcomer starts from 0 unless the config says otherwise, as in OpenValidators, not from its first reward: a hotkey
/// that registers anew after every bad answer must never stand above one that kept its place, and one lucky answer must
/// not be worth a full score. After n equal rewards r it has reached `r·(1 − (1−α)ⁿ)`.
///
/// The result stays in [0, 1].
pub fn step(before: Option<MovingAverage>, reward: Reward, pace: Pace) -> MovingAverage {
    let before = before.unwrap_or(MovingAverage {
        value: pace.start,
        ..MovingAverage::default()
    });
    let off = reward.get() - before.value;
    let alpha = if off < 0.0 { pace.down } else { pace.up };
    // Weights that sum to 1 whatever is known: the first reward says nothing of a spread.
    let effective = (1.0 - alpha) * before.effective + 1.0;
    let share = 1.0 / effective;
    MovingAverage {
        value: (before.value + alpha * off).clamp(0.0, 1.0),
        observations: before.observations.saturating_add(1),
        variance: spread(before, off, share),
        effective,
    }
}

/// The variance after a reward that is `off` the value before it, and has this share of what is known.
fn spread(before: MovingAverage, off: f64, share: f64) -> f64 {
    match before.observations {
        0 => 0.0,
        _ => (1.0 - share) * (before.variance + share * off * off),
    }
}

/// The rows that one round of judgements changes. A miner that was not part of the round keeps its row.
pub fn advance(table: &ScoreTable, judgements: &[Judgement], pace: Pace) -> ScoreTable {
    let mut changed = ScoreTable::new();
    for judgement in judgements {
        let before = changed
            .get(&judgement.seat.miner)
            .or(table.get(&judgement.seat.miner));
        let after = step(before.copied(), judgement.reward, pace);
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

    fn even(alpha: f64) -> Pace {
        Pace {
            up: alpha,
            down: alpha,
            start: 0.0,
        }
    }

    fn after(pace: Pace, rewards: impl IntoIterator<Item = f64>) -> Option<MovingAverage> {
        rewards.into_iter().fold(None, |row, r| {
            Some(step(row, Reward::new(r).unwrap(), pace))
        })
    }

    fn shipped() -> Pace {
        let text = include_str!("../../config/scoring/default.toml");
        Pace::of(&ScoringConfig::parse(text, "default.toml").unwrap())
    }

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
        let first = step(None, Reward::new(0.8).unwrap(), even(0.05));
        assert!((first.value - 0.04).abs() < 1e-12);
        assert_eq!(first.observations, 1);
    }

    #[test]
    fn only_the_asked_miners_change() {
        let first = advance(
            &ScoreTable::new(),
            &[judged(1, 1.0), judged(2, 0.5)],
            even(0.2),
        );
        let second = advance(&first, &[judged(2, 0.5)], even(0.2));
        assert_eq!(second.len(), 1);
        let row = second[&judged(2, 0.0).seat.miner];
        assert!((row.value - 0.18).abs() < 1e-12, "{row:?}");
        assert_eq!(row.observations, 2);
    }

    #[test]
    fn a_miner_judged_twice_takes_both_steps() {
        let both = advance(
            &ScoreTable::new(),
            &[judged(1, 1.0), judged(1, 1.0)],
            even(0.5),
        );
        let row = both[&judged(1, 0.0).seat.miner];
        assert!((row.value - 0.75).abs() < 1e-12);
        assert_eq!(row.observations, 2);
    }

    /// The shipped weight is the score squared: it is halved where the score is at 0.71 of what it was.
    #[test]
    fn a_fall_from_right_to_wrong_halves_the_weight_within_ten_rounds() {
        let power = crate::config::WeightsConfig::default().power;
        for (right, wrong) in [(0.9, 0.15), (0.9, 0.3), (0.9, 0.4), (0.6, 0.25), (1.0, 0.0)] {
            let mut row = after(shipped(), std::iter::repeat_n(right, 500));
            let before = row.unwrap().value.powf(power);
            for _ in 0..10 {
                row = Some(step(row, Reward::new(wrong).unwrap(), shipped()));
            }
            let left = row.unwrap().value.powf(power) / before;
            assert!(left <= 0.5, "{right} to {wrong}: {left:.2} of the weight");
        }
    }

    /// The same fall with one share for both ways takes longer.
    #[test]
    fn with_one_pace_a_fall_takes_too_long() {
        let row = after(even(shipped().up), std::iter::repeat_n(0.9, 500));
        let rounds = (1..100).scan(row, |row, n| {
            *row = Some(step(*row, Reward::new(0.3).unwrap(), even(shipped().up)));
            Some((n, row.unwrap().value))
        });
        let halved = rounds.skip_while(|(_, value)| *value > 0.9 * 0.5_f64.sqrt());
        assert!(halved.map(|(n, _)| n).next().unwrap() > 10);
    }

    #[test]
    fn a_newcomer_may_start_elsewhere() {
        let pace = Pace {
            start: 0.4,
            ..even(0.1)
        };
        let first = step(None, Reward::new(0.8).unwrap(), pace);
        assert!((first.value - 0.44).abs() < 1e-12);
    }

    /// Of one half and nothing, as often: it settles where what it wins going up is what it loses going down.
    #[test]
    fn what_varies_settles_below_its_mean() {
        let pace = Pace {
            up: 0.01,
            down: 0.02,
            start: 0.0,
        };
        let flaky = after(pace, (0..4000).map(|n| f64::from(n % 2))).unwrap();
        assert!((flaky.value - 1.0 / 3.0).abs() < 0.01, "{flaky:?}");
        let steady = after(pace, std::iter::repeat_n(0.5, 4000)).unwrap();
        assert!((steady.value - 0.5).abs() < 1e-9);
    }

    #[test]
    fn the_uncertainty_is_that_of_the_rewards() {
        let steady = after(even(0.05), std::iter::repeat_n(0.7, 400)).unwrap();
        assert!(steady.variance < 1e-6 && (steady.effective - 20.0).abs() < 1e-6);
        let varied = after(even(0.05), (0..400).map(|n| f64::from(n % 2))).unwrap();
        assert!((varied.variance - 0.25).abs() < 0.03, "{varied:?}");
        assert!((varied.error().unwrap() - (0.25_f64 / 20.0).sqrt()).abs() < 0.01);
        assert_eq!(MovingAverage::default().error(), None);
    }

    proptest! {
        #[test]
        fn a_spread_is_never_more_than_there_can_be(
            rewards in prop::collection::vec(0.0..=1.0f64, 1..60),
            up in 0.001..=1.0f64, more in 0.0..=1.0f64, start in 0.0..=1.0f64,
        ) {
            let pace = Pace { up, down: up + more * (1.0 - up), start };
            let last = after(pace, rewards.iter().copied()).unwrap();
            prop_assert!((0.0..=1.0).contains(&last.value));
            prop_assert!((0.0..=1.0).contains(&last.variance));
            prop_assert!((1.0..=rewards.len() as f64).contains(&last.effective));
        }

        /// Who falls faster than it rises never stands above who does both at one pace.
        #[test]
        fn a_faster_fall_is_never_to_ones_advantage(
            rewards in prop::collection::vec(0.0..=1.0f64, 1..60),
            up in 0.001..=1.0f64, more in 0.0..=1.0f64,
        ) {
            let pace = Pace { down: up + more * (1.0 - up), ..even(up) };
            let value = |pace| after(pace, rewards.iter().copied()).unwrap().value;
            prop_assert!(value(pace) <= value(even(up)) + 1e-12);
        }

        #[test]
        fn the_order_of_a_round_does_not_matter(rewards in prop::collection::vec(0.0..=1.0f64, 1..20)) {
            let mut round: Vec<Judgement> = rewards.iter().zip(0..).map(|(r, n)| judged(n, *r)).collect();
            let one_way = advance(&ScoreTable::new(), &round, shipped());
            round.reverse();
            prop_assert_eq!(one_way, advance(&ScoreTable::new(), &round, shipped()));
        }

        #[test]
        fn stays_in_range_and_follows_the_closed_form(
            rewards in prop::collection::vec(0.0..=1.0f64, 1..60),
            alpha in 0.001..=1.0f64,
        ) {
            let last = after(even(alpha), rewards.iter().copied()).unwrap();
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
            up in 0.001..=1.0f64, more in 0.0..=1.0f64,
        ) {
            let pace = Pace { down: up + more * (1.0 - up), ..even(up) };
            let run = |pick: fn(f64, f64) -> f64| {
                after(pace, pairs.iter().map(|(a, b)| pick(*a, *b))).unwrap().value
            };
            prop_assert!(run(f64::max) >= run(f64::min) - 1e-12);
        }
    }
}
