//! What a miner does with a question.

use crate::behaviour::{copying, lazy, manner, trick, wrong};
use crate::text::wrong as mistaken;
use crate::text::{Asked, Task, garbage, honest, own_words, right};
use corpus::Passage;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::time::Duration;
use wire::AccountId32;

pub use crate::behaviour::Behaviour;

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
#[derive(Clone, Debug)]
pub struct Mind {
    /// What it does with every question.
    pub behaviour: Behaviour,
    /// What it does instead after so many questions.
    pub then: Option<(u64, Behaviour)>,
    /// The miner's own: it decides the wording of its answers.
    pub hotkey: AccountId32,
    /// Whom a copier copies.
    pub of: Option<AccountId32>,
    /// Of its chances: mistakes, failures. The wording doesn't depend on it.
    pub seed: u64,
    /// The passages from which an off-topic miner takes another one's answer, and in which some look theirs up.
    pub corpus: Vec<Passage>,
    /// Answers by question, given before all else.
    pub answers: BTreeMap<String, String>,
}

const SLOW: Duration = Duration::from_millis(1500);
const COPYING: Duration = Duration::from_millis(250);
const MUCH_LATER: Duration = Duration::from_millis(900);
const LATE: Duration = Duration::from_secs(5);

impl Mind {
    /// One that has this behaviour for good, and nothing to look into.
    pub fn new(behaviour: Behaviour, hotkey: AccountId32) -> Self {
        Mind {
            behaviour,
            then: None,
            hotkey,
            of: None,
            seed: 0,
            corpus: Vec::new(),
            answers: BTreeMap::new(),
        }
    }

    /// What it does with the question of this number, from 0.
    pub fn behaviour_at(&self, turn: u64) -> Behaviour {
        match self.then {
            Some((after, then)) if turn >= after => then,
            _ => self.behaviour,
        }
    }

    /// The same question to the same miner gives the same text. `turn` counts the requests, so that what
    /// a flaky miner does to a question changes from time to time. `leaked`: what the one said that a copier copies;
    /// without it a copier thinks the other's thoughts.
    pub fn decide(&self, messages: &[String], turn: u64, leaked: Option<String>) -> Action {
        let asked = Asked::read(messages);
        let mut rng = self.chance(&asked.task.question, 0);
        let thinking = Duration::from_millis(rng.random_range(40..120));
        let answer = |text, after| Action::Answer { text, after };
        if let Some(known) = self.answers.get(&asked.task.question) {
            return answer(known.clone(), thinking);
        }
        let behaviour = self.behaviour_at(turn);
        let copied = || leaked.unwrap_or_else(|| right(&asked, &mut self.other_voice(&asked)));
        match behaviour {
            Behaviour::Silent => Action::Silence,
            Behaviour::Slow => answer(self.text(Behaviour::Honest, &asked), SLOW + thinking),
            Behaviour::Thief => answer(copied(), Duration::ZERO),
            Behaviour::LateCopy => answer(copied(), MUCH_LATER + thinking),
            Behaviour::Copycat => answer(copying::copycat(&copied(), &mut rng), COPYING + thinking),
            Behaviour::HalfCopy => answer(copying::half(&copied()), COPYING + thinking),
            Behaviour::SynonymsCopy => {
                answer(copying::synonyms(&copied(), &mut rng), COPYING + thinking)
            }
            Behaviour::Confusables => answer(
                copying::confusables(&copied(), &mut rng),
                COPYING + thinking,
            ),
            Behaviour::ZeroWidth => {
                answer(copying::zero_width(&copied(), &mut rng), COPYING + thinking)
            }
            Behaviour::Flaky => {
                match self.chance(&asked.task.question, turn).random_range(0..100) {
                    0..40 => answer(self.text(Behaviour::Honest, &asked), thinking),
                    40..55 => answer(self.text(Behaviour::Honest, &asked), LATE),
                    55..70 => Action::Crash,
                    70..85 => Action::BrokenJson,
                    _ => Action::Drop,
                }
            }
            _ => answer(self.text(behaviour, &asked), thinking),
        }
    }

    /// What those say who have only the question.
    fn text(&self, behaviour: Behaviour, asked: &Asked) -> String {
        let voice = &mut voice(&self.hotkey, &asked.task.question);
        let chance = &mut self.chance(&asked.task.question, 0);
        match behaviour {
            Behaviour::OwnWords => own_words(asked, voice),
            Behaviour::Polite => manner::polite(asked, voice),
            Behaviour::Bulleted => manner::bulleted(asked, voice),
            Behaviour::Capitals => manner::capitals(asked, voice),
            Behaviour::Typos => manner::typos(asked, voice),
            Behaviour::Shortest => manner::shortest(asked),
            Behaviour::Terse => wrong::fragment(asked),
            Behaviour::Half => wrong::half(asked, voice),
            Behaviour::Sloppy => wrong::sloppy(asked, chance),
            Behaviour::FluentWrong => mistaken(asked, voice),
            Behaviour::Negated => wrong::negated(asked, voice),
            Behaviour::Extract => lazy::extract(asked),
            Behaviour::MostOfPassage => lazy::most_of_passage(asked),
            Behaviour::OffQuestion => lazy::off_question(asked, chance),
            Behaviour::Padding => lazy::padding(chance),
            Behaviour::Huge => lazy::huge(asked),
            Behaviour::Lookup => lazy::lookup(asked, &self.corpus, chance),
            Behaviour::Injection => trick::injection(chance),
            Behaviour::RightWithInjection => trick::right_with_injection(asked, voice),
            Behaviour::Colluder => right(asked, &mut self.other_voice(asked)),
            Behaviour::Offtopic => self.elsewhere(&asked.task, chance),
            Behaviour::Garbage => garbage(chance),
            _ => right(asked, voice),
        }
    }

    /// The voice of the one that is copied.
    fn other_voice(&self, asked: &Asked) -> ChaCha8Rng {
        let of = self.of.as_ref().unwrap_or(&self.hotkey);
        voice(of, &asked.task.question)
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
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
