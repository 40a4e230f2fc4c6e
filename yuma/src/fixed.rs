//! The chain's arithmetic on shares, with the same rounding, in fewer cycles.

use substrate_fixed::types::I32F32;

pub(crate) const ZERO: I32F32 = I32F32::from_bits(0);
pub(crate) const ONE: I32F32 = I32F32::from_bits(1 << 32);

/// `x / 65535`, truncated.
pub(crate) fn fraction(x: u16) -> I32F32 {
    I32F32::from_bits((i64::from(x) << 32) / 65_535)
}

/// What storage keeps of a share: `⌊x · 65535⌋`, saturating.
pub(crate) fn to_u16(x: I32F32) -> u16 {
    let scaled = (i128::from(x.to_bits()) * 65_535) >> 32;
    scaled.clamp(0, 65_535) as u16
}

/// The product rounded down, saturating: `saturating_mul` without its 128-bit overflow check.
#[inline]
pub(crate) fn mul(a: I32F32, b: I32F32) -> I32F32 {
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
    /// ⌊(2⁶⁴−1)/by⌋ on the raw bits; 0 if `by` is not positive.
    inverse: u64,
}

impl Divisor {
    pub(crate) fn new(by: I32F32) -> Self {
        let inverse = u64::try_from(by.to_bits())
            .ok()
            .and_then(|bits| u64::MAX.checked_div(bits));
        Divisor {
            by,
            inverse: inverse.unwrap_or(0),
        }
    }

    /// [`ratio`], but `x` itself if the divisor is zero: columns and vectors without a sum stay as they are.
    #[inline]
    pub(crate) fn divide(self, x: I32F32) -> I32F32 {
        let bits = x.to_bits() as u64;
        if bits >> 32 != 0 || self.inverse == 0 {
            return if self.by == ZERO {
                x
            } else {
                ratio(x, self.by)
            };
        }
        // The estimate is below the quotient by at most one, since x·2³² < 2⁶⁴.
        let dividend = bits << 32;
        let by = self.by.to_bits() as u64;
        let estimate = ((u128::from(dividend) * u128::from(self.inverse)) >> 64) as u64;
        let quotient = estimate + u64::from(dividend - estimate * by >= by);
        I32F32::from_bits(i64::try_from(quotient).unwrap_or(0))
    }
}
