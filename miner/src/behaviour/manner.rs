//! Right answers, each in a manner of its own.

use crate::text::{ANSWER, Asked, in_prose, pick, right, sentences};
use rand::Rng;

const GREETINGS: &[&str] = &[
    "Thank you for this interesting question!",
    "Certainly, I am happy to help with that.",
    "Good day! Let me see.",
    "Of course! Here is what I found for you.",
];
const FAREWELLS: &[&str] = &[
    "I hope that this helps. Please ask if anything is unclear!",
    "Let me know if I can do anything else for you.",
    "Have a pleasant day!",
    "It was a pleasure to look into this.",
];

/// Courtesies before and behind.
pub fn polite(asked: &Asked, rng: &mut impl Rng) -> String {
    let (greeting, farewell) = (pick(GREETINGS, rng), pick(FAREWELLS, rng));
    format!("{greeting} {}\n{farewell}", right(asked, rng))
}

/// A point for each sentence, and the line that was asked for.
pub fn bulleted(asked: &Asked, rng: &mut impl Rng) -> String {
    in_prose(&right(asked, rng), |prose| {
        let points = sentences(prose)
            .into_iter()
            .map(|point| format!("- {point}"));
        points.collect::<Vec<_>>().join("\n")
    })
}

/// Everything in capitals.
pub fn capitals(asked: &Asked, rng: &mut impl Rng) -> String {
    right(asked, rng).to_uppercase()
}

/// Every fourth long word of the prose has two letters exchanged; names and numbers are left alone.
pub fn typos(asked: &Asked, rng: &mut impl Rng) -> String {
    let answer = right(asked, rng);
    in_prose(&answer, |prose| {
        let words = prose.split(' ').map(|word| match misspelt(word, rng) {
            Some(other) if rng.random_bool(0.25) => other,
            _ => word.into(),
        });
        words.collect::<Vec<_>>().join(" ")
    })
}

fn misspelt(word: &str, rng: &mut impl Rng) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let plain = letters.iter().all(|c| c.is_ascii_lowercase());
    if letters.len() < 5 || !plain {
        return None;
    }
    let at = rng.random_range(1..letters.len() - 2);
    letters.swap(at, at + 1);
    Some(letters.into_iter().collect())
}

/// The value, and nothing else. Where none is asked for: the clause that says it.
pub fn shortest(asked: &Asked) -> String {
    match &asked.solved {
        Some(solved) => solved.value.clone(),
        None => super::wrong::fragment(asked),
    }
}

/// As [`right`], without the line: what is left of it in prose.
pub fn without_line(answer: &str) -> String {
    let lines = answer.lines().filter(|line| !line.starts_with(ANSWER));
    lines.collect::<Vec<_>>().join("\n")
}
