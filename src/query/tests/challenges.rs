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

fn embedded() -> Challenges {
    Challenges::load(&ChallengeConfig {
        corpus: ChallengeConfig::EMBEDDED.into(),
        ..ChallengeConfig::default()
    })
    .unwrap()
}

fn source(challenge: &Challenge) -> String {
    challenge.reference.as_ref().unwrap().source.clone()
}

#[test]
fn a_challenge_carries_its_passage_question_and_reference() {
    let mut challenges = embedded();
    let challenge = challenges
        .draw(DEADLINE, &mut ChaCha8Rng::seed_from_u64(1))
        .challenge;
    let reference = challenge.reference.as_ref().unwrap();
    let passages = challenges.corpus().passages();
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
    let mut challenges = Challenges::load(&config).unwrap();
    let challenge = challenges
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
fn templates_that_cannot_work_are_refused_by_name() {
    let fault = |config: ChallengeConfig| Challenges::load(&config).unwrap_err().to_string();
    let unknown = fault(config(&[("user", "{qestion}")]));
    assert!(
        unknown.starts_with("challenges.messages.user: unknown placeholder {qestion}"),
        "{unknown}"
    );
    let nothing = fault(config(&[("user", "{passage}")]));
    assert!(nothing.contains("no message holds {question}"), "{nothing}");
    assert!(fault(config(&[])).contains("no message holds {question}"));
}

#[test]
fn a_corpus_that_cannot_be_used_names_its_key_and_the_way_out() {
    let load = |folder: &std::path::Path| {
        let corpus = folder.into();
        let config = ChallengeConfig {
            corpus,
            ..ChallengeConfig::default()
        };
        Challenges::load(&config).unwrap_err().to_string()
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
        let (mut challenges, mut rng) = (embedded(), ChaCha8Rng::seed_from_u64(seed));
        let one = |_| challenges.draw(DEADLINE, &mut rng).challenge.prompt;
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
        let (mut challenges, mut rng) = (embedded(), ChaCha8Rng::seed_from_u64(seed));
        let passages = challenges.corpus().passages().len();
        let mut last = String::new();
        let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pass in 1..=4 {
            for _ in 0..passages {
                let challenge = challenges.draw(DEADLINE, &mut rng).challenge;
                let source = source(&challenge);
                prop_assert_ne!(&source, &last);
                asked.entry(source.clone()).or_default().push(challenge.prompt.question);
                last = source;
            }
            prop_assert!(asked.len() == passages && asked.values().all(|q| q.len() == pass));
        }
        for passage in challenges.corpus().passages() {
            let count = passage.questions.len();
            let mut first = asked[&passage.id][..count].to_vec();
            first.sort();
            first.dedup();
            prop_assert_eq!(first.len(), count);
        }
    }
}
