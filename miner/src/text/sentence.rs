//! Sentences and words.

/// Splits at `.`, `!` or `?` followed by a space and a capital, a digit or a quote. Initials such as
/// `J. Smith` don't end a sentence.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '!', '?']) {
        let end = at + mark.len();
        let next = text[end..]
            .strip_prefix(' ')
            .and_then(|rest| rest.chars().next());
        let begins = next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '"');
        let initial = text[start..at]
            .split(' ')
            .next_back()
            .is_some_and(|word| word.chars().count() == 1);
        if begins && !initial {
            found.push(text[start..end].trim());
            start = end;
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// A word with the punctuation around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token<'a> {
    pub before: &'a str,
    pub word: &'a str,
    pub after: &'a str,
}

pub fn tokens(text: &str) -> Vec<Token<'_>> {
    text.split_whitespace()
        .map(|token| {
            let inner = token.trim_start_matches(|c: char| !c.is_alphanumeric());
            let word = inner.trim_end_matches(|c: char| !c.is_alphanumeric());
            Token {
                before: &token[..token.len() - inner.len()],
                word,
                after: &inner[word.len()..],
            }
        })
        .collect()
}

/// The text with its first letter made upper case.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_initials_end_no_sentence() {
        let text = "It cost 3.5 pounds. J. Smith paid! \"Why?\" he asked. 12 people came.";
        assert_eq!(
            sentences(text),
            [
                "It cost 3.5 pounds.",
                "J. Smith paid!",
                "\"Why?\" he asked.",
                "12 people came."
            ]
        );
        assert!(sentences(" ").is_empty());
    }

    #[test]
    fn tokens_keep_their_punctuation_apart() {
        assert_eq!(
            tokens("(a"),
            [Token {
                before: "(",
                word: "a",
                after: ""
            }]
        );
        assert_eq!(
            tokens("é,"),
            [Token {
                before: "",
                word: "é",
                after: ","
            }]
        );
        assert_eq!(
            tokens("—"),
            [Token {
                before: "—",
                word: "",
                after: ""
            }]
        );
    }
}
