//! How values come one after another. Only what every machine computes alike: sums, products, quotients.

use crate::invent::Chance;

/// Kinds of series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Process {
    /// Trend, season and noise; the season's length.
    Season(usize),
    Walk,
    /// Drawn back to a mean.
    Reverting,
    /// A level that jumps once, late.
    Regime,
    /// Small counts.
    Counts,
}

impl Process {
    pub const ALL: &[Self] = &[
        Self::Season(7),
        Self::Season(12),
        Self::Walk,
        Self::Reverting,
        Self::Regime,
        Self::Counts,
    ];

    /// So many values in tenths. `noise` from 0, quiet, to 1, wild.
    pub fn draw(self, count: usize, noise: f64, chance: &mut Chance) -> Vec<i64> {
        let level = part(chance, 80.0, 600.0);
        let spread = level * (0.02 + 0.06 * noise);
        let values: Vec<f64> = match self {
            Self::Season(period) => season(period, count, level, spread, chance),
            Self::Walk => {
                let drift = part(chance, -0.3, 0.3) * spread;
                let mut at = level;
                (0..count)
                    .map(|_| {
                        at += drift + spread * normal(chance);
                        at
                    })
                    .collect()
            }
            Self::Reverting => {
                let keeps = part(chance, 0.3, 0.85);
                let mut off = 0.0;
                (0..count)
                    .map(|_| {
                        off = keeps * off + spread * normal(chance);
                        level + off
                    })
                    .collect()
            }
            Self::Regime => {
                let jump = count * chance.within(55, 80) as usize / 100;
                let other = level * if chance.percent(50) { 1.4 } else { 0.7 };
                (0..count)
                    .map(|at| if at < jump { level } else { other } + spread * normal(chance))
                    .collect()
            }
            Self::Counts => {
                let mean = part(chance, 3.0, 30.0);
                (0..count).map(|_| counted(mean, chance) as f64).collect()
            }
        };
        values
            .iter()
            .map(|value| (value * 10.0).round() as i64)
            .collect()
    }
}

fn season(period: usize, count: usize, level: f64, spread: f64, chance: &mut Chance) -> Vec<f64> {
    let slope = part(chance, -0.6, 0.6) * spread;
    let shape: Vec<f64> = (0..period)
        .map(|_| level * part(chance, -0.25, 0.25))
        .collect();
    let value =
        |at: usize| level + slope * at as f64 / 4.0 + shape[at % period] + spread * normal(chance);
    (0..count).map(value).collect()
}

/// Between the two.
fn part(chance: &mut Chance, low: f64, high: f64) -> f64 {
    low + (high - low) * chance.below(1 << 20) as f64 / f64::from(1 << 20)
}

/// Mean 0, deviation 1: twelve even draws.
fn normal(chance: &mut Chance) -> f64 {
    (0..12).map(|_| part(chance, 0.0, 1.0)).sum::<f64>() - 6.0
}

/// Many unlikely things, each of which happens or not.
fn counted(mean: f64, chance: &mut Chance) -> usize {
    let happens = (mean * 1000.0) as usize / 100;
    (0..100).filter(|_| chance.below(1000) < happens).count()
}
