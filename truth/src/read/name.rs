//! Names: forms found in an answer, whatever their order, number, case, accents or article.

use super::spoken::small;
use super::{Found, Token, tokens};

/// A name as the words that make it up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Form(Vec<String>);

const FILLERS: &[&str] = &["the", "a", "an", "of", "de", "von", "van", "and"];

/// A word in the form in which it is compared.
fn canon(word: &str) -> String {
    match word {
        "saint" => "st".to_owned(),
        "mount" => "mt".to_owned(),
        w => small(w).map_or_else(|| w.to_owned(), |n| n.to_string()),
    }
}

/// One word, or it and its plural.
pub(crate) fn same_word(a: &str, b: &str) -> bool {
    let plural = |one: &str, many: &str| {
        one.len() > 1
            && (many
                .strip_prefix(one)
                .is_some_and(|end| end == "s" || end == "es")
                || one
                    .strip_suffix('y')
                    .is_some_and(|stem| many.strip_suffix("ies") == Some(stem)))
    };
    a == b || (a.chars().all(char::is_alphabetic) && (plural(a, b) || plural(b, a)))
}

impl Form {
    /// Without its articles, unless it has nothing else.
    pub fn of(text: &str) -> Self {
        let words = |keep: bool| -> Vec<String> {
            let tokens = tokens(text);
            let words = tokens
                .iter()
                .filter(|t| spoken(t) && (keep || !matches!(t.text.as_str(), "the" | "a" | "an")));
            words.map(|t| canon(&t.text)).take(64).collect()
        };
        let bare = words(false);
        Self(if bare.is_empty() { words(true) } else { bare })
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of the words from here on make up this form: as many as it has, and at most one filler.
    fn matches(&self, words: &[(usize, String)]) -> Option<usize> {
        let mut left: Vec<&String> = self.0.iter().collect();
        let mut fillers = 0;
        for (i, (_, word)) in words.iter().enumerate() {
            if let Some(at) = left.iter().position(|w| same_word(w, word)) {
                left.swap_remove(at);
                if left.is_empty() {
                    return Some(i + 1);
                }
            } else if i > 0 && fillers == 0 && FILLERS.contains(&word.as_str()) {
                fillers = 1;
            } else {
                return None;
            }
        }
        None
    }
}

fn spoken(token: &Token) -> bool {
    token.is_word() || token.numeral().is_some()
}

/// Whether nothing parts the words of a name: a comma may, where it is written last name first.
fn together(span: &[Token]) -> bool {
    let capital = |t: &Token| !spoken(t) || t.raw != t.text;
    let listed = span.iter().any(|t| t.is(","));
    let marks = span.iter().filter(|t| !spoken(t));
    let loose = marks
        .clone()
        .all(|t| matches!(t.text.as_str(), "-" | "." | "," | "'" | "*" | "_" | "&"));
    loose && (!listed || span.iter().all(capital))
}

/// Names to look for, each with its number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(Vec<(usize, Form)>);

impl Names {
    pub fn add(&mut self, id: usize, text: &str) {
        let form = Form::of(text);
        if form.len() > 0 {
            self.0.push((id, form));
        }
    }

    /// Where they stand. Of two that begin at one word the longer one; none stands within another.
    pub fn find(&self, tokens: &[Token]) -> Vec<Found<usize>> {
        let words: Vec<(usize, String)> = tokens
            .iter()
            .enumerate()
            .filter(|(_, t)| spoken(t))
            .map(|(i, t)| (i, canon(&t.text)))
            .collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let sentence = tokens[words[at].0].sentence;
            let best = self.0.iter().filter_map(|(id, form)| {
                let end = (at + form.len() + 1).min(words.len());
                let used = form.matches(&words[at..end])?;
                let span = &tokens[words[at].0..=words[at + used - 1].0];
                let one = span[span.len() - 1].sentence == sentence && together(span);
                one.then_some((used, form.len(), *id))
            });
            match best.max_by_key(|(used, len, _)| (*len, *used)) {
                Some((used, _, id)) => {
                    found.push(Found {
                        what: id,
                        start: words[at].0,
                        end: words[at + used - 1].0 + 1,
                    });
                    at += used;
                }
                None => at += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_their_forms() {
        for (form, text, there) in [
            ("Alma", "the ALMA's crew", true),
            ("The Alma", "Alma", true),
            ("José Núñez", "it was jose nunez", true),
            ("John Smith", "Smith, John", true),
            ("harbour of Brin", "Brin harbour", false),
            ("Brin harbour", "the harbour of Brin", true),
            ("berry", "berries", true),
            ("box", "boxes", true),
            ("three ships", "3 ships", true),
            ("Saint Mary", "St. Mary", true),
            ("Alma", "Almada", false),
            ("John Smith", "John and Mary Smith", false),
            ("John Smith", "It was John. Smith came too", false),
            ("Mary Ann", "Mary-Ann", true),
            ("P\u{430}ris", "Paris", true),
        ] {
            let mut names = Names::default();
            names.add(0, form);
            assert_eq!(
                !names.find(&tokens(text)).is_empty(),
                there,
                "{form}: {text}"
            );
        }
    }

    #[test]
    fn the_longer_name_wins() {
        let mut names = Names::default();
        names.add(0, "Alma");
        names.add(1, "Alma Rosa");
        let ids: Vec<usize> = names
            .find(&tokens("Alma Rosa met Alma"))
            .iter()
            .map(|f| f.what)
            .collect();
        assert_eq!(ids, [1, 0]);
    }
}
