//! Liquid alpha: every bond has its own rate, by how far its weight is from consensus or from the bond.

use crate::exp::exp;
use crate::fixed::{ONE, ZERO, fraction, mul, reciprocal};
use crate::masks::{Ascent, Held};
use crate::{LiquidAlpha, Rows};
use substrate_fixed::types::I32F32;

/// `min(1, a·weight + (1 − a)·bond)` for the columns of the new weights; bonds in others lapse.
///
/// The chain finds the weight and the bond for `a` by walking both rows in ascending order: entries out of order
/// count as zero there, and only there.
pub(crate) fn moving_average(
    weights: &Rows,
    held: &Held,
    consensus: &[I32F32],
    alpha: LiquidAlpha,
    rows: &mut Rows,
) {
    let curve = Curve::new(alpha);
    rows.reset_like(weights);
    let mut bonds = vec![Bond::default(); consensus.len()];
    let mut rates = Vec::with_capacity(consensus.len());
    let mut seen = held.seen.iter();
    for (new_row, old_row) in weights.iter().zip(held.rows.iter()) {
        for ((col, bond), in_order) in old_row.iter().zip(seen.by_ref()) {
            if let Some(cell) = bonds.get_mut(usize::from(col)) {
                *cell = Bond {
                    value: bond,
                    seen: if *in_order { bond } else { ZERO },
                };
            }
        }
        let bond = |col: u16| bonds.get(usize::from(col)).copied().unwrap_or_default();

        rates.clear();
        let mut order = Ascent::default();
        rates.extend(new_row.iter().map(|(col, weight)| {
            let seen = if order.admits(col) { weight } else { ZERO };
            distance(
                seen,
                bond(col).seen,
                consensus.get(usize::from(col)).copied().unwrap_or_default(),
            )
        }));
        curve.rates(&mut rates);

        for ((col, weight), rate) in new_row.iter().zip(&rates) {
            let kept = mul(ONE.saturating_sub(*rate), bond(col).value);
            let mixed = kept.saturating_add(mul(*rate, weight).max(ZERO)).min(ONE);
            if mixed > ZERO {
                rows.push(col, mixed);
            }
        }
        for col in old_row.cols {
            if let Some(cell) = bonds.get_mut(usize::from(*col)) {
                *cell = Bond::default();
            }
        }
        rows.end_row();
    }
}

#[derive(Clone, Copy, Default)]
struct Bond {
    value: I32F32,
    seen: I32F32,
}

/// How far a rising bond's weight is above consensus, or a falling bond above its weight; in [0, 1].
fn distance(weight: I32F32, bond: I32F32, consensus: I32F32) -> I32F32 {
    let from = if weight >= bond {
        weight.saturating_sub(consensus)
    } else {
        bond.saturating_sub(weight)
    };
    from.min(ONE).max(ZERO)
}

struct Curve {
    low: I32F32,
    high: I32F32,
    slope: I32F32,
}

impl Curve {
    fn new(alpha: LiquidAlpha) -> Self {
        Curve {
            low: fraction(alpha.low),
            high: fraction(alpha.high),
            slope: I32F32::from_bits((i64::from(alpha.steepness) << 32) / -100),
        }
    }

    /// Replaces each distance d by the rate `low + (high − low) / (1 + e^(slope·(d − ½)))`.
    fn rates(&self, distances: &mut [I32F32]) {
        let half = I32F32::from_bits(1 << 31);
        distances
            .iter_mut()
            .for_each(|distance| *distance = mul(self.slope, distance.saturating_sub(half)));
        exp(distances);
        let span = self.high.saturating_sub(self.low);
        for value in distances {
            let sigmoid = reciprocal(ONE.saturating_add(*value));
            *value = self
                .low
                .saturating_add(mul(sigmoid, span))
                .min(self.high)
                .max(self.low);
        }
    }
}
