//! ROUGE-L (Lin 2004): words that an answer has in common with the reference answer, in order.

use super::Opinion;
use crate::scoring::round::{Answer, Asked};
use crate::scoring::words::words;

/// Words of an answer that are looked at. Bounds the work on a huge answer; what lies beyond still
/// counts against its precision.
const MAX_WORDS: usize = 2_000;

pub(super) fn opinion(answer: &Answer, asked: Asked) -> Option<Opinion> {
    let raw = rouge_l(&words(&answer.text), &words(asked.likeness()?));
    Some(Opinion::bare(raw))
}

/// F1 of the longest common subsequence, in [0, 1].
fn rouge_l(answer: &[String], reference: &[String]) -> f64 {
    let common = longest_common_subsequence(&answer[..answer.len().min(MAX_WORDS)], reference);
    if common == 0 {
        return 0.0;
    }
    2.0 * common as f64 / (answer.len() + reference.len()) as f64
}

fn longest_common_subsequence(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y {
                diagonal + 1
            } else {
                above.max(row[j])
            };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rouge(a: &str, b: &str) -> f64 {
        rouge_l(&words(a), &words(b))
    }

    #[test]
    fn the_examples_of_the_paper() {
        // Lin 2004, §3: S1 against S2 and S3; there as a recall of 3/4 and 2/4 over four words each.
        assert!((rouge("police kill the gunman", "police killed the gunman") - 0.75).abs() < 1e-12);
        assert!((rouge("the gunman kill police", "police killed the gunman") - 0.5).abs() < 1e-12);
    }

    #[test]
    fn order_and_length_count_but_case_does_not() {
        assert!((rouge("The CAT sat.", "the cat sat") - 1.0).abs() < 1e-12);
        assert!(rouge("sat cat the", "the cat sat") < 0.5);
        assert!(rouge(&"the cat sat ".repeat(50), "the cat sat") < 0.1);
        assert!(rouge("", "the cat") < 1e-12 && rouge("the", "") < 1e-12);
    }

    proptest! {
        #[test]
        fn symmetric_in_range_and_one_only_for_the_same_words(a in "[ab ]{0,20}", b in "[ab ]{0,20}") {
            let value = rouge(&a, &b);
            prop_assert!((0.0..=1.0).contains(&value));
            prop_assert!((value - rouge(&b, &a)).abs() < 1e-12);
            prop_assert_eq!(value > 1.0 - 1e-12, !words(&a).is_empty() && words(&a) == words(&b));
        }
    }
}
