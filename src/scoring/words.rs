//! Texts as runs of three words: what the copy mask, the echo mask and extraction compare. Words are those of `truth::text`.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

pub(super) use truth::text::words;

/// 1 up to `from`, 0 from `to` on, a straight line between.
pub(super) fn fading(value: f64, from: f64, to: f64) -> f64 {
    1.0 - ((value - from) / (to - from)).clamp(0.0, 1.0)
}

/// The runs of three words in a text, hashed; of a shorter text its words as one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs(BTreeSet<u64>);

impl Runs {
    pub fn of(words: &[String]) -> Self {
        let hash = |run: &[String]| {
            let mut hasher = DefaultHasher::new();
            run.hash(&mut hasher);
            hasher.finish()
        };
        match words {
            [] => Self::default(),
            [_] | [_, _] => Self([hash(words)].into()),
            _ => Self(words.windows(3).map(hash).collect()),
        }
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The runs that stand in the other too.
    pub fn common(&self, other: &Self) -> usize {
        let (few, many) = if self.0.len() <= other.0.len() {
            (&self.0, &other.0)
        } else {
            (&other.0, &self.0)
        };
        few.iter().filter(|run| many.contains(run)).count()
    }

    /// The runs that stand in none of the others.
    pub fn without(mut self, others: &[Self]) -> Self {
        self.0
            .retain(|run| others.iter().all(|other| !other.0.contains(run)));
        self
    }

    /// How much of this stands in the other, in [0, 1]; 0 for an empty text.
    pub fn share_in(&self, other: &Self) -> f64 {
        match self.len() {
            0 => 0.0,
            all => self.common(other) as f64 / all as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn runs(text: &str) -> Runs {
        Runs::of(&words(text))
    }

    /// Each character that the shipped tokenizer drops within a word is dropped here too.
    #[test]
    fn words_drop_what_the_tokenizer_drops() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/reward_models/tokenizer.json");
        let tokenizer = tokenizers::Tokenizer::from_file(path).unwrap();
        let ids = |text: &str| {
            tokenizer
                .encode_fast(text, false)
                .unwrap()
                .get_ids()
                .to_vec()
        };
        let whole = ids("water");
        // Of the planes without assigned characters a few stand for all.
        let all = ('\0'..'\u{3000}').chain(('\u{3000}'..=char::MAX).step_by(13));
        let more = [
            '\u{3164}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fffd}',
            '\u{1d173}',
            '\u{e0001}',
        ];
        let (mut dropped, mut kept) = (0, Vec::new());
        for c in all.chain(more) {
            let text = format!("wa{c}ter");
            if ids(&text) == whole {
                dropped += 1;
                if words(&text) != ["water"] {
                    kept.push(c.escape_unicode().to_string());
                }
            }
        }
        assert!(dropped > 1000, "only {dropped} were dropped");
        assert!(kept.is_empty(), "{kept:?}");
    }

    #[test]
    fn shares_have_a_direction() {
        let (a, b) = (
            runs("one two three four five"),
            runs("zero one two three four five six seven eight"),
        );
        assert!((a.share_in(&b) - 1.0).abs() < 1e-12);
        assert_eq!((a.common(&b), b.common(&a)), (3, 3));
        assert!(b.share_in(&a) < 0.5);
        assert!(runs("five four three two one").common(&a) == 0);
    }

    #[test]
    fn short_and_empty_texts() {
        assert!((runs("Yes.").share_in(&runs("yes")) - 1.0).abs() < 1e-12);
        assert!(runs("").share_in(&runs("yes")) < 1e-12 && runs("yes").share_in(&runs("")) < 1e-12);
    }
}
