//! Answers that are wrong in what they say.

use super::manner::without_line;
use crate::text::{
    Asked, in_prose, mistaken, parts, right, sentences, sloppy as blurred, terse, with_value, wrong,
};
use families::Family;
use rand::Rng;

/// Of a sloppy miner's values so many are wrong.
const SLOPPY: f64 = 0.75;
/// Words of a fragment.
const FRAGMENT: usize = 5;

/// The prose has facts dropped or changed, and mostly the value too.
pub fn sloppy(asked: &Asked, rng: &mut impl Rng) -> String {
    let answer = in_prose(&right(asked, rng), |prose| prose.to_string());
    match (&asked.solved, parts(&answer)) {
        (Some(solved), (prose, Some(_))) => {
            let value = match rng.random_bool(SLOPPY) {
                true => mistaken(solved).value,
                false => solved.value.clone(),
            };
            with_value(&blurred(&prose.replace(&solved.value, &value), rng), &value)
        }
        _ => blurred(&answer, rng),
    }
}

/// The right answer, denied, in words and on its line. A list can't be denied in a word: something else is put in its place.
pub fn negated(asked: &Asked, rng: &mut impl Rng) -> String {
    let Some(solved) = &asked.solved else {
        let answer = right(asked, rng);
        let denied = sentences(&answer);
        let denied = denied.into_iter().map(deny).collect::<Vec<_>>();
        return denied.join(" ");
    };
    let value = &solved.value;
    let listed = solved.family == Family::Labelling || value.contains(", ");
    if listed || !solved.sentence.contains(value) {
        return wrong(asked, rng);
    }
    with_value(&deny(&solved.sentence), &format!("not {value}"))
}

fn deny(sentence: &str) -> String {
    format!("It is not true that {}", inside(sentence))
}

fn inside(sentence: &str) -> String {
    let first: String = sentence
        .chars()
        .take(1)
        .flat_map(char::to_lowercase)
        .collect();
    format!("{first}{}", sentence.chars().skip(1).collect::<String>())
}

/// Breaks off: of several items the first half is left, of prose the first half of the words.
pub fn half(asked: &Asked, rng: &mut impl Rng) -> String {
    let items: Vec<&str> = match &asked.solved {
        Some(solved) => solved.value.split(", ").collect(),
        None => Vec::new(),
    };
    if items.len() > 1 {
        let kept = items[..items.len().div_ceil(2)].join(", ");
        return with_value("This is how far I came.", &kept);
    }
    let answer = without_line(&right(asked, rng));
    first_half(&answer)
}

/// The first half of its words.
pub fn first_half(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words[..words.len().div_ceil(2)].join(" ")
}

/// The last words of the sentence that says it: with the value or without.
pub fn fragment(asked: &Asked) -> String {
    let Some(solved) = &asked.solved else {
        return terse(&asked.task);
    };
    let said = solved.sentence.split('"').next().unwrap_or_default();
    let said = match &solved.document {
        Some(document) => said
            .split(document)
            .next()
            .unwrap_or(said)
            .trim()
            .trim_end_matches("In"),
        None => said,
    };
    let words: Vec<&str> = said.split_whitespace().collect();
    let from = words.len().saturating_sub(FRAGMENT);
    words[from..].join(" ").trim_end_matches('.').to_lowercase()
}
