//! An answer of almost nothing.

use super::Mark;
use crate::scoring::round::Round;

pub(super) fn apply(min_chars: usize, round: &Round) -> Vec<Mark> {
    let mark = |text: &str| {
        let chars = text.trim().chars().count();
        if chars < min_chars {
            Mark::cut(0.0, format!("{chars} characters of {min_chars}"))
        } else {
            Mark::pass()
        }
    };
    round.answers.iter().map(|a| mark(&a.text)).collect()
}
