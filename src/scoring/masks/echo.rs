//! The prompt given back: it is near to the reference in meaning and in good English, and worth nothing.

use super::Mark;
use crate::scoring::round::Round;
use crate::scoring::words::{Runs, words};

/// The question must be most of the answer, since a good answer may begin with it; a passage or a
/// message need only stand in the answer, whatever is put around it.
pub(super) fn apply(min_overlap: f64, round: &Round) -> Vec<Mark> {
    let runs = |text: &String| Runs::of(&words(text));
    let question = runs(&round.question);
    let given: Vec<Runs> = round
        .messages
        .iter()
        .chain(&round.passage)
        .map(runs)
        .collect();
    let mark = |answer: &String| {
        let answer = runs(answer);
        let asked = answer.share_in(&question).min(question.share_in(&answer));
        let held = given
            .iter()
            .map(|g| g.share_in(&answer))
            .fold(0.0, f64::max);
        if asked >= min_overlap {
            Mark::cut(0.0, format!("the question given back ({asked:.2})"))
        } else if held >= min_overlap {
            Mark::cut(0.0, format!("the prompt given back ({held:.2})"))
        } else {
            Mark::pass()
        }
    };
    round.answers.iter().map(|a| mark(&a.text)).collect()
}
