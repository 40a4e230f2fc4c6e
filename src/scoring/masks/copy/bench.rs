//! How well copies are told from honest answers to the same question: hand-written right answers in several voices, which
//! are never copies, and copies planted by rules that the mask does not know. The numbers in the mask were set with a look at
//! both halves, so what is asserted here, of the questions of odd place and the other synonyms, is not blind.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use corpus::{Corpus, Source};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

use super::evidence::LEAST_WORDS;
use super::*;
use crate::scoring::tests::fixture;

#[derive(Deserialize)]
struct Lessons {
    question: Vec<Lesson>,
}

#[derive(Deserialize)]
struct Lesson {
    passage: String,
    ask: String,
    answer: Vec<Said>,
}

#[derive(Deserialize)]
struct Said {
    kind: String,
    text: String,
}

/// A question with what everybody has before his eyes, and honest answers.
struct Case {
    given: Given,
    honest: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/reward_models/lessons");
    let corpus = Corpus::load(&Source::Shipped).unwrap();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let lessons = files.iter().flat_map(|file| {
        let text = std::fs::read_to_string(file).unwrap();
        toml::from_str::<Lessons>(&text).unwrap().question
    });
    let case = |lesson: Lesson| {
        let passage = corpus.passages().iter().find(|p| p.id == lesson.passage)?;
        let question = passage.questions.iter().find(|q| q.ask == lesson.ask)?;
        let exchange = fixture::asked(
            &[&format!("{}\n\n{}", passage.text, lesson.ask)],
            &lesson.ask,
            Some((&passage.text, &question.answer)),
            vec![fixture::response(0, fixture::answer(""), 1)],
        );
        let round = Round::of(&exchange);
        let honest = ["right", "short", "hedged", "polite"];
        let said = lesson
            .answer
            .into_iter()
            .filter(|a| honest.contains(&a.kind.as_str()));
        Some(Case {
            given: Given::of(round.of_answer(&round.answers()[0])),
            honest: said.map(|a| a.text).collect(),
        })
    };
    lessons.filter_map(case).collect()
}

/// Every other one: the first half was tuned on.
fn synonyms() -> BTreeMap<String, String> {
    let lines = include_str!("testdata/synonyms.txt").lines();
    let pairs: Vec<(&str, &str)> = lines.filter_map(|l| l.split_once(' ')).collect();
    let held = pairs.iter().skip(1).step_by(2);
    let both = held.flat_map(|(a, b)| [(a, b), (b, a)]);
    both.map(|(a, b)| ((*a).to_owned(), b.replace('-', " ")))
        .collect()
}

type Plant = fn(&str, &mut ChaCha8Rng) -> String;

const KINDS: [(&str, Plant); 9] = [
    ("equal", |text, _| text.to_owned()),
    ("light edit", light),
    ("synonyms", |text, _| by_word(text, synonyms_of)),
    ("half", half),
    ("another order", reordered),
    ("polite frame", framed),
    ("capitals", |text, _| text.to_uppercase()),
    ("typos", typos),
    ("zero width", |text, _| {
        by_word(text, |w| w.chars().flat_map(|c| [c, '\u{200b}']).collect())
    }),
];

thread_local! {
    static SYNONYMS: BTreeMap<String, String> = synonyms();
}

fn synonyms_of(word: &str) -> String {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let other = SYNONYMS.with(|s| s.get(&bare.to_lowercase()).cloned());
    other.map_or(word.to_owned(), |other| word.replace(&bare, &other))
}

fn by_word(text: &str, change: impl FnMut(&str) -> String) -> String {
    text.split(' ').map(change).collect::<Vec<_>>().join(" ")
}

/// Every tenth word is left out, put in or moved.
fn light(text: &str, rng: &mut ChaCha8Rng) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    for _ in 0..(words.len() / 10).max(1) {
        let at = rng.random_range(0..words.len() - 1);
        match rng.random_range(0..3) {
            0 => words.insert(
                at,
                *["indeed", "actually", "really", "then"]
                    .choose(rng)
                    .unwrap(),
            ),
            1 => drop(words.remove(at)),
            _ => words.swap(at, at + 1),
        }
    }
    words.join(" ")
}

fn pieces(text: &str) -> Vec<&str> {
    let whole: Vec<&str> = text.split_inclusive(['.', '!', '?', ';']).collect();
    match whole.len() {
        1 => text.split_inclusive(',').collect(),
        _ => whole,
    }
}

fn half(text: &str, rng: &mut ChaCha8Rng) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let part = words.len().div_ceil(2);
    match rng.random_bool(0.5) {
        true => words[..part].join(" "),
        false => words[words.len() - part..].join(" "),
    }
}

fn reordered(text: &str, rng: &mut ChaCha8Rng) -> String {
    let mut pieces: Vec<&str> = pieces(text).into_iter().map(str::trim).collect();
    pieces.shuffle(rng);
    pieces.join(" ")
}

fn framed(text: &str, _: &mut ChaCha8Rng) -> String {
    format!("Sure, I am happy to help with that. {text} I hope this answers your question!")
}

fn typos(text: &str, rng: &mut ChaCha8Rng) -> String {
    by_word(text, |word| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() > 4 && rng.random_bool(0.3) {
            let at = rng.random_range(1..letters.len() - 2);
            letters.swap(at, at + 1);
        }
        letters.into_iter().collect()
    })
}

/// Of less than this little can be said in one round; the record of the pair has to.
const ENOUGH_WORDS: usize = 10;

#[test]
fn copies_are_told_from_honest_answers() {
    let mut rng = ChaCha8Rng::seed_from_u64(10);
    let (cases, mut pairs, mut wrong) = (cases(), 0, Vec::new());
    let mut found: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in cases.iter().skip(1).step_by(2) {
        let tell = |text: &str| Told::of(text, &case.given);
        let honest: Vec<Told> = case.honest.iter().map(|text| tell(text)).collect();
        for (n, one) in honest.iter().enumerate() {
            for (m, other) in honest.iter().enumerate().skip(n + 1) {
                pairs += 1;
                let evidence = in_common(one, other);
                if evidence >= tests::COPIES.min_evidence {
                    wrong.push((evidence, &case.honest[n], &case.honest[m]));
                }
            }
        }
        let long = case.honest.iter().zip(&honest);
        for (text, told) in long.filter(|(_, told)| told.words().len() >= ENOUGH_WORDS) {
            for (kind, plant) in KINDS {
                // Half of it must be enough too.
                if kind == "half" && told.words().len() < 2 * LEAST_WORDS {
                    continue;
                }
                let copy = tell(&plant(text, &mut rng));
                let (of, caught) = found.entry(kind).or_default();
                *of += 1;
                *caught += usize::from(in_common(told, &copy) >= tests::COPIES.min_evidence);
            }
        }
    }
    println!("{pairs} honest pairs, taken for one text: {wrong:#?}");
    assert!(pairs > 2000);
    assert!(wrong.len() * 1000 <= pairs, "{} of {pairs}", wrong.len());
    for (kind, (of, caught)) in found {
        let recall = caught as f64 / of as f64;
        println!("{kind:16} {of:5} {recall:.3}");
        let least = if kind == "half" { 0.93 } else { 0.95 };
        assert!(of > 400 && recall >= least, "{kind}: {recall:.3}");
    }
}
