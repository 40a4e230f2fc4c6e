//! Families of generated tasks: a seed gives a task and its truth. Pure: the same seed gives the same task on every machine.
//!
//! A task is drawn from two seeds: `shape` decides its kind and how hard it is, `variant` its names, numbers and wording. Miners of one
//! round get one shape and a variant each, so that no answer fits another's question.

#![warn(missing_docs)]

mod answer;
mod data;
mod forecast;
pub mod invent;
mod labelling;
pub mod reading;
mod reasoning;
pub mod search;

use serde::{Deserialize, Serialize};
use truth::Truth;

/// A family's name in the config.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// A document about invented things, and a question about it.
    Reading,
    /// A table, and a question about it.
    Data,
    /// Arithmetic, units, dates, word problems, small logic, code output.
    Reasoning,
    /// Documents with planted facts: the answer quotes its evidence.
    Search,
    /// A series, and what comes next.
    Forecast,
    /// Items to label.
    Labelling,
}

/// What a miner is asked, and its truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// How to answer, as a system message would say it. Says how the value is to be given: a last line `Answer: …`.
    pub instruction: String,
    /// What is to be read before the question: document, table, series, items. May be empty.
    pub material: String,
    /// The question itself.
    pub question: String,
    /// What is right.
    pub truth: Truth,
    /// A right answer in words, as a good miner would put it.
    pub reference: String,
    /// The kind of question within the family: `two_hops`, `group_mean`.
    pub kind: &'static str,
}

/// How hard a family's tasks are, 0 to 1: length of documents and tables, steps of reasoning.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Difficulty(pub f64);

impl Difficulty {
    /// From `easy` to `hard`, both whole; what is outside 0 to 1 is taken for its nearer end.
    pub fn between(self, easy: usize, hard: usize) -> usize {
        let span = hard.saturating_sub(easy) as f64;
        easy + (span * self.0.clamp(0.0, 1.0)).round() as usize
    }
}

/// Draws a task. The same arguments give the same task, byte by byte.
pub fn draw(family: Family, difficulty: Difficulty, shape: u64, variant: u64) -> Drawn {
    match family {
        Family::Reading => reading::draw(difficulty, shape, variant),
        Family::Data => surely(variant, |variant| data::draw(difficulty, shape, variant)),
        Family::Reasoning => surely(variant, |variant| {
            reasoning::draw(difficulty, shape, variant)
        }),
        Family::Search => search::draw(difficulty, shape, variant),
        Family::Forecast => forecast::draw(difficulty, shape, variant),
        Family::Labelling => labelling::draw(difficulty, shape, variant),
    }
}

/// Where hundreds of tries give no question with one clear answer, the next variant's do.
fn surely(mut variant: u64, draw: impl Fn(u64) -> Option<Drawn>) -> Drawn {
    loop {
        if let Some(drawn) = draw(variant) {
            return drawn;
        }
        variant = variant.wrapping_add(1);
    }
}
