//! The reference miners' rules against the families: they see the messages alone, and find what the generators hold true.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "../../miner/src/solve/mod.rs"]
mod solve;

use std::collections::BTreeMap;

use families::{Difficulty, Drawn, Family, draw};
use solve::solve;
use truth::{Asks, Forecast, Truth};

/// With a label before the question, or without.
fn messages(drawn: &Drawn) -> Vec<String> {
    let label = ["", "Question: "][drawn.question.len() % 2];
    let asked = format!("{}\n\n{label}{}", drawn.material, drawn.question);
    vec![drawn.instruction.clone(), asked]
}

/// Read strictly: as the instruction asks.
fn right(truth: &Truth, value: &str) -> bool {
    let items = || value.split(", ").map(String::from);
    match truth {
        Truth::Number {
            value: expected,
            tolerance,
            ..
        } => value
            .parse::<f64>()
            .is_ok_and(|v| (v - expected).abs() <= *tolerance),
        Truth::Date { date } => {
            value
                == format!(
                    "{}-{:02}-{:02}",
                    date.year,
                    date.month.unwrap_or(0),
                    date.day.unwrap_or(0)
                )
        }
        Truth::Name { forms, .. } => forms.iter().any(|form| form == value),
        Truth::Choice { right, .. } => right == value,
        Truth::Set { items: expected } => {
            let (mut a, mut b): (Vec<_>, Vec<_>) = (
                items().collect(),
                expected.iter().map(|f| f[0].clone()).collect(),
            );
            a.sort();
            b.sort();
            a == b
        }
        Truth::Ranking { items: expected } => items().eq(expected.iter().map(|f| f[0].clone())),
        _ => false,
    }
}

/// Right and wrong answers to so many tasks of all difficulties; decoys must be wrong.
fn share(family: Family, count: u64) -> f64 {
    let mut wrong = Vec::new();
    for seed in 0..count {
        let difficulty = Difficulty((seed % 11) as f64 / 10.0);
        let drawn = draw(family, difficulty, seed, seed * 31 + 7);
        let solved = solve(&messages(&drawn));
        match solved {
            Some(solved) if right(&drawn.truth, &solved.value) => {
                assert!(
                    !right(&drawn.truth, &solved.decoy),
                    "{}: {}\n{}",
                    drawn.kind,
                    solved.decoy,
                    drawn.question
                );
                assert!(solved.family == family && !solved.sentence.is_empty());
            }
            other => wrong.push((
                seed,
                drawn.kind,
                other.map(|s| s.value),
                drawn.truth,
                drawn.question,
            )),
        }
    }
    for wrong in wrong.iter().take(5) {
        eprintln!("{wrong:?}");
    }
    1.0 - wrong.len() as f64 / count as f64
}

#[test]
fn tables_are_understood() {
    assert!(share(Family::Data, 130) >= 0.995);
}

#[test]
fn what_can_be_worked_out_is() {
    assert!(share(Family::Reasoning, 2000) >= 0.995);
}

#[test]
fn items_are_labelled() {
    let (mut all, mut good, mut bad) = (0, 0, 0);
    for seed in 0..400 {
        let drawn = draw(
            Family::Labelling,
            Difficulty((seed % 11) as f64 / 10.0),
            seed,
            seed + 5,
        );
        let solved = solve(&messages(&drawn)).expect("an answer");
        // The reference holds the labels that the truth keeps back, too.
        let same = |text: &str| {
            text.lines()
                .zip(drawn.reference.lines())
                .filter(|(a, b)| a == b)
                .count()
        };
        let right = same(&solved.value);
        if right < drawn.reference.lines().count() {
            eprintln!("{} {}\n{}", drawn.kind, drawn.material, solved.value);
        }
        (all, good, bad) = (
            all + drawn.reference.lines().count(),
            good + right,
            bad + same(&solved.decoy),
        );
    }
    assert!(good as f64 >= 0.97 * all as f64, "{good} of {all}");
    assert_eq!(bad, 0);
}

/// Mean absolute error, interval score, Brier score, mean pinball loss.
fn loss(forecast: &Forecast, said: &[f64]) -> f64 {
    let end = forecast.came.last().copied().unwrap_or_default();
    let last = forecast.seen.last().copied().unwrap_or_default();
    match forecast.asks {
        Asks::Points { steps } => {
            assert_eq!(said.len(), steps);
            said.iter()
                .zip(&forecast.came)
                .map(|(a, b)| (a - b).abs())
                .sum::<f64>()
                / steps as f64
        }
        Asks::Interval { level, .. } => {
            let [low, high] = said else {
                panic!("{said:?}")
            };
            high - low + 2.0 / (1.0 - level) * ((low - end).max(0.0) + (end - high).max(0.0))
        }
        Asks::Rise { .. } => (said[0] - f64::from(u8::from(end > last))).powi(2),
        Asks::Quantiles { .. } => {
            assert_eq!(said.len(), 9);
            let pinball = |(at, q): (usize, &f64)| {
                let level = (at + 1) as f64 / 10.0;
                (level * (end - q)).max((level - 1.0) * (end - q))
            };
            said.iter().enumerate().map(pinball).sum::<f64>() / 9.0
        }
    }
}

/// What one says who knows but the last value and the changes so far.
fn naive(forecast: &Forecast) -> Vec<f64> {
    let (seen, last) = (
        &forecast.seen,
        forecast.seen.last().copied().unwrap_or_default(),
    );
    let changes = |steps: usize| {
        let mut all: Vec<f64> = seen
            .iter()
            .zip(&seen[steps..])
            .map(|(a, b)| b - a)
            .collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let at = |steps: usize, level: f64| {
        let changes = changes(steps);
        last + changes[(level * (changes.len() - 1) as f64).round() as usize]
    };
    match forecast.asks {
        Asks::Points { steps } => vec![last; steps],
        Asks::Interval { steps, level } => vec![
            at(steps, (1.0 - level) / 2.0),
            at(steps, (1.0 + level) / 2.0),
        ],
        Asks::Rise { steps } => {
            let all = changes(steps);
            vec![(all.iter().filter(|c| **c > 0.0).count() as f64 + 1.0) / (all.len() as f64 + 2.0)]
        }
        Asks::Quantiles { steps } => (1..10)
            .map(|tenth| at(steps, f64::from(tenth) / 10.0))
            .collect(),
    }
}

#[test]
fn forecasts_are_better_than_the_baseline() {
    let mut by_kind = BTreeMap::<&str, (f64, f64, f64)>::new();
    for seed in 0..600 {
        let drawn = draw(
            Family::Forecast,
            Difficulty((seed % 11) as f64 / 10.0),
            seed,
            seed + 5,
        );
        let Truth::Forecast(forecast) = &drawn.truth else {
            panic!("{:?}", drawn.truth)
        };
        let solved = solve(&messages(&drawn)).expect("an answer");
        let read = |text: &str| -> Vec<f64> {
            text.split(", ")
                .map(|v| v.parse().expect("a number"))
                .collect()
        };
        let (own, usual) = (
            loss(forecast, &read(&solved.value)),
            loss(forecast, &naive(forecast)),
        );
        let wrong = loss(forecast, &read(&solved.decoy));
        // Series are of all sizes: what is compared is the share of the two.
        let of = by_kind.entry(drawn.kind).or_default();
        let share = |loss: f64| usual.max(0.01) / (usual.max(0.01) + loss);
        *of = (of.0 + share(own), of.1 + share(wrong), of.2 + 1.0);
    }
    for (kind, (own, wrong, count)) in by_kind {
        let (own, wrong) = (own / count, wrong / count);
        eprintln!("{kind}: {own:.3}, decoys {wrong:.3}, of {count}");
        assert!(own > 0.55 && wrong < own - 0.2, "{kind}: {own} {wrong}");
    }
}
