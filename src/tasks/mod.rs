//! What is asked: families of tasks. A family draws questions, knows their truths, and says when these are due.
//!
//! | file | duty |
//! |---|---|
//! | `documents` | questions about passages of a folder |
//! | `generated` | questions made up on the spot, by the member `families` |
//! | `sheet` | a drawn question as the messages that a miner sees |

mod documents;
mod generated;
mod sheet;

use std::time::Duration;

use corpus::Corpus;
use rand::Rng;
use rand::seq::IndexedRandom;

use crate::config::{ChallengeConfig, FamilyConfig, Variants};
use crate::types::{Challenge, Family, Question, RoundId, Task};
use documents::Documents;
use sheet::Sheet;

pub use documents::DocumentsError;

/// The families of one subnet, drawn from for the life of the process: each remembers what it asked.
#[derive(Clone, Debug)]
pub struct Tasks {
    families: Vec<(Family, FamilyConfig)>,
    /// Only where they are asked about.
    documents: Option<Documents>,
    sheet: Sheet,
}

/// The kind and hardness of one round's questions, of which each miner may get its own.
#[derive(Clone, Copy, Debug)]
struct Shape {
    family: Family,
    difficulty: f64,
    seed: u64,
}

impl Tasks {
    /// Loads every family that the config names.
    pub fn load(config: &ChallengeConfig) -> Result<Self, DocumentsError> {
        let documents = match config.asks(Family::Documents) {
            true => Some(Documents::load(config)?),
            false => None,
        };
        let families = config.families.clone().into_iter();
        Ok(Self {
            families: families.filter(|(_, f)| f.share > 0.0).collect(),
            documents,
            sheet: Sheet::of(config),
        })
    }

    /// The next task, for so many miners. `deadline` is a miner's time for one answer.
    pub fn draw(&mut self, miners: usize, deadline: Duration, rng: &mut impl Rng) -> Task {
        let (family, config) = self.family(rng);
        let shape = Shape {
            family,
            difficulty: config.difficulty,
            seed: rng.random(),
        };
        let each = match config.variants {
            Variants::Default => family != Family::Documents && family != Family::Labelling,
            Variants::PerMiner => true,
            Variants::Shared => false,
        };
        let count = if each { miners.max(1) } else { 1 };
        let questions: Vec<Question> = (0..count).map(|_| self.question(shape, rng)).collect();
        let asks = if each {
            (0..count).collect()
        } else {
            vec![0; miners]
        };
        Task {
            challenge: Challenge {
                id: RoundId::fresh(),
                family,
                questions,
                asks,
                deadline,
            },
            due_after: Duration::ZERO,
        }
    }

    /// Another question of the same kind for the miners at `places`: they know the one they have.
    pub fn replace(&mut self, challenge: &mut Challenge, places: &[usize], rng: &mut impl Rng) {
        let config = self.families.iter().find(|(f, _)| *f == challenge.family);
        let shape = Shape {
            family: challenge.family,
            difficulty: config.map_or(0.5, |(_, c)| c.difficulty),
            seed: rng.random(),
        };
        for place in places {
            let question = self.question(shape, rng);
            let shared = challenge
                .asks
                .iter()
                .filter(|a| **a == challenge.asks[*place]);
            match shared.count() {
                1 => challenge.questions[challenge.asks[*place]] = question,
                _ => {
                    challenge.asks[*place] = challenge.questions.len();
                    challenge.questions.push(question);
                }
            }
        }
    }

    /// The passages that are asked about.
    pub fn corpus(&self) -> Option<&Corpus> {
        self.documents.as_ref().map(Documents::corpus)
    }

    /// The families and their shares, for a person.
    pub fn outline(&self) -> String {
        let all: f64 = self.families.iter().map(|(_, f)| f.share).sum();
        let one = |(family, config): &(Family, FamilyConfig)| {
            let percent = 100.0 * config.share / all;
            match (family, self.corpus()) {
                (Family::Documents, Some(corpus)) => {
                    format!(
                        "{family} {percent:.0} % ({} passages)",
                        corpus.passages().len()
                    )
                }
                _ => format!("{family} {percent:.0} %"),
            }
        };
        self.families.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// The one place where a family is chosen.
    fn family(&self, rng: &mut impl Rng) -> (Family, FamilyConfig) {
        // The config's check holds that there is one of a positive share.
        let chosen = self.families.choose_weighted(rng, |(_, f)| f.share);
        chosen.map_or((Family::Documents, FamilyConfig::default()), Clone::clone)
    }

    fn question(&mut self, shape: Shape, rng: &mut impl Rng) -> Question {
        match (shape.family, &mut self.documents) {
            (Family::Documents, Some(documents)) => self.sheet.fill(documents.draw(rng)),
            _ => self.sheet.fill(generated::draw(
                shape.family,
                shape.difficulty,
                shape.seed,
                rng.random(),
            )),
        }
    }
}

#[cfg(test)]
#[path = "tests/tasks.rs"]
mod tests;
