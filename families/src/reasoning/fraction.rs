//! Exact fractions: truths don't depend on how a machine rounds.

use truth::Truth;

use crate::answer::{decimal, tolerance};

/// Below is above 0, and the two have no common factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fraction {
    above: i64,
    below: i64,
}

impl Fraction {
    /// None where it divides by zero or leaves the range that tasks keep to.
    pub fn new(above: i128, below: i128) -> Option<Self> {
        let (mut a, mut b) = (above.abs(), below.abs());
        while b > 0 {
            (a, b) = (b, a % b);
        }
        if below == 0 {
            return None;
        }
        let sign = if below < 0 { -1 } else { 1 };
        let (above, below) = (sign * above / a.max(1), sign * below / a.max(1));
        let kept = above.abs() < 1_000_000_000_000 && below < 1_000_000_000_000;
        kept.then_some(Self {
            above: above as i64,
            below: below as i64,
        })
    }

    pub fn add(self, other: Self) -> Option<Self> {
        let [a, b, c, d] = self.parts(other);
        Self::new(a * d + c * b, b * d)
    }

    pub fn sub(self, other: Self) -> Option<Self> {
        let [a, b, c, d] = self.parts(other);
        Self::new(a * d - c * b, b * d)
    }

    pub fn mul(self, other: Self) -> Option<Self> {
        let [a, b, c, d] = self.parts(other);
        Self::new(a * c, b * d)
    }

    pub fn div(self, other: Self) -> Option<Self> {
        let [a, b, c, d] = self.parts(other);
        Self::new(a * d, b * c)
    }

    fn parts(self, other: Self) -> [i128; 4] {
        [self.above, self.below, other.above, other.below].map(i128::from)
    }

    pub fn is_whole(self) -> bool {
        self.below == 1
    }

    pub fn is_above(self, edge: i64) -> bool {
        i128::from(self.above) > i128::from(edge) * i128::from(self.below)
    }

    pub fn text(self, decimals: u32) -> String {
        decimal(self.above, self.below, decimals)
    }

    pub fn truth(self, decimals: u32, unit: Option<&str>) -> Truth {
        Truth::Number {
            value: self.above as f64 / self.below as f64,
            unit: unit.map(String::from),
            // A whole number is right or wrong.
            tolerance: match decimals {
                0 if self.is_whole() => 0.0,
                _ => tolerance(decimals),
            },
        }
    }
}

impl From<i64> for Fraction {
    fn from(whole: i64) -> Self {
        Self {
            above: whole,
            below: 1,
        }
    }
}
