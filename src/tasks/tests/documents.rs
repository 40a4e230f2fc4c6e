//! What a task carries, and in which order passages and questions come.
#![allow(clippy::unwrap_used)]
use std::collections::BTreeMap;

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;

const DEADLINE: Duration = Duration::from_secs(2);

fn config(messages: &[(&str, &str)]) -> ChallengeConfig {
    let messages = messages
        .iter()
        .map(|(role, text)| (role.to_string(), Template::parse(text).unwrap()));
    ChallengeConfig {
        corpus: ChallengeConfig::EMBEDDED.into(),
        messages: messages.collect(),
    }
}

fn embedded() -> Documents {
    Documents::load(&ChallengeConfig {
        corpus: ChallengeConfig::EMBEDDED.into(),
        ..ChallengeConfig::default()
    })
    .unwrap()
}

fn source(challenge: &Challenge) -> String {
    challenge.reference.as_ref().unwrap().source.clone()
}

#[test]
fn a_task_carries_its_passage_question_and_reference() {
    let mut documents = embedded();
    let Task {
        challenge,
        due_after,
    } = documents.draw(DEADLINE, &mut ChaCha8Rng::seed_from_u64(1));
    assert_eq!(due_after, Duration::ZERO);
    let reference = challenge.reference.as_ref().unwrap();
    let passages = documents.corpus().passages();
    let passage = passages.iter().find(|p| p.id == reference.source).unwrap();
    assert_eq!(passage.text, reference.passage);
    let asked = &challenge.prompt.question;
    let question = passage.questions.iter().find(|q| q.ask == *asked).unwrap();
    assert_eq!(question.answer, reference.answer);
    let roles: Vec<&str> = challenge
        .prompt
        .messages
        .iter()
        .map(|m| m.role.as_str())
        .collect();
    assert_eq!(roles, ["system", "user"]);
    let user = &challenge.prompt.messages[1].content;
    assert_eq!(
        *user,
        format!("Passage:\n{}\n\nQuestion: {asked}", passage.text)
    );
    assert_eq!(challenge.deadline, DEADLINE);
    let all = format!("{:?}", challenge.prompt);
    assert!(
        !all.contains(&reference.answer),
        "the reference stays with us"
    );
}

#[test]
fn system_and_user_speak_first() {
    let config = config(&[
        ("tool", "t"),
        ("user", "{question}"),
        ("assistant", "a"),
        ("system", "s"),
    ]);
    let mut documents = Documents::load(&config).unwrap();
    let challenge = documents
        .draw(DEADLINE, &mut ChaCha8Rng::seed_from_u64(1))
        .challenge;
    let roles: Vec<&str> = challenge
        .prompt
        .messages
        .iter()
        .map(|m| m.role.as_str())
        .collect();
    assert_eq!(roles, ["system", "user", "assistant", "tool"]);
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
        let one = |_| documents.draw(DEADLINE, &mut rng).challenge.prompt;
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
                let challenge = documents.draw(DEADLINE, &mut rng).challenge;
                let source = source(&challenge);
                prop_assert_ne!(&source, &last);
                asked.entry(source.clone()).or_default().push(challenge.prompt.question);
                last = source;
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
