//! Rivers: how long, from which spring, bridged how often.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const RIVER: Thing = Thing {
    one: "river",
    mention: "the [|river ]{n}",
    generic: "the [river|stream]",
    style: Style::River,
    relations: &[RUN, SPRING, BRIDGES],
    pairs: &[
        "from its spring near {spring}, {s} runs for {run}",
        "{s} passes under {bridges} bridges in its {run}",
    ],
};

const RUN: Relation = Relation {
    slot: "run",
    kind: Kind::Measure("km", "kilometres", 18, 940, 0),
    says: &[
        "{s} [is|runs] {run} long",
        "{s} [flows|winds|runs] for {run} before it meets the sea",
        "{s's} course [measures|comes to] {run}",
        "over {run}, {s} [falls|drops] towards the coast",
        "boatmen reckon {run} from one end of {s} to the other",
        "the length of {s} is [put|given] at {run}",
        "{run} is what the maps give for the length of {s}",
        "one can follow {s} for {run}",
    ],
    asks: &[
        "how long is {s}",
        "what is the length of {s}",
        "over what distance does {s} flow",
    ],
    topic: "the length of {s}",
    more: "is [longer|the longer]",
    less: "is [shorter|the shorter]",
    ..Relation::PLAIN
};

const SPRING: Relation = Relation {
    slot: "spring",
    kind: Kind::Named(Style::Place),
    says: &[
        "{s} [rises|springs|begins] near {spring}",
        "the [source|spring] of {s} lies [close to|near] {spring}",
        "{s} has its source near {spring}",
        "near {spring} {s} comes out of the ground",
        "it is near {spring} that {s} [begins|rises]",
        "{s's} [source|headwater] is found near {spring}",
        "the hills of {spring} [feed|give birth to] {s}",
        "walkers set out from {spring} to see where {s} begins",
    ],
    asks: &[
        "near which [town|place] does {s} rise",
        "where does {s} [rise|begin]",
        "where is the source of {s}",
    ],
    topic: "the place near which {s} rises",
    ..Relation::PLAIN
};

const BRIDGES: Relation = Relation {
    slot: "bridges",
    kind: Kind::Count(2, 88),
    says: &[
        "{bridges} bridges [cross|span] {s}",
        "{s} is [crossed|spanned] by {bridges} bridges",
        "{s's} bridges number {bridges}",
        "there are {bridges} bridges over {s}",
        "one may count {bridges} bridges along {s}",
        "travellers can cross {s} by {bridges} bridges",
        "a list of the bridges on {s} has {bridges} entries",
        "masons have [thrown|built] {bridges} bridges across {s}",
    ],
    asks: &[
        "how many bridges [cross|span] {s}",
        "by how many bridges is {s} crossed",
        "what is the number of bridges over {s}",
    ],
    topic: "the number of bridges over {s}",
    more: "has [more bridges|the greater number of bridges]",
    less: "has fewer bridges",
    ..Relation::PLAIN
};
