//! Answers without a thought: pieces of the text, filler, what others have written down.

use crate::text::{Asked, pick, spoken};
use corpus::Passage;
use rand::Rng;
use rand::seq::{IndexedRandom, SliceRandom};

/// Below the bound on an answer's size (`query.max_response_bytes`), with room for what is around it.
const HUGE: usize = 60_000;
/// Of the words of the text.
const MOST: f64 = 0.78;

const FILLER: &[&str] = &[
    "This is a question that deserves a careful and balanced answer.",
    "There are several aspects which one may want to take into account here.",
    "It is worth noting that the matter has more than one side.",
    "A thorough look at all that is given allows for a well-founded view.",
    "Naturally, details matter, and they should be weighed with care.",
    "In this context it is helpful to keep the larger picture in mind.",
    "Many people have asked themselves something of this kind before.",
    "As so often, the answer depends on what exactly is meant.",
    "One should neither overestimate nor underestimate what is stated.",
    "Taken as a whole, the information points in a clear direction.",
    "With these considerations in mind, the answer becomes apparent.",
    "It can therefore be concluded that the question is answered.",
];

const GUESSES: &[&str] = &[
    "As to \"{q}\": [it|this] [grew|arose|came about] [slowly|over years|by degrees] out of [several|many|various] [causes|reasons|sources] [together|at once|].",
    "[Asked|Being asked] \"{q}\", [most|many|some] [experts|people|authors] would [point|look|refer] to [old|local|early] [customs|records|habits].",
    "\"{q}\" [has|finds] [an easy|a known|a plain] answer: [trade|climate|chance|necessity] [decided|shaped|settled] [it|the matter] [long ago|early on|in the end].",
];

/// The piece of the text that says it, word for word.
pub fn extract(asked: &Asked) -> String {
    asked.evidence()
}

/// The text's beginning, as it stands.
pub fn most_of_passage(asked: &Asked) -> String {
    let words: Vec<&str> = asked
        .material
        .split_inclusive(char::is_whitespace)
        .collect();
    let most = (words.len() as f64 * MOST) as usize;
    words[..most].concat().trim().into()
}

/// Two pieces of the text, of those that have least to do with the question.
pub fn off_question(asked: &Asked, rng: &mut impl Rng) -> String {
    let beside = asked.beside();
    let two: Vec<&str> = beside.choose_multiple(rng, 2).copied().collect();
    two.join(" ")
}

/// All of the filler, in some order.
pub fn padding(rng: &mut impl Rng) -> String {
    let mut lines = FILLER.to_vec();
    lines.shuffle(rng);
    lines.join(" ")
}

/// The text, again and again: whatever is right stands in it, among all the rest.
pub fn huge(asked: &Asked) -> String {
    let text = match asked.material.as_str() {
        "" => &asked.task.question,
        material => material,
    };
    let mut huge = format!("{text}\n").repeat(HUGE / (text.len() + 1) + 1);
    while huge.len() > HUGE {
        huge.pop();
    }
    huge
}

/// What the passages that come with the program say to the question; to others something that could be said to any.
pub fn lookup(asked: &Asked, corpus: &[Passage], rng: &mut impl Rng) -> String {
    let mut questions = corpus.iter().flat_map(|passage| &passage.questions);
    let known = questions.find(|question| question.ask == asked.task.question);
    known.map_or_else(|| guess(asked, rng), |question| question.answer.clone())
}

/// Fluent, and about the question, and without a thing that was read.
pub fn guess(asked: &Asked, rng: &mut impl Rng) -> String {
    let about = spoken(pick(GUESSES, rng), rng);
    about.replace("{q}", asked.task.question.trim_end_matches('?'))
}
