//! An answer that doubts itself: "I am not sure, but …". That denies nothing, and is worth less than the same said plainly.

use crate::read::Token;

/// Words of one's own certainty: a negation before one of them is about the speaker.
const CERTAIN: &[&str] = &[
    "sure",
    "certain",
    "positive",
    "confident",
    "convinced",
    "expert",
    "remember",
    "recall",
    "know",
    "swear",
    "promise",
    "guarantee",
];

/// Beginnings of doubt, in words.
const DOUBTS: &[&[&str]] = &[
    &["may", "be", "mistaken"],
    &["might", "be", "mistaken"],
    &["could", "be", "mistaken"],
    &["may", "be", "wrong"],
    &["might", "be", "wrong"],
    &["could", "be", "wrong"],
    &["correct", "me", "if"],
    &["if", "i", "recall"],
    &["if", "i", "remember"],
    &["if", "memory", "serves"],
    &["it", "may", "be", "that"],
    &["it", "might", "be", "that"],
    &["it", "could", "be", "that"],
    &["it", "may", "have", "been"],
    &["quote", "me", "on"],
    &["my", "best", "guess"],
    &["i", "guess"],
    &["i", "suppose"],
];

/// Whether the negation that stands at `at` is about the speaker's own certainty.
pub(super) fn is_doubt(words: &[&str], at: usize) -> bool {
    let behind = words.iter().skip(at + 1).take(4);
    behind.into_iter().any(|word| CERTAIN.contains(word))
}

/// Whether the speaker doubts what is said.
pub(super) fn doubts(tokens: &[Token]) -> bool {
    let words: Vec<&str> = tokens
        .iter()
        .filter(|t| t.is_word())
        .map(|t| t.text.as_str())
        .collect();
    let unsure = (0..words.len()).any(|at| {
        matches!(words[at], "not" | "never" | "cannot" | "nt" | "no") && is_doubt(&words, at)
    });
    let said = |doubt: &&[&str]| words.windows(doubt.len()).any(|run| run == *doubt);
    unsure || DOUBTS.iter().any(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokens;

    #[test]
    fn who_doubts_says_so_and_who_denies_does_not_doubt() {
        for (text, doubt) in [
            (
                "I am not entirely sure, but it may be that the dam broke.",
                true,
            ),
            ("I'm not certain; the dam broke.", true),
            ("I could be mistaken, but the dam broke.", true),
            ("If I recall rightly, the dam broke.", true),
            ("It may have been the dam.", true),
            ("The dam did not break.", false),
            ("No dam was there, and nobody knows why.", false),
            ("It may break in spring.", false),
            ("The dam broke.", false),
            ("", false),
        ] {
            assert_eq!(doubts(&tokens(text)), doubt, "{text}");
        }
    }
}
