//! A file of questions with answers: one JSON array, or JSON lines. Each element is a question with its answers, or one
//! answer with its question.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use super::Item;
use super::element::{self, MAX_ANSWERS, Parsed};
use crate::types::{Cause, Caused};

/// Beyond these something else was named.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
const MAX_QUESTIONS: usize = 10_000;

/// A file that can't be scored.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("{}: {reason}. Name a file of questions and answers", path.display())]
    Unreadable { path: PathBuf, reason: String },
    /// `place` is the element, with its line.
    #[error("{}: {place}: {reason}", path.display())]
    Bad {
        path: PathBuf,
        place: String,
        reason: String,
    },
}

impl Caused for FileError {
    fn cause(&self) -> Cause {
        Cause::BadData
    }
}

/// The questions of a file, in its order.
#[derive(Debug, PartialEq)]
pub struct Items {
    pub items: Vec<Item>,
    /// Keys that nobody reads, and how often they stand there.
    pub unused: BTreeMap<String, usize>,
}

/// Reads and checks a file.
pub fn read(path: &Path) -> Result<Items, FileError> {
    let text = text(path).map_err(|reason| FileError::Unreadable {
        path: path.into(),
        reason,
    })?;
    parse(&text).map_err(|(place, reason)| FileError::Bad {
        path: path.into(),
        place,
        reason,
    })
}

fn text(path: &Path) -> Result<String, String> {
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    let mut bytes = Vec::new();
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|e| e.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("more than {MAX_BYTES} bytes"));
    }
    String::from_utf8(bytes)
        .map_err(|e| format!("not UTF-8 at byte {}", e.utf8_error().valid_up_to()))
}

/// The error is its place and its reason.
pub(super) fn parse(text: &str) -> Result<Items, (String, String)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut read = Reading::default();
    if text.trim_start().starts_with('[') {
        let elements: Vec<&RawValue> = serde_json::from_str(text).map_err(|e| {
            (
                format!("line {}", e.line()),
                format!("this is not JSON: {e}"),
            )
        })?;
        for (n, element) in elements.into_iter().enumerate() {
            let line = line_of(text, element.get());
            read.take(element.get(), format!("element {n} (line {line})"))?;
        }
    } else {
        let lines = (1..).zip(text.lines());
        for (n, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            read.take(line, format!("line {n}"))?;
        }
    }
    if read.found.items.is_empty() {
        let remedy = "holds no questions: write one JSON array of them, or one a line";
        return Err(("the file".into(), remedy.into()));
    }
    Ok(read.found)
}

/// `part` is a piece of `text`.
fn line_of(text: &str, part: &str) -> usize {
    let at = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().filter(|b| **b == b'\n').count() + 1
}

/// What single answers are grouped by.
type Key = (Option<String>, Option<String>, String);

struct Reading {
    found: Items,
    /// Where the question of a single answer stands among the items.
    singles: HashMap<Key, usize>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            found: Items {
                items: Vec::new(),
                unused: BTreeMap::new(),
            },
            singles: HashMap::new(),
        }
    }
}

impl Reading {
    fn take(&mut self, text: &str, place: String) -> Result<(), (String, String)> {
        let parsed = element::parse(text, place.clone());
        self.add(parsed.map_err(|reason| (place.clone(), reason))?)
            .map_err(|reason| (place, reason))
    }

    fn add(&mut self, parsed: Parsed) -> Result<(), String> {
        for key in parsed.unused {
            *self.found.unused.entry(key).or_default() += 1;
        }
        let (items, mut item) = (&mut self.found.items, parsed.item);
        if parsed.single {
            let key = (
                item.passage_id.clone(),
                item.passage.clone(),
                item.question.clone(),
            );
            if let Some(place) = self.singles.get(&key) {
                return join(&mut items[*place], &mut item);
            }
            self.singles.insert(key, items.len());
        }
        if items.len() == MAX_QUESTIONS {
            return Err(format!(
                "more than {MAX_QUESTIONS} questions: split the file"
            ));
        }
        items.push(item);
        Ok(())
    }
}

/// One more answer to a question that was there before. What it says of the question must be the same, or nothing.
fn join(question: &mut Item, more: &mut Item) -> Result<(), String> {
    let first = &question.place;
    let differs = |key: &str| {
        Err(format!(
            "{key}: differs from that of the same question, {first}"
        ))
    };
    if more.reference.is_some()
        && question.reference.is_some()
        && more.reference != question.reference
    {
        return differs("reference");
    }
    if more.truth.is_some() && question.truth.is_some() && more.truth != question.truth {
        return differs("facts or truth_value");
    }
    if question.answers.len() == MAX_ANSWERS {
        return Err(format!("answer: more than {MAX_ANSWERS} to one question"));
    }
    question.reference = question.reference.take().or(more.reference.take());
    question.truth = question.truth.take().or(more.truth.take());
    question.answers.append(&mut more.answers);
    Ok(())
}
