//! People: born when and where, and how many books they owned.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const PERSON: Thing = Thing {
    one: "person",
    mention: "{n}",
    generic: "[the person in question|this person]",
    style: Style::Person,
    relations: &[BORN, CRADLE, BOOKS],
    pairs: &[
        "{s} was born at {cradle} in {born}",
        "born in {born}, {s} was a child of {cradle}",
        "{cradle} [is|was] where {s} came into the world in {born}",
        "{s}, born in {born}, [owned|had] {books} books",
    ],
};

const BORN: Relation = Relation {
    slot: "born",
    kind: Kind::Year(1690, 1779),
    says: &[
        "{s} was born in {born}",
        "{s} [came into the world|first saw the light] in {born}",
        "the year of {s's} birth [was|is given as] {born}",
        "{s's} [birth|baptism] fell in {born}",
        "{born} was the year in which {s} was born",
        "in {born} the family of {s} [celebrated|wrote down] the birth",
        "the parents of {s} [named the child|had the child baptised] in {born}",
        "{s} was a child of the year {born}",
        "a family Bible puts {s's} birth in {born}",
    ],
    asks: &[
        "[when|in what year|in which year] was {s} born",
        "what was the year of birth of {s}",
        "in which year did {s} come into the world",
    ],
    topic: "the year [in which {s} was born|of birth of {s}]",
    more: "was born later",
    less: "was born [first|earlier]",
    event: "were born",
};

const CRADLE: Relation = Relation {
    slot: "cradle",
    kind: Kind::Named(Style::Place),
    says: &[
        "{s} was born in {cradle}",
        "{s} came from {cradle}",
        "{s's} [home town|birthplace] was {cradle}",
        "{cradle} was the birthplace of {s}",
        "a house in {cradle} is shown as that of {s's} birth",
        "{s} first saw the light in {cradle}",
        "{s's} cradle stood in {cradle}",
        "{cradle} [claims|remembers] {s} as its child",
        "{s} [spoke|wrote] fondly of {cradle}, the place of birth",
    ],
    asks: &[
        "[where|in which town] was {s} born",
        "[what|which] town was the birthplace of {s}",
        "from which [town|place] did {s} come",
    ],
    topic: "the birthplace of {s}",
    ..Relation::PLAIN
};

const BOOKS: Relation = Relation {
    slot: "books",
    kind: Kind::Count(20, 4800),
    says: &[
        "{s} [owned|collected|left behind] {books} books",
        "{books} books [stood|were found] in {s's} house",
        "{s's} library [held|counted] {books} [books|volumes]",
        "an [inventory|auction] counted {books} books of {s}",
        "the shelves of {s} held {books} books",
        "{s} had brought together {books} [books|volumes]",
        "there were {books} volumes with the name of {s} in them",
        "the heirs of {s} [sold|divided] {books} books",
    ],
    asks: &[
        "how many [books|volumes] did {s} [own|have|collect]",
        "how large was the library of {s}, in volumes",
        "what number of books belonged to {s}",
    ],
    topic: "the number of books that {s} owned",
    more: "owned [more books|the larger library]",
    less: "owned [fewer books|the smaller library]",
    ..Relation::PLAIN
};
