//! The prompt given back: it is near to the reference in meaning and in good English, and worth nothing.

use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::Evidence;
use crate::scoring::round::{Answer, Asked, Round};
use crate::scoring::words::{Runs, words};

/// The question must be most of the answer, since a good answer may begin with it; a passage or a
/// message need only stand in the answer, whatever is put around it.
pub(super) struct Echo {
    pub min_overlap: f64,
}

impl Mask for Echo {
    fn apply(&self, round: &Round, _: &Evidence) -> Result<Vec<Mark>, Fault> {
        let runs = |text: &str| Runs::of(&words(text));
        let mark = |(answer, asked): (&Answer, Asked)| {
            let given: Vec<Runs> = asked.given().map(runs).collect();
            self.mark(&runs(&answer.text), &runs(asked.question()), &given)
        };
        Ok(round.asked().map(mark).collect())
    }
}

impl Echo {
    fn mark(&self, answer: &Runs, question: &Runs, given: &[Runs]) -> Mark {
        let asked = answer.share_in(question).min(question.share_in(answer));
        let held = given.iter().map(|g| g.share_in(answer)).fold(0.0, f64::max);
        if asked >= self.min_overlap {
            Mark::cut(0.0, format!("the question given back ({asked:.2})"))
        } else if held >= self.min_overlap {
            Mark::cut(0.0, format!("the prompt given back ({held:.2})"))
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

    const QUESTION: &str = "Why are there two tides a day?";
    const PASSAGE: &str = "The Moon pulls the water into two bulges, and the Earth turns under both of them each day.";

    fn marked(text: &str) -> f64 {
        let prompt = format!("{PASSAGE}\n\n{QUESTION}");
        let exchange = fixture::asked(
            &["Answer from the passage.", &prompt],
            QUESTION,
            Some((PASSAGE, "")),
            vec![fixture::response(0, fixture::answer(text), 1)],
        );
        let echo = Echo { min_overlap: 0.8 };
        echo.apply(&Round::of(&exchange), &Evidence::default())
            .unwrap()[0]
            .value
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
