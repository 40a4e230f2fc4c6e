//! Texts as words and as runs of three words: what ROUGE, the copy mask and the echo mask compare.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use icu_normalizer::DecomposingNormalizer;
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Lower-case words: runs of letters and digits. Punctuation, case and spacing say nothing, and neither do accents, the
/// width and form of a letter, and what nobody sees.
pub(super) fn words(text: &str) -> Vec<String> {
    let letters = DecomposingNormalizer::new_nfkd().normalize_iter(text.chars());
    let seen: String = letters.filter(|c| !is_dropped(*c)).collect();
    seen.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// What the models' tokenizers leave out of a text (BERT's: accents, controls, format characters, what is private or not
/// assigned, U+FFFD), and all that shows nothing by Unicode's own word. Kept, it would part words that the models see
/// whole, and a copy would pass for a text of other words.
fn is_dropped(c: char) -> bool {
    const REPLACEMENT: char = '\u{fffd}';
    // A nonspacing mark in the tables that tokenizers have; Unicode changed its mind since.
    const PAMUDPOD: char = '\u{1734}';
    use GeneralCategory::{Control, EnclosingMark, Format, NonspacingMark, PrivateUse, Unassigned};
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r');
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    matches!(
        category,
        NonspacingMark | EnclosingMark | Control | Format | PrivateUse | Unassigned
    ) || matches!(c, REPLACEMENT | PAMUDPOD)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
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
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn runs(text: &str) -> Runs {
        Runs::of(&words(text))
    }

    #[test]
    fn words_ignore_case_and_punctuation() {
        assert_eq!(
            words("It's 5,500 °C — Über-hot!"),
            ["it", "s", "5", "500", "c", "uber", "hot"]
        );
        assert!(words(" \u{200b}…").is_empty());
    }

    #[test]
    fn one_word_may_be_written_in_many_ways() {
        for same in [
            "wa\u{200b}ter",  // zero-width space
            "wa\u{ad}ter",    // soft hyphen
            "wa\u{2060}ter",  // word joiner
            "wa\u{fe0f}ter",  // variation selector
            "wa\u{3164}ter",  // Hangul filler, a letter by its category
            "wa\u{e0020}ter", // a tag
            "wa\u{e000}ter",  // private
            "wa\u{0}ter",
            "wa\u{fffd}ter",
            "wa\u{0b}ter",
            "wa\u{301}te\u{308}r",
            "wátër",
            "\u{ff37}\u{ff21}ter",   // full width
            "\u{1d430}\u{1d41a}ter", // mathematical letters
        ] {
            assert_eq!(words(same), ["water"], "{}", same.escape_unicode());
        }
        for other in [
            "wa ter",
            "wa-ter",
            "wa\u{2009}ter",
            "wa\nter",
            "wa\u{2028}ter",
        ] {
            assert_eq!(words(other), ["wa", "ter"], "{}", other.escape_unicode());
        }
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
