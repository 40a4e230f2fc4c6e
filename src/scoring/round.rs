//! What judges and masks look at: the answers of one exchange and what they answer.

use std::time::Duration;

use super::Fault;
use crate::config::RewardPrompt;
use crate::types::{Exchange, Seat, Timing};

/// An answer that came; failed exchanges are not among them.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// Index in the exchange's responses.
    pub place: usize,
    pub seat: Seat,
    pub text: String,
    /// The miner's own time; the longest if it was not measured.
    pub took: Duration,
}

/// The only way to what a challenge holds: where that changes, this file does.
#[derive(Clone, Debug)]
pub(super) struct Round {
    question: String,
    messages: Vec<String>,
    passage: Option<String>,
    reference: Option<String>,
    answers: Vec<Answer>,
}

impl Round {
    pub fn of(exchange: &Exchange) -> Self {
        let prompt = &exchange.challenge.prompt;
        let reference = exchange.challenge.reference.as_ref();
        let responses = exchange.responses.iter().enumerate();
        let answers = responses.filter_map(|(place, response)| {
            Some(Answer {
                place,
                seat: response.seat,
                text: response.outcome.answer()?.to_owned(),
                took: miner_time(&response.timing),
            })
        });
        Self {
            question: prompt.question.clone(),
            messages: prompt.messages.iter().map(|m| m.content.clone()).collect(),
            passage: reference.map(|r| r.passage.clone()),
            reference: reference.map(|r| r.answer.clone()),
            answers: answers.collect(),
        }
    }

    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// What was answered, in the answers' order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.answers.iter().map(|a| a.text.as_str())
    }

    pub fn question(&self) -> &str {
        &self.question
    }

    /// An answer held to be good. A judge that needs one has no say where there is none.
    pub fn reference(&self) -> Result<&str, Fault> {
        self.reference.as_deref().ok_or(Fault::NoReference)
    }

    /// What an answer may be about: the question and, if there is one, the passage.
    pub fn subject(&self) -> impl Iterator<Item = &str> {
        [&self.question]
            .into_iter()
            .chain(&self.passage)
            .map(String::as_str)
    }

    /// What the miners were given to read: every message, and the passage.
    pub fn given(&self) -> impl Iterator<Item = &str> {
        let messages = self.messages.iter().chain(&self.passage);
        messages.map(String::as_str)
    }

    /// What a reward model reads before the answer; none if the challenge has no passage to show.
    pub fn prompt(&self, shape: RewardPrompt) -> Result<String, Fault> {
        match shape {
            RewardPrompt::Question => Ok(self.question.clone()),
            RewardPrompt::QuestionAndPassage => {
                let passage = self.passage.as_ref().ok_or(Fault::NoReference)?;
                Ok(format!("{}\n\n{passage}", self.question))
            }
        }
    }
}

/// From the connection to the last byte, without our own queue: what the miner can be held to.
fn miner_time(timing: &Timing) -> Duration {
    let parts = [timing.connect, timing.first_byte, timing.body];
    if parts.iter().all(Option::is_none) {
        return Duration::MAX;
    }
    parts.into_iter().flatten().sum()
}
