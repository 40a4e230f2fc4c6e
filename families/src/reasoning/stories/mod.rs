//! Word problems. Numbers of a story stand in the order in which it needs them; a sentence that has nothing to do with it may
//! stand before or behind it.

mod goods;
mod people;
mod ways;

use super::fraction::Fraction;
use super::{Draw, Posed};
use crate::answer::Form;
use crate::invent::Chance;
use crate::invent::names::{Namer, Style};

/// A frame: fills itself with chance, `parts` of what it repeats.
type Frame = fn(parts: usize, names: &mut Cast, chance: &mut Chance) -> Option<Story>;

/// Facts, a question, and its answer.
struct Story {
    kind: &'static str,
    told: String,
    asked: String,
    value: Fraction,
    decimals: u32,
    unit: Option<&'static str>,
}

/// Who and what appears.
struct Cast(Namer);

impl Cast {
    fn person(&mut self, chance: &mut Chance) -> String {
        let name = self.0.name(Style::Person, chance);
        name.split(' ').next().unwrap_or_default().to_string()
    }

    fn place(&mut self, chance: &mut Chance) -> String {
        self.0.name(Style::Place, chance)
    }
}

const FRAMES: &[Frame] = &[
    ways::distance,
    ways::speed,
    ways::meeting,
    ways::fuel,
    goods::shopping,
    goods::stock,
    goods::mixture,
    goods::recipe,
    goods::discounts,
    goods::fence,
    people::shares,
    people::ages,
    people::work,
    people::wage,
    people::mean,
    people::interest,
];

/// Each begins with words that no story uses.
const ASIDES: &[&str] = &[
    "By the way, {} has lived in the same house for # years.",
    "By the way, the oldest book of {} has # pages.",
    "By the way, the village of {} has a tower with # steps.",
    "By the way, {} once owned # geese.",
    "By the way, it had rained on # days of that season.",
    "By the way, the clock at the station was # minutes fast.",
];

pub(super) fn pose(draw: &mut Draw) -> Option<Posed> {
    let frame = draw.shape.pick(FRAMES);
    let asides = draw.shape.below(1 + draw.steps / 2).min(2);
    let parts = (draw.steps + 3) / 2 + draw.shape.below(2);
    let chance = &mut draw.chance;
    let mut cast = Cast(Namer::new(chance));
    let story = frame(parts, &mut cast, chance)?;
    if !story.value.is_above(0) || story.value.is_above(100_000_000) {
        return None;
    }
    let mut told = vec![story.told];
    for _ in 0..asides {
        let aside = chance.pick(ASIDES).replace("{}", &cast.person(chance));
        let aside = aside.replace('#', &chance.within(3, 90).to_string());
        told.insert(chance.below(told.len() + 1), aside);
    }
    let whole = story.value.is_whole();
    let decimals = if story.decimals == 0 && !whole {
        return None;
    } else {
        story.decimals
    };
    Some(Posed {
        kind: story.kind,
        material: String::new(),
        question: format!("{} {}", told.join(" "), story.asked),
        form: if decimals == 0 {
            Form::Whole
        } else {
            Form::Rounded(decimals, story.unit)
        },
        truth: story.value.truth(decimals, story.unit),
        reference: format!(
            "The answer to \"{}\" is {}{}.",
            story.asked,
            story.value.text(decimals),
            story
                .unit
                .map(|unit| format!(" {unit}"))
                .unwrap_or_default()
        ),
    })
}

/// `1: a; 2: b` → one sentence of parts.
fn joined(parts: &[String]) -> String {
    crate::answer::listed(parts)
}
