//! Documents of one seed's neighbourhood are strangers to one another, and tables that they are written by are whole.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeSet, HashMap, HashSet};

use families::reading::ask::Form;
use families::reading::grammar::worlds::WORLDS;
use families::reading::grammar::{Kind, Relation, Thing};
use families::{Difficulty, Drawn, Family, draw};

fn task(family: Family, difficulty: f64, shape: u64, variant: u64) -> Drawn {
    draw(family, Difficulty(difficulty), shape, variant)
}

/// Sentences without headings.
fn sentences(material: &str) -> Vec<&str> {
    let lines = material.lines().filter(|line| line.ends_with('.'));
    lines
        .flat_map(|line| line.split_inclusive(". "))
        .map(str::trim)
        .collect()
}

/// How many runs of eight words stand in more than one document, and how many there are.
fn shared(tasks: &[Drawn]) -> (usize, usize) {
    let mut sentence_of = HashMap::new();
    let mut run_of = HashMap::new();
    let mut again = HashSet::new();
    for (at, task) in tasks.iter().enumerate() {
        for sentence in sentences(&task.material) {
            let other = *sentence_of.entry(sentence).or_insert(at);
            assert_eq!(other, at, "in two documents: {sentence}");
            let words: Vec<&str> = sentence.split(' ').collect();
            assert!(words.len() > 3, "hardly a sentence: {sentence}");
            for run in words.windows(8).map(|run| run.join(" ")) {
                if *run_of.entry(run.clone()).or_insert(at) != at {
                    again.insert(run);
                }
            }
        }
    }
    (again.len(), run_of.len())
}

#[test]
fn a_thousand_neighbours_share_no_sentence_and_next_to_no_run_of_words() {
    let variants = (0..1000)
        .map(|variant| task(Family::Reading, 0.3, 7, variant))
        .collect();
    let shapes = (0..1000)
        .map(|shape| task(Family::Reading, 0.3, shape, 7))
        .collect();
    let searches = (0..200)
        .map(|variant| task(Family::Search, 0.5, 7, variant))
        .collect();
    for tasks in [variants, shapes, searches] {
        let tasks: Vec<Drawn> = tasks;
        let (again, all) = shared(&tasks);
        // One in a hundred: what stands around a year, a number, a pronoun.
        assert!(again * 100 <= all, "{again} of {all} runs");
    }
    let twice = [
        task(Family::Reading, 0.5, 1, 1),
        task(Family::Reading, 0.5, 1, 1),
    ];
    let (_, all) = shared(&twice[..1]);
    let copies = std::panic::catch_unwind(|| shared(&twice));
    assert!(
        all > 50 && copies.is_err(),
        "the same document twice is found out"
    );
}

#[test]
fn a_shape_keeps_kind_and_difficulty_and_a_variant_changes_all_else() {
    for family in [Family::Reading, Family::Search] {
        for shape in 0..60 {
            let tasks: Vec<Drawn> = (0..6).map(|v| task(family, 0.4, shape, v)).collect();
            let kinds: BTreeSet<&str> = tasks.iter().map(|task| task.kind).collect();
            let questions: BTreeSet<&str> = tasks.iter().map(|t| t.question.as_str()).collect();
            let lengths: Vec<usize> = tasks.iter().map(|t| t.material.len()).collect();
            assert_eq!((kinds.len(), questions.len()), (1, 6));
            assert!(lengths.iter().max() < lengths.iter().min().map(|least| least * 2).as_ref());
            assert_eq!(tasks[0], task(family, 0.4, shape, 0));
        }
    }
    let kinds: BTreeSet<&str> = (0..200)
        .map(|s| task(Family::Reading, 0.0, s, 0).kind)
        .collect();
    assert_eq!(kinds.len(), 7);
}

#[test]
fn length_follows_difficulty() {
    for (difficulty, about) in [(0.0, 60), (0.5, 205), (1.0, 350)] {
        let words = (0..100).map(|shape| {
            let material = task(Family::Reading, difficulty, shape, 1).material;
            material.split_whitespace().count()
        });
        let mean = words.sum::<usize>() / 100;
        assert!(
            (about * 4 / 5..about * 6 / 5).contains(&mean),
            "{difficulty}: {mean}"
        );
    }
}

fn things() -> impl Iterator<Item = &'static Thing> {
    WORLDS.iter().flat_map(|world| [world.main, world.other])
}

#[test]
fn every_relation_has_enough_ways_to_be_said_and_asked() {
    for relation in things().flat_map(|thing| thing.relations) {
        let slot = format!("{{{}}}", relation.slot);
        let named = |p: &&&str| p.contains("{s}") ^ p.contains("{s's}");
        let whole = relation
            .says
            .iter()
            .filter(named)
            .filter(|p| p.matches(&slot).count() == 1);
        assert_eq!(whole.count(), relation.says.len(), "{}", relation.slot);
        assert!(
            relation.says.len() >= 8 && relation.asks.len() >= 3,
            "{}",
            relation.slot
        );
        let leads = |p: &&&str| p.starts_with("{s}") || p.starts_with("{s's}");
        assert!(relation.says.iter().any(|p| leads(&p)), "{}", relation.slot);
        let orders = !matches!(relation.kind, Kind::Named(_) | Kind::Link);
        assert_eq!(
            (relation.ordered(), relation.dated()),
            (orders, !relation.event.is_empty())
        );
        let all = [relation.says, relation.asks, &[relation.topic]].concat();
        for pattern in all {
            assert!(closed(pattern), "{pattern}");
        }
    }
    assert!(!closed("[a|b") && !closed("{a]"));
}

/// Whether each bracket is closed by its own kind.
fn closed(pattern: &str) -> bool {
    let mut open = Vec::new();
    pattern.chars().all(|c| match c {
        '{' | '[' => {
            open.push(c);
            true
        }
        '}' => open.pop() == Some('{'),
        ']' => open.pop() == Some('['),
        _ => true,
    }) && open.is_empty()
}

#[test]
fn every_form_of_question_has_a_relation_in_every_world() {
    let fits = |thing: &Thing, form: Form| {
        let fits = |relation: &&Relation| form.fits(relation);
        thing.relations.iter().any(|relation| fits(&relation))
    };
    for world in WORLDS {
        assert!(fits(world.main, Form::Order) && fits(world.other, Form::Hop));
        for thing in [world.main, world.other] {
            assert!(
                [Form::More, Form::Sum, Form::Difference]
                    .iter()
                    .all(|form| fits(thing, *form))
            );
            for pair in thing.pairs {
                let slots = thing.relations.iter();
                let slots = slots.filter(|r| pair.contains(&format!("{{{}}}", r.slot)));
                assert_eq!((slots.count(), closed(pair)), (2, true), "{pair}");
            }
        }
    }
}
