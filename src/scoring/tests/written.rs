//! The shipped scoring file on answers that were written by hand, of known worth (reward_models/lessons): is a right one
//! paid more than a wrong one, whoever gives them and in what voice? Only of the passages that are held back (`held_back.txt`):
//! what is trained or tuned sees the others.

use std::collections::BTreeMap;

use corpus::{Corpus, Source};
use serde::Deserialize;

use super::fixture::{answer, response};
use super::shipped::{pipeline, round};
use crate::scoring::*;

#[derive(Deserialize)]
struct Lessons {
    question: Vec<Lesson>,
}

#[derive(Deserialize)]
struct Lesson {
    passage: String,
    ask: String,
    answer: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    kind: String,
    text: String,
}

/// Every second question of the passages held back.
fn held_back() -> Vec<Lesson> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/reward_models/lessons");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let lessons = files.iter().flat_map(|path| {
        let text = std::fs::read_to_string(path).unwrap();
        toml::from_str::<Lessons>(&text).unwrap().question
    });
    let list = std::fs::read_to_string(format!("{folder}/held_back.txt")).unwrap();
    let held = |lesson: &Lesson| list.lines().any(|id| id == lesson.passage);
    lessons.filter(held).step_by(2).collect()
}

/// What each kind of answer is paid, question by question.
async fn paid(with_facts: bool) -> Vec<BTreeMap<String, Vec<f64>>> {
    let corpus = Corpus::load(&Source::Shipped).unwrap();
    let pipeline = pipeline("default");
    let mut all = Vec::new();
    for lesson in held_back() {
        let mut passages = corpus.passages().iter();
        let passage = passages.find(|p| p.id == lesson.passage).unwrap();
        let mut questions = passage.questions.iter();
        let question = questions.find(|q| q.ask == lesson.ask).unwrap();
        let texts = lesson.answer.iter().zip(0..);
        let responses = texts.map(|(a, i)| response(i, answer(&a.text), 100 + u64::from(i)));
        let mut exchange = round(passage, question, responses.collect());
        exchange.challenge.questions[0].truth = match with_facts {
            true => truth::Truth::Facts(question.facts().unwrap()),
            false => truth::Truth::Open {},
        };
        let judged = pipeline.judge(&exchange, &mut Normalisers::default()).await;
        let mut kinds = BTreeMap::<String, Vec<f64>>::new();
        for (written, judgement) in lesson.answer.iter().zip(judged.unwrap().judgements) {
            let paid = judgement.reward.get();
            kinds.entry(written.kind.clone()).or_default().push(paid);
        }
        all.push(kinds);
    }
    all
}

/// The share of pairs of a right and a wrong answer to one question in which the right one is paid more.
fn right_above_wrong(paid: &[BTreeMap<String, Vec<f64>>]) -> f64 {
    let of = |kinds: &BTreeMap<String, Vec<f64>>, names: &[&str]| -> Vec<f64> {
        let found = names.iter().filter_map(|n| kinds.get(*n));
        found.flatten().copied().collect()
    };
    let (mut above, mut all) = (0.0, 0.0);
    for kinds in paid {
        for right in of(kinds, &["right", "short", "polite"]) {
            for wrong in of(kinds, &["wrong", "omits"]) {
                all += 1.0;
                above += f64::from(u8::from(right > wrong));
            }
        }
    }
    above / all
}

fn mean(paid: &[BTreeMap<String, Vec<f64>>], kind: &str) -> f64 {
    let of = paid.iter().filter_map(|kinds| kinds.get(kind)).flatten();
    let of: Vec<f64> = of.copied().collect();
    of.iter().sum::<f64>() / of.len() as f64
}

#[tokio::test]
async fn right_answers_are_paid_more_than_wrong_ones() {
    let paid = paid(true).await;
    assert!(paid.len() >= 30, "{} questions", paid.len());
    for kind in [
        "right", "short", "polite", "hedged", "padded", "omits", "wrong",
    ] {
        println!("{kind:8} {:.3}", mean(&paid, kind));
    }
    let share = right_above_wrong(&paid);
    println!("right above wrong {share:.3}");
    assert!(share >= 0.92, "{share:.3}");
    // Short and polite answers are right answers too.
    for kind in ["short", "polite", "padded"] {
        assert!(mean(&paid, kind) > 2.0 * mean(&paid, "wrong"), "{kind}");
    }
}

/// For questions of one's own that come with a reference alone: less than with facts.
#[tokio::test]
async fn without_facts_agreement_alone_still_tells_them_apart() {
    let share = right_above_wrong(&paid(false).await);
    println!("right above wrong {share:.3}");
    assert!(share >= 0.78, "{share:.3}");
}
