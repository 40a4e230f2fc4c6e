//! tmp
#![allow(clippy::unwrap_used, clippy::panic, dead_code)]
#[path = "../../miner/src/solve/mod.rs"]
mod solve;
use families::*;
#[test]
fn samples() {
    for (family, d, shape) in [(Family::Reading, 0.0, 3), (Family::Reading, 1.0, 4), (Family::Reading, 0.5, 5), (Family::Search, 0.2, 1)] {
        let t = draw(family, Difficulty(d), shape, 7).unwrap();
        println!("--- {} {} words\n{}\n\n{}\n\nQ: {}\nR: {}\nT: {:?}\n", t.kind, t.material.split_whitespace().count(), t.instruction, t.material, t.question, t.reference, t.truth);
    }
}
#[test]
fn solved() {
    let n: u64 = std::option_env!("N").and_then(|n| n.parse().ok()).unwrap_or(400);
    for family in [Family::Reading, Family::Search] {
        let mut bad = 0;
        for at in 0..n {
            let t = draw(family, Difficulty((at % 11) as f64 / 10.0), at * 7919, at * 31).unwrap();
            let s = solve::solve(&[t.instruction.clone(), format!("{}\n\nQuestion: {}", t.material, t.question)]);
            let right = s.as_ref().is_some_and(|s| right(&t.truth, s));
            if !right {
                bad += 1;
                if bad < 6 { println!("BAD {} {:?}\n{}\n{}\n{:?}\n{}\n", t.kind, family, t.material, t.question, t.truth, s.map(|s| format!("{s:?}")).unwrap_or_default()); }
            }
        }
        println!("{family:?} bad {bad} of {n}");
    }
}
fn right(truth: &truth::Truth, s: &solve::Solved) -> bool {
    use truth::Truth::*;
    match truth {
        Number { value, unit, .. } => s.value.split(' ').next().unwrap().parse::<f64>().ok() == Some(*value) && unit.as_ref().is_none_or(|u| s.value.ends_with(u)),
        Date { date } => families::invent::calendar::plain(*date) == s.value,
        Name { forms, .. } => forms.contains(&s.value),
        Choice { right, .. } => *right == s.value,
        Ranking { items } => items.iter().map(|i| i[0].clone()).collect::<Vec<_>>().join(", ") == s.value,
        Absent { .. } => s.value.contains("does not say"),
        Quote { document, evidence, fact } => s.document.as_ref() == Some(document) && s.evidence.as_ref() == Some(evidence) && right(fact, s),
        _ => false,
    }
}
