//! An answer, ready to be compared: its words by sentence, and what explains each word but the answer's own hand.

use std::collections::BTreeSet;
use std::ops::Range;

use super::align::found;
use crate::scoring::round::Asked;
use crate::scoring::words::words;

/// Most words of an answer that are looked for in another, and in which they are looked for. So a comparison is bounded,
/// and who hides a copy behind words has to write a thousand of them.
const MOST_SOUGHT: usize = 256;
const MOST_SEARCHED: usize = 1500;

/// What explains that a word stands in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// Nothing but its author.
    Own,
    /// It stands in what the author was given, or in the reference.
    Given,
    /// A number that stands there.
    Number,
    /// It is part of a run of three words that stands there, or of a sentence that was taken from there.
    Quoted,
    /// It was put into such a sentence.
    PutIn,
}

/// A sentence is taken from what was given, whatever words were changed, if so much of it is found there in order.
const TAKEN: f64 = 0.4;

#[derive(Clone, Debug)]
pub(super) struct Told {
    words: Vec<String>,
    from: Vec<From>,
    sentences: Vec<Range<usize>>,
}

/// What everybody who answers a question has before his eyes, and what a good answer says anyhow.
pub(super) struct Given {
    words: BTreeSet<String>,
    runs: BTreeSet<[String; 3]>,
    texts: Vec<Vec<String>>,
}

impl Given {
    pub fn of(asked: Asked<'_>) -> Self {
        let texts = asked.given().chain([asked.question()]);
        let texts: Vec<&str> = texts.chain(asked.reference()).collect();
        let mut given = Self {
            words: BTreeSet::new(),
            runs: BTreeSet::new(),
            texts: Vec::new(),
        };
        for text in &texts {
            // What stands in another text too, as a passage does in its message, is searched there.
            let within = |other: &&str| other.len() > text.len() && other.contains(text);
            if texts.iter().any(within) {
                continue;
            }
            let mut text = words(text);
            given.runs.extend(runs(&text));
            given.words.extend(text.iter().cloned());
            text.truncate(MOST_SEARCHED);
            given.texts.push(text);
        }
        given
    }

    /// Whether a sentence was taken from here.
    fn hold(&self, sentence: &[String]) -> bool {
        let sought = sentence.iter().take(MOST_SOUGHT);
        let sought: Vec<(&str, f64)> = sought.map(|word| (word.as_str(), 1.0)).collect();
        let enough = TAKEN * sought.len() as f64;
        self.texts.iter().any(|text| found(&sought, text) >= enough)
    }
}

fn runs(words: &[String]) -> impl Iterator<Item = [String; 3]> + '_ {
    words.windows(3).filter_map(|w| w.to_vec().try_into().ok())
}

impl Told {
    pub fn of(text: &str, given: &Given) -> Self {
        let mut told = Self {
            words: Vec::new(),
            from: Vec::new(),
            sentences: Vec::new(),
        };
        for sentence in sentences(text) {
            let words = words(sentence);
            let begin = told.words.len();
            told.from.extend(explained(&words, given));
            told.words.extend(words);
            if told.words.len() > begin {
                told.sentences.push(begin..told.words.len());
            }
            if told.words.len() >= MOST_SEARCHED {
                break;
            }
        }
        told.words.truncate(MOST_SEARCHED);
        told
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The sentences that are looked for in another answer, each as words with their weights. Of one or two words there
    /// is nothing to be said.
    pub fn sought(&self, quoted: f64) -> Vec<Vec<(&str, f64)>> {
        let weight = |n: usize| self.from[n].weight(quoted);
        let word = |n: usize| (self.words[n].as_str(), weight(n));
        let end = self.words.len().min(MOST_SOUGHT);
        let sentences = self.sentences.iter().map(|s| s.start..s.end.min(end));
        sentences
            .filter(|s| s.len() >= 3)
            .map(|s| s.map(word).collect())
            .collect()
    }

    /// How much there is to compare.
    pub fn weight(&self, quoted: f64) -> f64 {
        let sought = self.from.iter().take(MOST_SOUGHT);
        sought.map(|from| from.weight(quoted)).sum()
    }

    pub fn quotes(&self) -> usize {
        let sought = self.from.iter().take(MOST_SOUGHT);
        sought.filter(|from| **from == From::Quoted).count()
    }
}

impl From {
    /// How much it tells that two answers have this word at one place. Set by what honest answers to one question have
    /// in common (see the tests).
    fn weight(self, quoted: f64) -> f64 {
        match self {
            Self::Own => 1.0,
            Self::Given => 0.8,
            Self::Number => 0.4,
            Self::Quoted => quoted,
            Self::PutIn => 0.5,
        }
    }
}

fn explained(words: &[String], given: &Given) -> Vec<From> {
    let from = |word: &String| match given.words.contains(word) {
        true if word.bytes().all(|b| b.is_ascii_digit()) => From::Number,
        true => From::Given,
        false => From::Own,
    };
    let mut explained: Vec<From> = words.iter().map(from).collect();
    for (at, run) in runs(words).enumerate() {
        if given.runs.contains(&run) {
            explained[at..at + 3].fill(From::Quoted);
        }
    }
    if given.hold(words) {
        for from in &mut explained {
            *from = match from {
                From::Own => From::PutIn,
                _ => From::Quoted,
            };
        }
    }
    explained
}

/// Pieces of a text that keep their inner order where others are put around them.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let next = rest.chars().skip(1).map(Some).chain([None]);
        let ends = |c, next: Option<char>| match c {
            '\n' => true,
            '.' | '!' | '?' | ';' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        let last = rest
            .char_indices()
            .zip(next)
            .find(|((_, c), n)| ends(*c, *n));
        let end = last.map_or(rest.len(), |((at, c), _)| at + c.len_utf8());
        let (sentence, more) = rest.split_at(end);
        rest = more;
        (!sentence.is_empty()).then_some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_blank_follows() {
        let said: Vec<&str> = sentences("It won 3.5 to 2.5. Why? Luck; é!\nNo").collect();
        assert_eq!(
            said,
            ["It won 3.5 to 2.5.", " Why?", " Luck;", " é!", "\n", "No"]
        );
        assert_eq!(sentences("").count(), 0);
    }
}
