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

    /// How much of this stands in the other, in [0, 1]; 0 for an empty text.
    pub fn share_in(&self, other: &Self) -> f64 {
        if self.0.is_empty() {
            return 0.0;
        }
        let (few, many) = if self.0.len() <= other.0.len() {
            (&self.0, &other.0)
        } else {
            (&other.0, &self.0)
        };
        let common = few.iter().filter(|run| many.contains(run)).count();
        common as f64 / self.0.len() as f64
    }

    /// The larger of the shares that two texts have of each other: padding a copied text does not hide it.
    pub fn overlap(&self, other: &Self) -> f64 {
        self.share_in(other).max(other.share_in(self))
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
    fn padding_does_not_hide_a_copy() {
        let (a, b) = (
            runs("one two three four five"),
            runs("zero one two three four five six seven eight"),
        );
        assert!((a.share_in(&b) - 1.0).abs() < 1e-12);
        assert!((a.overlap(&b) - 1.0).abs() < 1e-12);
        assert!(b.share_in(&a) < 0.5);
        assert!(runs("five four three two one").overlap(&a) < 1e-12);
    }

    #[test]
    fn short_and_empty_texts() {
        assert!((runs("Yes.").overlap(&runs("yes")) - 1.0).abs() < 1e-12);
        assert!(runs("").overlap(&runs("yes")) < 1e-12 && runs("").overlap(&runs("")) < 1e-12);
    }
}
