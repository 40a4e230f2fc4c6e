//! A full answer from a passage.

use super::lexicon::reworded;
use super::rank::relevance;
use super::sentence::{capitalised, sentences, tokens};
use super::task::Task;
use rand::Rng;
use rand::seq::IndexedRandom;

/// The most that a prompt asks for.
const MOST_SENTENCES: usize = 3;

/// Three parts of a beginning: `Going by the passage, it seems that …`.
const SOURCES: &[&str] = &[
    "According to",
    "Going by",
    "Judging from",
    "As stated in",
    "Based on",
    "Following",
    "As described in",
    "In line with",
    "From what is said in",
    "On the evidence of",
];
const TEXTS: &[&str] = &[
    "the passage",
    "the text",
    "this account",
    "the extract given",
    "the lines above",
    "the description",
    "the source",
    "what is written here",
];
const VERBS: &[&str] = &[
    "",
    "",
    "the answer is that",
    "it can be said that",
    "we learn that",
    "the point is that",
    "one finds that",
    "it holds that",
    "the explanation is that",
    "it is clear that",
    "we are told that",
    "it turns out that",
];
const LINKS: &[&str] = &[
    "Besides,",
    "In addition,",
    "What is more,",
    "Beyond that,",
    "Moreover,",
    "To add to this,",
    "Apart from that,",
    "Further,",
    "Along with this,",
    "It is also said that",
    "The same text adds that",
    "Here it matters that",
    "We also read that",
    "Note too that",
];
const ASIDES: &[&str] = &[
    "so we read",
    "as it says there",
    "by this account",
    "as the text has it",
    "to be exact",
    "it seems",
    "as we are told",
    "according to the same source",
    "as far as is known",
    "in the words given",
];
const CLOSINGS: &[&str] = &[
    "That is the whole of what can be gathered here.",
    "So much can be taken from it with confidence.",
    "This answers what was asked.",
    "More than that is not stated there.",
    "Nothing else in it bears on this point.",
    "In short, that settles the matter.",
    "These are the facts it offers on the question.",
    "The remaining lines deal with other things.",
    "Such, at any rate, is the reason it offers.",
];
/// Beginnings that keep no capital inside a sentence.
const COMMON: &[&str] = &[
    "a", "after", "all", "although", "an", "around", "as", "at", "because", "before", "both", "by",
    "during", "each", "early", "every", "for", "four", "from", "half", "he", "her", "his", "if",
    "in", "it", "its", "many", "more", "most", "on", "once", "one", "only", "others", "over",
    "roughly", "several", "she", "since", "so", "some", "that", "the", "their", "there", "these",
    "they", "this", "those", "three", "to", "today", "two", "under", "until", "when", "while",
    "with", "within", "without",
];
/// Beginnings that lean on the sentence before.
const LEANING: &[&str] = &[
    "he", "her", "his", "it", "its", "she", "that", "their", "these", "they", "this", "those",
];

/// One to three sentences in this voice's own words: those that the question is about, in the passage's
/// order. The same generator state gives the same answer.
pub fn honest(task: &Task, rng: &mut impl Rng) -> String {
    let all = sentences(&task.passage);
    let chosen = chosen(&all, &task.question, rng);
    if chosen.is_empty() {
        return "There is no passage here from which this could be answered.".into();
    }
    let mut answer = String::new();
    for (place, &index) in chosen.iter().enumerate() {
        let sentence = aside(&reworded(all[index], 0.65, usize::MAX, rng), rng);
        let begin = if place == 0 {
            opening(rng, TEXTS)
        } else {
            pick(LINKS, rng).to_string()
        };
        if place > 0 {
            answer.push(' ');
        }
        answer.push_str(&begin);
        answer.push(' ');
        answer.push_str(&inside(&sentence, &task.passage));
    }
    if rng.random_bool(0.5) {
        answer.push(' ');
        answer.push_str(closing(rng));
    }
    answer
}

/// The best sentence, the one before if it leans on that, and one or two more.
fn chosen(all: &[&str], question: &str, rng: &mut impl Rng) -> Vec<usize> {
    let scores = relevance(all, question);
    let mut ranked: Vec<usize> = (0..all.len()).collect();
    ranked.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    let Some(&best) = ranked.first() else {
        return Vec::new();
    };
    let mut chosen = vec![best];
    let leans = tokens(all[best])
        .first()
        .is_some_and(|t| LEANING.contains(&t.word.to_lowercase().as_str()));
    if leans && best > 0 {
        chosen.push(best - 1);
    }
    // What follows a sentence often explains it without a word of the question.
    let mut near: Vec<usize> = ranked.iter().copied().skip(1).take(3).collect();
    near.extend((best + 1 < all.len()).then_some(best + 1));
    let more = if rng.random_bool(0.4) {
        MOST_SENTENCES
    } else {
        MOST_SENTENCES - 1
    };
    while chosen.len() < more {
        near.retain(|i| !chosen.contains(i));
        let Some(&another) = near.choose(rng) else {
            break;
        };
        chosen.push(another);
    }
    chosen.sort_unstable();
    chosen
}

/// Words put in at the first comma, half of the time: `In 1976, so we read, …`.
fn aside(sentence: &str, rng: &mut impl Rng) -> String {
    match sentence.split_once(", ") {
        Some((before, after)) if rng.random_bool(0.5) => {
            format!("{before}, {}, {after}", pick(ASIDES, rng))
        }
        _ => sentence.into(),
    }
}

/// `texts`: what may be named as the source.
pub fn opening(rng: &mut impl Rng, texts: &'static [&'static str]) -> String {
    let opening = format!(
        "{} {}, {}",
        pick(SOURCES, rng),
        pick(texts, rng),
        pick(VERBS, rng)
    );
    capitalised(opening.trim())
}

fn closing(rng: &mut impl Rng) -> &'static str {
    pick(CLOSINGS, rng)
}

/// The sentence as it reads after other words: without its capital, unless that is a name's.
pub fn inside(sentence: &str, passage: &str) -> String {
    let first = tokens(sentence)
        .first()
        .map_or(String::new(), |token| token.word.to_string());
    let lower = first.to_lowercase();
    let common =
        COMMON.contains(&lower.as_str()) || tokens(passage).iter().any(|token| token.word == lower);
    match sentence.strip_prefix(&first) {
        Some(rest) if common => format!("{lower}{rest}"),
        _ => sentence.into(),
    }
}

pub fn pick(from: &'static [&'static str], rng: &mut impl Rng) -> &'static str {
    from.choose(rng).copied().unwrap_or_default()
}
