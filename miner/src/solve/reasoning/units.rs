//! Sums of mixed units, and rates.

use super::Found;

/// Within its dimension, each in one small part.
const SIZES: &[(&str, f64)] = &[
    ("km", 1e6),
    ("m", 1e3),
    ("cm", 10.0),
    ("mm", 1.0),
    ("feet", 304.8),
    ("inches", 25.4),
    ("t", 1e6),
    ("kg", 1e3),
    ("g", 1.0),
    ("days", 86_400.0),
    ("h", 3_600.0),
    ("min", 60.0),
    ("s", 1.0),
    ("hour", 3_600.0),
    ("minute", 60.0),
    ("second", 1.0),
    ("hl", 1e5),
    ("l", 1e3),
    ("cl", 10.0),
    ("ml", 1.0),
];

fn size(unit: &str) -> Option<f64> {
    SIZES
        .iter()
        .find(|(name, _)| *name == unit)
        .map(|(_, size)| *size)
}

/// `3.5 km` in small parts, with the words before and behind it.
struct Amount<'w> {
    before: &'w str,
    parts: f64,
    after: &'w str,
}

pub fn solve(question: &str) -> Option<Found> {
    let told = question.split('(').next()?;
    let words: Vec<&str> = told.split([' ', ',', '.', '?']).collect();
    // Points within numbers are kept: a number is read from the text's own words.
    let words: Vec<&str> = if words.is_empty() {
        words
    } else {
        told.split_whitespace()
            .map(|w| w.trim_end_matches([',', '.', '?']))
            .collect()
    };
    let amounts: Vec<Amount> = (0..words.len().saturating_sub(1))
        .filter_map(|at| {
            let number: f64 = words[at].parse().ok()?;
            let before = at.checked_sub(1).map_or("", |before| words[before]);
            let after = words.get(at + 2).copied().unwrap_or("");
            Some(Amount {
                before,
                parts: number * size(words[at + 1])?,
                after,
            })
        })
        .collect();
    let target = words.iter().enumerate().rev().find(|(at, word)| {
        *at > 0 && matches!(words[at - 1], "in" | "many") && size(word).is_some()
    });
    let target = size(target?.1)?;
    if let Some(at) = words.iter().position(|word| *word == "per") {
        let [rate, time, rest @ ..] = &amounts[..] else {
            return None;
        };
        let pause = rest.first().map_or(0.0, |pause| pause.parts);
        let each = size(words.get(at + 1)?)?;
        return (rate.after == "of")
            .then(|| Found::Number(rate.parts * (time.parts - pause) / each / target));
    }
    let signed = |amount: &Amount| match amount.before {
        "-" | "−" | "minus" => -amount.parts,
        _ => amount.parts,
    };
    let sum: f64 = amounts.iter().map(signed).sum();
    (!amounts.is_empty()).then(|| Found::Number(sum / target))
}
