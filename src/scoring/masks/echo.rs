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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::scoring::round::Answer;
    use crate::types::{Hotkey, MinerId, Seat, Uid};

    const QUESTION: &str = "Why are there two tides a day?";
    const PASSAGE: &str = "The Moon pulls the water into two bulges, and the Earth turns under both of them each day.";

    fn marked(text: &str) -> f64 {
        let round = Round {
            question: QUESTION.into(),
            messages: vec![
                "Answer from the passage.".into(),
                format!("{PASSAGE}\n\n{QUESTION}"),
            ],
            passage: Some(PASSAGE.into()),
            reference: None,
            answers: vec![Answer {
                place: 0,
                seat: Seat {
                    uid: Uid(0),
                    miner: MinerId {
                        hotkey: Hotkey([0; 32]),
                        registered_at: 0,
                    },
                },
                text: text.into(),
                took: Duration::ZERO,
            }],
        };
        apply(0.8, &round)[0].value
    }

    #[test]
    fn the_prompt_given_back_is_cut_however_it_is_dressed() {
        for text in [
            QUESTION,
            "why are there two tides a day",
            PASSAGE,
            &format!("{PASSAGE} {QUESTION}"),
            &format!(
                "Here is what I know. {} That is all.",
                PASSAGE.to_uppercase()
            ),
            "Answer from the passage.",
        ] {
            assert!(marked(text) == 0.0, "{text}");
        }
    }

    #[test]
    fn an_answer_that_uses_the_prompts_words_is_not() {
        for text in [
            "There are two tides a day because the Earth turns under two bulges of water.",
            "Why are there two tides a day? The Earth turns under two bulges, one on each side, every day.",
            "the Earth turns under both of them each day",
            "",
            "?",
        ] {
            assert!(marked(text) == 1.0, "{text}");
        }
    }
}
