//! Labels for items.

use crate::Credit;
use crate::negation::denied;
use crate::read::{Found, Names, Token, tokens};

/// The label that an answer gives each of `count` items: "1: cat", "1. cat", "item 1 - cat", JSON; without any number, as
/// many labels as there are items, in order. The first label behind an item's number counts.
pub fn read(labels: &[String], count: usize, answer: &str) -> Vec<Option<String>> {
    let tokens = tokens(answer);
    let mut names = Names::default();
    labels
        .iter()
        .enumerate()
        .for_each(|(i, label)| names.add(i, label));
    let mut found = names.find(&tokens);
    found.retain(|f| !is_number_of_item(&tokens, f) && !denied(&tokens, f.start, f.end));
    let mut read: Vec<Option<usize>> = vec![None; count];
    let (mut behind, mut numbered) = (0, false);
    for one in &found {
        let gap = behind.min(one.start)..one.start;
        let marked = |i: &usize| {
            tokens.get(i + 1).is_some_and(|t| {
                matches!(t.text.as_str(), ":" | "." | ")" | "-" | "=" | "\"" | "–")
            })
        };
        let at = gap
            .clone()
            .rev()
            .filter(marked)
            .find(|i| item(&tokens[*i], count).is_some());
        let number = at.map_or_else(
            || tokens[gap].iter().rev().find_map(|t| item(t, count)),
            |i| item(&tokens[i], count),
        );
        if let Some(item) = number {
            numbered = true;
            read[item].get_or_insert(one.what);
        }
        behind = one.end;
    }
    if !numbered && found.len() == count {
        read = found.iter().map(|f| Some(f.what)).collect();
    }
    read.into_iter()
        .map(|label| label.and_then(|i| labels.get(i).cloned()))
        .collect()
}

fn item(token: &Token, count: usize) -> Option<usize> {
    let n = token.numeral().filter(|n| n.digits > 0 && n.value >= 1.0)?;
    Some(n.value as usize - 1).filter(|i| *i < count)
}

/// Where labels are numbers: whether this one stands before a mark and another value.
fn is_number_of_item(tokens: &[Token], one: &Found<usize>) -> bool {
    let mark = tokens
        .get(one.end)
        .is_some_and(|t| matches!(t.text.as_str(), ":" | "." | ")" | "=" | "\"" | "-"));
    one.end == one.start + 1
        && tokens[one.start].numeral().is_some()
        && mark
        && tokens.get(one.end + 1).is_some()
}

/// The share of items with a known label that the answer gives it; none where no label is known. An item left out is wrong.
pub fn labels(labels: &[String], gold: &[Option<String>], answer: &str) -> Option<Credit> {
    let given = read(labels, gold.len(), answer);
    let known = gold.iter().zip(&given).filter(|(gold, _)| gold.is_some());
    let (all, said) = (
        known.clone().count(),
        known.clone().filter(|(_, given)| given.is_some()).count(),
    );
    let right = known.filter(|(gold, given)| gold == given).count();
    (all > 0).then(|| {
        Credit::new(
            right as f64 / all as f64,
            &format!("{right} of {all} labels right, {said} given"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_the_ways_they_are_written() {
        let names = ["cat".to_owned(), "dog".to_owned(), "hot dog".to_owned()];
        for (text, given) in [
            ("1: cat\n2: dog\n3: hot dog", "cat dog hot-dog"),
            ("1. Cat\n2. Dog\n3. Hot dog", "cat dog hot-dog"),
            (
                "item 1 - cat, item 2 - dog, item 3 - hot dog",
                "cat dog hot-dog",
            ),
            ("1) cat 2) dog 3) hot dog", "cat dog hot-dog"),
            (
                "{\"1\": \"cat\", \"2\": \"dog\", \"3\": \"hot dog\"}",
                "cat dog hot-dog",
            ),
            (
                "[{\"item\": 3, \"label\": \"cat\"}, {\"item\": 1, \"label\": \"dog\"}]",
                "dog - cat",
            ),
            ("[\"cat\", \"dog\", \"hot dog\"]", "cat dog hot-dog"),
            ("cat, dog, hot dog", "cat dog hot-dog"),
            ("3: cat", "- - cat"),
            ("1: cat (not dog)\n2: dog", "cat dog -"),
            ("cat, dog", "- - -"),
            ("1: not cat\n2: not dog\n3: not hot dog", "- - -"),
            ("1: not a cat, 2: not dog, 3: it is not hot dog", "- - -"),
            ("not cat, not dog, not hot dog", "- - -"),
            ("7: cat", "- - -"),
            ("1: cow\n2: dog", "- dog -"),
            ("", "- - -"),
        ] {
            let shown: Vec<String> = read(&names, 3, text)
                .into_iter()
                .map(|l| l.unwrap_or("-".to_owned()).replace(' ', "-"))
                .collect();
            assert_eq!(shown.join(" "), given, "{text}");
        }
        let digits = ["0".to_owned(), "1".to_owned()];
        assert_eq!(
            read(&digits, 2, "1: 0\n2: 1"),
            [Some("0".to_owned()), Some("1".to_owned())]
        );
    }

    #[test]
    fn only_known_labels_count() {
        let names = ["cat".to_owned(), "dog".to_owned()];
        let gold = [Some("cat".to_owned()), None, Some("dog".to_owned())];
        let credit = |text| labels(&names, &gold, text).map(|c| c.value);
        assert_eq!(credit("1: cat\n2: cat\n3: dog"), Some(1.0));
        assert_eq!(credit("1: cat"), Some(0.5));
        assert_eq!(labels(&names, &[None], "1: cat"), None);
    }
}
