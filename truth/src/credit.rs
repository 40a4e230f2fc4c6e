//! How right an answer is, with words for a person.

use crate::text;

/// How right an answer is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// In [0, 1].
    pub value: f64,
    /// What was read and what it was compared with, for a person.
    pub why: String,
}

impl Credit {
    /// Some credit; what isn't a number is none.
    pub(crate) fn new(value: f64, why: &str) -> Self {
        let value = if value.is_finite() {
            value.clamp(0.0, 1.0)
        } else {
            0.0
        };
        Self {
            value,
            why: text::printable(why, 120),
        }
    }

    pub(crate) fn full(why: &str) -> Self {
        Self::new(1.0, why)
    }

    pub(crate) fn none(why: &str) -> Self {
        Self::new(0.0, why)
    }
}
