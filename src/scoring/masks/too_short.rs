//! An answer of almost nothing, where only the reference says what is right: a known truth may be two digits.

use truth::Truth;

use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::Evidence;
use crate::scoring::round::{Answer, Asked, Round};

pub(super) struct TooShort {
    pub min_chars: usize,
}

impl Mask for TooShort {
    fn apply(&self, round: &Round, _: &Evidence) -> Result<Vec<Mark>, Fault> {
        let mark = |(answer, asked): (&Answer, Asked)| match asked.truth() {
            Truth::Open {} => self.mark(&answer.text),
            _ => Mark::pass(),
        };
        Ok(round.asked().map(mark).collect())
    }
}

impl TooShort {
    fn mark(&self, text: &str) -> Mark {
        let chars = text.chars().filter(|c| c.is_alphanumeric()).count();
        if chars < self.min_chars {
            Mark::cut(
                0.0,
                format!("{chars} letters and digits of {}", self.min_chars),
            )
        } else {
            Mark::pass()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scoring::tests::fixture;

    fn marked(text: &str, truth: Truth) -> f64 {
        let exchange = fixture::with_truth("", truth, &[text]);
        let mask = TooShort { min_chars: 5 };
        let marks = mask.apply(&Round::of(&exchange), &Evidence::default());
        marks.unwrap()[0].value
    }

    #[test]
    fn little_is_cut_only_where_it_may_not_be_all() {
        let year = Truth::Number {
            value: 2008.0,
            unit: None,
            tolerance: 0.0,
        };
        assert!(marked("2008", year) == 1.0);
        assert!(marked("2008", Truth::Open {}) == 0.0);
        assert!(marked("- - - - -", Truth::Open {}) == 0.0);
        assert!(marked("A flood.", Truth::Open {}) == 1.0);
    }
}
