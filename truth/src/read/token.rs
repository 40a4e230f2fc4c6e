//! Plain text as tokens: words, numbers and marks, each with the sentence it stands in.

use super::numeral::{Numeral, numeral};
use crate::text::{plain, sentences};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Word,
    Number(Numeral),
    Mark,
}

/// A word, a number in digits, or one other character.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub kind: Kind,
    /// In lower case.
    pub text: String,
    /// As it is written.
    pub raw: String,
    /// Nothing stands between it and the one before it.
    pub glued: bool,
    /// Counted from 0.
    pub sentence: usize,
}

impl Token {
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub fn numeral(&self) -> Option<Numeral> {
        match self.kind {
            Kind::Number(n) => Some(n),
            _ => None,
        }
    }
}

/// No answer of more words is read to its end.
const MOST: usize = 8_000;

/// The tokens of a text that isn't plain yet.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let plain = plain(text);
    let mut found = Vec::new();
    for (number, sentence) in sentences(&plain).into_iter().enumerate() {
        scan(sentence, number, &mut found);
        if found.len() > MOST {
            found.truncate(MOST);
            break;
        }
    }
    found
}

fn scan(text: &str, sentence: usize, out: &mut Vec<Token>) {
    let (mut at, mut glued, mut before) = (0, false, ' ');
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            (at, glued, before) = (at + c.len_utf8(), false, c);
            continue;
        }
        let starts = c.is_ascii_digit()
            || (c == '.'
                && !before.is_alphanumeric()
                && rest[1..].starts_with(|d: char| d.is_ascii_digit()));
        let (len, kind) =
            if let Some((len, n)) = starts.then(|| number(rest, chained(out, glued))).flatten() {
                (len, Kind::Number(n))
            } else if c.is_alphanumeric() {
                (word(rest), Kind::Word)
            } else {
                (c.len_utf8(), Kind::Mark)
            };
        let mut push = |raw: &str, kind: Kind, glued: bool| {
            out.push(Token {
                kind,
                text: raw.to_lowercase(),
                raw: raw.to_owned(),
                glued,
                sentence,
            });
        };
        let raw = &text[at..at + len];
        match raw.split_once('\'') {
            Some((stem, tail)) if kind == Kind::Word => {
                if tail.eq_ignore_ascii_case("t") && stem.ends_with(['n', 'N']) && stem.len() > 1 {
                    push(&stem[..stem.len() - 1], Kind::Word, glued);
                    push("not", Kind::Word, false);
                } else {
                    push(stem, Kind::Word, glued);
                    if !tail.is_empty() && !tail.eq_ignore_ascii_case("s") {
                        push(tail, Kind::Word, true);
                    }
                }
            }
            _ => push(raw, kind, glued),
        }
        at += len;
        before = raw.chars().last().unwrap_or(' ');
        glued = true;
    }
}

/// The number that the text begins with. The parts of 03.03.1712 and of 1,2,3 are numbers of their own.
fn number(text: &str, chained: bool) -> Option<(usize, Numeral)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if chained && digits > 0 {
        numeral(&text[..digits])
    } else {
        numeral(text)
    }
}

/// Whether a number, and a dot or comma glued to it, stand right before.
fn chained(before: &[Token], glued: bool) -> bool {
    glued
        && matches!(before, [.., n, m] if n.numeral().is_some() && m.glued && (m.is(".") || m.is(",")))
}

/// The length of the word that the text begins with: letters and digits, one apostrophe within, and a power (`m^2`).
fn word(text: &str) -> usize {
    let mut quoted = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, c)| *c);
        let within = match c {
            '\'' => !std::mem::replace(&mut quoted, true) && next.is_alphabetic(),
            '^' => next.is_ascii_digit() || next == '-',
            _ => c.is_alphanumeric(),
        };
        if !within {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_words_numbers_and_marks() {
        for (text, cut) in [
            ("It's 1,234.5km.", "It|1,234.5|km|."),
            ("don't can't", "do|not|ca|not"),
            ("the ship's crew", "the|ship|crew"),
            ("B12, CO2 (x)", "B12|,|CO2|(|x|)"),
            ("5 m² 3–4", "5|m^2|3|–|4"),
            ("03.03.1712 1,2,3", "03|.|03|.|1712|1|,|2|,|3"),
            ("O'Neil $5", "O|Neil|$|5"),
        ] {
            let read: Vec<String> = tokens(text).into_iter().map(|t| t.raw).collect();
            assert_eq!(read.join("|"), cut);
        }
    }
}
