//! What to ask.

use std::cmp::Ordering;
use std::time::Duration;

use rand::Rng;
use rand::seq::SliceRandom;

use super::corpus::{Corpus, CorpusError};
use crate::config::{ChallengeConfig, Template};
use crate::types::{Challenge, ChallengeKind, Message, Prompt, Reference, RoundId};

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
    pub fn load(config: &ChallengeConfig) -> Result<Self, CorpusError> {
        let corpus = Corpus::load(&config.corpus)?;
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
    pub fn draw(&mut self, deadline: Duration, rng: &mut impl Rng) -> Challenge {
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
        Challenge {
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
