//! What a task is to be: its world, its kind of question, how many things it tells of. All miners of a round share it.

use super::ask::{Ask, Form};
use super::cast::{Cast, Fact, value};
use super::grammar::value::Value;
use super::grammar::worlds::WORLDS;
use super::grammar::{Kind, Relation, Thing, World};
use crate::Difficulty;
use crate::invent::Chance;

/// A task's shape.
pub struct Plan {
    pub world: &'static World,
    /// The question's kind, as a person calls it.
    pub kind: &'static str,
    pub mains: usize,
    form: Form,
    thing: &'static Thing,
    relation: &'static Relation,
    /// How many things the question names.
    asked: usize,
}

/// Kinds of questions, and which forms they take.
const KINDS: &[(&str, &[Form])] = &[
    ("one_fact", &[Form::One]),
    ("comparison", &[Form::More, Form::Less]),
    ("sum", &[Form::Sum]),
    ("difference", &[Form::Difference]),
    ("order", &[Form::Order]),
    ("two_hops", &[Form::Hop]),
    (ABSENT, &[Form::One]),
];
const ABSENT: &str = "absent";

impl Plan {
    pub fn draw(difficulty: Difficulty, chance: &mut Chance) -> Self {
        let (kind, forms) = *chance.pick(KINDS);
        let world = chance.pick(WORLDS);
        let form = *chance.pick(forms);
        let (thing, from) = match form {
            Form::Hop => (world.main, world.other),
            Form::One | Form::Order => (world.main, world.main),
            _ => *chance.pick(&[
                (world.main, world.main),
                (world.main, world.main),
                (world.other, world.other),
            ]),
        };
        // Every thing has a relation for every form that is drawn for it: a test holds it.
        let fitting: Vec<&'static Relation> = from
            .relations
            .iter()
            .filter(|relation| form.fits(relation))
            .collect();
        let relation = *chance.pick(&fitting);
        let asked = match form {
            Form::One | Form::Hop => 1,
            Form::Order => difficulty.between(3, 5),
            _ => 2,
        };
        Self {
            world,
            kind,
            mains: asked.max(2) + difficulty.between(0, 3),
            form,
            thing,
            relation,
            asked,
        }
    }

    /// The question, of things that chance picks.
    pub fn ask(&self, cast: &Cast, chance: &mut Chance) -> Ask {
        let mut names = cast.names(self.thing);
        chance.shuffle(&mut names);
        names.truncate(self.asked);
        Ask {
            form: self.form,
            thing: self.thing,
            relation: self.relation,
            names,
        }
    }

    /// Whether the question can't be answered without it.
    pub fn needs(&self, cast: &Cast, ask: &Ask, fact: &Fact) -> bool {
        if self.kind == ABSENT {
            return false;
        }
        let named = ask.names.contains(&fact.subject);
        match self.form {
            Form::Hop => {
                let tied = ask
                    .names
                    .iter()
                    .any(|name| self.tied(cast, name, &fact.subject));
                named && fact.relation.kind == Kind::Link
                    || tied && fact.relation.slot == self.relation.slot
            }
            _ => named && fact.relation.slot == self.relation.slot,
        }
    }

    /// Whether the text must not say it: it is asked for what the text does not say.
    pub fn hides(&self, ask: &Ask, fact: &Fact) -> bool {
        self.kind == ABSENT
            && ask.names.contains(&fact.subject)
            && fact.relation.slot == self.relation.slot
    }

    fn tied(&self, cast: &Cast, main: &str, other: &str) -> bool {
        let link = self
            .world
            .main
            .relations
            .iter()
            .find(|relation| relation.kind == Kind::Link);
        let tied = link.and_then(|link| value(&cast.facts, main, link));
        matches!(tied, Some(Value::Name(name)) if name == other)
    }
}
