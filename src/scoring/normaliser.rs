//! Raw score → [0, 1].

use std::collections::BTreeMap;

use crate::config::NormaliserConfig;
use crate::types::NormaliserState;

/// Below this the scores count as equal: nothing is known about their spread yet.
const MIN_SIGMA: f64 = 1e-9;

/// A saved state that can't be continued.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error(
    "normaliser `{model}`: count {count}, mean {mean}, variance {variance} are not statistics; delete the row and it starts anew"
)]
pub struct BadState {
    pub model: String,
    pub count: f64,
    pub mean: f64,
    pub variance: f64,
}

/// The running statistics of every model that needs them, by name in the scoring file. The caller
/// keeps them between rounds and saves [`Normalisers::states`] with every judgement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Normalisers(BTreeMap<String, Running>);

impl Normalisers {
    pub fn restore(states: impl IntoIterator<Item = NormaliserState>) -> Result<Self, BadState> {
        let running = |s: NormaliserState| {
            let sane = s.count >= 0.0
                && s.count.is_finite()
                && s.mean.is_finite()
                && s.variance >= 0.0
                && s.variance.is_finite();
            if !sane {
                return Err(BadState {
                    model: s.model,
                    count: s.count,
                    mean: s.mean,
                    variance: s.variance,
                });
            }
            let running = Running {
                count: s.count,
                mean: s.mean,
                variance: s.variance,
            };
            Ok((s.model, running))
        };
        states
            .into_iter()
            .map(running)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub fn states(&self) -> Vec<NormaliserState> {
        let state = |(model, r): (&String, &Running)| NormaliserState {
            model: model.clone(),
            count: r.count,
            mean: r.mean,
            variance: r.variance,
        };
        self.0.iter().map(state).collect()
    }

    /// Maps one round's finite raw scores, of those answers that have one; a running rule takes them into its statistics first.
    pub(super) fn apply(&mut self, model: &str, rule: &NormaliserConfig, raw: &[f64]) -> Vec<f64> {
        match *rule {
            NormaliserConfig::Points { ref points } => {
                raw.iter().map(|r| on_points(points, *r)).collect()
            }
            NormaliserConfig::RunningNormal { memory } => {
                let running = self.0.entry(model.to_owned()).or_default();
                running.take_in(raw, memory);
                raw.iter().map(|r| running.normalise(*r)).collect()
            }
            NormaliserConfig::Linear { low, high } => raw
                .iter()
                .map(|r| ((r - low) / (high - low)).clamp(0.0, 1.0))
                .collect(),
            NormaliserConfig::Logistic { centre, scale } => raw
                .iter()
                .map(|r| 1.0 / (1.0 + (-(r - centre) / scale).exp()))
                .collect(),
        }
    }
}

/// `points` grow in their first values.
fn on_points(points: &[(f64, f64)], raw: f64) -> f64 {
    let next = points.partition_point(|(at, _)| *at <= raw);
    let before = next.checked_sub(1).and_then(|i| points.get(i));
    match (before, points.get(next)) {
        (Some((low, from)), Some((high, to))) => from + (to - from) * (raw - low) / (high - low),
        (Some((_, quality)), None) | (None, Some((_, quality))) => *quality,
        (None, None) => 0.0,
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Running {
    /// Scores remembered, at most `memory`.
    count: f64,
    mean: f64,
    variance: f64,
}

impl Running {
    /// OpenValidators' merge of a batch into the running statistics, except that the batch's variance is
    /// the population's (over n, not n − 1): that of a batch of one is then 0 and not NaN, which there
    /// poisons the statistics for good, and the merge is exact.
    fn take_in(&mut self, batch: &[f64], memory: f64) {
        if batch.is_empty() {
            return;
        }
        let n = batch.len() as f64;
        let mean = batch.iter().sum::<f64>() / n;
        let variance = batch.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n;
        let new = n / (n + self.count);
        let old = self.count / (n + self.count);
        let apart = mean - self.mean;
        self.variance = new * variance + old * self.variance + new * old * apart * apart;
        self.mean = new * mean + old * self.mean;
        self.count = (self.count + n).min(memory);
    }

    /// ½(1 + erf((r−μ)/(σ√2))): the share of remembered scores that lie below, were they normal.
    fn normalise(&self, raw: f64) -> f64 {
        let sigma = self.variance.sqrt();
        if sigma < MIN_SIGMA {
            return 0.5;
        }
        let z = (raw - self.mean) / (sigma * std::f64::consts::SQRT_2);
        (0.5 * (1.0 + libm::erf(z))).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    const RUNNING: NormaliserConfig = NormaliserConfig::RunningNormal { memory: 3000.0 };

    #[test]
    fn between_points_it_is_a_straight_line_and_outside_it_is_flat() {
        let points = vec![(0.0, 0.0), (5.0, 0.1), (10.0, 1.0)];
        let rule = NormaliserConfig::Points { points };
        let got = Normalisers::default().apply("m", &rule, &[-1.0, 0.0, 2.5, 5.0, 7.5, 10.0, 11.0]);
        let expected = [0.0, 0.0, 0.05, 0.1, 0.55, 1.0, 1.0];
        for (got, expected) in got.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-12, "{got} {expected}");
        }
    }

    fn state(normalisers: &Normalisers) -> NormaliserState {
        normalisers.states().remove(0)
    }

    #[test]
    fn a_batch_of_one_is_half_and_poisons_nothing() {
        let mut normalisers = Normalisers::default();
        assert_eq!(normalisers.apply("m", &RUNNING, &[-3.5]), [0.5]);
        let after = normalisers.apply("m", &RUNNING, &[-3.5, 1.0, 2.0]);
        assert!(after.iter().all(|n| n.is_finite()), "{after:?}");
        assert!(after[0] < after[1] && after[1] < after[2]);
    }

    #[test]
    fn two_batches_give_the_statistics_of_all_scores() {
        let mut normalisers = Normalisers::default();
        normalisers.apply("m", &RUNNING, &[1.0, 2.0, 4.0]);
        normalisers.apply("m", &RUNNING, &[8.0, 5.0]);
        let s = state(&normalisers);
        assert!(
            (s.mean - 4.0).abs() < 1e-12 && (s.variance - 6.0).abs() < 1e-12,
            "{s:?}"
        );
        assert!((s.count - 5.0).abs() < 1e-12);
    }

    #[test]
    fn memory_is_bounded_so_that_new_scores_keep_counting() {
        let rule = NormaliserConfig::RunningNormal { memory: 10.0 };
        let mut normalisers = Normalisers::default();
        normalisers.apply("m", &rule, &[0.0; 100]);
        for _ in 0..20 {
            normalisers.apply("m", &rule, &[1.0; 5]);
        }
        let s = state(&normalisers);
        assert!(s.count <= 10.0 && s.mean > 0.99, "{s:?}");
    }

    #[test]
    fn one_sigma_above_the_mean_is_the_normal_quantile() {
        let mut normalisers = Normalisers::default();
        let out = normalisers.apply("m", &RUNNING, &[-1.0, 1.0]);
        assert!((out[1] - 0.841_344_746).abs() < 1e-8, "{out:?}");
    }

    #[test]
    fn linear_and_logistic() {
        let mut none = Normalisers::default();
        let linear = NormaliserConfig::Linear {
            low: 0.2,
            high: 0.7,
        };
        assert_eq!(
            none.apply("m", &linear, &[-1.0, 0.2, 0.7, 9.0]),
            [0.0, 0.0, 1.0, 1.0]
        );
        let logistic = NormaliserConfig::Logistic {
            centre: 1.0,
            scale: 0.5,
        };
        let out = none.apply("m", &logistic, &[1.0, -1e300, 1e300]);
        assert_eq!(out, [0.5, 0.0, 1.0]);
        assert!(none.states().is_empty());
    }

    #[test]
    fn a_broken_saved_state_is_refused_and_a_sound_one_continues() {
        let mut normalisers = Normalisers::default();
        normalisers.apply("m", &RUNNING, &[1.0, 2.0]);
        let saved = normalisers.states();
        assert_eq!(Normalisers::restore(saved.clone()).unwrap(), normalisers);
        let mut broken = saved;
        broken[0].variance = f64::NAN;
        assert_eq!(Normalisers::restore(broken).unwrap_err().model, "m");
    }

    proptest! {
        #[test]
        fn stays_in_range_and_keeps_the_order(
            batches in prop::collection::vec(prop::collection::vec(-1e6..1e6f64, 1..20), 1..12),
            kind in 0..3usize,
        ) {
            let rule = [
                RUNNING,
                NormaliserConfig::Linear { low: -3.0, high: 40.0 },
                NormaliserConfig::Logistic { centre: 2.0, scale: 7.0 },
            ][kind].clone();
            let mut normalisers = Normalisers::default();
            for batch in &batches {
                let out = normalisers.apply("m", &rule, batch);
                prop_assert_eq!(out.len(), batch.len());
                for (i, a) in batch.iter().enumerate() {
                    prop_assert!((0.0..=1.0).contains(&out[i]));
                    for (j, b) in batch.iter().enumerate() {
                        prop_assert!(a > b || out[i] <= out[j]);
                    }
                }
            }
        }

        #[test]
        fn saved_and_restored_goes_on_alike(
            first in prop::collection::vec(-50.0..50.0f64, 0..20),
            second in prop::collection::vec(-50.0..50.0f64, 1..20),
        ) {
            let mut kept = Normalisers::default();
            kept.apply("m", &RUNNING, &first);
            let mut restored = Normalisers::restore(kept.states()).unwrap();
            prop_assert_eq!(kept.apply("m", &RUNNING, &second), restored.apply("m", &RUNNING, &second));
            prop_assert_eq!(kept, restored);
        }
    }
}
