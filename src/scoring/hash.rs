//! What names a scoring config: the same hash, the same judgements of the same answers.

use std::fmt;

use sha2::{Digest, Sha256};

use super::engines::Manifest;
use crate::config::ScoringConfig;

/// sha256 over the config's values (not its comments, order of keys or spelling of numbers) and over the
/// bytes and feeding of every model that it names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScoringHash(pub [u8; 32]);

impl ScoringHash {
    pub(super) fn of<'m>(
        config: &ScoringConfig,
        models: impl Iterator<Item = &'m Manifest>,
    ) -> Result<Self, serde_json::Error> {
        let mut hasher = Sha256::new();
        // A struct's fields are written in the order of its declaration, numbers in their shortest form.
        hasher.update(serde_json::to_vec(config)?);
        let mut models: Vec<String> = models
            .map(|m| {
                let hashes = format!("{} {}", m.sha256, m.tokenizer_sha256).to_lowercase();
                format!("\n{} {hashes} {} {}", m.name, m.max_length, m.output)
            })
            .collect();
        models.sort();
        hasher.update(models.concat());
        Ok(Self(hasher.finalize().into()))
    }
}

impl fmt::Display for ScoringHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for ScoringHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScoringHash({self})")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const TEXT: &str = "alpha = 0.1\n[[model]]\nname = 'w'\nweight = 1\ninput = {kind = 'rouge_l'}\nnormaliser = {kind = 'linear', low = 0, high = 0.5}";

    fn hash(text: &str) -> ScoringHash {
        let config = ScoringConfig::parse(text, "test").unwrap();
        ScoringHash::of(&config, std::iter::empty()).unwrap()
    }

    /// Judgements in databases carry it: what says the same must keep its hash.
    #[test]
    fn a_known_file_keeps_its_hash() {
        let known = "38fc5209dbb79c2245a1291f1a5ebde737e7d2fd84a504f4e4b753863f49df80";
        assert_eq!(hash(TEXT).to_string(), known);
    }

    #[test]
    fn values_count_and_spelling_does_not() {
        let same = TEXT
            .replace("weight = 1", "weight = 1.0 # all")
            .replace("low = 0, high = 0.5", "high = 0.50, low = 0.0");
        assert_eq!(hash(TEXT), hash(&same));
        assert_ne!(hash(TEXT), hash(&TEXT.replace("0.5", "0.6")));
        assert_ne!(hash(TEXT), hash(&TEXT.replace("'w'", "'v'")));
    }

    /// Every kind of input, normaliser and mask; keys in another order than they are hashed in.
    const ALL: &str = r#"
        alpha = 0.05
        [[mask]]
        name = "a"
        rule = { kind = "echo", min_overlap = 1 }
        [[mask]]
        name = "b"
        rule = { min_chars = 8, kind = "too_short" }
        [[mask]]
        name = "c"
        rule = { kind = "relevance", min_cosine = -0.5, manifest = "m" }
        [[mask]]
        name = "d"
        rule = { kind = "copy", factor = 0, memory = 50, margin_ms = 100, pair_evidence = 8, min_evidence = 2.75 }
        [[model]]
        weight = 0.5
        name = "e"
        input = { kind = "cosine_to_reference", manifest = "m" }
        normaliser = { kind = "running_normal", memory = 3000 }
        [[model]]
        name = "f"
        weight = 0.3
        input = { kind = "reward", manifest = "n" }
        normaliser = { kind = "logistic", scale = 1.5, centre = 3.5 }
        [[model]]
        name = "g"
        weight = 0.2
        input = { kind = "rouge_l" }
        normaliser = { kind = "linear", low = 1e-9, high = 0.1 }
    "#;

    /// Averages go on only under the same hash, and the database holds the hashes of all judgements: what is hashed
    /// stays, whatever the types become. The second changes with the values of the shipped file, and only with them.
    #[test]
    fn the_hashed_bytes_stay() {
        assert_eq!(
            hash(ALL).to_string(),
            "c8fe7edc5a3802c0bc1a9a77b186cfa2b060d01dce7f9bc41b30d6c69195db0f"
        );
        assert_eq!(
            hash(include_str!("../../config/scoring/default.toml")).to_string(),
            "10f0a29b40a38f945563e7d35395397581c78eb1415caf8c4f75e8f51e1ce307"
        );
    }
}
