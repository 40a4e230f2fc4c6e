//! What the behaviours say, over all shipped passages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use corpus::{Corpus, Passage, Source};
use miner::mind::{Action, Behaviour, Mind};
use std::collections::{BTreeMap, HashSet};
use std::time::Duration;
use wire::AccountId32;

fn passages() -> Vec<Passage> {
    Corpus::load(&Source::Shipped).unwrap().into_passages()
}

fn mind(behaviour: Behaviour, who: u8) -> Mind {
    let of = Some(AccountId32([1; 32]));
    Mind {
        of,
        seed: 7,
        corpus: passages(),
        ..Mind::new(behaviour, AccountId32([who; 32]))
    }
}

fn prompt(passage: &str, question: &str) -> Vec<String> {
    let system = "Answer from the passage, in one to three full sentences of your own.".to_string();
    vec![
        system,
        format!("Passage:\n{}\n\nQuestion: {question}", passage.trim()),
    ]
}

fn text(mind: &Mind, messages: &[String]) -> String {
    match mind.decide(messages, 0, None) {
        Action::Answer { text, .. } => text,
        other => panic!("{other:?}"),
    }
}

/// (passage, question, reference) of the whole corpus.
fn questions() -> Vec<(Passage, String, String)> {
    let passages = passages().into_iter();
    passages
        .flat_map(|p| {
            p.questions
                .clone()
                .into_iter()
                .map(move |q| (p.clone(), q.ask, q.answer))
        })
        .collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn runs(text: &str) -> HashSet<Vec<String>> {
    words(text).windows(3).map(<[String]>::to_vec).collect()
}

/// The larger share of runs of three words that two texts have in common: how copies are told.
fn overlap(a: &str, b: &str) -> f64 {
    let (a, b) = (runs(a), runs(b));
    a.intersection(&b).count() as f64 / a.len().min(b.len()).max(1) as f64
}

/// Any sane reward grows with what the answer has of the reference.
fn recall(reference: &str, answer: &str) -> f64 {
    let stem = |w: String| w.chars().take(6).collect::<String>();
    let (wanted, given): (HashSet<_>, HashSet<_>) = (
        words(reference).into_iter().map(stem).collect(),
        words(answer).into_iter().map(stem).collect(),
    );
    wanted.intersection(&given).count() as f64 / wanted.len() as f64
}

#[test]
fn honest_miners_are_never_alike_and_never_the_reference() {
    let minds: Vec<Mind> = (1..=6).map(|who| mind(Behaviour::Honest, who)).collect();
    let (mut pairs, mut near) = (0, 0);
    for (passage, ask, reference) in questions() {
        let messages = prompt(&passage.text, &ask);
        let answers: Vec<String> = minds.iter().map(|mind| text(mind, &messages)).collect();
        assert_eq!(
            answers[0],
            text(&minds[0], &messages),
            "the same miner says the same"
        );
        for (i, answer) in answers.iter().enumerate() {
            assert_ne!(answer.trim(), reference.trim());
            for other in &answers[..i] {
                assert_ne!(answer, other);
                pairs += 1;
                near += usize::from(overlap(answer, other) >= 0.6);
            }
        }
    }
    let share = near as f64 / pairs as f64;
    println!("{near} of {pairs} honest pairs ({share:.4}) look like copies");
    // Copies are told by words *and* meaning, so this is an upper bound.
    assert!(share < 0.03, "{share}");
}

#[test]
fn a_copy_can_be_told() {
    let (source, copycat) = (mind(Behaviour::Honest, 1), mind(Behaviour::Copycat, 2));
    let mut told = 0;
    let all = questions();
    for (passage, ask, _) in &all {
        let messages = prompt(&passage.text, ask);
        let (
            Action::Answer {
                text: original,
                after: first,
            },
            Action::Answer {
                text: copy,
                after: second,
            },
        ) = (
            source.decide(&messages, 0, None),
            copycat.decide(&messages, 0, None),
        )
        else {
            panic!("both answer")
        };
        assert_ne!(original, copy);
        assert!(second > first + Duration::from_millis(100));
        told += usize::from(overlap(&original, &copy) >= 0.7);
    }
    assert!(
        told as f64 >= 0.98 * all.len() as f64,
        "{told} of {}",
        all.len()
    );
}

#[test]
fn quality_falls_from_honest_to_garbage() {
    use Behaviour::{Garbage, Honest, Offtopic, Sloppy, Terse};
    let mut quality: BTreeMap<String, f64> = BTreeMap::new();
    let all = questions();
    for behaviour in [Honest, Terse, Sloppy, Offtopic, Garbage] {
        let mind = mind(behaviour, 3);
        let scores = all
            .iter()
            .map(|(p, ask, reference)| recall(reference, &text(&mind, &prompt(&p.text, ask))));
        quality.insert(
            format!("{behaviour:?}"),
            scores.sum::<f64>() / all.len() as f64,
        );
    }
    println!("{quality:?}");
    assert!(quality["Honest"] > 0.4 && quality["Honest"] > 2.0 * quality["Terse"]);
    assert!(quality["Terse"] > quality["Garbage"] + 0.05);
    assert!(quality["Honest"] > quality["Sloppy"] && quality["Honest"] > 2.0 * quality["Offtopic"]);
}

#[test]
fn each_behaviour_has_its_own_mark() {
    let (honest, terse, sloppy) = (
        mind(Behaviour::Honest, 4),
        mind(Behaviour::Terse, 4),
        mind(Behaviour::Sloppy, 4),
    );
    let (slow, silent) = (mind(Behaviour::Slow, 4), mind(Behaviour::Silent, 4));
    for (passage, ask, _) in questions() {
        let messages = prompt(&passage.text, &ask);
        let full = text(&honest, &messages);
        assert!(words(&full).len() >= 8 && full.ends_with('.'), "{full}");
        assert!(words(&text(&terse, &messages)).len() <= 6);
        assert_ne!(text(&sloppy, &messages), full);
        let Action::Answer { text: late, after } = slow.decide(&messages, 0, None) else {
            panic!("slow answers")
        };
        assert!(late == full && after >= Duration::from_millis(1500));
        assert_eq!(silent.decide(&messages, 0, None), Action::Silence);
    }
}

#[test]
fn a_flaky_miner_fails_in_every_way() {
    let flaky = mind(Behaviour::Flaky, 5);
    let (passage, ask, _) = questions().remove(0);
    let messages = prompt(&passage.text, &ask);
    let seen: HashSet<String> = (0..100)
        .map(|turn| match flaky.decide(&messages, turn, None) {
            Action::Answer { after, .. } if after > Duration::from_secs(1) => "late".into(),
            Action::Answer { .. } => "honest".into(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        seen,
        ["late", "honest", "Crash", "BrokenJson", "Drop"]
            .map(String::from)
            .into()
    );
}

#[test]
fn odd_prompts_get_some_answer() {
    for messages in [
        vec![],
        vec![String::new()],
        vec!["?".into()],
        vec!["\u{0}\n\n . ? !".into()],
    ] {
        for behaviour in [
            Behaviour::Honest,
            Behaviour::Terse,
            Behaviour::Sloppy,
            Behaviour::Offtopic,
            Behaviour::Copycat,
        ] {
            assert!(
                !text(&mind(behaviour, 1), &messages).is_empty(),
                "{behaviour:?} {messages:?}"
            );
        }
    }
}

/// For eyes: `cargo test -p miner --test answers -- --nocapture samples`.
#[test]
fn samples() {
    for (passage, ask, reference) in questions().into_iter().step_by(41) {
        println!("\n? {ask}\n= {reference}");
        for (behaviour, who) in [
            (Behaviour::Honest, 1),
            (Behaviour::Honest, 2),
            (Behaviour::Terse, 3),
            (Behaviour::Sloppy, 4),
            (Behaviour::Copycat, 5),
            (Behaviour::Offtopic, 6),
        ] {
            let answer = text(&mind(behaviour, who), &prompt(&passage.text, &ask));
            assert!(!answer.is_empty());
            println!("{behaviour:?}: {answer}");
        }
    }
}
