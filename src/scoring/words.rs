//! Texts as words and as runs of three words: what ROUGE, the copy mask and the echo mask compare.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Lower-case words: runs of letters and digits. Punctuation, case and spacing say nothing.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
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

    /// How much of this stands in the other, in [0, 1]; 0 for an empty text.
    pub fn share_in(&self, other: &Self) -> f64 {
        match self.len() {
            0 => 0.0,
            all => self.common(other) as f64 / all as f64,
        }
    }

    /// The runs that stand in none of the others.
    pub fn without(mut self, others: &[Self]) -> Self {
        self.0
            .retain(|run| others.iter().all(|other| !other.0.contains(run)));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Runs {
        Runs::of(&words(text))
    }

    #[test]
    fn words_ignore_case_and_punctuation() {
        assert_eq!(
            words("It's 5,500 °C — Über-hot!"),
            ["it", "s", "5", "500", "c", "über", "hot"]
        );
        assert!(words(" \u{200b}…").is_empty());
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
    fn what_others_hold_can_be_taken_out() {
        let own = runs("one two three four five").without(&[runs("zero one two three"), runs("")]);
        assert_eq!(own, runs("two three four five"));
    }

    #[test]
    fn short_and_empty_texts() {
        assert!((runs("Yes.").share_in(&runs("yes")) - 1.0).abs() < 1e-12);
        assert!(runs("").share_in(&runs("yes")) < 1e-12 && runs("yes").share_in(&runs("")) < 1e-12);
    }
}
