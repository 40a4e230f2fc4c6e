//! Mountains: how high, first climbed by whom, how many huts.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const MOUNTAIN: Thing = Thing {
    one: "mountain",
    mention: "[|the summit of ]{n}",
    generic: "the [mountain|summit]",
    style: Style::Mountain,
    relations: &[HEIGHT, CLIMBER, HUTS],
    pairs: &[
        "{s}, {height} high, was first climbed by {climber}",
        "on {s}, which rises to {height}, there are {huts} huts",
    ],
};

const HEIGHT: Relation = Relation {
    slot: "height",
    kind: Kind::Measure("m", "metres", 1210, 6990, 0),
    says: &[
        "{s} [rises to|reaches|is] {height} above the sea",
        "{s's} height is [put|given] at {height}",
        "surveyors [gave|found] {height} for {s}",
        "the height of {s} [comes to|is] {height}",
        "{s} stands {height} high",
        "at {height}, {s} [wears snow all year|looks down on its neighbours]",
        "{height} of [rock|ice and rock] make up {s}",
        "maps mark {s} with {height}",
    ],
    asks: &[
        "how high is {s}",
        "what is the height of {s}",
        "to what height does {s} rise",
    ],
    topic: "the height of {s}",
    more: "is [higher|the higher]",
    less: "is [lower|the lower]",
    ..Relation::PLAIN
};

const CLIMBER: Relation = Relation {
    slot: "climber",
    kind: Kind::Named(Style::Person),
    says: &[
        "{climber} was the first to [climb|stand on] {s}",
        "{s} was first [climbed|scaled] by {climber}",
        "the first ascent of {s} was [made by|the work of] {climber}",
        "before anyone else, {climber} stood on {s}",
        "{s's} first climber was {climber}",
        "the cairn on {s} was begun by {climber}, who came first",
        "nobody had climbed {s} before {climber}",
        "it was {climber} who first [climbed|conquered] {s}",
    ],
    asks: &[
        "who was [the first to climb|the first on top of] {s}",
        "who [first climbed|made the first ascent of] {s}",
        "by whom was {s} first climbed",
    ],
    topic: "the first person to climb {s}",
    ..Relation::PLAIN
};

const HUTS: Relation = Relation {
    slot: "huts",
    kind: Kind::Count(2, 40),
    says: &[
        "there are {huts} huts on {s}",
        "{huts} huts [stand|are kept] on {s}",
        "{s} has {huts} huts",
        "climbers find {huts} huts on {s}",
        "{s's} huts number {huts}",
        "the slopes of {s} [hold|carry] {huts} huts",
        "on the way up {s} one passes {huts} huts",
        "shepherds have put up {huts} huts on {s}",
    ],
    asks: &[
        "how many huts [are there|stand] on {s}",
        "how many huts does {s} have",
        "what is the number of huts on {s}",
    ],
    topic: "the number of huts on {s}",
    more: "has [more huts|the greater number of huts]",
    less: "has fewer huts",
    ..Relation::PLAIN
};
