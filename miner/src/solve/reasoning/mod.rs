//! Tasks that can be worked out.

mod arithmetic;
mod code;
mod days;
mod logic;
mod stories;
mod units;

use families::Family;

use super::Solved;
use super::said::{decimals, off, rounded, said};

/// What is asked, and what there is to read before it.
struct Task<'t> {
    lines: Vec<&'t str>,
    question: &'t str,
}

/// A value of some kind.
enum Found {
    Number(f64),
    /// The right word, and another.
    Word(String, String),
}

/// None where the rules find nothing.
pub fn solve(messages: &[String]) -> Option<Solved> {
    let lines: Vec<&str> = messages.iter().flat_map(|text| text.lines()).collect();
    let lines: Vec<&str> = lines
        .into_iter()
        .filter(|l| !l.trim().is_empty() && !l.contains("Answer:"))
        .collect();
    let question = lines.last()?.trim();
    let question = question.strip_prefix("Question: ").unwrap_or(question);
    let task = Task { lines, question };
    let found = code::solve(&task)
        .or_else(|| logic::solve(&task))
        .or_else(|| alone(&task))?;
    Some(match found {
        Found::Number(value) => {
            let decimals = decimals(messages);
            let text = rounded(value, decimals);
            let sentence = format!("Worked out step by step, it comes to {text}.");
            said(Family::Reasoning, text, sentence, off(value, decimals))
        }
        Found::Word(right, other) => {
            let sentence = format!("Worked out step by step, the answer is {right}.");
            said(Family::Reasoning, right, sentence, other)
        }
    })
}

/// Where there is nothing to read but the question.
fn alone(task: &Task) -> Option<Found> {
    let question = task.question;
    if task.lines.len() != 1 {
        return None;
    }
    days::solve(question)
        .or_else(|| stories::solve(question))
        .or_else(|| units::solve(question))
        .or_else(|| arithmetic::solve(question).map(Found::Number))
}
