//! Full answers in a voice of one's own: the value, said in prose that no two voices share, and on the line that was asked for.

use super::asked::Asked;
use super::compose::{closing, honest, inside, opening, pick};
use super::lexicon::reworded;
use super::sentence::capitalised;
use crate::solve::Solved;
use families::Family;
use rand::Rng;
use rand::seq::IndexedRandom;

/// What the line with the value begins with.
pub const ANSWER: &str = "Answer:";

/// Ways to say a value without the words of the question; `{v}` is the value.
const BEGINNINGS: &[&str] = &[
    "I get {v}",
    "My result is {v}",
    "It comes out as {v}",
    "What was wanted is {v}",
    "I arrive at {v}",
    "The thing to say is {v}",
    "I would put down {v}",
    "All in all I find {v}",
    "The outcome: {v}",
    "I settle on {v}",
    "One ends up with {v}",
    "Everything points to {v}",
];
const MIDDLES: &[&str] = &[
    "after a look at {t}",
    "by what {t} offers",
    "once {t} is taken in full",
    "having gone through {t} twice",
    "if {t} is to be trusted",
    "and {t} leaves little doubt",
    "with {t} in hand",
    "going from one end of {t} to the other",
    "since {t} says as much",
    "as anybody can check in {t}",
];
const READ: &[&str] = &[
    "the passage",
    "the text",
    "the lines given",
    "the account",
    "what is written",
];
const TABLE: &[&str] = &[
    "the table",
    "the rows given",
    "the figures",
    "the data",
    "the records",
];
const SEARCHED: &[&str] = &[
    "the documents",
    "the sources",
    "the papers given",
    "the collection",
    "the files",
];
const THOUGHT: &[&str] = &[
    "the statement",
    "the facts given",
    "the premises",
    "what is stated",
    "the wording",
];
const SERIES: &[&str] = &[
    "the series",
    "the values so far",
    "the past",
    "the record",
    "what was seen",
];
const ITEMS: &[&str] = &[
    "the items",
    "the list",
    "the entries",
    "the samples",
    "all of them",
];

/// A right answer. The same generator state gives the same one.
pub fn right(asked: &Asked, rng: &mut impl Rng) -> String {
    match &asked.solved {
        Some(solved) => with_value(&prose(solved, &asked.material, rng), &solved.value),
        None => honest(&asked.task, rng),
    }
}

/// The same voice with a wrong value in a good sentence; where no value is known, what the text says of something else.
pub fn wrong(asked: &Asked, rng: &mut impl Rng) -> String {
    let Some(solved) = &asked.solved else {
        let beside = asked.beside();
        let said = reworded(pick_one(&beside, rng), 0.65, usize::MAX, rng);
        return format!("{} {}", opening(rng, READ), inside(&said, &asked.material));
    };
    let solved = mistaken(solved);
    with_value(&prose(&solved, &asked.material, rng), &solved.value)
}

fn pick_one<'t>(from: &[&'t str], rng: &mut impl Rng) -> &'t str {
    from.choose(rng)
        .copied()
        .unwrap_or("the matter is left open.")
}

/// Less of the text's own words: only the value is kept.
pub fn own_words(asked: &Asked, rng: &mut impl Rng) -> String {
    match &asked.solved {
        Some(solved) if said_by(solved) => with_value(&alone(solved, rng), &solved.value),
        Some(solved) => with_value(&around(&solved.sentence, &solved.value, rng), &solved.value),
        None => reworded(&honest(&asked.task, rng), 1.0, usize::MAX, rng),
    }
}

/// Prose, and the line that the instructions ask for.
pub fn with_value(prose: &str, value: &str) -> String {
    format!("{prose}\n{ANSWER} {value}")
}

/// Prose and the value behind it, where it has one.
pub fn parts(answer: &str) -> (&str, Option<&str>) {
    match answer.rsplit_once(&format!("\n{ANSWER} ")) {
        Some((prose, value)) => (prose, Some(value)),
        None => (answer, None),
    }
}

/// Prose changed, the value as it is.
pub fn in_prose(answer: &str, change: impl FnOnce(&str) -> String) -> String {
    match parts(answer) {
        (prose, Some(value)) => with_value(&change(prose), value),
        (prose, None) => change(prose),
    }
}

/// The decoy in the right one's place, in words too.
pub fn mistaken(solved: &Solved) -> Solved {
    let decoy = match solved.decoy.as_str() {
        "" => "seventeen",
        decoy => decoy,
    };
    let sentence = match solved.sentence.contains(&solved.value) {
        true => solved.sentence.replace(&solved.value, decoy),
        false => format!("It is {decoy}."),
    };
    Solved {
        value: decoy.into(),
        sentence,
        ..solved.clone()
    }
}

fn prose(solved: &Solved, material: &str, rng: &mut impl Rng) -> String {
    // A quotation is asked for: the sentence holds it.
    let short = solved.document.is_none() && said_by(solved);
    let mut said = match short && rng.random_bool(0.35) {
        true => alone(solved, rng),
        false => {
            let sentence = around(&solved.sentence, &solved.value, rng);
            format!(
                "{} {}",
                opening(rng, topics(solved.family)),
                inside(&sentence, material)
            )
        }
    };
    if rng.random_bool(0.5) {
        said = format!("{said} {}", closing(rng));
    }
    said
}

/// Whether the value can stand in any sentence: that a text doesn't say it is a sentence of its own.
fn said_by(solved: &Solved) -> bool {
    solved.sentence.contains(&solved.value)
}

fn alone(solved: &Solved, rng: &mut impl Rng) -> String {
    let text = pick(topics(solved.family), rng);
    let (begin, middle) = (
        pick(BEGINNINGS, rng),
        pick(MIDDLES, rng).replace("{t}", text),
    );
    let said = match rng.random_bool(0.5) {
        true => format!("{begin}, {middle}."),
        false => format!(
            "{}, {}.",
            capitalised(&middle),
            begin
                .strip_prefix("The ")
                .map_or_else(|| lowered(begin), |rest| format!("the {rest}"))
        ),
    };
    let said = said.replace("{v}", &solved.value);
    match (&solved.document, &solved.evidence) {
        (Some(document), Some(evidence)) => format!("{said} {document} has it: \"{evidence}\""),
        _ => said,
    }
}

fn lowered(text: &str) -> String {
    match text.strip_prefix("I ") {
        Some(rest) => format!("I {rest}"),
        None => text
            .chars()
            .take(1)
            .flat_map(char::to_lowercase)
            .chain(text.chars().skip(1))
            .collect(),
    }
}

/// Reworded, but for what is quoted and the value.
fn around(sentence: &str, value: &str, rng: &mut impl Rng) -> String {
    let mut out = String::new();
    for (at, part) in sentence.split('"').enumerate() {
        if at > 0 {
            out.push('"');
        }
        match at % 2 {
            0 => {
                let parts: Vec<String> = part.split(value).map(|part| edged(part, rng)).collect();
                out.push_str(&parts.join(value));
            }
            _ => out.push_str(part),
        }
    }
    out
}

/// Reworded between the blanks at its ends.
fn edged(part: &str, rng: &mut impl Rng) -> String {
    let inner = part.trim();
    match part.split_once(inner) {
        Some((before, after)) if !inner.is_empty() => {
            format!("{before}{}{after}", reworded(inner, 0.65, usize::MAX, rng))
        }
        _ => part.into(),
    }
}

fn topics(family: Family) -> &'static [&'static str] {
    match family {
        Family::Reading => READ,
        Family::Data => TABLE,
        Family::Search => SEARCHED,
        Family::Reasoning => THOUGHT,
        Family::Forecast => SERIES,
        Family::Labelling => ITEMS,
    }
}
