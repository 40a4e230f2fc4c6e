//! The family of questions about passages: each task carries its passage, and its truth is known with the question.

use std::path::PathBuf;

use corpus::{Corpus, CorpusError, Question, Source};
use rand::Rng;
use rand::seq::SliceRandom;
use truth::Truth;

use super::sheet::Drawn;
use crate::config::ChallengeConfig;
use crate::types::{Cause, Caused};

/// Passages that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DocumentsError {
    #[error(
        "challenges.corpus = {}: {reason}. Name a folder of passage files, or `{}`",
        path.display(),
        ChallengeConfig::EMBEDDED
    )]
    Folder { path: PathBuf, reason: String },
    #[error("challenges.corpus: {0}")]
    Corpus(CorpusError),
}

impl Caused for DocumentsError {
    fn cause(&self) -> Cause {
        Cause::BadData
    }
}

impl From<CorpusError> for DocumentsError {
    fn from(e: CorpusError) -> Self {
        match e {
            CorpusError::Folder { path, reason } => Self::Folder { path, reason },
            e => Self::Corpus(e),
        }
    }
}

/// How to answer: a passage's questions ask for sentences.
pub const INSTRUCTION: &str =
    "Answer from the passage, in one to three full sentences of your own.";

/// Draws questions from a corpus without quick repeats: every passage once before any comes again, and
/// every question of a passage once before any of them comes again.
#[derive(Clone, Debug)]
pub struct Documents {
    corpus: Corpus,
    /// Passages left in this pass, the next one last.
    bag: Vec<usize>,
    last: Option<usize>,
    /// The next question of each passage; `None` before its first turn.
    turns: Vec<Option<usize>>,
}

impl Documents {
    /// Reads the corpus.
    pub fn load(config: &ChallengeConfig) -> Result<Self, DocumentsError> {
        let corpus = Corpus::load(&source(config))?;
        Ok(Self {
            turns: vec![None; corpus.passages().len()],
            bag: Vec::new(),
            last: None,
            corpus,
        })
    }

    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The next question.
    pub fn draw(&mut self, rng: &mut impl Rng) -> Drawn {
        let index = self.next_passage(rng);
        let passage = &self.corpus.passages()[index];
        let count = passage.questions.len();
        let turn = self.turns[index].unwrap_or_else(|| rng.random_range(0..count));
        self.turns[index] = Some((turn + 1) % count);
        let question = &passage.questions[turn];
        Drawn {
            instruction: INSTRUCTION.into(),
            material: passage.text.clone(),
            question: question.ask.clone(),
            source: passage.id.clone(),
            reference: Some(question.answer.clone()),
            truth: truth(question),
        }
    }

    /// A new pass never starts with the passage that ended the last one.
    fn next_passage(&mut self, rng: &mut impl Rng) -> usize {
        if self.bag.is_empty() {
            self.bag = (0..self.corpus.passages().len()).collect();
            self.bag.shuffle(rng);
            if self.bag.last() == self.last.as_ref() {
                let end = self.bag.len() - 1;
                self.bag.swap(0, end);
            }
        }
        self.last = self.bag.pop();
        // A corpus has at least one passage, so the bag was not empty.
        self.last.unwrap_or_default()
    }
}

fn source(config: &ChallengeConfig) -> Source {
    if config.corpus.as_os_str() == ChallengeConfig::EMBEDDED {
        return Source::Shipped;
    }
    Source::Folder(config.corpus.clone())
}

fn truth(question: &Question) -> Truth {
    question.facts().map_or(Truth::Open {}, Truth::Facts)
}

#[cfg(test)]
#[path = "tests/documents.rs"]
mod tests;
