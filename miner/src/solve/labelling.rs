//! Items and their labels, by words that tell.

use families::Family;

use super::Solved;
use super::said::{lines, said};

/// None where there are no numbered items or no labels to choose from.
pub fn solve(messages: &[String]) -> Option<Solved> {
    let lines = lines(messages);
    let question = lines
        .iter()
        .rev()
        .find(|line| line.contains("labels are: ") || line.contains("one of: "))?;
    let (_, labels) = question.rsplit_once(": ")?;
    let labels: Vec<&str> = labels.trim_end_matches('.').split(", ").collect();
    let items = lines.iter().filter_map(|line| {
        let (number, text) = line.split_once(": ")?;
        number.parse::<usize>().ok().map(|_| text)
    });
    let given: Vec<&str> = items
        .map(|item| label(item, &labels))
        .collect::<Option<_>>()?;
    let shown = |labels: &[&str]| {
        let lines: Vec<String> = labels
            .iter()
            .enumerate()
            .map(|(at, label)| format!("{}: {label}", at + 1))
            .collect();
        lines.join("\n")
    };
    // Each label taken for the next one.
    let wrong: Vec<&str> = given
        .iter()
        .filter_map(|label| {
            let at = labels.iter().position(|l| l == label)?;
            Some(labels[(at + 1) % labels.len()])
        })
        .collect();
    let value = shown(&given);
    (!given.is_empty()).then(|| said(Family::Labelling, value.clone(), value, shown(&wrong)))
}

fn label<'l>(item: &str, labels: &[&'l str]) -> Option<&'l str> {
    let of = |name: &str| labels.iter().find(|label| **label == name).copied();
    let chosen = match labels {
        ["positive", ..] => review(item),
        ["sport", ..] => topic(item),
        ["even", ..] | ["mirrored", ..] | ["same", ..] | ["cross", ..] => row(item, labels[0]),
        _ => broken(item, labels),
    };
    of(chosen).or(labels.last().copied())
}

const PRAISE: &[&str] = &[
    "without a hitch",
    "again at once",
    "loves it",
    "a joy",
    "well made",
    "worth every",
    "within the hour",
    "lovely",
    "in the best way",
    "nothing I could complain",
    "can't say a bad word",
    "see mine",
];
const BLAME: &[&str] = &[
    "it broke",
    "money back",
    "too loud",
    "came off",
    "nobody answered",
    "smells of",
    "a waste",
    "regret",
    "wish I could",
    "would be great if",
    "sending it back",
    "had hoped for",
];

fn review(item: &str) -> &'static str {
    let any = |cues: &[&str]| cues.iter().any(|cue| item.contains(cue));
    match (any(PRAISE), any(BLAME)) {
        (true, true) => "mixed",
        (_, true) => "negative",
        _ => "positive",
    }
}

/// Topics by what is told of: the first that fits. Who appears by the way stands further down.
const CUES: &[(&str, &[&str])] = &[
    (
        "music",
        &["hoir", "iolinist", "opera names", "rchestra", "organ"],
    ),
    ("health", &["linic", "Nurses", "Vaccine", "octors", "Fever"]),
    (
        "trade",
        &[
            "tariff",
            "Mill",
            "xport",
            "Shares",
            "strong quarter",
            "investors",
        ],
    ),
    (
        "sport",
        &[
            "cup",
            "oalkeeper",
            "match",
            "Runner",
            "oach",
            "final",
            "winning goal",
        ],
    ),
    ("weather", &["torm", "rain", "frost", "snow", "Fog", "Hail"]),
];

fn topic(item: &str) -> &'static str {
    let fits = |(_, cues): &&(&str, &[&str])| cues.iter().any(|cue| item.contains(cue));
    CUES.iter().find(fits).map_or("weather", |(topic, _)| topic)
}

fn row(item: &str, first: &str) -> &'static str {
    let crosses = item.matches('X').count();
    let pick = |holds: bool, yes: &'static str, no: &'static str| if holds { yes } else { no };
    match first {
        "even" => pick(crosses.is_multiple_of(2), "even", "odd"),
        "mirrored" => pick(item.chars().eq(item.chars().rev()), "mirrored", "other"),
        "same" => pick(
            item.chars().next() == item.chars().last(),
            "same",
            "different",
        ),
        _ => pick(2 * crosses > item.len(), "cross", "ring"),
    }
}

fn broken(item: &str, labels: &[&str]) -> &'static str {
    let capitals = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
    let rules = [
        ("digit", item.contains(|c: char| c.is_ascii_digit())),
        ("bracket", item.contains('(')),
        ("question", item.contains('?')),
        ("shouting", item.split(' ').any(capitals)),
        ("ending", !item.ends_with('.')),
        ("length", item.split(' ').count() > 12),
    ];
    let breaks = |(name, broken): &&(&str, bool)| *broken && labels.contains(name);
    rules.iter().find(breaks).map_or("none", |(name, _)| name)
}
