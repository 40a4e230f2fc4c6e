//! How to answer, worded in many ways.

use super::grammar::pattern;
use crate::invent::Chance;

const TASKS: &[&str] = &[
    "[Read the text and answer|Answer] the question [about it|that follows it].",
    "[Below|Here] is a text with a question. Answer it from the text alone.",
    "[Use only the text|Rely on nothing but the text] to answer the question.",
    "[You are given|What follows is] a text and a question about it.",
];
const WORDS: &[&str] = &[
    "[Answer|Reply|Write] in [a sentence or two|one or two sentences] of your own",
    "[Give|Write] your answer in [one or two sentences|a sentence or two], in your own words",
    "[Put|Word] it yourself, in [one sentence or two|a sentence or two]",
];
const VALUES: &[&str] = &[
    ", and end with a line `Answer: <value>`[ that holds only what was asked for|].",
    ". The last line must be `Answer: <value>`[, with nothing but what was asked for|].",
    "; then [add|give], on a line of its own, `Answer: <value>`.",
];
const ABSENT: &[&str] = &[
    "If the text does not say, answer that it does not say.",
    "Should the text [leave it open|not tell], [answer|reply] that the text does not say.",
    "Where the text gives no answer, say so: `Answer: the text does not say`.",
];
const LISTS: &str = "[Names in a list|Several names] are separated by commas.";

/// For a document and a question.
pub fn reading(chance: &mut Chance) -> String {
    let parts = [
        format!("{} ", chance.pick(TASKS)),
        chance.pick(WORDS).to_string(),
        format!("{} ", chance.pick(VALUES)),
        format!("{} ", chance.pick(ABSENT)),
        LISTS.to_string(),
    ];
    pattern::write(&parts.concat(), chance, &mut |_, _| String::new())
}
