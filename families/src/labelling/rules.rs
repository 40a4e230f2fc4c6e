//! Messages that break one rule of a house, or none.

use super::{Kind, Write, invented};
use crate::invent::Chance;
use crate::invent::names::Style;

/// A label, and what it forbids.
const RULES: &[(&str, &str)] = &[
    ("digit", "No message may hold a digit."),
    ("length", "No message may have more than twelve words."),
    ("ending", "Every message ends with a full stop."),
    ("shouting", "No message may hold a word all in capitals."),
    ("bracket", "No message may hold brackets."),
    (
        "question",
        "No message may ask anything, that is, hold a question mark.",
    ),
];

const STARTS: &[&str] = &[
    "Please bring the keys",
    "The meeting is in the hall",
    "We leave at dawn",
    "The boat is late",
    "Dinner is ready",
    "The gate was left open",
];
const LONG: &[&str] = &[
    "as we all agreed last week when the weather was still fine and warm",
    "because nobody else will have the time or the patience to do it today",
];

pub(super) fn kind(shape: &mut Chance) -> (Kind, Write) {
    let mut rules = RULES.to_vec();
    shape.shuffle(&mut rules);
    rules.truncate(3 + shape.below(2));
    let known: Vec<String> = rules
        .iter()
        .map(|(label, rule)| format!("{label} - {rule}\n"))
        .collect();
    let mut labels: Vec<&str> = rules.iter().map(|(label, _)| *label).collect();
    labels.push("none");
    let kind = Kind {
        name: "rules",
        labels,
        known: format!(
            "Each message breaks one of these rules, or none:\n{}\n",
            known.concat()
        ),
        item: "messages",
    };
    (kind, write)
}

fn write(kind: &Kind, label: usize, chance: &mut Chance, hard: bool) -> String {
    let name = invented(Style::River, chance);
    let mut text = format!("{}, {name}", chance.pick(STARTS));
    let broken = kind.labels[label];
    match broken {
        "digit" => text = format!("{text}, and count to {}", chance.within(2, 99)),
        "length" => text = format!("{text}, {}", chance.pick(LONG)),
        "shouting" => text = text.replace(&name, &name.to_uppercase()),
        "bracket" => text = format!("{text} (as always)"),
        "question" => text = format!("{text}: or not? We do"),
        // Near to a rule without breaking it.
        _ if hard => {
            text = format!(
                "{text}, {}",
                chance.pick(&["at seven", "says everyone", "or so it seems"])
            )
        }
        _ => {}
    }
    if broken == "ending" {
        return match chance.percent(50) {
            true => format!("{text}!"),
            false => text,
        };
    }
    format!("{text}.")
}
