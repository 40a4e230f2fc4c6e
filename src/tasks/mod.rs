//! What is asked: families of tasks. A family draws a challenge, knows its truth, and says when the truth is due.

mod documents;

use std::time::Duration;

use corpus::Corpus;
use rand::Rng;

use crate::config::ChallengeConfig;
use crate::types::Task;
use documents::Documents;

pub use documents::DocumentsError;

/// The families of one subnet, drawn from for the life of the process: each remembers what it asked.
#[derive(Clone, Debug)]
pub struct Tasks {
    documents: Documents,
}

impl Tasks {
    /// Loads every family that the config names.
    pub fn load(config: &ChallengeConfig) -> Result<Self, DocumentsError> {
        let documents = Documents::load(config)?;
        Ok(Self { documents })
    }

    /// The next task. `deadline` is a miner's time for one answer.
    pub fn draw(&mut self, deadline: Duration, rng: &mut impl Rng) -> Task {
        // The one place where a family is chosen: a second one takes its share of the draws here.
        self.documents.draw(deadline, rng)
    }

    /// The passages that are asked about.
    pub fn corpus(&self) -> &Corpus {
        self.documents.corpus()
    }
}
