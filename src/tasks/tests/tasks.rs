//! What a task carries, who gets which question, and how known ones are replaced.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::config::Template;

const DEADLINE: Duration = Duration::from_secs(2);

fn config(families: &[(Family, Variants)]) -> ChallengeConfig {
    let family = |(family, variants): &(Family, Variants)| {
        let config = FamilyConfig {
            share: 1.0,
            variants: *variants,
            ..FamilyConfig::default()
        };
        (*family, config)
    };
    ChallengeConfig {
        corpus: ChallengeConfig::EMBEDDED.into(),
        families: families.iter().map(family).collect(),
        ..ChallengeConfig::default()
    }
}

fn load(config: &ChallengeConfig) -> Tasks {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(Tasks::load(config)).unwrap()
}

fn rng() -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(1)
}

#[test]
fn a_task_carries_its_passage_question_and_reference() {
    let mut tasks = load(&config(&[(Family::Documents, Variants::Default)]));
    let Task {
        challenge,
        due_after,
    } = tasks.draw(3, DEADLINE, &mut rng()).unwrap();
    assert_eq!((due_after, challenge.deadline), (Duration::ZERO, DEADLINE));
    assert_eq!(
        (challenge.questions.len(), challenge.asks.clone()),
        (1, vec![0; 3])
    );
    let asked = &challenge.questions[0];
    let passages = tasks.corpus().unwrap().passages();
    let passage = passages.iter().find(|p| p.id == asked.source).unwrap();
    assert_eq!(asked.material.as_ref(), Some(&passage.text));
    let ask = &asked.prompt.question;
    let question = passage.questions.iter().find(|q| q.ask == *ask).unwrap();
    assert_eq!(asked.reference.as_ref(), Some(&question.answer));
    let messages = &asked.prompt.messages;
    assert_eq!([&messages[0].role, &messages[1].role], ["system", "user"]);
    assert_eq!(messages[1].content, format!("{}\n\n{ask}", passage.text));
    let all = format!("{:?}", asked.prompt);
    assert!(
        !all.contains(&question.answer),
        "the reference stays with us"
    );
}

#[test]
fn system_and_user_speak_first() {
    let messages = [
        ("tool", "t"),
        ("user", "{question}"),
        ("assistant", "a"),
        ("system", "s"),
    ];
    let messages = messages.map(|(role, text)| (role.to_owned(), Template::parse(text).unwrap()));
    let config = ChallengeConfig {
        messages: BTreeMap::from(messages),
        ..config(&[(Family::Documents, Variants::Default)])
    };
    let task = load(&config).draw(1, DEADLINE, &mut rng()).unwrap();
    let roles = task.challenge.questions[0].prompt.messages.iter();
    let roles: Vec<&str> = roles.map(|m| m.role.as_str()).collect();
    assert_eq!(roles, ["system", "user", "assistant", "tool"]);
}

#[test]
fn each_its_own_or_one_for_all() {
    let texts = |family, variants| {
        let mut tasks = load(&config(&[(family, variants)]));
        let challenge = tasks.draw(6, DEADLINE, &mut rng()).unwrap().challenge;
        let text = |place| {
            challenge.questions[challenge.question_for(place)]
                .prompt
                .digest()
        };
        (0..6).map(text).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(texts(Family::Documents, Variants::Default), 1);
    assert_eq!(texts(Family::Documents, Variants::PerMiner), 6);
    assert_eq!(texts(Family::Reading, Variants::Default), 6);
    assert_eq!(texts(Family::Reading, Variants::Shared), 1);
}

#[test]
fn who_knows_the_question_gets_another_and_the_others_keep_theirs() {
    for variants in [Variants::Shared, Variants::PerMiner] {
        let mut tasks = load(&config(&[(Family::Documents, variants)]));
        let mut rng = rng();
        let mut challenge = tasks.draw(4, DEADLINE, &mut rng).unwrap().challenge;
        let text = |c: &Challenge, place| c.questions[c.question_for(place)].prompt.clone();
        let before: Vec<_> = (0..4).map(|p| text(&challenge, p)).collect();
        tasks.replace(&mut challenge, &[1, 3], &mut rng);
        for (place, before) in before.iter().enumerate() {
            assert_eq!(
                text(&challenge, place) == *before,
                place % 2 == 0,
                "{place}"
            );
        }
        assert!(
            challenge
                .asks
                .iter()
                .all(|a| *a < challenge.questions.len())
        );
    }
}

#[test]
fn families_come_by_their_shares() {
    let mut config = config(&[
        (Family::Documents, Variants::Default),
        (Family::Reading, Variants::Shared),
    ]);
    config.families.get_mut(&Family::Reading).unwrap().share = 3.0;
    let mut tasks = load(&config);
    assert_eq!(
        tasks.outline(),
        "documents 25 % (112 passages), reading 75 %"
    );
    let mut rng = rng();
    let drawn = (0..400).map(|_| tasks.draw(1, DEADLINE, &mut rng).unwrap().challenge.family);
    let reading = drawn.filter(|f| *f == Family::Reading).count();
    assert!((260..=340).contains(&reading), "{reading}");
}
