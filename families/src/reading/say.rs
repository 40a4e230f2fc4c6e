//! One fact, or two of the same thing, as a clause.

use std::collections::BTreeSet;

use super::cast::{Cast, Fact};
use super::grammar::value::{Value, short};
use super::grammar::{Kind, Thing, pattern, phrases};
use crate::invent::Chance;
use crate::invent::names::{Namer, Style};

/// How the thing that a clause speaks of is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// By its name.
    Name,
    /// By a pronoun, at the clause's beginning.
    Pronoun,
    /// As `the ship`.
    Generic,
}

/// A clause as text, without capital and mark.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The words.
    pub text: String,
    /// Whether it begins with the thing that it speaks of, so that a pronoun may refer to it.
    pub leads: bool,
}

/// Says things in patterns chosen by chance.
#[derive(Debug)]
pub struct Speaker<'c> {
    cast: &'c Cast,
    namer: &'c mut Namer,
    /// People named in full so far: from then on a surname will do.
    met: BTreeSet<String>,
    /// Names that stand for nothing that is asked.
    pub aside: Vec<(Style, String)>,
}

impl<'c> Speaker<'c> {
    /// Who invents names for asides by `namer`.
    pub fn new(cast: &'c Cast, namer: &'c mut Namer) -> Self {
        Self {
            cast,
            namer,
            met: BTreeSet::new(),
            aside: Vec::new(),
        }
    }

    /// From now on people are named in full again: another text begins.
    pub fn anew(&mut self) {
        self.met.clear();
    }

    /// A clause that says these facts of one thing: one, or two for which there is a pattern. None where there is none.
    pub fn clause(
        &mut self,
        facts: &[&Fact],
        called: Called,
        chance: &mut Chance,
    ) -> Option<Clause> {
        let thing = self.cast.entity(&facts.first()?.subject)?.thing;
        let patterns = surfaces(thing, facts, called == Called::Pronoun);
        if patterns.is_empty() {
            return None;
        }
        let pattern = chance.pick(&patterns).clone();
        let text = pattern::write(&pattern, chance, &mut |slot, chance| {
            self.fill(slot, facts, thing, called, chance)
        });
        Some(Clause {
            text,
            leads: leads(&pattern),
        })
    }

    /// A pattern about nothing that is asked, filled with names that stand nowhere else.
    pub fn invented(&mut self, pattern: &str, chance: &mut Chance) -> String {
        pattern::write(pattern, chance, &mut |slot, chance| {
            self.invent(slot, chance)
        })
    }

    fn fill(
        &mut self,
        slot: &str,
        facts: &[&Fact],
        thing: &Thing,
        called: Called,
        chance: &mut Chance,
    ) -> String {
        let subject = facts.first().map_or("", |fact| fact.subject.as_str());
        if slot == "s" || slot == "s's" {
            let owns = slot == "s's";
            let text = match called {
                Called::Pronoun => return self.pronoun(subject, owns).to_string(),
                Called::Generic => pattern::write(thing.generic, chance, &mut |_, _| String::new()),
                Called::Name => self.mention(thing, subject, chance),
            };
            return if owns { text + "'s" } else { text };
        }
        match facts.iter().find(|fact| fact.relation.slot == slot) {
            Some(fact) => self.value(fact, chance),
            None => self.invent(slot, chance),
        }
    }

    fn value(&mut self, fact: &Fact, chance: &mut Chance) -> String {
        match (&fact.value, fact.relation.kind) {
            (Value::Name(name), Kind::Link) => self.mention(self.cast.world.other, name, chance),
            (value, kind) => kind.written(value, chance),
        }
    }

    fn pronoun(&self, name: &str, owns: bool) -> &'static str {
        let pronoun = self.cast.entity(name).map_or("it", |entity| entity.pronoun);
        match (pronoun, owns) {
            ("she", true) => "her",
            ("he", true) => "his",
            (_, true) => "its",
            (pronoun, false) => pronoun,
        }
    }

    fn mention(&mut self, thing: &Thing, name: &str, chance: &mut Chance) -> String {
        if thing.style == Style::Person && !self.met.insert(name.to_string()) && chance.percent(40)
        {
            return short(name).unwrap_or(name).to_string();
        }
        mention(thing, name, chance)
    }

    fn invent(&mut self, slot: &str, chance: &mut Chance) -> String {
        let style = match slot {
            "number" => return chance.within(3, 60).to_string(),
            "year" => return chance.within(1700, 1980).to_string(),
            "place" | "place2" => Style::Place,
            _ => Style::Person,
        };
        let name = self.namer.name(style, chance);
        self.aside.push((style, name.clone()));
        name
    }
}

/// A name with what stands before it: `the ship Marrowen`.
pub fn mention(thing: &Thing, name: &str, chance: &mut Chance) -> String {
    pattern::write(thing.mention, chance, &mut |_, _| name.to_string())
}

/// The patterns that say these facts and nothing else.
fn surfaces(thing: &Thing, facts: &[&Fact], must_lead: bool) -> Vec<String> {
    let patterns: Vec<String> = match facts {
        [fact] if !fact.holds => {
            let all = phrases::DENIALS.iter();
            all.map(|denial| phrases::denial(denial, fact.relation))
                .collect()
        }
        [fact] => fact
            .relation
            .says
            .iter()
            .map(|says| says.to_string())
            .collect(),
        _ => {
            let slots = facts
                .iter()
                .map(|fact| format!("{{{}}}", fact.relation.slot));
            let slots: Vec<String> = slots.collect();
            let fits = |pair: &&&str| slots.iter().all(|slot| pair.contains(slot.as_str()));
            thing
                .pairs
                .iter()
                .filter(fits)
                .map(|pair| pair.to_string())
                .collect()
        }
    };
    let fits = |pattern: &String| !must_lead || leads(pattern);
    patterns.into_iter().filter(fits).collect()
}

fn leads(pattern: &str) -> bool {
    pattern.starts_with("{s}") || pattern.starts_with("{s's}")
}
