//! `normaliser = { kind = … }`: how a raw score becomes a number in [0, 1].

use serde::{Deserialize, Serialize};

use crate::config::rule::{Checked, between, rule};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum NormaliserConfig {
    /// ½(1 + erf((r−μ)/(σ√2))) over a running mean and variance, remembering at most `memory` scores.
    RunningNormal { memory: f64 },
    /// Linear from `low` → 0 to `high` → 1, clipped.
    Linear { low: f64, high: f64 },
    /// 1 / (1 + e^(−(r − centre)/scale)).
    Logistic { centre: f64, scale: f64 },
    /// Straight lines between points `[raw, quality]`; before the first and behind the last as at them.
    Points { points: Vec<(f64, f64)> },
}

impl NormaliserConfig {
    pub(super) fn check(&self) -> Checked {
        let finite = |key: &str, value: f64| rule(value.is_finite(), key, value, "a finite number");
        match *self {
            Self::Points { ref points } => check_points(points),
            Self::RunningNormal { memory } => between("memory", memory, 2.0, 1e9),
            Self::Linear { low, high } => {
                finite("low", low)?;
                finite("high", high)?;
                rule(low < high, "low", low, &format!("below high = {high}"))
            }
            Self::Logistic { centre, scale } => {
                finite("centre", centre)?;
                rule(
                    scale > 0.0 && scale.is_finite(),
                    "scale",
                    scale,
                    "a positive number",
                )
            }
        }
    }
}

/// A better raw score never means less.
fn check_points(points: &[(f64, f64)]) -> Checked {
    let rises = |pair: &[(f64, f64)]| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1;
    let sound = |(raw, quality): &(f64, f64)| raw.is_finite() && (0.0..=1.0).contains(quality);
    rule(
        points.len() >= 2 && points.iter().all(sound) && points.windows(2).all(rises),
        "points",
        format!("{points:?}"),
        "two or more [raw, quality] with growing raws, and qualities that never fall and lie in 0 to 1",
    )
}
