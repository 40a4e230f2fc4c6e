//! The chain's exponential, several at a time.

use crate::fixed::{ONE, ZERO, reciprocal};
use substrate_fixed::transcendental::E;
use substrate_fixed::types::I32F32;

/// Arguments worked on side by side: the steps of one series wait for each other, those of several don't.
const LANES: usize = 8;

/// Replaces each x, limited to ±20, by `e^x` as `substrate_fixed::transcendental::exp` has it: 31 terms of the Taylor
/// series of |x|, each cut to 32 fractional bits, and the reciprocal of the sum below zero.
pub(crate) fn exp(values: &mut [I32F32]) {
    for chunk in values.chunks_mut(LANES) {
        let mut magnitudes = [0u64; LANES];
        for (magnitude, x) in magnitudes.iter_mut().zip(chunk.iter()) {
            *magnitude = x.to_bits().unsigned_abs().min(LIMIT);
        }
        let sums = series(magnitudes);
        for (x, sum) in chunk.iter_mut().zip(sums) {
            let sum = I32F32::from_bits(sum as i64);
            *x = if *x == ONE {
                // The crate answers with a constant of 23 fractional bits.
                I32F32::from(E)
            } else if *x < ZERO {
                reciprocal(sum)
            } else {
                sum
            };
        }
    }
}

/// e^20 leaves room in 31 integer bits, and so does every term on the way.
const LIMIT: u64 = 20 << 32;

fn series(x: [u64; LANES]) -> [u64; LANES] {
    let mut term = x;
    let mut sum = x.map(|x| x + (1 << 32));
    // A divisor known at compile time makes a multiplication of each division.
    macro_rules! terms {
        ($($i:literal)*) => { $(
            for lane in 0..LANES {
                term[lane] = ((u128::from(term[lane]) * u128::from(x[lane])) >> 32) as u64 / $i;
                sum[lane] = sum[lane].wrapping_add(term[lane]);
            }
            if term.iter().fold(0, |any, term| any | term) == 0 {
                return sum;
            }
        )* };
    }
    terms!(2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use substrate_fixed::transcendental;

    fn crates(x: I32F32) -> I32F32 {
        let limit = I32F32::from_num(20);
        transcendental::exp(x.max(-limit).min(limit)).unwrap_or_default()
    }

    proptest! {
        #[test]
        fn as_the_crate_computes(bits in prop::collection::vec(prop_oneof![-(21i64 << 32)..21 << 32, any::<i64>()], 0..20)) {
            let mut values: Vec<I32F32> = bits.iter().copied().map(I32F32::from_bits).collect();
            let expected: Vec<I32F32> = values.iter().copied().map(crates).collect();
            exp(&mut values);
            prop_assert_eq!(values, expected);
        }
    }

    #[test]
    fn at_the_edges() {
        let edges = [
            0,
            1,
            -1,
            1 << 32,
            -(1 << 32),
            20 << 32,
            -(20 << 32),
            (20 << 32) + 1,
            i64::MIN,
            i64::MAX,
        ];
        for bits in edges {
            let x = I32F32::from_bits(bits);
            let mut values = [x];
            exp(&mut values);
            assert_eq!(values, [crates(x)], "e^{x}");
        }
    }
}
