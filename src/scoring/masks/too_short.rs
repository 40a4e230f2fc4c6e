//! An answer of almost nothing.

use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::Evidence;
use crate::scoring::round::Round;

pub(super) struct TooShort {
    pub min_chars: usize,
}

impl Mask for TooShort {
    fn apply(&self, round: &Round, _: &Evidence) -> Result<Vec<Mark>, Fault> {
        Ok(round.texts().map(|text| self.mark(text)).collect())
    }
}

impl TooShort {
    fn mark(&self, text: &str) -> Mark {
        let chars = text.trim().chars().count();
        if chars < self.min_chars {
            Mark::cut(0.0, format!("{chars} characters of {}", self.min_chars))
        } else {
            Mark::pass()
        }
    }
}
