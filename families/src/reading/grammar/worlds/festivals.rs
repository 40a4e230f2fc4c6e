//! Festivals: directed by whom, first held when, where, with how many visitors, how many stages.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const FESTIVAL: Thing = Thing {
    one: "festival",
    mention: "the {n}",
    generic: "the [festival|feast]",
    style: Style::Festival,
    relations: &[DIRECTOR, FIRST, TOWN, VISITORS, STAGES],
    pairs: &[
        "{s} was first held in {town} on {first}",
        "{director} opened {s} on {first}",
        "{s} drew {visitors} visitors to {town}",
        "with {stages} stages, {s} drew {visitors} visitors",
        "under {director}, {s} filled {stages} stages",
        "in {town}, {director} directed {s}",
    ],
};

const DIRECTOR: Relation = Relation {
    slot: "director",
    kind: Kind::Link,
    says: &[
        "{s} was [directed|run|organised] by {director}",
        "{director} [directed|ran|organised] {s}",
        "the director of {s} was {director}",
        "{s's} director was {director}",
        "it was {director} who directed {s}",
        "the programme of {s} was [drawn up|chosen] by its director, {director}",
        "{s} had {director} as its director",
        "as director of {s}, {director} [wrote every letter|slept little]",
        "the direction of {s} was [left|entrusted] to {director}",
        "whoever wished to perform at {s} had to ask {director}, its director",
    ],
    asks: &[
        "who [directed|ran|organised] {s}",
        "by whom was {s} directed",
        "[what was the name of|who was] the director of {s}",
        "to whom was the direction of {s} entrusted",
    ],
    topic: "the director of {s}",
    ..Relation::PLAIN
};

const FIRST: Relation = Relation {
    slot: "first",
    kind: Kind::Day(1811, 1989),
    says: &[
        "{s} was first [held|celebrated] on {first}",
        "on {first} {s} was [held|celebrated] for the first time",
        "the books of {s} have {first} as its first day",
        "{s's} first day was {first}",
        "{first} [saw|brought] the first opening of {s}",
        "the oldest [poster|ticket] of {s} bears the date {first}",
        "it was on {first} that {s} first opened",
        "nobody had heard of {s} before {first}, when it first opened",
        "the story of {s} [begins|starts] on {first}",
        "{s} [opened|began] for the first time on {first}",
    ],
    asks: &[
        "[when|on what day|on which date] was {s} first held",
        "what was the [date|day] of the first opening of {s}",
        "on which day did {s} first open",
        "since which date has {s} been held",
    ],
    topic: "the [day|date] on which {s} was first held",
    more: "was first held later",
    less: "was first held [earlier|before the other]",
    event: "were first held",
};

const TOWN: Relation = Relation {
    slot: "town",
    kind: Kind::Named(Style::Place),
    says: &[
        "{s} was held in {town}",
        "{s} [took place|was celebrated] in {town}",
        "{town} was the [home|scene] of {s}",
        "{s's} home was {town}",
        "the streets of {town} [filled|were cleared] for {s}",
        "in {town}, {s} [was the event of the year|stopped all work]",
        "guests of {s} travelled to {town}",
        "{town} [hung out its flags|closed its shops] for {s}",
        "the tents of {s} stood in the meadows of {town}",
        "people of {town} are proud of {s}",
    ],
    asks: &[
        "[where|in which town] was {s} held",
        "[where|in which town] did {s} take place",
        "which town was the home of {s}",
        "to which town did guests of {s} travel",
    ],
    topic: "the town in which {s} was held",
    ..Relation::PLAIN
};

const VISITORS: Relation = Relation {
    slot: "visitors",
    kind: Kind::Count(420, 96_000),
    says: &[
        "{s} [drew|attracted|had] {visitors} visitors",
        "{visitors} visitors came to {s}",
        "{s's} visitors numbered {visitors}",
        "the number of visitors at {s} was {visitors}",
        "the gates of {s} let in {visitors} visitors",
        "{s} sold {visitors} tickets to its visitors",
        "at {s} {visitors} visitors were counted",
        "there were {visitors} visitors at {s}",
        "as many as {visitors} [people|guests] visited {s}",
        "an audience of {visitors} [found its way to|gathered at] {s}",
    ],
    asks: &[
        "how many [visitors|people] came to {s}",
        "how many visitors did {s} [have|draw|attract]",
        "what was the number of visitors at {s}",
        "by how many people was {s} visited",
    ],
    topic: "the number of visitors at {s}",
    more: "drew [more visitors|the larger crowd]",
    less: "drew [fewer visitors|the smaller crowd]",
    ..Relation::PLAIN
};

const STAGES: Relation = Relation {
    slot: "stages",
    kind: Kind::Count(2, 59),
    says: &[
        "{s} had {stages} stages",
        "{stages} stages were [built|put up] for {s}",
        "{s's} stages numbered {stages}",
        "there were {stages} stages at {s}",
        "carpenters built {stages} stages for {s}",
        "{s} [spread|was spread] over {stages} stages",
        "performers at {s} [shared|had a choice of] {stages} stages",
        "the plan of {s} shows {stages} stages",
        "on {stages} stages at once, {s} [sang and played|went on]",
        "lamps were hung over {s's} {stages} stages",
    ],
    asks: &[
        "how many stages [did {s} have|were there at {s}]",
        "how many stages were built for {s}",
        "what was the number of stages at {s}",
        "over how many stages was {s} spread",
    ],
    topic: "the number of stages at {s}",
    more: "had [more stages|the greater number of stages]",
    less: "had fewer stages",
    ..Relation::PLAIN
};

pub const ASIDES: &[&str] = &[
    "[inns|beds] in {place} were [full|dear] and {person} slept in a barn",
    "a [brass band|choir] from {place2} [came late|lost its way] near {place}",
    "the [cook|baker] {person} sold {number} [pies|pancakes] in {place}",
    "{person} [sewed|painted] [masks|flags] for the children of {place}",
    "[rain|thunder] spoiled the [dance|picnic] of {place} in {year}",
    "a ferry from {place} to {place2} ran [all night|every hour]",
];
