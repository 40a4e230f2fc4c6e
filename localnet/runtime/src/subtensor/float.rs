//! The decimal floating point in which the chain counts shares of stake.
//!
//! Clients read `AlphaV2` as raw mantissa and exponent, so values are kept in the chain's normal
//! form: a mantissa of 21 digits, in (10²⁰, 10²¹].

use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::U256;

const MAX_MANTISSA: u128 = 1_000_000_000_000_000_000_000;
const DIGITS: u64 = 21;

/// `mantissa · 10^exponent`.
#[derive(Encode, Decode, Default, TypeInfo, MaxEncodedLen, Clone, Copy, PartialEq, Eq, Debug)]
pub struct SafeFloat {
    mantissa: u128,
    exponent: i64,
}

impl SafeFloat {
    /// The value in normal form; excess digits are dropped. None if the exponent leaves its range.
    fn normal(mut mantissa: U256, mut exponent: i64) -> Option<Self> {
        if mantissa.is_zero() {
            return Some(Self::default());
        }
        let (ten, max) = (U256::from(10), U256::from(MAX_MANTISSA));
        while mantissa > max {
            mantissa /= ten;
            exponent = exponent.checked_add(1)?;
        }
        while mantissa <= max / ten {
            mantissa *= ten;
            exponent = exponent.checked_sub(1)?;
        }
        Some(Self {
            mantissa: mantissa.low_u128(),
            exponent,
        })
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.mantissa == 0
    }

    /// None on overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let (a, b, exponent) = self.aligned(other);
        Self::normal(a.saturating_add(b), exponent)
    }

    /// Zero where `other` is larger; none on overflow.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let (a, b, exponent) = self.aligned(other);
        Self::normal(a.saturating_sub(b), exponent)
    }

    /// `self · factor / divisor`; none for a divisor of zero or on overflow.
    pub fn mul_div(self, factor: Self, divisor: Self) -> Option<Self> {
        let product = U256::from(self.mantissa).checked_mul(U256::from(factor.mantissa))?;
        let mantissa = product.checked_div(U256::from(divisor.mantissa))?;
        let exponent = self
            .exponent
            .checked_add(factor.exponent)?
            .checked_sub(divisor.exponent)?;
        Self::normal(mantissa, exponent)
    }

    /// Both mantissas at the larger exponent of the two, a zero taking the other's.
    fn aligned(self, other: Self) -> (U256, U256, i64) {
        let exponent = match (self.is_zero(), other.is_zero()) {
            (true, _) => other.exponent,
            (_, true) => self.exponent,
            _ => self.exponent.max(other.exponent),
        };
        let at = |value: Self| {
            let shift = exponent
                .saturating_sub(value.exponent)
                .max(0)
                .unsigned_abs();
            U256::from(value.mantissa) / power_of_ten(shift)
        };
        (at(self), at(other), exponent)
    }
}

/// 10^exponent, capped where it exceeds every mantissa anyway.
fn power_of_ten(exponent: u64) -> U256 {
    U256::from(10).pow(U256::from(exponent.min(DIGITS + 1)))
}

impl From<u64> for SafeFloat {
    fn from(value: u64) -> Self {
        Self::normal(value.into(), 0).unwrap_or_default()
    }
}

impl From<SafeFloat> for u64 {
    /// Truncated; saturated.
    fn from(value: SafeFloat) -> u64 {
        let scale = power_of_ten(value.exponent.unsigned_abs());
        let mantissa = U256::from(value.mantissa);
        let whole = if value.exponent >= 0 {
            mantissa.saturating_mul(scale)
        } else {
            mantissa / scale
        };
        whole.min(u64::MAX.into()).low_u64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whole_numbers_survive(value: u64) {
            prop_assert_eq!(u64::from(SafeFloat::from(value)), value);
        }

        #[test]
        fn a_share_of_itself_is_itself(value in 1u64.., part in 1u64..) {
            let (value, part) = (SafeFloat::from(value), SafeFloat::from(part));
            prop_assert_eq!(value.mul_div(part, part), Some(value));
        }

        #[test]
        fn adding_and_taking_away_cancels(a in 1u64..1 << 62, b in 1u64..1 << 62) {
            let (a, b) = (SafeFloat::from(a), SafeFloat::from(b));
            let back = a.checked_add(b).and_then(|sum| sum.checked_sub(b)).map(u64::from);
            // A digit of the smaller may fall off the mantissa.
            prop_assert!(back.is_some_and(|back| back.abs_diff(u64::from(a)) <= 1));
        }
    }

    #[test]
    fn normal_form_is_the_chains() {
        assert_eq!(
            SafeFloat::from(1),
            SafeFloat {
                mantissa: 1_000_000_000_000_000_000_000,
                exponent: -21
            }
        );
        assert_eq!(
            SafeFloat::from(0),
            SafeFloat {
                mantissa: 0,
                exponent: 0
            }
        );
    }

    #[test]
    fn division_by_zero_is_none() {
        assert_eq!(
            SafeFloat::from(1).mul_div(SafeFloat::from(1), SafeFloat::default()),
            None
        );
    }
}
