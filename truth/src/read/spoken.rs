//! Numbers in words.

use super::numeral::Numeral;
use super::token::{Kind, Token};

const SMALL: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const PARTS: &[&str] = &[
    "half",
    "third",
    "quarter",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "hundredth",
    "thousandth",
];
const PARTS_OF: &[f64] = &[2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 100.0, 1000.0];
const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

fn place(list: &[&str], word: &str) -> Option<f64> {
    list.iter().position(|w| *w == word).map(|i| i as f64)
}

pub(crate) fn small(word: &str) -> Option<f64> {
    place(SMALL, word).or_else(|| place(TENS, word).map(|i| (i + 2.0) * 10.0))
}

/// What the word multiplies by.
pub(super) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" | "dozens" => 12.0,
        "hundred" | "hundreds" => 1e2,
        "thousand" | "thousands" => 1e3,
        "million" | "millions" | "mio" => 1e6,
        "billion" | "billions" | "bn" => 1e9,
        "trillion" | "trillions" => 1e12,
        _ => return None,
    })
}

/// The part that the word names: a third is 1/3.
pub(super) fn part(word: &str) -> Option<f64> {
    let one = if word == "halves" {
        "half"
    } else {
        word.strip_suffix('s').unwrap_or(word)
    };
    PARTS
        .iter()
        .position(|p| *p == one)
        .map(|i| 1.0 / PARTS_OF[i])
}

/// The place that the word names: the third is 3.
pub(super) fn ordinal(word: &str) -> Option<f64> {
    place(ORDINALS, word).map(|i| i + 1.0)
}

/// The number in words that begins at this token, and the token behind it.
pub(super) fn spoken(tokens: &[Token], start: usize) -> Option<(Numeral, usize)> {
    let word = |i: usize| {
        tokens
            .get(i)
            .filter(|t| t.kind == Kind::Word)
            .map_or("", |t| t.text.as_str())
    };
    let article = matches!(word(start), "a" | "an");
    let first = if article { start + 1 } else { start };
    let (mut total, mut current, mut at) = (0.0, f64::from(u8::from(article)), first);
    let mut count = 0;
    while count < 20 {
        let w = word(at);
        if let Some(n) = small(w).filter(|_| !article || count > 0) {
            // "nineteen eighty-four", and not "five six"
            let fits = if n >= 10.0 {
                current % 100.0 == 0.0
            } else {
                current % 10.0 == 0.0 && current % 100.0 != 10.0
            };
            if fits {
                current += n;
            } else if (10.0..=20.0).contains(&current) && n >= 10.0 && total == 0.0 && count == 1 {
                current = current * 100.0 + n;
            } else {
                break;
            }
        } else if let Some(by) = scale(w).filter(|_| article || count > 0) {
            let group = if current == 0.0 { 1.0 } else { current };
            if by > 100.0 {
                total += group * by;
                current = 0.0;
            } else {
                current = group * by;
            }
        } else {
            let joined = match w {
                "and" => count > 0 && scale(word(at - 1)).is_some(),
                _ => tokens.get(at).is_some_and(|t| t.is("-")) && count > 0,
            };
            if joined
                && (small(word(at + 1)).is_some() || (w != "and" && scale(word(at + 1)).is_some()))
            {
                at += 1;
                continue;
            }
            break;
        }
        (at, count) = (at + 1, count + 1);
    }
    let mut value = total + current;
    if count == 0 {
        return parted(tokens, first, 1.0, article);
    }
    if word(at) == "point" && small(word(at + 1)).is_some_and(|n| n < 10.0) {
        let mut place = 0.1;
        at += 1;
        while let Some(n) = small(word(at)).filter(|n| *n < 10.0 && place > 1e-9) {
            (value, place, at) = (value + n * place, place / 10.0, at + 1);
        }
    }
    parted(tokens, at, value, true).or(Some((exact(value, 1.0), at)))
}

fn exact(value: f64, step: f64) -> Numeral {
    Numeral {
        value,
        step,
        digits: 0,
    }
}

/// A part of something behind a number ("two thirds", "half a million"); without a number "half" alone.
fn parted(tokens: &[Token], at: usize, value: f64, counted: bool) -> Option<(Numeral, usize)> {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let hyphen = usize::from(text(at) == "-");
    let of = part(text(at + hyphen)).filter(|_| counted || text(at) == "half")?;
    // "two third" is no part, and "one second" is a time.
    let plural = text(at + hyphen).ends_with('s');
    if counted && plural == (value == 1.0) && value != 0.0 {
        return None;
    }
    let mut end = at + hyphen + 1;
    let article = usize::from(matches!(text(end), "a" | "an"));
    let mut part = value * of;
    if let Some(by) = scale(text(end + article)) {
        (part, end) = (part * by, end + article + 1);
    }
    Some((exact(part, 1e-3), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokens;

    #[test]
    fn words_are_read_as_numbers() {
        for (text, value) in [
            ("two hundred and six", 206.0),
            ("twenty-one", 21.0),
            ("seventeen twelve", 1712.0),
            ("nineteen eighty-four", 1984.0),
            ("seventeen hundred", 1700.0),
            ("a hundred", 100.0),
            ("one million two hundred thousand and five", 1_200_005.0),
            ("half", 0.5),
            ("a half", 0.5),
            ("half a million", 500_000.0),
            ("half a dozen", 6.0),
            ("two dozen", 24.0),
            ("a dozen", 12.0),
            ("two thirds", 2.0 / 3.0),
            ("three-quarters", 0.75),
            ("a third", 1.0 / 3.0),
            ("three point two five", 3.25),
            ("zero", 0.0),
            (
                "ninety nine thousand nine hundred and ninety nine",
                99_999.0,
            ),
        ] {
            let read = spoken(&tokens(text), 0);
            assert!(
                read.is_some_and(|(n, _)| (n.value - value).abs() < 1e-9 * value.max(1.0)),
                "{text}: {read:?}"
            );
        }
        for text in ["a ship", "hundred", "and", "point five", "third", "dozen"] {
            assert_eq!(spoken(&tokens(text), 0), None, "{text}");
        }
    }
}
