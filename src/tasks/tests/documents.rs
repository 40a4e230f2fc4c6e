//! In which order passages and questions come.
#![allow(clippy::unwrap_used)]
use std::collections::BTreeMap;

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;

fn embedded() -> Documents {
    Documents::load(&ChallengeConfig {
        corpus: ChallengeConfig::EMBEDDED.into(),
        ..ChallengeConfig::default()
    })
    .unwrap()
}

#[test]
fn a_corpus_that_cannot_be_used_names_its_key_and_the_way_out() {
    let load = |folder: &std::path::Path| {
        let corpus = folder.into();
        let config = ChallengeConfig {
            corpus,
            ..ChallengeConfig::default()
        };
        Documents::load(&config).unwrap_err().to_string()
    };
    let missing = load("/nowhere/at/all".as_ref());
    assert!(
        missing.starts_with("challenges.corpus = /nowhere/at/all: "),
        "{missing}"
    );
    assert!(missing.ends_with("or `embedded`"), "{missing}");

    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.toml"), "passage = 3").unwrap();
    let broken = load(dir.path());
    assert!(
        broken.starts_with("challenges.corpus: ") && broken.contains("a.toml: "),
        "{broken}"
    );
}

#[test]
fn a_seed_gives_the_same_questions() {
    let draw = |seed| {
        let (mut documents, mut rng) = (embedded(), ChaCha8Rng::seed_from_u64(seed));
        let one = |_| documents.draw(&mut rng);
        (0..20).map(one).collect::<Vec<_>>()
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// In any pass every passage comes once, none twice in a row, and in as many passes as it has
    /// questions each of them comes.
    #[test]
    fn nothing_comes_back_before_its_turn(seed: u64) {
        let (mut documents, mut rng) = (embedded(), ChaCha8Rng::seed_from_u64(seed));
        let passages = documents.corpus().passages().len();
        let mut last = String::new();
        let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pass in 1..=4 {
            for _ in 0..passages {
                let drawn = documents.draw(&mut rng);
                prop_assert_ne!(&drawn.source, &last);
                asked.entry(drawn.source.clone()).or_default().push(drawn.question);
                last = drawn.source;
            }
            prop_assert!(asked.len() == passages && asked.values().all(|q| q.len() == pass));
        }
        for passage in documents.corpus().passages() {
            let count = passage.questions.len();
            let mut first = asked[&passage.id][..count].to_vec();
            first.sort();
            first.dedup();
            prop_assert_eq!(first.len(), count);
        }
    }
}
