//! The chain's arithmetic on shares, with the same rounding, in fewer cycles.

use substrate_fixed::types::I32F32;

pub(crate) const ZERO: I32F32 = I32F32::from_bits(0);
pub(crate) const ONE: I32F32 = I32F32::from_bits(1 << 32);

/// `x / 65535`, truncated.
pub(crate) fn fraction(x: u16) -> I32F32 {
    I32F32::from_bits((i64::from(x) << 32) / 65_535)
}

/// What storage keeps of a share: `⌊x · 65535⌋`, saturating.
#[inline]
pub(crate) fn to_u16(x: I32F32) -> u16 {
    match u32::try_from(x.to_bits()) {
        Ok(bits) => ((u64::from(bits) * 65_535) >> 32) as u16,
        Err(_) if x < ZERO => 0,
        Err(_) => u16::MAX,
    }
}

/// The product rounded down, saturating: `saturating_mul`, with a short way for shares under one.
#[inline]
pub(crate) fn mul(a: I32F32, b: I32F32) -> I32F32 {
    if let (Ok(a), Ok(b)) = (u32::try_from(a.to_bits()), u32::try_from(b.to_bits())) {
        return I32F32::from_bits(((u64::from(a) * u64::from(b)) >> 32) as i64);
    }
    let product = (i128::from(a.to_bits()) * i128::from(b.to_bits())) >> 32;
    I32F32::from_bits(i64::try_from(product).unwrap_or(if product < 0 {
        i64::MIN
    } else {
        i64::MAX
    }))
}

/// The chain's safe division: rounded towards zero; zero by zero and on overflow.
pub(crate) fn ratio(a: I32F32, b: I32F32) -> I32F32 {
    a.checked_div(b).unwrap_or_default()
}

/// [`ratio`] of one and `x`.
#[inline]
pub(crate) fn reciprocal(x: I32F32) -> I32F32 {
    match u64::try_from(x.to_bits()) {
        // ⌊2⁶⁴/x⌋ out of ⌊(2⁶⁴−1)/x⌋, which differs for powers of two.
        Ok(bits) if bits > 2 => {
            I32F32::from_bits((u64::MAX / bits + u64::from(bits.is_power_of_two())) as i64)
        }
        _ => ratio(ONE, x),
    }
}

pub(crate) fn sum(values: impl IntoIterator<Item = I32F32>) -> I32F32 {
    values.into_iter().fold(ZERO, I32F32::saturating_add)
}

/// Scales to a sum of one; a sum of zero leaves everything as it is.
pub(crate) fn normalise(values: &mut [I32F32]) {
    let by = Divisor::new(sum(values.iter().copied()));
    values
        .iter_mut()
        .for_each(|value| *value = by.divide(*value));
}

/// Divides many shares by one value: a multiplication each instead of a 128-bit division.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Divisor {
    by: I32F32,
    /// None if `by` is not positive.
    inverse: Option<Inverse>,
}

impl Divisor {
    pub(crate) fn new(by: I32F32) -> Self {
        let inverse = u64::try_from(by.to_bits()).ok().and_then(Inverse::new);
        Divisor { by, inverse }
    }

    /// [`ratio`], but `x` itself if the divisor is zero: columns and vectors without a sum stay as they are.
    #[inline]
    pub(crate) fn divide(&self, x: I32F32) -> I32F32 {
        match (u32::try_from(x.to_bits()), self.inverse) {
            (Ok(bits), Some(inverse)) => I32F32::from_bits(
                i64::try_from(inverse.quotient(u64::from(bits) << 32)).unwrap_or(0),
            ),
            _ if self.by == ZERO => x,
            _ => ratio(x, self.by),
        }
    }
}

/// An integer divisor by its reciprocal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inverse {
    by: u64,
    /// ⌊(2⁶⁴−1)/by⌋.
    reciprocal: u64,
}

impl Inverse {
    /// None for zero.
    pub(crate) fn new(by: u64) -> Option<Self> {
        u64::MAX
            .checked_div(by)
            .map(|reciprocal| Inverse { by, reciprocal })
    }

    /// `⌊dividend / by⌋`. The product with the reciprocal falls short by less than two, so the estimate is the
    /// quotient or one below it.
    #[inline]
    pub(crate) fn quotient(self, dividend: u64) -> u64 {
        let estimate = ((u128::from(dividend) * u128::from(self.reciprocal)) >> 64) as u64;
        let rest = dividend.wrapping_sub(estimate.wrapping_mul(self.by));
        estimate.wrapping_add(u64::from(rest >= self.by))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bits() -> impl Strategy<Value = I32F32> {
        let share = 0..=1i64 << 32;
        let edge = prop_oneof![
            Just(0),
            Just(1),
            Just(-1),
            Just(1 << 32),
            Just(u32::MAX.into()),
            Just(i64::MIN),
            Just(i64::MAX)
        ];
        let power = (0..63u32).prop_map(|shift| 1i64 << shift);
        prop_oneof![share, edge, power, any::<i64>()].prop_map(I32F32::from_bits)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn as_the_crate_computes(a in bits(), b in bits()) {
            prop_assert_eq!(mul(a, b), a.saturating_mul(b));
            let kept = if b == ZERO { a } else { a.checked_div(b).unwrap_or_default() };
            prop_assert_eq!(Divisor::new(b).divide(a), kept);
            prop_assert_eq!(reciprocal(a), ONE.checked_div(a).unwrap_or_default());
            prop_assert_eq!(to_u16(a), a.saturating_mul(I32F32::from_num(65_535)).saturating_to_num::<u16>());
        }

        #[test]
        fn quotients_are_exact(dividend in any::<u64>(), by in 1..=u64::MAX, shift in 0..64u32) {
            for by in [by, by >> shift, 1 << shift] {
                prop_assert_eq!(Inverse::new(by).map(|by| by.quotient(dividend)), dividend.checked_div(by));
            }
        }
    }

    #[test]
    fn fractions() {
        for x in 0..=u16::MAX {
            assert_eq!(
                Some(fraction(x)),
                I32F32::from_num(x).checked_div(I32F32::from_num(65_535))
            );
        }
    }
}
