//! What a miner does with a question.

use crate::text::{Task, edited, garbage, honest, sloppy, terse};
use corpus::Passage;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::Duration;
use wire::AccountId32;

/// Behaviours that a person can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Behaviour {
    /// A full answer of its own.
    Honest,
    /// A short, clipped fragment.
    Terse,
    /// A full answer with facts dropped or changed.
    Sloppy,
    /// Honest, 1.5 s later.
    Slow,
    /// The answer of `--of`, lightly edited, a little later.
    Copycat,
    /// A full answer about another passage.
    Offtopic,
    /// Random characters.
    Garbage,
    /// Takes the request and never answers.
    Silent,
    /// By chance honest, late, an error, broken JSON, or a dropped connection.
    Flaky,
}

/// What the server is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Answer with a success.
    Answer {
        /// The synapse's `completion`.
        text: String,
        /// How long to wait first.
        after: Duration,
    },
    /// Keep the connection and never answer.
    Silence,
    /// Answer with an internal error, HTTP status 500.
    Crash,
    /// Answer 200 with JSON that breaks off.
    BrokenJson,
    /// Begin an answer and close the connection.
    Drop,
}

/// A miner's character.
#[derive(Debug)]
pub struct Mind {
    /// What it does with every question.
    pub behaviour: Behaviour,
    /// The miner's own: it decides the wording of its answers.
    pub hotkey: AccountId32,
    /// Whom a copycat copies.
    pub of: Option<AccountId32>,
    /// Of its chances: pauses, mistakes, failures. The wording doesn't depend on it.
    pub seed: u64,
    /// The passages from which an off-topic miner takes another one's answer.
    pub corpus: Vec<Passage>,
}

const SLOW: Duration = Duration::from_millis(1500);
const COPYING: Duration = Duration::from_millis(250);
const LATE: Duration = Duration::from_secs(5);

impl Mind {
    /// The same question to the same miner gives the same text. `turn` counts the requests, so that what
    /// a flaky miner does to a question changes from time to time.
    pub fn decide(&self, messages: &[String], turn: u64) -> Action {
        let task = Task::read(messages);
        let own = || honest(&task, &mut voice(&self.hotkey, &task.question));
        let mut rng = self.chance(&task.question, 0);
        let thinking = Duration::from_millis(rng.random_range(5..60));
        let answer = |text, after| Action::Answer { text, after };
        match self.behaviour {
            Behaviour::Honest => answer(own(), thinking),
            Behaviour::Slow => answer(own(), SLOW + thinking),
            Behaviour::Terse => answer(terse(&task), thinking),
            Behaviour::Sloppy => answer(sloppy(&own(), &mut rng), thinking),
            Behaviour::Garbage => answer(garbage(&mut rng), thinking),
            Behaviour::Silent => Action::Silence,
            Behaviour::Copycat => answer(self.copied(&task, &mut rng), COPYING + thinking),
            Behaviour::Offtopic => answer(self.elsewhere(&task, &mut rng), thinking),
            Behaviour::Flaky => match self.chance(&task.question, turn).random_range(0..100) {
                0..40 => answer(own(), thinking),
                40..55 => answer(own(), LATE),
                55..70 => Action::Crash,
                70..85 => Action::BrokenJson,
                _ => Action::Drop,
            },
        }
    }

    /// What the other miner says if it is honest: the same as having its answer leaked.
    fn copied(&self, task: &Task, rng: &mut impl Rng) -> String {
        let of = self.of.as_ref().unwrap_or(&self.hotkey);
        edited(&honest(task, &mut voice(of, &task.question)), rng)
    }

    fn elsewhere(&self, task: &Task, rng: &mut impl Rng) -> String {
        let here = self
            .corpus
            .iter()
            .find(|passage| passage.text.contains(&task.passage));
        let subject = here.map(|passage| passage.subject.as_str());
        let others: Vec<&Passage> = self
            .corpus
            .iter()
            .filter(|p| Some(p.subject.as_str()) != subject)
            .collect();
        let other = others
            .choose(rng)
            .and_then(|passage| Some((passage, passage.questions.choose(rng)?)));
        let Some((passage, question)) = other else {
            return garbage(rng);
        };
        let task = Task {
            passage: passage.text.clone(),
            question: question.ask.clone(),
        };
        honest(&task, &mut voice(&self.hotkey, &task.question))
    }

    /// Chance that depends on the miner's seed.
    fn chance(&self, question: &str, turn: u64) -> ChaCha8Rng {
        let seed = [
            &self.hotkey.0[..],
            &self.seed.to_le_bytes(),
            &turn.to_le_bytes(),
            question.as_bytes(),
        ];
        ChaCha8Rng::seed_from_u64(fnv(&seed.concat()))
    }
}

/// A hotkey's way of speaking about a question.
fn voice(hotkey: &AccountId32, question: &str) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(fnv(&[&hotkey.0, question.as_bytes()].concat()))
}

/// FNV-1a: the same on every platform and in every version, which std's hasher isn't.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
