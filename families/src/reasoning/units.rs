//! Mixed units.

use super::fraction::Fraction;
use super::{Draw, Posed};
use crate::answer::Form;
use crate::invent::Chance;

/// Units of one dimension, and how many of the dimension's smallest part each holds.
type Dimension = &'static [(&'static str, i64)];

const LENGTHS: Dimension = &[("km", 10_000_000), ("m", 10_000), ("cm", 100), ("mm", 10)];
const MASSES: Dimension = &[("t", 1_000_000), ("kg", 1_000), ("g", 1)];
const TIMES: Dimension = &[("days", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
const VOLUMES: Dimension = &[("hl", 100_000), ("l", 1_000), ("cl", 10), ("ml", 1)];
/// Their sizes are told with the question.
const FOREIGN: Dimension = &[("feet", 3_048), ("inches", 254)];
const FOREIGN_NOTE: &str = " (1 inch = 2.54 cm, 1 foot = 12 inches)";

/// A quantity of some unit that is neither tiny nor huge in the unit asked for: number in tenths.
fn term(units: Dimension, target: i64, chance: &mut Chance) -> (i64, &'static str, i64) {
    let (unit, size) = *chance.pick(units);
    let about = (target * chance.within(2, 90) / size).clamp(1, 90_000);
    let tenths = match chance.percent(40) {
        true => about * 10 + chance.within(1, 9),
        false => about * 10,
    };
    (tenths, unit, size)
}

fn tenths(value: i64) -> String {
    match value % 10 {
        0 => (value / 10).to_string(),
        _ => crate::invent::numbers::plain(value, 1),
    }
}

/// A sum and difference of quantities, in one unit.
pub(super) fn sum(draw: &mut Draw) -> Option<Posed> {
    let place = draw.shape.below(4);
    let foreign = draw.steps >= 4 && draw.shape.percent(50);
    let units = [LENGTHS, MASSES, TIMES, VOLUMES][if foreign { 0 } else { place }];
    let (target, size) = units[draw.shape.below(units.len() - 1)];
    let decimals = draw.shape.within(2, 3) as u32;
    let chance = &mut draw.chance;
    let (plus, minus) = *chance.pick(&[("+", "-"), ("plus", "minus"), ("+", "−")]);
    let (mut text, mut total) = (String::new(), 0);
    for at in 0..=draw.steps {
        let from = if foreign && at % 2 == 1 {
            FOREIGN
        } else {
            units
        };
        let (value, unit, part) = term(from, size, chance);
        let negative = at > 0 && chance.percent(40);
        total += value * part * if negative { -1 } else { 1 };
        let sign = if negative { minus } else { plus };
        match at {
            0 => text = format!("{} {unit}", tenths(value)),
            _ => text.push_str(&format!(" {sign} {} {unit}", tenths(value))),
        }
    }
    let value = Fraction::new(total.into(), (size * 10).into())?;
    if !value.is_above(0) {
        return None;
    }
    let note = if foreign { FOREIGN_NOTE } else { "" };
    let question = match chance.below(3) {
        0 => format!("What is {text}, in {target}{note}?"),
        1 => format!("How much is {text} in {target}{note}?"),
        _ => format!("Give the result of {text} in {target}{note}."),
    };
    Some(Posed {
        kind: "unit_sum",
        material: String::new(),
        question,
        form: Form::Rounded(decimals, Some(target)),
        truth: value.truth(decimals, Some(target)),
        reference: format!("{text} is {} {target}.", value.text(decimals)),
    })
}

const FLOWS: &[(&str, &str, Dimension)] = &[
    ("A pump delivers", "of water", VOLUMES),
    ("A mill grinds", "of grain", MASSES),
    ("A machine winds", "of cable", LENGTHS),
    ("A kiln burns", "of wood", MASSES),
];

/// So much per time, over another time, in another unit.
pub(super) fn rate(draw: &mut Draw) -> Option<Posed> {
    let (verb, of, units) = *draw.shape.pick(FLOWS);
    let from = draw.shape.below(units.len());
    let to = (from + 1 + draw.shape.below(units.len() - 1)) % units.len();
    let (per, over) = (1 + draw.shape.below(3), 1 + draw.shape.below(3));
    let pauses = draw.steps >= 3;
    let decimals = draw.shape.within(2, 3) as u32;
    let chance = &mut draw.chance;
    let ((unit, size), (target, part)) = (units[from], units[to]);
    let ((each, each_size), (time, time_size)) = (TIMES[per], TIMES[over]);
    let (amount, length) = (chance.within(11, 900), chance.within(3, 95));
    let pause = if pauses { chance.within(5, 40) } else { 0 };
    let seconds = i128::from(length * time_size - pause * 60);
    let per_second = Fraction::new((amount * size).into(), (10 * each_size).into())?;
    let value = per_second.mul(Fraction::new(seconds, part.into())?)?;
    if seconds <= 0 || !value.is_above(0) {
        return None;
    }
    let each = match each {
        "h" => "hour",
        "min" => "minute",
        _ => "second",
    };
    let rate = format!("{verb} {} {unit} {of} per {each}", tenths(amount));
    let stops = match pauses {
        true => format!(", of which it stands still for {pause} min"),
        false => String::new(),
    };
    let question = match chance.below(2) {
        0 => format!("{rate}. How much is that in {length} {time}{stops}? Give it in {target}."),
        _ => format!(
            "{rate}. It is watched for {length} {time}{stops}. How many {target} does that make?"
        ),
    };
    Some(Posed {
        kind: "unit_rate",
        material: String::new(),
        question,
        form: Form::Rounded(decimals, Some(target)),
        truth: value.truth(decimals, Some(target)),
        reference: format!("That makes {} {target} {of}.", value.text(decimals)),
    })
}
