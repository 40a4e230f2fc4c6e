//! Items to label. Of some the right label is kept back from the truth: there the miners' agreement decides.

mod pattern;
mod review;
mod rules;
mod topic;

use truth::Truth;

use crate::invent::names::{Namer, Style};
use crate::invent::{Chance, capital};
use crate::{Difficulty, Drawn};

const SHAPE: u64 = 0x1abe_0001;
const VARIANT: u64 = 0x1abe_0002;

/// A kind of items: labels, what must be known of them, and the item of a label.
struct Kind {
    name: &'static str,
    labels: Vec<&'static str>,
    /// Stands before the items; may be empty.
    known: String,
    /// What an item is called.
    item: &'static str,
}

/// Writes an item that has the label at this place. The last argument says whether it may be hard.
type Write = fn(&Kind, usize, &mut Chance, bool) -> String;

/// What the shape decides of a kind, and who writes its items.
type Make = fn(&mut Chance) -> (Kind, Write);

const KINDS: &[Make] = &[review::kind, topic::kind, rules::kind, pattern::kind];

/// A name that nobody bears.
fn invented(style: Style, chance: &mut Chance) -> String {
    Namer::new(chance).name(style, chance)
}

/// A task of 8 to 20 items.
pub(crate) fn draw(difficulty: Difficulty, shape: u64, variant: u64) -> Drawn {
    let difficulty = difficulty.0.clamp(0.0, 1.0);
    let mut structure = Chance::new(SHAPE, shape, 0);
    let make = structure.pick(KINDS);
    let (kind, write) = make(&mut structure);
    let count = (8 + (difficulty * 8.0) as usize + structure.below(5)).min(20);
    let mut chance = Chance::new(VARIANT, shape, variant);
    let mut places: Vec<usize> = (0..count).map(|at| at % kind.labels.len()).collect();
    chance.shuffle(&mut places);
    let mut items: Vec<String> = Vec::new();
    for place in &places {
        let mut fresh = || {
            let hard = chance.percent((difficulty * 70.0) as usize);
            write(&kind, *place, &mut chance, hard)
        };
        // No item twice; short ones leave little choice, so not for ever.
        let other = (0..50).map(|_| fresh()).find(|text| !items.contains(text));
        items.push(other.unwrap_or_else(fresh));
    }
    let kept_back = (count as f64 * (0.3 + 0.4 * difficulty)) as usize;
    let mut hidden: Vec<bool> = (0..count).map(|at| at < kept_back).collect();
    chance.shuffle(&mut hidden);
    let lines: Vec<String> = items
        .iter()
        .enumerate()
        .map(|(at, text)| format!("{}: {text}", at + 1))
        .collect();
    let said: Vec<String> = places
        .iter()
        .enumerate()
        .map(|(at, place)| format!("{}: {}", at + 1, kind.labels[*place]))
        .collect();
    let gold = places
        .iter()
        .zip(&hidden)
        .map(|(place, hidden)| (!hidden).then(|| kind.labels[*place].to_string()));
    Drawn {
        instruction: instruction(&mut chance),
        material: format!("{}{}", kind.known, lines.join("\n")),
        question: question(&kind, count, &mut chance),
        truth: Truth::Labels {
            labels: kind.labels.iter().map(|label| (*label).into()).collect(),
            gold: gold.collect(),
        },
        reference: said.join("\n"),
        kind: kind.name,
    }
}

fn instruction(chance: &mut Chance) -> String {
    let first = *chance.pick(&[
        "Label every item.",
        "Give each item the label that fits.",
        "Read the items and label them.",
    ]);
    let then = *chance.pick(&[
        "Answer with one line per item, `<number>: <label>`, and nothing else.",
        "Write for each item a line of its own: `<number>: <label>`.",
    ]);
    format!("{first} {then}")
}

fn question(kind: &Kind, count: usize, chance: &mut Chance) -> String {
    let labels = kind.labels.join(", ");
    let item = kind.item;
    match chance.below(2) {
        0 => format!("Which label has each of the {count} {item}? The labels are: {labels}."),
        _ => capital(&format!(
            "{item} 1 to {count}: label each with one of: {labels}."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_gold_is_shown_and_some_kept_back() {
        for seed in 0..400 {
            let drawn = draw(Difficulty(seed as f64 / 400.0), seed, seed * 3);
            let Truth::Labels { labels, gold } = &drawn.truth else {
                unreachable!()
            };
            assert!((8..=20).contains(&gold.len()), "{}", gold.len());
            let known = gold.iter().flatten().count();
            assert!(known >= 3 && known < gold.len());
            assert!(gold.iter().flatten().all(|label| labels.contains(label)));
            assert_eq!(drawn.reference.lines().count(), gold.len());
            for at in 1..=gold.len() {
                assert!(
                    drawn.material.contains(&format!("{at}: ")),
                    "{}",
                    drawn.material
                );
            }
        }
    }
}
