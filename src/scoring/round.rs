//! What judges and masks look at: the answers of one exchange and what they answer.

use std::time::Duration;

use truth::{Truth, text};

use crate::config::RewardPrompt;
use crate::types::{Exchange, Message, Pair, PairRecord, PairTable, Question, Seat, Timing};

/// An answer that came; failed exchanges are not among them.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// Index in the exchange's responses.
    pub place: usize,
    pub seat: Seat,
    /// As it is read: without look-alikes, and without what nobody sees. All that judges and masks compare.
    pub text: String,
    /// As it came.
    pub raw: String,
    /// The miner's own time; the longest if it was not measured.
    pub took: Duration,
    /// From the round's start, our queue too; the longest if it was not measured.
    pub arrived: Duration,
    /// Index in the round's questions.
    asked: usize,
}

/// The only way to what a challenge holds: where that changes, this file does.
#[derive(Clone, Debug)]
pub(super) struct Round {
    questions: Vec<Question>,
    answers: Vec<Answer>,
    /// Nobody could know the questions before they were asked.
    is_fresh: bool,
    /// What earlier rounds say of the miners, two by two.
    pairs: PairTable,
}

impl Round {
    pub fn of(exchange: &Exchange) -> Self {
        let responses = exchange.responses.iter().enumerate();
        let answers = responses.filter_map(|(place, response)| {
            let raw = response.outcome.answer()?;
            Some(Answer {
                place,
                seat: response.seat,
                text: text::plain(raw),
                raw: raw.to_owned(),
                took: miner_time(&response.timing),
                arrived: miner_time(&response.timing).saturating_add(response.timing.queue),
                asked: response.question?,
            })
        });
        Self {
            questions: exchange.challenge.questions.clone(),
            answers: answers.collect(),
            is_fresh: exchange.challenge.family.is_fresh(),
            pairs: PairTable::new(),
        }
    }

    /// With what earlier rounds say of its miners.
    pub fn after(mut self, pairs: &PairTable) -> Self {
        self.pairs.clone_from(pairs);
        self
    }

    pub fn is_fresh(&self) -> bool {
        self.is_fresh
    }

    pub fn known(&self, pair: &Pair) -> Option<PairRecord> {
        self.pairs.get(pair).copied()
    }

    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// With what it answers.
    pub fn asked(&self) -> impl Iterator<Item = (&Answer, Asked<'_>)> {
        self.answers.iter().map(|a| (a, self.of_answer(a)))
    }

    pub fn of_answer(&self, answer: &Answer) -> Asked<'_> {
        Asked(&self.questions[answer.asked])
    }
}

impl Answer {
    /// Which of the round's questions it answers.
    pub fn asked(&self) -> usize {
        self.asked
    }
}

/// What one answer answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'r>(&'r Question);

impl<'r> Asked<'r> {
    pub fn question(self) -> &'r str {
        &self.0.prompt.question
    }

    pub fn truth(self) -> &'r Truth {
        &self.0.truth
    }

    /// Whether what is right can be read off an answer, so that a guess by nearness to a text has nothing to add.
    pub fn is_exact(self) -> bool {
        !matches!(self.truth(), Truth::Facts(_) | Truth::Open {})
    }

    /// An answer held to be good. A judge that needs one has no say where there is none.
    pub fn reference(self) -> Option<&'r str> {
        self.0.reference.as_deref()
    }

    /// The reference, where likeness to it says something: where the truth is read exactly, nothing is added by it.
    pub fn likeness(self) -> Option<&'r str> {
        self.reference().filter(|_| !self.is_exact())
    }

    /// What is to be read, if anything is.
    pub fn passage(self) -> Option<&'r str> {
        self.0.material.as_deref()
    }

    /// What an answer may be about: the question and, if there is one, the passage.
    pub fn subject(self) -> impl Iterator<Item = &'r str> {
        [self.question()].into_iter().chain(self.passage())
    }

    /// What the miner was given to read: every message, and the passage.
    pub fn given(self) -> impl Iterator<Item = &'r str> {
        let messages = self.0.prompt.messages.iter().map(|m| m.content.as_str());
        messages.chain(self.passage())
    }

    /// Whether the miner was told to end with an `Answer:` line.
    pub fn wants_an_answer_line(self) -> bool {
        let told = |m: &Message| m.content.contains("Answer:");
        self.0.prompt.messages.iter().any(told)
    }

    /// What a reward model reads before the answer; none if the challenge has no passage to show.
    pub fn prompt(self, shape: RewardPrompt) -> Option<String> {
        match shape {
            RewardPrompt::Question => Some(self.question().to_owned()),
            RewardPrompt::QuestionAndPassage => {
                Some(format!("{}\n\n{}", self.question(), self.passage()?))
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
