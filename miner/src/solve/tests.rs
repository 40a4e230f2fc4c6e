//! Generated tasks are solved from their text alone.
#![allow(clippy::unwrap_used)]

use families::invent::calendar;
use families::{Difficulty, Drawn, draw};
use truth::Truth;

use super::*;

fn messages(task: &Drawn) -> Vec<String> {
    let asked = format!("{}\n\nQuestion: {}", task.material, task.question);
    vec![task.instruction.clone(), asked]
}

/// Whether a value is right, to the letter.
fn is_right(truth: &Truth, solved: &Solved, value: &str) -> bool {
    match truth {
        Truth::Number {
            value: right, unit, ..
        } => {
            let (number, of) = value.split_once(' ').unwrap_or((value, ""));
            number.parse() == Ok(*right) && of == unit.as_deref().unwrap_or_default()
        }
        Truth::Date { date } => calendar::plain(*date) == value,
        Truth::Name { forms, .. } => forms.iter().any(|form| form == value),
        Truth::Choice { right, .. } => right == value,
        Truth::Ranking { items } => {
            let names: Vec<&str> = items.iter().map(|forms| forms[0].as_str()).collect();
            names.join(", ") == value
        }
        Truth::Absent { .. } => value == families::reading::answer::NOT_SAID,
        Truth::Quote {
            document,
            evidence,
            fact,
        } => {
            solved.document.as_ref() == Some(document)
                && solved.evidence.as_ref() == Some(evidence)
                && is_right(fact, solved, value)
        }
        _ => false,
    }
}

/// How many of so many tasks are solved rightly; a decoy must never be right.
fn solved(family: Family, tasks: u64) -> u64 {
    let solved = (0..tasks).filter(|at| {
        let difficulty = Difficulty((at % 11) as f64 / 10.0);
        let task = draw(family, difficulty, at * 7919, at * 31);
        let Some(solved) = solve(&messages(&task)) else {
            return false;
        };
        assert!(!is_right(&task.truth, &solved, &solved.decoy), "{solved:?}");
        solved.family == family && is_right(&task.truth, &solved, &solved.value)
    });
    solved.count() as u64
}

#[test]
fn reading_and_search_are_solved() {
    for family in [Family::Reading, Family::Search] {
        let tasks = 60;
        let right = solved(family, tasks);
        assert!(
            right * 1000 >= tasks * 995,
            "{family:?}: {right} of {tasks}"
        );
    }
}

#[test]
fn what_is_no_generated_task_is_left_alone() {
    let other = ["Bees dance in the dark.\n\nQuestion: Where do bees dance?".to_string()];
    assert_eq!(solve(&other), None);
    assert_eq!(solve(&[]), None);
}
