//! One clause read by the patterns: of whom it speaks, and what it says.

use super::value::Value;
use super::{Relation, Thing, World, pattern, phrases};
use crate::invent::names::is_name;

/// Whom a clause speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Named, in full or in part.
    Named(String),
    /// A pronoun or the like: whoever was spoken of last.
    Last,
}

/// What a clause says.
#[derive(Clone, Debug)]
pub struct Stated {
    /// What kind of thing it speaks of.
    pub thing: &'static Thing,
    /// Which of them.
    pub subject: Subject,
    /// Each relation with its value.
    pub values: Vec<(&'static Relation, Value)>,
    /// Whether it says so, or denies it.
    pub holds: bool,
}

/// No mention is longer.
const LONGEST: usize = 72;

const PRONOUNS: [&str; 3] = ["it", "she", "he"];
const POSSESSIVES: [&str; 3] = ["its", "her", "his"];

impl Thing {
    /// The name in a mention of it: `the ship Marrowen`.
    pub fn named(&self, text: &str) -> Option<String> {
        let last = text.rsplit(' ').next()?;
        if text.len() > LONGEST || !last.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let filled = pattern::read(self.mention, text, &|_, name| is_name(name))?;
        filled.first().map(|(_, name)| (*name).to_string())
    }

    fn subject(&self, slot: &str, text: &str) -> Option<Subject> {
        let (words, text) = match slot {
            "s's" => (POSSESSIVES, text.strip_suffix("'s").unwrap_or(text)),
            _ => (PRONOUNS, text),
        };
        if text.len() > LONGEST {
            return None;
        }
        let word = words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if word || pattern::read(self.generic, text, &|_, _| false).is_some() {
            return Some(Subject::Last);
        }
        self.named(text).map(Subject::Named)
    }

    /// The relation that a slot stands for.
    pub fn relation(&self, slot: &str) -> Option<&'static Relation> {
        self.relations.iter().find(|relation| relation.slot == slot)
    }

    /// All clauses that say something of it.
    pub fn clauses(&self) -> impl Iterator<Item = &'static str> + use<> {
        let single = self
            .relations
            .iter()
            .flat_map(|relation| relation.says.iter());
        single.chain(self.pairs).copied()
    }
}

/// Reads a clause, which begins with any letter and ends without a mark.
pub fn read(world: &'static World, clause: &str) -> Option<Stated> {
    [world.main, world.other]
        .into_iter()
        .find_map(|thing| said(world, thing, clause).or_else(|| denied(world, thing, clause)))
}

fn said(world: &'static World, thing: &'static Thing, clause: &str) -> Option<Stated> {
    thing
        .clauses()
        .find_map(|pattern| by(world, thing, pattern, clause, true))
}

/// A clause that says what something is not.
fn denied(world: &'static World, thing: &'static Thing, clause: &str) -> Option<Stated> {
    thing.relations.iter().find_map(|relation| {
        phrases::DENIALS.iter().find_map(|denial| {
            let pattern = phrases::denial(denial, relation);
            let pattern = pattern.as_str();
            let read = by(world, thing, pattern, clause, false)?;
            (!read.values.is_empty()).then_some(read)
        })
    })
}

fn by(
    world: &'static World,
    thing: &'static Thing,
    pattern: &str,
    clause: &str,
    holds: bool,
) -> Option<Stated> {
    let accepts = |slot: &str, text: &str| match slot {
        "s" | "s's" => thing.subject(slot, text).is_some(),
        "person" => is_name(text),
        _ => thing
            .relation(slot)
            .is_some_and(|relation| relation.kind.read(text, world).is_some()),
    };
    let filled = pattern::read(pattern, clause, &accepts)?;
    let subject = filled
        .iter()
        .find(|(slot, _)| ["s", "s's"].contains(slot))
        .and_then(|(slot, text)| thing.subject(slot, text))?;
    let values = filled.iter().filter_map(|(slot, text)| {
        let relation = thing.relation(slot)?;
        Some((relation, relation.kind.read(text, world)?))
    });
    Some(Stated {
        thing,
        subject,
        values: values.collect(),
        holds,
    })
}
