//! Sentences with choices in them: few patterns, and so many ways through each that two voices seldom share three words.

use rand::Rng;
use rand::seq::IndexedRandom;

/// Each `[one|other|]` becomes one of its alternatives, which may be nothing. Choices hold no others.
pub fn spoken(pattern: &str, rng: &mut impl Rng) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, choice)) = rest.split_once('[') {
        let (choices, after) = choice.split_once(']').unwrap_or((choice, ""));
        let choices: Vec<&str> = choices.split('|').collect();
        out.push_str(before);
        out.push_str(choices.choose(rng).copied().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ").replace(" ,", ",").replace(" .", ".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::collections::BTreeSet;

    #[test]
    fn every_choice_is_made_and_no_bracket_is_left() {
        let said = |seed| {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            spoken("[We|One] [may|can] [well|] say {v} .", &mut rng)
        };
        let all: BTreeSet<String> = (0..200).map(said).collect();
        assert_eq!(all.len(), 8);
        assert!(all.contains("We may say {v}.") && all.contains("One can well say {v}."));
    }
}
