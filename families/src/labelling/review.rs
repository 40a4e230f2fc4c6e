//! Reviews of products that don't exist.

use super::{Kind, Write, invented};
use crate::invent::Chance;
use crate::invent::names::Style;

const THINGS: &[&str] = &[
    "kettle", "lamp", "tent", "radio", "chair", "clock", "blender", "backpack", "bicycle", "heater",
];

const GOOD: &[&str] = &[
    "it works without a hitch",
    "I would buy it again at once",
    "my whole family loves it",
    "it is a joy to use every morning",
    "it is well made and quiet",
    "it was worth every coin",
    "the service helped me within the hour",
    "it looks lovely on the shelf",
];
const BAD: &[&str] = &[
    "it broke after two days",
    "I want my money back",
    "it is far too loud",
    "the handle came off in my hand",
    "nobody answered my complaint",
    "it smells of burnt plastic",
    "it is a waste of money",
    "I regret the purchase",
];
const HARD_GOOD: &[&str] = &[
    "I expected little and was proved wrong in the best way",
    "there is nothing I could complain about",
    "I can't say a bad word about it",
    "anyone who doubts it should come and see mine",
];
const HARD_BAD: &[&str] = &[
    "I wish I could say that it works",
    "it would be great if it did what the box says",
    "the best thing about it was sending it back",
    "I had hoped for more than a pretty box",
];
const PLAIN: &[&str] = &[
    "It came on a Tuesday.",
    "The box is blue.",
    "I use it in the kitchen.",
    "My neighbour has the older model.",
];

pub(super) fn kind(_: &mut Chance) -> (Kind, Write) {
    let kind = Kind {
        name: "sentiment",
        labels: vec!["positive", "negative", "mixed"],
        known: "A review that praises and blames is mixed.\n".into(),
        item: "reviews",
    };
    (kind, write)
}

fn write(_: &Kind, label: usize, chance: &mut Chance, hard: bool) -> String {
    let (good, bad) = match hard {
        true => (*chance.pick(HARD_GOOD), *chance.pick(HARD_BAD)),
        false => (*chance.pick(GOOD), *chance.pick(BAD)),
    };
    let said = match label {
        0 => good.to_string(),
        1 => bad.to_string(),
        _ if chance.percent(50) => format!("{good}, but {bad}"),
        _ => format!("{bad}, and yet {good}"),
    };
    let (thing, maker) = (*chance.pick(THINGS), invented(Style::Firm, chance));
    let opening = match chance.below(3) {
        0 => format!("The {thing} by {maker}: {said}."),
        1 => format!("About my {thing} from {maker}, {said}."),
        _ => format!("{maker} {thing}, bought last year: {said}."),
    };
    match chance.percent(40) {
        true => format!("{opening} {}", chance.pick(PLAIN)),
        false => opening,
    }
}
