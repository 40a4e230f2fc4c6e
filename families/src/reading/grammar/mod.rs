//! How invented things are spoken of: tables of patterns, one per kind of thing, that both write a text and read it.

pub mod clause;
pub mod pattern;
pub mod phrases;
pub mod value;
pub mod worlds;

use crate::invent::names::Style;

/// What a document is about: things of one kind, each tied to one of another kind.
#[derive(Debug)]
pub struct World {
    /// The things that a document tells of.
    pub main: &'static Thing,
    /// What each of them is tied to by its relation of kind [`Kind::Link`].
    pub other: &'static Thing,
    /// Sentences about nothing that is asked: `{place}`, `{place2}`, `{person}`, `{number}`, `{year}`.
    pub asides: &'static [&'static str],
}

/// A kind of thing, and all that can be said of it.
#[derive(Debug)]
pub struct Thing {
    /// `ship`.
    pub one: &'static str,
    /// How it is named in a sentence, `{n}` is its name.
    pub mention: &'static str,
    /// How it is referred to once it has been named, where no pronoun stands.
    pub generic: &'static str,
    /// How its name is built.
    pub style: Style,
    /// What can be known of it.
    pub relations: &'static [Relation],
    /// Clauses that say two things of it at once: `{s}` or `{s's}` is the thing, the other slots are of relations.
    pub pairs: &'static [&'static str],
}

/// One thing that can be known of a thing.
#[derive(Debug)]
pub struct Relation {
    /// The slot of its value in the patterns.
    pub slot: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Clauses that say it.
    pub says: &'static [&'static str],
    /// Questions for it, without their mark.
    pub asks: &'static [&'static str],
    /// What is asked for, as a noun phrase: `the length of {s}`.
    pub topic: &'static str,
    /// Said of the thing whose value is greater, or later. Empty where values have no order.
    pub more: &'static str,
    /// Said of the thing whose value is smaller, or earlier.
    pub less: &'static str,
    /// What happened on the day or in the year. Empty for all else.
    pub event: &'static str,
}

/// What the values of a relation are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A day between two years.
    Day(i32, i32),
    /// A year between two.
    Year(i32, i32),
    /// How many, between two numbers.
    Count(i64, i64),
    /// So much of a unit, short and long; bounds in the last digit of so many decimals.
    Measure(&'static str, &'static str, i64, i64, u32),
    /// A name that is nothing else in the document.
    Named(Style),
    /// The other thing that it is tied to.
    Link,
}

impl Kind {
    /// Whether values of both are written alike, so that one could be taken for the other.
    pub fn like(self, other: Kind) -> bool {
        match (self, other) {
            (Kind::Measure(one, ..), Kind::Measure(other, ..)) => one == other,
            _ => std::mem::discriminant(&self) == std::mem::discriminant(&other),
        }
    }
}

impl Relation {
    /// What most relations lack.
    const PLAIN: Relation = Relation {
        slot: "",
        kind: Kind::Link,
        says: &[],
        asks: &[],
        topic: "",
        more: "",
        less: "",
        event: "",
    };

    /// Whether two values can be compared.
    pub fn ordered(&self) -> bool {
        !self.more.is_empty()
    }

    /// Whether values can be added.
    pub fn counts(&self) -> bool {
        matches!(self.kind, Kind::Count(..) | Kind::Measure(..))
    }

    /// Whether it is when something happened.
    pub fn dated(&self) -> bool {
        matches!(self.kind, Kind::Day(..) | Kind::Year(..))
    }
}
