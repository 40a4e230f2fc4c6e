//! Which sentences a question is about.

use super::sentence::tokens;
use std::collections::BTreeSet;

/// Words that say nothing about a subject.
const STOP: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have",
    "he", "her", "his", "how", "if", "in", "into", "is", "it", "its", "made", "make", "more",
    "most", "not", "of", "on", "one", "only", "or", "out", "she", "so", "some", "such", "than",
    "that", "the", "their", "them", "there", "they", "this", "to", "up", "was", "were", "what",
    "when", "where", "which", "while", "who", "whose", "why", "with", "would",
];

/// The words that carry meaning, lower case and cut to six letters so that inflected forms meet.
pub fn stems(text: &str) -> BTreeSet<String> {
    tokens(text)
        .into_iter()
        .map(|token| token.word.to_lowercase())
        .filter(|word| !word.is_empty() && !STOP.contains(&word.as_str()))
        .map(|word| word.trim_end_matches("'s").chars().take(6).collect())
        .collect()
}

/// A score per sentence: shared stems, each worth more the fewer sentences have it. Sorted sets, so that
/// the sums come out the same every time.
pub fn relevance(sentences: &[&str], question: &str) -> Vec<f64> {
    let asked = stems(question);
    let held: Vec<BTreeSet<String>> = sentences.iter().map(|s| stems(s)).collect();
    let worth = |stem: &String| {
        let holders = held
            .iter()
            .filter(|stems| stems.contains(stem))
            .count()
            .max(1);
        (1.0 + sentences.len() as f64 / holders as f64).ln()
    };
    held.iter()
        .map(|stems| stems.intersection(&asked).map(worth).sum())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_shared_words_decide() {
        let sentences = [
            "The bee flies home.",
            "The bee shivers in winter.",
            "The bee dances for bees.",
        ];
        let scores = relevance(
            &sentences,
            "How does the bee live through winters, shivering?",
        );
        assert!(scores[1] > scores[0] && scores[1] > scores[2], "{scores:?}");
        assert_eq!(relevance(&sentences, "?"), [0.0; 3]);
    }
}
