//! The passages that questions are asked about: their format, loading and checking them, and those that come with the
//! program. One loader for the validator, which asks, and for the reference miners, which may talk about something else.
//!
//! ```toml
//! [[passage]]
//! id = "tides"
//! subject = "oceans"
//! text = "The moon pulls at the water …"
//! [[passage.question]]
//! ask = "Why are there tides?"
//! answer = "Because the moon attracts the water that faces it."
//! must = [["moon attracts|pulls"]]
//! never = ["sun attracts|pulls"]
//! ```
//!
//! The same in JSON lines, a passage per line (`*.jsonl`), or as a text (`tides.md`, `tides.txt`) with `tides.toml` beside
//! it, which holds its `[[question]]` tables.

#![warn(missing_docs)]

mod check;
mod error;
mod files;
mod format;
mod shipped;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use truth::Facts;

pub use error::CorpusError;

/// Beyond it something other than passages was named.
const MAX_PASSAGES: usize = 100_000;

/// Where passages come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// All passage files of a folder, in the order of their names. What else lies there is left alone.
    Folder(PathBuf),
    /// The passages built into the program.
    Shipped,
}

/// What is asked about a passage.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question as it is put.
    pub ask: String,
    /// An answer held to be good. It stays with who asks.
    pub answer: String,
    /// What a right answer must say: each fact as its accepted forms, written as [`Facts`] says. May be empty.
    #[serde(default)]
    pub must: Vec<Vec<String>>,
    /// Forms that are never right. May be empty.
    #[serde(default)]
    pub never: Vec<String>,
}

impl Question {
    /// What is checked in an answer; none: the question has nothing to check.
    pub fn facts(&self) -> Option<Facts> {
        let facts = Facts {
            must: self.must.clone(),
            never: self.never.clone(),
        };
        (facts != Facts::default()).then_some(facts)
    }
}

/// A text and its questions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Unique in the corpus.
    pub id: String,
    /// What it is about, in a word or two: shared by passages of one field.
    pub subject: String,
    /// The text, without blanks at its ends.
    pub text: String,
    /// At least one.
    #[serde(rename = "question", alias = "questions")]
    pub questions: Vec<Question>,
}

/// At least one passage; every passage has at least one question, and an id of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corpus {
    passages: Vec<Passage>,
}

impl Corpus {
    /// Reads and checks all passages of a source.
    ///
    /// # Errors
    /// What is wrong first, with the file and, where it got that far, the passage.
    pub fn load(source: &Source) -> Result<Self, CorpusError> {
        let files = match source {
            Source::Folder(folder) => files::read(folder)?,
            Source::Shipped => shipped::files()?,
        };
        let mut passages = Vec::new();
        let mut seen = BTreeMap::new();
        for (path, passage) in format::passages(files)? {
            let passage = passage.trimmed();
            let checked = match seen.insert(passage.id.clone(), path.clone()) {
                Some(first) => Err(format!("the id is used before, in {}", first.display())),
                None => passage.check(),
            };
            checked.map_err(|reason| CorpusError::passage(&path, &passage, reason))?;
            passages.push(passage);
        }
        let reason = match passages.len() {
            0 => "holds no passages",
            n if n > MAX_PASSAGES => "holds more than 100000 passages",
            _ => return Ok(Self { passages }),
        };
        let path = match source {
            Source::Folder(folder) => folder.clone(),
            Source::Shipped => shipped::FOLDER.into(),
        };
        let reason = reason.into();
        Err(CorpusError::Folder { path, reason })
    }

    /// All passages, in the order of the files and in them.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The same, to keep.
    pub fn into_passages(self) -> Vec<Passage> {
        self.passages
    }
}
