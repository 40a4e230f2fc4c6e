//! What holds for the tasks of all families that are made here: same seeds, same task; same shape, same kind.

use std::collections::{BTreeMap, BTreeSet};

use families::{Difficulty, Drawn, Family, draw};
use truth::Truth;

const FAMILIES: [Family; 4] = [
    Family::Data,
    Family::Reasoning,
    Family::Forecast,
    Family::Labelling,
];

fn seeds() -> impl Iterator<Item = (Family, Difficulty, u64)> {
    FAMILIES.into_iter().flat_map(|family| {
        (0..22).map(move |seed| (family, Difficulty((seed % 11) as f64 / 10.0), seed * 7919))
    })
}

fn text(drawn: &Drawn) -> String {
    format!(
        "{}\n{}\n{}",
        drawn.instruction, drawn.material, drawn.question
    )
}

#[test]
fn the_same_seeds_give_the_same_task() {
    for (family, difficulty, seed) in seeds() {
        assert_eq!(
            draw(family, difficulty, seed, 3),
            draw(family, difficulty, seed, 3)
        );
    }
}

#[test]
fn variants_of_a_shape_are_of_one_kind_and_different() {
    for (family, difficulty, shape) in seeds() {
        let all: Vec<Drawn> = (0..5)
            .map(|variant| draw(family, difficulty, shape, variant))
            .collect();
        let kinds: BTreeSet<&str> = all.iter().map(|drawn| drawn.kind).collect();
        let texts: BTreeSet<String> = all.iter().map(text).collect();
        assert_eq!(kinds.len(), 1, "{family:?} {shape}");
        assert_eq!(texts.len(), 5, "{family:?} {shape}: {}", text(&all[0]));
        let sizes = all.iter().map(|drawn| drawn.material.lines().count());
        if family == Family::Data {
            // CSV and Markdown differ by a line.
            assert!(sizes.clone().max() <= sizes.min().map(|least| least + 1));
        }
    }
}

#[test]
fn every_kind_is_drawn_and_its_truth_can_be_met() {
    let mut kinds = BTreeMap::<Family, BTreeSet<&str>>::new();
    for seed in 0..500 {
        // Tables are large, and have few kinds.
        for family in FAMILIES
            .into_iter()
            .filter(|family| *family != Family::Data || seed < 100)
        {
            let drawn = draw(family, Difficulty(0.1), seed, seed);
            kinds.entry(family).or_default().insert(drawn.kind);
            assert!(!drawn.question.is_empty() && !drawn.reference.is_empty());
            let lines = family == Family::Labelling;
            assert_eq!(
                drawn.instruction.contains("`Answer: <value>`"),
                !lines,
                "{}",
                drawn.instruction
            );
            match &drawn.truth {
                Truth::Number {
                    value, tolerance, ..
                } => assert!(value.is_finite() && *tolerance < 0.6),
                Truth::Choice { right, options } => assert!(options.contains(right)),
                Truth::Name { forms, others } => assert!(
                    forms
                        .iter()
                        .all(|form| !form.is_empty() && !others.contains(form))
                ),
                Truth::Set { items } | Truth::Ranking { items } => assert!(!items.is_empty()),
                _ => {}
            }
        }
    }
    let counts: Vec<usize> = kinds.values().map(BTreeSet::len).collect();
    // Data, reasoning with its sixteen stories, forecast, labelling.
    assert_eq!(counts, [9, 11 + 16, 4, 4], "{kinds:?}");
}
