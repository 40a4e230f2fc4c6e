//! What another said, made to look like one's own. None of these look at the question.

use super::wrong::first_half;
use crate::text::{edited, in_prose, reworded};
use rand::Rng;

const ZERO_WIDTH: &[char] = &['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];
/// Letters and others that look like them.
const ALIKE: &[(char, char)] = &[
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('i', 'і'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('x', 'х'),
    ('y', 'у'),
];

/// A word or two exchanged.
pub fn copycat(answer: &str, rng: &mut impl Rng) -> String {
    in_prose(answer, |prose| edited(prose, rng))
}

/// Other words wherever there are some.
pub fn synonyms(answer: &str, rng: &mut impl Rng) -> String {
    in_prose(answer, |prose| reworded(prose, 1.0, usize::MAX, rng))
}

/// Half of the prose, and the value.
pub fn half(answer: &str) -> String {
    in_prose(answer, first_half)
}

/// Every second letter that has a double is exchanged for it, in the prose.
pub fn confusables(answer: &str, rng: &mut impl Rng) -> String {
    in_prose(answer, |prose| {
        let alike = |c: char| {
            ALIKE
                .iter()
                .find(|(plain, _)| *plain == c)
                .map_or(c, |(_, other)| *other)
        };
        prose
            .chars()
            .map(|c| if rng.random_bool(0.5) { alike(c) } else { c })
            .collect()
    })
}

/// Something that nobody sees behind every third letter, in the prose.
pub fn zero_width(answer: &str, rng: &mut impl Rng) -> String {
    in_prose(answer, |prose| {
        let mut text = String::new();
        for c in prose.chars() {
            text.push(c);
            if rng.random_bool(0.33) {
                text.push(ZERO_WIDTH[rng.random_range(0..ZERO_WIDTH.len())]);
            }
        }
        text
    })
}
