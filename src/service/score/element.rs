//! One element of the file, as it stands there: a question with its answers, or one answer with its question.

use serde::Deserialize;
use serde_json::{Map, Value};
use truth::{Facts, Truth};

use super::Item;

/// An answer, and what its author knows of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Given {
    /// What sort of answer it is, in a word.
    pub kind: Option<String>,
    /// How good it is, set by hand: 0 to 1.
    pub truth: Option<f64>,
    pub text: String,
}

#[derive(Deserialize)]
pub(super) struct Element {
    passage_id: Option<String>,
    passage: Option<String>,
    question: String,
    reference: Option<String>,
    facts: Option<Facts>,
    truth_value: Option<Truth>,
    answers: Option<Vec<Given>>,
    answer: Option<String>,
    kind: Option<String>,
    truth: Option<f64>,
}

const OF_A_QUESTION: &[&str] = &[
    "passage_id",
    "passage",
    "question",
    "reference",
    "facts",
    "truth_value",
    "answers",
    "answer",
    "kind",
    "truth",
];
const OF_AN_ANSWER: &[&str] = &["kind", "truth", "text"];

/// Most bytes of one text: more than a miner may send.
const MAX_TEXT: usize = 128 * 1024;
/// Most answers to one question.
pub(super) const MAX_ANSWERS: usize = 500;

/// What an element holds, and the keys in it that nobody reads.
pub(super) struct Parsed {
    pub item: Item,
    /// Whether the element was one answer, which others join that answer the same question.
    pub single: bool,
    pub unused: Vec<String>,
}

/// The error says the key and the remedy.
pub(super) fn parse(text: &str, place: String) -> Result<Parsed, String> {
    let value: Value = serde_json::from_str(text).map_err(|e| format!("this is not JSON: {e}"))?;
    let Value::Object(keys) = &value else {
        return Err("not an object: write {\"question\": …, \"answers\": [{\"text\": …}]}".into());
    };
    let unused = unused(keys)?;
    let element: Element = serde_path_to_error::deserialize(&value).map_err(|e| {
        let path = e.path().to_string();
        match path.as_str() {
            "." => e.inner().to_string(),
            path => format!("{path}: {}", e.inner()),
        }
    })?;
    let single = element.answer.is_some();
    let item = element.item(place)?;
    check(&item)?;
    Ok(Parsed {
        item,
        single,
        unused,
    })
}

impl Element {
    fn item(self, place: String) -> Result<Item, String> {
        let answers = match (self.answers, self.answer) {
            (Some(answers), None) => {
                if self.kind.is_some() || self.truth.is_some() {
                    return Err(
                        "kind and truth belong to an answer: write them into `answers`".into(),
                    );
                }
                answers
            }
            (None, Some(text)) => vec![Given {
                kind: self.kind,
                truth: self.truth,
                text,
            }],
            (Some(_), Some(_)) => return Err("both answers and answer: write one of them".into()),
            (None, None) => {
                return Err(
                    "no answers: write \"answers\": [{\"text\": …}], or \"answer\": \"…\"".into(),
                );
            }
        };
        let truth = match (self.facts, self.truth_value) {
            (Some(_), Some(_)) => {
                return Err("both facts and truth_value: write one of them".into());
            }
            (Some(facts), None) if facts == Facts::default() => {
                return Err("facts: neither must nor never: write one, or leave facts out".into());
            }
            (Some(facts), None) => Some(Truth::Facts(facts)),
            (None, value) => value,
        };
        Ok(Item {
            place,
            passage_id: self.passage_id,
            passage: self.passage.filter(|p| !p.trim().is_empty()),
            question: self.question,
            reference: self.reference.filter(|r| !r.trim().is_empty()),
            truth,
            answers,
        })
    }
}

fn check(item: &Item) -> Result<(), String> {
    if item.question.trim().is_empty() {
        return Err("question: is empty: write what was asked".into());
    }
    if item.answers.is_empty() {
        return Err("answers: is empty: give at least one".into());
    }
    if item.answers.len() > MAX_ANSWERS {
        let count = item.answers.len();
        return Err(format!(
            "answers: {count}: at most {MAX_ANSWERS} to one question"
        ));
    }
    let fits = |key: &str, text: &str| match text.len() {
        n if n > MAX_TEXT => Err(format!("{key}: {n} bytes: at most {MAX_TEXT}")),
        _ => Ok(()),
    };
    fits("passage", item.passage.as_deref().unwrap_or_default())?;
    fits("question", &item.question)?;
    fits("reference", item.reference.as_deref().unwrap_or_default())?;
    for (n, answer) in item.answers.iter().enumerate() {
        fits(&format!("answers[{n}].text"), &answer.text)?;
        if let Some(truth) = answer.truth
            && !(0.0..=1.0).contains(&truth)
        {
            return Err(format!(
                "answers[{n}].truth = {truth}: a number from 0 to 1"
            ));
        }
    }
    Ok(())
}

/// Keys that mean nothing to us are told and passed over; one that is nearly ours is a slip of the pen.
fn unused(keys: &Map<String, Value>) -> Result<Vec<String>, String> {
    let mut unused = strange("", keys, OF_A_QUESTION)?;
    let answers = keys.get("answers").and_then(Value::as_array);
    for answer in answers.into_iter().flatten() {
        if let Value::Object(keys) = answer {
            unused.extend(strange("answers[].", keys, OF_AN_ANSWER)?);
        }
    }
    Ok(unused)
}

fn strange(at: &str, keys: &Map<String, Value>, ours: &[&str]) -> Result<Vec<String>, String> {
    let mut strange = Vec::new();
    for key in keys.keys().filter(|key| !ours.contains(&key.as_str())) {
        let near = |ours: &&&str| strsim::damerau_levenshtein(key, ours) <= 2;
        if let Some(meant) = ours.iter().find(near) {
            return Err(format!("{at}{key}: no such key. Did you mean {meant}?"));
        }
        strange.push(format!("{at}{key}"));
    }
    Ok(strange)
}
