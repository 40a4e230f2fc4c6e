//! Prompts in, answers out. Pure functions of text and a seeded generator.

mod asked;
mod compose;
mod corrupt;
mod lexicon;
mod pattern;
mod rank;
mod sentence;
mod speech;
mod task;

pub use asked::Asked;
pub use compose::{honest, pick};
pub use corrupt::{edited, garbage, sloppy, terse};
pub use lexicon::reworded;
pub use pattern::spoken;
pub use sentence::sentences;
pub use speech::{ANSWER, in_prose, mistaken, own_words, parts, right, with_value, wrong};
pub use task::Task;
