//! Buildings: designed by whom, finished when, where they stand, how high, with how many windows.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const BUILDING: Thing = Thing {
    one: "building",
    mention: "[||the well-known ]{n}",
    generic: "the building",
    style: Style::Building,
    relations: &[ARCHITECT, DONE, TOWN, HEIGHT, WINDOWS],
    pairs: &[
        "{s} in {town} was [designed|drawn] by {architect}",
        "{architect} [finished|completed] {s} on {done}",
        "finished on {done}, {s} is {height} high",
        "{s} is {height} high and has {windows} windows",
        "in {town}, {s} shows {windows} windows to the street",
        "{architect} gave {s} {windows} windows",
    ],
};

const ARCHITECT: Relation = Relation {
    slot: "architect",
    kind: Kind::Link,
    says: &[
        "{s} was [designed|planned|drawn] by {architect}",
        "{architect} [designed|planned] {s}",
        "the architect of {s} was {architect}",
        "{s's} architect was {architect}",
        "it was {architect} who designed {s}",
        "the [plans|drawings] for {s} were made by {architect}",
        "{s} is [the work|a design] of {architect}",
        "for {s}, the builders chose {architect} as architect",
        "every [arch|stair] of {s} was drawn by {architect}, its architect",
        "with {s}, {architect} [showed what an architect can do|became a known architect]",
    ],
    asks: &[
        "who [designed|planned] {s}",
        "by whom was {s} designed",
        "[what was the name of|who was] the architect of {s}",
        "whose design is {s}",
    ],
    topic: "the architect of {s}",
    ..Relation::PLAIN
};

const DONE: Relation = Relation {
    slot: "done",
    kind: Kind::Day(1784, 1996),
    says: &[
        "{s} was [finished|completed] on {done}",
        "on {done} the last stone of {s} was laid",
        "the builders [left|handed over] {s} on {done}",
        "{s's} completion [is dated|came on] {done}",
        "{done} was the day on which {s} was finished",
        "work on {s} [ended|was over] on {done}",
        "finished at last, {s} opened its doors on {done}",
        "it was {done} before the roof of {s} was on",
        "a plaque says that {s} was done on {done}",
        "the scaffolding around {s} came down on {done}",
    ],
    asks: &[
        "[when|on what day|on which date] was {s} [finished|completed]",
        "what was the date of completion of {s}",
        "on which day did work on {s} end",
        "[what|which] day saw the completion of {s}",
    ],
    topic: "the [day|date] on which {s} was finished",
    more: "was finished [later|last]",
    less: "was finished [first|earlier]",
    event: "were finished",
};

const TOWN: Relation = Relation {
    slot: "town",
    kind: Kind::Named(Style::Place),
    says: &[
        "{s} [stands|was built] in {town}",
        "{s} is [a landmark|one of the sights] of {town}",
        "in {town} one cannot miss {s}",
        "the people of {town} [love|are used to] {s}",
        "{s's} town is {town}",
        "{town} is [known for|proud of] {s}",
        "the square in front of {s} is the largest of {town}",
        "visitors to {town} are shown {s}",
        "the roofs of {town} lie below {s}",
        "{s} belongs to {town}",
    ],
    asks: &[
        "[where|in which town] does {s} stand",
        "[where|in which town] was {s} built",
        "to which town does {s} belong",
        "which town has {s} among its sights",
    ],
    topic: "the town in which {s} stands",
    ..Relation::PLAIN
};

const HEIGHT: Relation = Relation {
    slot: "height",
    kind: Kind::Measure("m", "metres", 92, 2140, 1),
    says: &[
        "{s} is {height} high",
        "{s} [rises to|reaches] {height}",
        "{s's} height is {height}",
        "the height of {s} [is|comes to] {height}",
        "from the street to the ridge, {s} measures {height}",
        "at {height}, {s} [overlooks its neighbours|catches the evening sun]",
        "{s} has a height of {height} in the drawings",
        "between ground and roof {s} has {height}",
        "a plumb line from {s} ran {height}",
        "from cellar to ridge, {s} has {height}",
    ],
    asks: &[
        "how high is {s}",
        "what is the height of {s}",
        "what height does {s} reach",
        "to what height does {s} rise",
    ],
    topic: "the height of {s}",
    more: "is [higher|taller|the taller]",
    less: "is [lower|the lower]",
    ..Relation::PLAIN
};

const WINDOWS: Relation = Relation {
    slot: "windows",
    kind: Kind::Count(6, 980),
    says: &[
        "{s} has {windows} windows",
        "{windows} windows [light|were cut into] {s}",
        "{s's} windows number {windows}",
        "there are {windows} windows in {s}",
        "whoever cleans {s} has {windows} windows to do",
        "light falls into {s} through {windows} windows",
        "glaziers [delivered|fitted] {windows} windows for {s}",
        "children have counted {windows} windows at {s}",
        "the walls of {s} are [broken|pierced] by {windows} windows",
        "the number of windows in {s} is {windows}",
    ],
    asks: &[
        "how many windows does {s} have",
        "how many windows are there in {s}",
        "what is the number of windows in {s}",
        "through how many windows does light fall into {s}",
    ],
    topic: "the number of windows of {s}",
    more: "has [more windows|the greater number of windows]",
    less: "has fewer windows",
    ..Relation::PLAIN
};

pub const ASIDES: &[&str] = &[
    "[sandstone|slate|marble] came by cart from {place} to {place2}",
    "a mason called {person} fell from a [ladder|wall] in {place}",
    "the [brickworks|quarry] near {place} belonged to {person}",
    "{person} carved [lions|angels|owls] for the bridge of {place}",
    "[pigeons|jackdaws] have [plagued|ruled] {place} since {year}",
    "in {place} a fire took {number} [barns|roofs] in {year}",
];
