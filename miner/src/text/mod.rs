//! Prompts in, answers out. Pure functions of text and a seeded generator.

mod compose;
mod corrupt;
mod lexicon;
mod rank;
mod sentence;
mod task;

pub use compose::honest;
pub use corrupt::{edited, garbage, sloppy, terse};
pub use task::Task;
