//! What to ask.

use std::cmp::Ordering;
use std::path::PathBuf;
use std::time::Duration;

use corpus::{Corpus, CorpusError, Source};
use rand::Rng;
use rand::seq::SliceRandom;

use crate::config::{ChallengeConfig, Template};
use crate::types::{
    Cause, Caused, Challenge, ChallengeKind, Message, Prompt, Reference, RoundId, Task,
};

/// Passages that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ChallengeError {
    #[error(
        "challenges.corpus = {}: {reason}. Name a folder of passage files, or `{}`",
        path.display(),
        ChallengeConfig::EMBEDDED
    )]
    Folder { path: PathBuf, reason: String },
    #[error("challenges.corpus: {0}")]
    Corpus(CorpusError),
}

impl Caused for ChallengeError {
    fn cause(&self) -> Cause {
        Cause::BadData
    }
}

impl From<CorpusError> for ChallengeError {
    fn from(e: CorpusError) -> Self {
        match e {
            CorpusError::Folder { path, reason } => Self::Folder { path, reason },
            e => Self::Corpus(e),
        }
    }
}

/// Draws questions from a corpus without quick repeats: every passage once before any comes again, and
/// every question of a passage once before any of them comes again.
#[derive(Clone, Debug)]
pub struct Challenges {
    corpus: Corpus,
    messages: Vec<(String, Template)>,
    /// Passages left in this pass, the next one last.
    bag: Vec<usize>,
    last: Option<usize>,
    /// The next question of each passage; `None` before its first turn.
    turns: Vec<Option<usize>>,
}

impl Challenges {
    /// Reads the corpus.
    pub fn load(config: &ChallengeConfig) -> Result<Self, ChallengeError> {
        let corpus = Corpus::load(&source(config))?;
        let mut messages: Vec<(String, Template)> = config.messages.clone().into_iter().collect();
        messages.sort_by(|a, b| speaking_order(&a.0, &b.0));
        Ok(Self {
            turns: vec![None; corpus.passages().len()],
            bag: Vec::new(),
            last: None,
            corpus,
            messages,
        })
    }

    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The next challenge, with a fresh round id. `deadline` is a miner's time for one answer.
    pub fn draw(&mut self, deadline: Duration, rng: &mut impl Rng) -> Task {
        let index = self.next_passage(rng);
        let passage = &self.corpus.passages()[index];
        let count = passage.questions.len();
        let turn = self.turns[index].unwrap_or_else(|| rng.random_range(0..count));
        self.turns[index] = Some((turn + 1) % count);
        let question = &passage.questions[turn];

        let message = |(role, template): &(String, Template)| Message {
            role: role.clone(),
            content: template.fill(&passage.text, &question.ask),
        };
        let challenge = Challenge {
            id: RoundId::fresh(),
            kind: ChallengeKind::Question,
            prompt: Prompt {
                messages: self.messages.iter().map(message).collect(),
                question: question.ask.clone(),
            },
            reference: Some(Reference {
                source: passage.id.clone(),
                passage: passage.text.clone(),
                answer: question.answer.clone(),
            }),
            deadline,
        };
        Task {
            challenge,
            due_after: Duration::ZERO,
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

fn speaking_order(a: &str, b: &str) -> Ordering {
    let rank = |role: &str| match role {
        "system" => 0,
        "user" => 1,
        _ => 2,
    };
    rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
#[path = "tests/challenges.rs"]
mod tests;
