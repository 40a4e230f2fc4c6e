//! Options as they are chosen: by their text, their letter or their number.

use super::{Found, Names, Token};

/// The options of a question.
#[derive(Clone, Debug)]
pub(crate) struct Offered {
    texts: Names,
    /// The letter of each.
    letters: Vec<char>,
    /// Whether "2" may mean the second one.
    numbered: bool,
}

/// An option's letter ("B) Paris"), if it is written before it, and its text.
fn label(option: &str) -> (Option<char>, &str) {
    let text = option.trim().trim_start_matches('(');
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), Some(')' | '.' | ':')) if c.is_ascii_alphabetic() => {
            (Some(c.to_ascii_lowercase()), chars.as_str().trim())
        }
        _ => (None, option.trim()),
    }
}

fn letter(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars
        .next()
        .filter(|c| c.is_ascii_alphabetic() && chars.next().is_none())
}

impl Offered {
    pub fn of(options: &[String]) -> Self {
        let parts: Vec<_> = options.iter().map(|o| label(o)).collect();
        let labelled = parts.iter().all(|(label, _)| label.is_some());
        let lone = parts.iter().all(|(_, text)| letter(text).is_some());
        let mut offered = Self {
            texts: Names::default(),
            letters: Vec::new(),
            numbered: !options
                .iter()
                .any(|o| o.contains(|c: char| c.is_ascii_digit())),
        };
        for (i, (label, text)) in parts.iter().enumerate() {
            let place = u8::try_from(i)
                .ok()
                .filter(|i| *i < 26)
                .map_or('\0', |i| char::from(b'a' + i));
            let own = if labelled {
                *label
            } else {
                letter(text).filter(|_| lone)
            };
            offered
                .letters
                .push(own.map_or(place, |c| c.to_ascii_lowercase()));
            if !lone || labelled {
                offered
                    .texts
                    .add(i, if labelled { text } else { options[i].as_str() });
            }
        }
        offered
    }

    /// Where options are named. A letter right before its option's text is one with it.
    pub fn find(&self, tokens: &[Token]) -> Vec<Found<usize>> {
        let mut found = self.texts.find(tokens);
        let mut named = vec![false; tokens.len()];
        found.iter().for_each(|f| named[f.start..f.end].fill(true));
        let said = tokens
            .iter()
            .filter(|t| t.is_word() || t.numeral().is_some());
        let alone = said.take(2).count() == 1;
        found.extend((0..tokens.len()).filter_map(|i| {
            let what = self.marked(tokens, i, alone).filter(|_| !named[i])?;
            Some(Found {
                what,
                start: i,
                end: i + 1,
            })
        }));
        found.sort_by_key(|f| f.start);
        found
    }

    /// The option that the token means by letter or number: `(b)`, `b)`, `option b`, `B.`, `B`.
    fn marked(&self, tokens: &[Token], at: usize, alone: bool) -> Option<usize> {
        let token = &tokens[at];
        let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
        let before = at.checked_sub(1).map_or("", text);
        let after = text(at + 1);
        let keyword = matches!(
            before,
            "option" | "choice" | "answer" | "letter" | "alternative" | "number"
        );
        let bracketed = after == ")" && tokens[at + 1].glued;
        if let Some(n) = token.numeral().filter(|n| n.digits > 0 && self.numbered) {
            let place = (n.value as usize)
                .checked_sub(1)
                .filter(|i| *i < self.letters.len())?;
            return (keyword || bracketed || alone).then_some(place);
        }
        let c = letter(&token.text)?;
        let ends = tokens
            .get(at + 1)
            .is_none_or(|t| !t.is_word() && t.numeral().is_none() && !t.is("-"));
        let capital = token.raw != token.text && ends;
        let place = self.letters.iter().position(|l| *l == c)?;
        (keyword || bracketed || alone || capital).then_some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokens;

    fn named(options: &[&str], text: &str) -> Vec<usize> {
        let options: Vec<String> = options.iter().map(|o| (*o).to_owned()).collect();
        Offered::of(&options)
            .find(&tokens(text))
            .iter()
            .map(|f| f.what)
            .collect()
    }

    #[test]
    fn options_are_named_by_text_letter_or_number() {
        let cities = ["Rome", "Paris", "New York"];
        for (text, read) in [
            ("B", &[1][..]),
            ("b", &[1]),
            ("(b)", &[1]),
            ("option B", &[1]),
            ("B) Paris", &[1, 1]),
            ("B. Paris", &[1, 1]),
            ("The answer is B.", &[1]),
            ("**C**", &[2]),
            ("2", &[1]),
            ("Option 3", &[2]),
            ("paris", &[1]),
            ("It is New York", &[2]),
            ("A ship", &[]),
            ("I saw 2 ships", &[]),
            ("a", &[0]),
        ] {
            assert_eq!(named(&cities, text), read, "{text}");
        }
        assert_eq!(named(&["B) Rome", "A) Paris"], "A"), [1]);
        assert_eq!(named(&["x", "y"], "y"), [1]);
        assert_eq!(named(&["10 km", "100 km"], "100 km"), [1]);
        assert_eq!(named(&["guilty", "not guilty"], "not guilty"), [1]);
    }
}
