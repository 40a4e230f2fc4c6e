//! Answers to generated tasks, by rules that know the generators' grammar: what an honest miner with a good model would find.
//!
//! Only what a miner is sent is looked at.

mod data;
mod forecast;
mod labelling;
mod reading;
mod reasoning;
mod said;
mod search;
#[cfg(test)]
mod tests;

use families::Family;

/// A task's answer, with what it takes to play a miner that gets it wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// Which family the task is of.
    pub family: Family,
    /// For the line `Answer: …`.
    pub value: String,
    /// The right answer in words.
    pub sentence: String,
    /// The sentence that says it, where one does.
    pub evidence: Option<String>,
    /// The document that holds the evidence, where documents have names.
    pub document: Option<String>,
    /// A wrong value of the same kind, from the text where it has one.
    pub decoy: String,
}

/// None where no family's rules fit.
pub fn solve(messages: &[String]) -> Option<Solved> {
    labelling::solve(messages)
        .or_else(|| forecast::solve(messages))
        .or_else(|| data::solve(messages))
        .or_else(|| reasoning::solve(messages))
        .or_else(|| search::solve(messages))
        .or_else(|| reading::solve(messages))
}
