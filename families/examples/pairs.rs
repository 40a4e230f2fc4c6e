//! Pairs to train a reader on: a reference and an answer that says the same, leaves it out, or contradicts it. One JSON object a line.
//!
//! `cargo run -p families --example pairs -- --count 1000 --seed 7`
#![allow(clippy::print_stdout)]

use families::invent::Chance;
use families::invent::capital;
use families::invent::names::Namer;
use families::reading::ask::{Ask, Form};
use families::reading::cast::{Cast, Fact};
use families::reading::grammar::worlds::WORLDS;
use families::reading::grammar::{phrases, value::Value};
use families::reading::say::{Called, Speaker};

/// Keeps these apart from tasks of the same seed.
const PAIRS: u64 = 0x7061_6972;
/// Different things that a text tells of.
const MAINS: usize = 3;

const VAGUE: &[&str] = &[
    "[this|that] is [told in the text|part of the account], as {person} [confirms|says]",
    "the text [speaks of it|goes into this] and names {person} [besides|as a witness]",
    "[quite a lot|something] is [known|said] about this, [mostly|also] by {person}",
    "it [depends on|is a matter of] how one reads {person}",
    "{person} and {place} are [both|also] mentioned there",
];
const POLITE: &[&str] = &[
    "",
    "",
    "",
    "Certainly. ",
    "The answer is in the text: ",
    "I have read it. ",
    "Here is what the text says: ",
];

struct Pair {
    question: String,
    reference: String,
    answer: String,
    label: &'static str,
}

fn main() -> Result<(), std::num::ParseIntError> {
    let arguments: Vec<String> = std::env::args().collect();
    let given = |name: &str, otherwise: &str| {
        let at = arguments.iter().position(|argument| argument == name);
        let value = at.and_then(|at| arguments.get(at + 1));
        value.map_or(otherwise, |value| value).parse::<u64>()
    };
    let seed = given("--seed", "0")?;
    for at in 0..given("--count", "12")? {
        let pair = pair(&mut Chance::new(PAIRS, seed, at));
        println!(
            "{{\"question\":{},\"reference\":{},\"answer\":{},\"label\":\"{}\"}}",
            quoted(&pair.question),
            quoted(&pair.reference),
            quoted(&pair.answer),
            pair.label
        );
    }
    Ok(())
}

fn pair(chance: &mut Chance) -> Pair {
    let world = chance.pick(WORLDS);
    let namer = &mut Namer::new(chance);
    let cast = Cast::invent(world, MAINS, namer, chance);
    let fact = chance.pick(&cast.facts).clone();
    let Some(thing) = cast.entity(&fact.subject).map(|entity| entity.thing) else {
        return pair(chance);
    };
    let ask = Ask {
        form: Form::One,
        thing,
        relation: fact.relation,
        names: vec![fact.subject.clone()],
    };
    let other = other_value(&cast, &fact, namer, chance);
    let mut speaker = Speaker::new(&cast, namer);
    let reference = sentence(&[&fact], &mut speaker, chance);
    let (label, answer) = match chance.below(3) {
        0 => ("same", same(&cast, &fact, &mut speaker, chance)),
        1 => ("omits", omits(&cast, &fact, &mut speaker, chance)),
        _ => (
            "contradicts",
            contradicts(&cast, &fact, other, &mut speaker, chance),
        ),
    };
    Pair {
        question: ask.written(world, chance),
        reference,
        answer: format!("{}{answer}", chance.pick(POLITE)),
        label,
    }
}

/// A value that the fact could have had; of names often one that the text tells of.
fn other_value(cast: &Cast, fact: &Fact, namer: &mut Namer, chance: &mut Chance) -> Value {
    let alike = cast
        .facts
        .iter()
        .filter(|other| other.relation.slot == fact.relation.slot && other.value != fact.value);
    let alike: Vec<&Value> = alike.map(|other| &other.value).collect();
    if chance.percent(40) && !alike.is_empty() {
        return (*chance.pick(&alike)).clone();
    }
    match &fact.value {
        // Near enough that only who reads the digits sees it.
        Value::Number(number) if chance.percent(60) => Value::Number(
            (number + chance.within(1, 9) * 10_i64.pow(chance.below(2) as u32)).max(1),
        ),
        Value::Date(date) if chance.percent(50) => {
            let mut date = *date;
            date.year += chance.within(1, 12) as i32;
            Value::Date(date)
        }
        _ => cast.fresh(fact.relation, namer, chance),
    }
}

fn same(cast: &Cast, fact: &Fact, speaker: &mut Speaker<'_>, chance: &mut Chance) -> String {
    match chance.below(4) {
        0 => {
            let more = chance.pick(&cast.facts).clone();
            let known = more.relation.slot != fact.relation.slot;
            let first = sentence(&[fact], speaker, chance);
            match known {
                true => format!("{first} {}", sentence(&[&more], speaker, chance)),
                false => first,
            }
        }
        1 => {
            let own = cast.facts.iter().filter(|other| {
                other.subject == fact.subject && other.relation.slot != fact.relation.slot
            });
            let own: Vec<&Fact> = own.collect();
            let partner = *chance.pick(&own);
            match speaker.clause(&[fact, partner], Called::Name, chance) {
                Some(clause) => capital(&clause.text) + ".",
                None => sentence(&[fact], speaker, chance),
            }
        }
        2 => led(&[fact], speaker, chance),
        _ => sentence(&[fact], speaker, chance),
    }
}

fn omits(cast: &Cast, fact: &Fact, speaker: &mut Speaker<'_>, chance: &mut Chance) -> String {
    let rest = cast
        .facts
        .iter()
        .filter(|other| other.subject != fact.subject || other.relation.slot != fact.relation.slot);
    let own: Vec<&Fact> = rest
        .clone()
        .filter(|other| other.subject == fact.subject)
        .collect();
    let rest: Vec<&Fact> = rest.collect();
    match chance.below(4) {
        0 => {
            let pattern = *chance.pick(VAGUE);
            capital(&speaker.invented(pattern, chance)) + "."
        }
        1 => sentence(&[*chance.pick(&rest)], speaker, chance),
        2 => {
            let two = [*chance.pick(&own), *chance.pick(&rest)];
            two.map(|fact| sentence(&[fact], speaker, chance)).join(" ")
        }
        _ => sentence(&[*chance.pick(&own)], speaker, chance),
    }
}

fn contradicts(
    cast: &Cast,
    fact: &Fact,
    other: Value,
    speaker: &mut Speaker<'_>,
    chance: &mut Chance,
) -> String {
    let wrong = Fact {
        value: other,
        ..fact.clone()
    };
    let denied = Fact {
        holds: false,
        ..fact.clone()
    };
    match chance.below(6) {
        0 => sentence(&[&denied], speaker, chance),
        1 => led(&[&wrong], speaker, chance),
        2 => {
            let more = chance.pick(&cast.facts).clone();
            match more.subject == fact.subject && more.relation.slot == fact.relation.slot {
                true => sentence(&[&wrong], speaker, chance),
                false => format!(
                    "{} {}",
                    sentence(&[&wrong], speaker, chance),
                    sentence(&[&more], speaker, chance)
                ),
            }
        }
        _ => sentence(&[&wrong], speaker, chance),
    }
}

fn sentence(facts: &[&Fact], speaker: &mut Speaker<'_>, chance: &mut Chance) -> String {
    speaker.anew();
    let clause = speaker.clause(facts, Called::Name, chance);
    capital(&clause.map(|clause| clause.text).unwrap_or_default()) + "."
}

fn led(facts: &[&Fact], speaker: &mut Speaker<'_>, chance: &mut Chance) -> String {
    let pattern = *chance.pick(phrases::LEADS);
    let lead = speaker.invented(pattern, chance);
    let clause = speaker.clause(facts, Called::Name, chance);
    capital(&format!(
        "{lead}{}.",
        clause.map(|clause| clause.text).unwrap_or_default()
    ))
}

/// As a JSON string.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
