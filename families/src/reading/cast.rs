//! Who a document is about, and all that is true of them.

use super::grammar::value::Value;
use super::grammar::{Kind, Relation, Thing, World};
use crate::invent::Chance;
use crate::invent::names::{Namer, Style};

/// A thing with a name.
#[derive(Clone, Debug)]
pub struct Entity {
    /// In full, without an article.
    pub name: String,
    /// What it is.
    pub thing: &'static Thing,
    /// `it`, `she` or `he`.
    pub pronoun: &'static str,
}

/// That a relation of a thing has a value, or that it hasn't.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The thing's name in full.
    pub subject: String,
    /// What is said of it.
    pub relation: &'static Relation,
    /// Its value.
    pub value: Value,
    /// False where a text denies it.
    pub holds: bool,
}

/// All that is true in one document.
#[derive(Debug)]
pub struct Cast {
    /// What the document is about.
    pub world: &'static World,
    /// The world's main things first, then the others: the first main is tied to the first other.
    pub entities: Vec<Entity>,
    /// All of each entity.
    pub facts: Vec<Fact>,
}

impl Cast {
    /// So many main things, each with another tied to it. No two of them share a value.
    pub fn invent(
        world: &'static World,
        mains: usize,
        namer: &mut Namer,
        chance: &mut Chance,
    ) -> Self {
        let things = [world.main, world.other];
        let entities = things.into_iter().flat_map(|thing| vec![thing; mains]);
        let entities = entities.map(|thing| Entity {
            name: namer.name(thing.style, chance),
            thing,
            pronoun: match thing.style {
                Style::Person if chance.percent(50) => "she",
                Style::Person => "he",
                _ => "it",
            },
        });
        let entities: Vec<Entity> = entities.collect();
        let mut cast = Self {
            world,
            entities,
            facts: Vec::new(),
        };
        for at in 0..cast.entities.len() {
            for relation in cast.entities[at].thing.relations {
                let value = match relation.kind {
                    Kind::Link => Value::Name(cast.entities[at + mains].name.clone()),
                    _ => cast.fresh(relation, namer, chance),
                };
                let subject = cast.entities[at].name.clone();
                cast.facts.push(Fact {
                    subject,
                    relation,
                    value,
                    holds: true,
                });
            }
        }
        cast
    }

    /// A value that nothing else in the document has.
    pub fn fresh(&self, relation: &Relation, namer: &mut Namer, chance: &mut Chance) -> Value {
        loop {
            let value = match relation.kind {
                Kind::Link => Value::Name(namer.name(self.world.other.style, chance)),
                kind => kind.invent(namer, chance),
            };
            if self.facts.iter().all(|fact| fact.value != value) {
                return value;
            }
        }
    }

    /// The entity of this name.
    pub fn entity(&self, name: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.name == name)
    }

    /// Names of all entities of a kind.
    pub fn names(&self, thing: &Thing) -> Vec<String> {
        let same = |entity: &&Entity| entity.thing.one == thing.one;
        let same = self.entities.iter().filter(same);
        same.map(|entity| entity.name.clone()).collect()
    }
}

/// What holds of a thing.
pub fn value<'f>(facts: &'f [Fact], subject: &str, relation: &Relation) -> Option<&'f Value> {
    let told =
        |fact: &&Fact| fact.holds && fact.subject == subject && fact.relation.slot == relation.slot;
    facts.iter().find(told).map(|fact| &fact.value)
}
