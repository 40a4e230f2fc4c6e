//! Powers of ratios, exact to the last digit asked for. Pure.
//!
//! The chain computes them as `exp(ln(base) · exponent)` in 256 bits and more, of which 18 decimal digits are used.

use num_bigint::BigInt;
use std::sync::LazyLock;

/// Fractional bits of all steps.
const BITS: usize = 320;
/// What is so close below a whole number is that number: all steps together are off by less.
const CLOSE: usize = 64;

static ONE: LazyLock<BigInt> = LazyLock::new(|| BigInt::from(1) << BITS);
/// ln 2 = 2 artanh 1/3
static LN_2: LazyLock<BigInt> = LazyLock::new(|| artanh(&(&*ONE / 3)) << 1usize);

/// `base ^ exponent` in parts of `scale`, rounded down, at most `u64::MAX`; none of a ratio over zero.
pub fn power(base: (u128, u128), exponent: (u64, u64), scale: u64) -> Option<u64> {
    if base.1 == 0 || exponent.1 == 0 {
        return None;
    }
    if base.0 == 0 {
        return Some(0);
    }
    let (up, down) = (BigInt::from(base.0), BigInt::from(base.1));
    if exponent.0 == exponent.1 {
        return Some(capped(up * scale / down));
    }
    let scaled = exp(ln(&up) - ln(&down), exponent) * scale;
    let close = &*ONE >> CLOSE;
    Some(capped((scaled + close) >> BITS))
}

fn capped(value: BigInt) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// Natural logarithm of a whole number from one on.
fn ln(value: &BigInt) -> BigInt {
    // A mantissa from one to two.
    let doublings = value.bits().saturating_sub(1);
    let mantissa = (value << BITS) >> doublings;
    let ratio = ((&mantissa - &*ONE) << BITS) / (&mantissa + &*ONE);
    (artanh(&ratio) << 1usize) + &*LN_2 * doublings
}

/// z + z³/3 + z⁵/5 + …, of at most a third.
fn artanh(z: &BigInt) -> BigInt {
    let square: BigInt = (z * z) >> BITS;
    let (mut term, mut sum, mut odd) = (z.clone(), z.clone(), 1u32);
    while term.bits() > 0 {
        term = (term * &square) >> BITS;
        odd += 2;
        sum += &term / odd;
    }
    sum
}

/// e to the power of a logarithm times an exponent.
fn exp(ln: BigInt, (of, over): (u64, u64)) -> BigInt {
    let value = ln * of / over;
    // A rest from zero to ln 2, as shifting right rounds down.
    let mut doublings = &value / &*LN_2;
    let mut rest = &value - &doublings * &*LN_2;
    if rest < BigInt::ZERO {
        rest += &*LN_2;
        doublings -= 1;
    }
    let (mut term, mut sum, mut count) = (ONE.clone(), ONE.clone(), 0u32);
    while term.bits() > 0 {
        count += 1;
        term = ((term * &rest) >> BITS) / count;
        sum += &term;
    }
    match i64::try_from(doublings).unwrap_or(i64::MAX) {
        // Nothing that can be asked for is so large.
        1024.. => sum << 1024usize,
        more @ 0.. => sum << more,
        less => sum >> less.unsigned_abs(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const E18: u64 = 1_000_000_000_000_000_000;

    #[test]
    fn known_powers() {
        // Whole roots come out whole.
        assert_eq!(power((4, 9), (1, 2), E18), Some(E18 * 2 / 3));
        assert_eq!(power((9, 4), (1, 2), 1000), Some(1500));
        assert_eq!(power((8, 1), (2, 3), E18), Some(4 * E18));
        assert_eq!(power((1, 4), (3, 2), E18), Some(E18 / 8));
        // 2^0.1 and 0.5^(1/3), to 18 digits.
        assert_eq!(power((2, 1), (1, 10), E18), Some(1_071_773_462_536_293_164));
        assert_eq!(power((1, 2), (1, 3), E18), Some(793_700_525_984_099_737));
        assert_eq!(power((0, 5), (1, 2), E18), Some(0));
        assert_eq!(power((5, 0), (1, 2), E18), None);
        assert_eq!(power((u128::MAX, 1), (99, 100), E18), Some(u64::MAX));
        assert_eq!(power((1, u128::MAX), (99, 100), E18), Some(0));
    }

    proptest! {
        #[test]
        fn roots_are_the_largest_whose_power_fits(up in 1u64.., down in 1u64.., root in 2u32..6) {
            let scale = 1_000_000u64;
            let ours = power((up.into(), down.into()), (1, root.into()), scale).unwrap();
            let fits = |value: u64| {
                let left = BigInt::from(value).pow(root) * down;
                left <= BigInt::from(scale).pow(root) * up
            };
            prop_assert!(fits(ours) && !fits(ours + 1));
        }

        #[test]
        fn powers_grow_with_their_base(
            low in 1u128..u128::MAX / 2, more in 0u128..u128::MAX / 2, down in 1u128.., of in 1u64..E18,
        ) {
            let at = |up| power((up, down), (of, E18), E18).unwrap();
            prop_assert!(at(low) <= at(low + more));
        }
    }
}
