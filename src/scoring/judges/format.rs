//! Whether an answer is put as it was asked for, and can be read: the line that says the answer, sentences, no debris.

use truth::read::answer_line;

use super::Opinion;
use crate::scoring::round::{Answer, Asked};

/// What no reader should meet: leavings of templates, pages and models.
const DEBRIS: [&str; 12] = [
    "</", "<|", "|>", "<br", "<div", "<p>", "&nbsp;", "&lt;", "[INST]", "[/INST]", "{{", "\\n",
];

/// Of fewer words no sentence is expected.
const SENTENCE: usize = 5;

/// The product of what each flaw leaves.
pub(in crate::scoring) fn opinion(answer: &Answer, asked: Asked) -> Opinion {
    let text = answer.text.trim();
    let flaws = [
        (
            0.5,
            "no line that begins with `Answer:`",
            asked.wants_an_answer_line() && answer_line(text).is_none(),
        ),
        (0.5, "in capitals", shouts(text)),
        (0.3, "holds debris of markup", has_debris(&answer.raw)),
        (
            0.7,
            "begins without a capital",
            !asked.is_exact() && is_sentence(text) && text.starts_with(char::is_lowercase),
        ),
        (
            0.9,
            "a list of one item",
            text.starts_with(['-', '*', '•']) && text.lines().count() == 1,
        ),
    ];
    let found = || flaws.iter().filter(|(_, _, is)| *is);
    Opinion {
        raw: found().map(|(keeps, _, _)| keeps).product(),
        why: found()
            .map(|(_, why, _)| *why)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn is_sentence(text: &str) -> bool {
    text.split_whitespace().count() >= SENTENCE
}

/// Most letters of a sentence are capitals. Of a name or a few initials they may be.
fn shouts(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    is_sentence(text) && capitals * 10 > letters * 7
}

fn has_debris(text: &str) -> bool {
    DEBRIS.iter().any(|d| text.contains(d)) || text.matches("```").count() % 2 == 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scoring::round::Round;
    use crate::scoring::tests::fixture;

    fn worth(message: &str, text: &str) -> f64 {
        let response = fixture::response(0, fixture::answer(text), 1);
        let exchange = fixture::asked(&[message], "How many?", None, vec![response]);
        let round = Round::of(&exchange);
        let (answer, asked) = round.asked().next().unwrap();
        opinion(answer, asked).raw
    }

    const PLAIN: &str = "Say how many.";
    const LINED: &str = "Say how many. End with a line `Answer: …`.";

    #[test]
    fn what_is_well_put_loses_nothing() {
        for (message, text) in [
            (PLAIN, "There are 12 of them, as the DNA of each one shows."),
            (PLAIN, "12"),
            (PLAIN, "NASA"),
            (PLAIN, "- one\n- two"),
            (PLAIN, "```\nlet a = 1;\n```"),
            (PLAIN, "If a < b and b > c, there are 12."),
            (LINED, "I count them.\n**Answer:** 12"),
            (PLAIN, "漢字の答えです。"),
        ] {
            assert!(worth(message, text) == 1.0, "{text}");
        }
    }

    #[test]
    fn each_flaw_costs() {
        for (message, text) in [
            (LINED, "I count 12."),
            (PLAIN, "THERE ARE TWELVE OF THEM IN ALL."),
            (PLAIN, "there are twelve of them in all."),
            (PLAIN, "There are 12.</s>"),
            (PLAIN, "```\nlet a = 1;"),
            (PLAIN, "- There are 12 of them"),
        ] {
            assert!(worth(message, text) < 1.0, "{text}");
        }
    }
}
