//! What contradicts the given texts without a list: numbers that none of them holds, and the reference denied.

use std::collections::BTreeSet;

use super::doubt::is_doubt;
use crate::read::{Token, dates, quantities};

/// Numbers of the given texts that are looked at for sums and differences.
const MOST: usize = 40;

fn numbers(tokens: &[Token]) -> Vec<f64> {
    let years = dates(tokens)
        .into_iter()
        .flat_map(|d| [d.what.year.map(f64::from), d.what.day.map(f64::from)])
        .flatten();
    let mut all: Vec<f64> = quantities(tokens)
        .iter()
        .filter(|q| !tokens.get(q.end).is_some_and(|t| t.glued && t.is("s")))
        .map(|q| q.what.value)
        .filter(|v| v.is_finite())
        .chain(years)
        .collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

/// The numbers and years of an answer that stand in none of the texts: neither as they are, nor rounded, nor as the sum,
/// difference or ratio of two. Parts of one are said in passing, and numbers up to ten count things and steps; nobody could tell them from wrong ones.
pub(super) fn strange_numbers(given: &[Vec<Token>], answer: &[Token]) -> Vec<f64> {
    let mut known: Vec<f64> = given.iter().flat_map(|text| numbers(text)).collect();
    known.sort_by(f64::total_cmp);
    known.dedup();
    let few = &known[..known.len().min(MOST)];
    let derived = few.iter().flat_map(|a| {
        few.iter().flat_map(move |b| {
            [
                a + b,
                (a - b).abs(),
                a / b,
                100.0 * a / b,
                100.0 * (a - b).abs() / b,
            ]
        })
    });
    let mut near: Vec<f64> = known
        .iter()
        .copied()
        .chain(derived)
        .filter(|v| v.is_finite())
        .collect();
    near.sort_by(f64::total_cmp);
    let year = |v: f64| (1000.0..=2999.0).contains(&v) && v.fract() == 0.0;
    let known = |v: f64, all: &[f64], slack: f64| {
        let at = all.partition_point(|k| *k < v - slack * v.abs());
        all.get(at).is_some_and(|k| *k <= v + slack * v.abs())
    };
    // A year is not rounded, anything else may be.
    let explained = |v: f64| {
        if year(v) {
            known(v, &near, 1e-9)
        } else {
            known(v, &near, 0.05)
        }
    };
    let small = |v: f64| v.abs() < 1.0 || (v.abs() <= 10.0 && v.fract() == 0.0);
    numbers(answer)
        .into_iter()
        .filter(|v| !small(*v) && !explained(*v))
        .take(20)
        .collect()
}

/// Words that say nothing of their own.
const STOP: &[&str] = &[
    "true", "the", "a", "an", "of", "to", "in", "is", "was", "are", "were", "it", "its", "and",
    "or", "that", "this", "by", "for", "on", "with", "as", "at", "from", "be", "been", "has",
    "have", "had", "do", "does", "did", "which", "so", "they", "their",
];

/// "No" and its like name a quantity as often as they deny.
fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot")
}

/// A sentence's own words, and whether it denies them.
fn sense(sentence: &[Token]) -> (BTreeSet<&str>, bool) {
    let words = sentence
        .iter()
        .filter(|t| t.is_word() || t.numeral().is_some())
        .map(|t| {
            t.text
                .strip_suffix('s')
                .filter(|s| s.len() > 2)
                .unwrap_or(&t.text)
        });
    let all: Vec<&str> = words.clone().collect();
    let denies = |at: &usize| is_negation(all[*at]) && !is_doubt(&all, *at);
    let negations = (0..all.len()).filter(denies).count();
    (
        words
            .filter(|w| !is_negation(w) && !STOP.contains(w))
            .collect(),
        negations % 2 == 1,
    )
}

/// Whether a sentence of the answer says what one of the reference says, with a negation more or less.
pub(super) fn denies(reference: &[Token], answer: &[Token]) -> bool {
    let said: Vec<_> = answer
        .chunk_by(|a, b| a.sentence == b.sentence)
        .map(sense)
        .collect();
    reference
        .chunk_by(|a, b| a.sentence == b.sentence)
        .take(8)
        .map(sense)
        .any(|(own, negated)| {
            own.len() >= 3
                && said.iter().any(|(words, denied)| {
                    let common = own.intersection(words).count() as f64;
                    *denied != negated
                        && common >= 0.8 * own.len() as f64
                        && common >= 0.8 * words.len() as f64
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokens;

    #[test]
    fn new_numbers_are_found() {
        let given = vec![tokens(
            "In 1712 there were 300 men and 45 women; the ship had 12,400 tons.",
        )];
        for (answer, strange) in [
            ("In 1712 there were 300 men.", &[][..]),
            ("In 1713 there were 300 men.", &[1713.0]),
            ("three hundred and forty-five people", &[]),
            ("about 12 thousand tons", &[]),
            ("255 more men than women", &[]),
            ("It had 77 guns.", &[77.0]),
            ("two of them", &[]),
        ] {
            assert_eq!(
                strange_numbers(&given, &tokens(answer)),
                strange,
                "{answer}"
            );
        }
    }

    #[test]
    fn a_denied_reference_is_found() {
        let reference = tokens("The left side drives blood through the aorta to every organ.");
        assert!(denies(
            &reference,
            &tokens("The left side does not drive blood through the aorta to every organ.")
        ));
        assert!(denies(
            &reference,
            &tokens("The left side never drives blood through the aorta to every organ.")
        ));
        assert!(!denies(
            &reference,
            &tokens("The left side drives blood through the aorta to every organ.")
        ));
        assert!(!denies(&reference, &tokens("It is not the lungs.")));
    }
}
