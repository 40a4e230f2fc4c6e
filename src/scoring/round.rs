//! What models and masks look at: the answers of one exchange and what they answer.

use std::time::Duration;

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

#[derive(Clone, Debug)]
pub(super) struct Round {
    pub question: String,
    /// Every message that the miners saw.
    pub messages: Vec<String>,
    pub passage: Option<String>,
    pub reference: Option<String>,
    pub answers: Vec<Answer>,
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

    /// What a reward model reads before the answer; none if the challenge has no passage to show.
    pub fn prompt(&self, shape: RewardPrompt) -> Option<String> {
        match shape {
            RewardPrompt::Question => Some(self.question.clone()),
            RewardPrompt::QuestionAndPassage => {
                let passage = self.passage.as_ref()?;
                Some(format!("{}\n\n{passage}", self.question))
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
