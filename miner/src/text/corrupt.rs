//! Worse answers, each in its own way.

use super::lexicon::reworded;
use super::rank::{relevance, stems};
use super::sentence::{sentences, tokens};
use super::task::Task;
use rand::Rng;
use rand::seq::IndexedRandom;

/// What a negation or a reversal does to a word.
const REVERSED: &[(&str, &str)] = &[
    ("always", "never"),
    ("are", "are not"),
    ("before", "after"),
    ("below", "above"),
    ("can", "cannot"),
    ("cold", "hot"),
    ("could", "could not"),
    ("few", "many"),
    ("first", "last"),
    ("had", "never had"),
    ("has", "has no"),
    ("high", "low"),
    ("is", "is not"),
    ("large", "small"),
    ("less", "more"),
    ("long", "short"),
    ("low", "high"),
    ("more", "less"),
    ("most", "few"),
    ("north", "south"),
    ("old", "young"),
    ("slowly", "quickly"),
    ("small", "large"),
    ("south", "north"),
    ("was", "was not"),
    ("were", "were never"),
    ("with", "without"),
];
const NAMES: &[&str] = &[
    "Napoleon",
    "Bolivia",
    "Mozart",
    "Galileo",
    "Denmark",
    "Cleopatra",
    "Tokyo",
    "Newton",
    "Sahara",
];
const FRAGMENT_WORDS: usize = 5;

/// A clipped fragment: some words of the clause that the question is about.
pub fn terse(task: &Task) -> String {
    let all = sentences(&task.passage);
    let scores = relevance(&all, &task.question);
    let best = (0..all.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
    let Some(best) = best else {
        return "unknown".into();
    };
    let asked = stems(&task.question);
    let clauses = all[best].split([',', ';', ':', '(', ')']);
    let fresh = |clause: &&str| stems(clause).difference(&asked).count();
    let clause = clauses.rev().max_by_key(fresh).unwrap_or(all[best]);
    let words: Vec<&str> = tokens(clause).into_iter().map(|token| token.word).collect();
    let from = words.len().saturating_sub(FRAGMENT_WORDS);
    let fragment = words[from..].join(" ").to_lowercase();
    if fragment.trim().is_empty() {
        "unknown".into()
    } else {
        fragment
    }
}

/// The answer with its facts dropped or changed: numbers, names, negations. At least one of them is.
pub fn sloppy(answer: &str, rng: &mut impl Rng) -> String {
    let mut kept = sentences(answer);
    if kept.len() > 1 && rng.random_bool(0.4) {
        kept.remove(rng.random_range(0..kept.len()));
    }
    let text = kept.join(" ");
    let tokens = tokens(&text);
    let mut changed = false;
    let words = tokens.iter().enumerate().map(|(i, token)| {
        let starts = i
            .checked_sub(1)
            .is_none_or(|i| tokens[i].after.contains(['.', '!', '?']));
        match wrong(token.word, starts, rng) {
            Some(other) => {
                changed = true;
                format!("{}{other}{}", token.before, token.after)
            }
            None => format!("{}{}{}", token.before, token.word, token.after),
        }
    });
    let text = words.collect::<Vec<_>>().join(" ");
    if changed {
        text
    } else {
        format!("It is not true that {text}")
    }
}

fn wrong(word: &str, starts: bool, rng: &mut impl Rng) -> Option<String> {
    if let Ok(number) = word.replace(',', "").parse::<u64>() {
        let factor = rng.random_range(2..9u64);
        return Some(
            number
                .saturating_mul(factor)
                .saturating_add(factor)
                .to_string(),
        );
    }
    if !starts
        && word.chars().count() > 2
        && word.starts_with(char::is_uppercase)
        && rng.random_bool(0.7)
    {
        return NAMES.choose(rng).map(|name| name.to_string());
    }
    let place = REVERSED
        .binary_search_by(|(key, _)| (*key).cmp(word))
        .ok()?;
    rng.random_bool(0.6).then(|| REVERSED[place].1.to_string())
}

/// Another's answer with a word or two exchanged.
pub fn edited(answer: &str, rng: &mut impl Rng) -> String {
    let text = reworded(answer, 0.3, 2, rng);
    match text.strip_suffix('.') {
        Some(rest) if text == answer => format!("{rest} indeed."),
        _ => text,
    }
}

/// Random characters and words.
pub fn garbage(rng: &mut impl Rng) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789#%&*~";
    let count = rng.random_range(8..25);
    let words = (0..count).map(|_| {
        let len = rng.random_range(2..10);
        (0..len)
            .map(|_| char::from(*LETTERS.choose(rng).unwrap_or(&b'x')))
            .collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn the_table_is_sorted_for_its_search() {
        assert!(REVERSED.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn sloppy_always_changes_a_fact() {
        for seed in 0..50 {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let text = "The bridge of 1890 is long. Bees dance.";
            assert_ne!(sloppy(text, &mut rng), text);
            assert!(sloppy("Bees dance.", &mut rng).starts_with("It is not true"));
        }
    }

    #[test]
    fn terse_is_short_and_from_the_passage() {
        let task = Task {
            passage: "Bees live in hives. The waggle dance tells the distance, about one second per kilometre.".into(),
            question: "How does the dance tell distance?".into(),
        };
        assert_eq!(terse(&task), "about one second per kilometre");
    }
}
