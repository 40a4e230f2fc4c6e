//! Towns: on which river, given their charter when, how many live there, how high, who is mayor.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const TOWN: Thing = Thing {
    one: "town",
    mention: "[|the town of ]{n}",
    generic: "the town",
    style: Style::Place,
    relations: &[RIVER, CHARTER, MAYOR, PEOPLE, HEIGHT],
    pairs: &[
        "{s} lies on {river} and has {people} inhabitants",
        "{s} [received|was given] its charter in {charter} and now has {people} inhabitants",
        "under {mayor}, its mayor, {s} has grown to {people} inhabitants",
        "at {height} above the sea, {s} looks down on {river}",
        "on {river}, {height} above the sea, lies {s}",
        "a town since {charter}, {s} is led by {mayor}",
    ],
};

const RIVER: Relation = Relation {
    slot: "river",
    kind: Kind::Link,
    says: &[
        "{s} [lies|stands] on {river}",
        "{river} [flows|runs] through {s}",
        "{s} was built along {river}",
        "the mills of {s} are [driven|turned] by {river}",
        "the people of {s} [fish|swim] in {river}",
        "{river} [divides|cuts] {s} in two",
        "boats reach {s} by {river}",
        "{s} [draws|takes] its water from {river}",
        "the walls of {s} [drop|go down] to {river}",
        "in spring {river} floods the cellars of {s}",
    ],
    asks: &[
        "on which river does {s} lie",
        "which river [flows|runs] through {s}",
        "[what|which] is the river of {s}",
        "by which river do boats reach {s}",
    ],
    topic: "the river on which {s} lies",
    ..Relation::PLAIN
};

const CHARTER: Relation = Relation {
    slot: "charter",
    kind: Kind::Year(1105, 1590),
    says: &[
        "{s} [received|was given|obtained] its charter in {charter}",
        "in {charter} {s} [became|was made] a town",
        "the charter of {s} [is dated|dates from] {charter}",
        "{s's} charter was [sealed|signed] in {charter}",
        "{s} has had the rights of a town since {charter}",
        "the town rights of {s} [go back to|stem from] {charter}",
        "{charter} is [cut|carved] above the gate of {s}, for its charter",
        "a duke gave {s} its charter in {charter}",
        "it took until {charter} for {s} to be called a town",
        "the seal of {s} [bears|shows] the year of its charter, {charter}",
    ],
    asks: &[
        "[when|in what year|in which year] did {s} receive its charter",
        "[when|in what year] did {s} become a town",
        "from what year is the charter of {s}",
        "since which year has {s} had its charter",
    ],
    topic: "the year [of the charter of {s}|in which {s} received its charter]",
    more: "received its charter later",
    less: "received its charter [first|earlier]",
    event: "received their charters",
};

const MAYOR: Relation = Relation {
    slot: "mayor",
    kind: Kind::Named(Style::Person),
    says: &[
        "the mayor of {s} is {mayor}",
        "{s's} mayor is {mayor}",
        "{mayor} is [the mayor|now mayor] of {s}",
        "{s} is [led|governed] by {mayor}, its mayor",
        "{s} [elected|chose] {mayor} as mayor",
        "as mayor, {s} has {mayor}",
        "the chain of office in {s} is worn by {mayor}",
        "at the head of the council of {s} sits {mayor}",
        "voters in {s} made {mayor} their mayor",
        "the keys of {s} are kept by its mayor, {mayor}",
    ],
    asks: &[
        "who is [the mayor|mayor] of {s}",
        "[what is the name of|who is] {s's} mayor",
        "by which mayor is {s} led",
        "whom did {s} [elect|choose] as mayor",
    ],
    topic: "the mayor of {s}",
    ..Relation::PLAIN
};

const PEOPLE: Relation = Relation {
    slot: "people",
    kind: Kind::Count(2100, 187_000),
    says: &[
        "{s} has {people} inhabitants",
        "{people} people [live in|call themselves citizens of] {s}",
        "{s's} population [is|stands at] {people}",
        "the population of {s} is [put|given] at {people}",
        "at the last count {s} had {people} [inhabitants|souls]",
        "{s} is home to {people} people",
        "the census found {people} people in {s}",
        "{people} is the number of [citizens|inhabitants] in {s}",
        "the houses of {s} shelter {people} people",
        "{s} [counts|numbers] {people} inhabitants",
    ],
    asks: &[
        "how many [people|inhabitants] live in {s}",
        "what is the population of {s}",
        "[how large|how big] is the population of {s}",
        "to how many people is {s} home",
    ],
    topic: "the population of {s}",
    more: "has [more inhabitants|the larger population]",
    less: "has [fewer inhabitants|the smaller population]",
    ..Relation::PLAIN
};

const HEIGHT: Relation = Relation {
    slot: "height",
    kind: Kind::Measure("m", "metres", 14, 2250, 0),
    says: &[
        "{s} lies {height} above the sea",
        "{s} is {height} above sea level",
        "the market of {s} is {height} above the sea",
        "{s's} height above the sea is {height}",
        "a mark on the church of {s} gives {height} above the sea",
        "maps place {s} at {height}",
        "one has to [climb|go up] to {height} to reach {s}",
        "the altitude of {s} is [put|given] at {height}",
        "{height} above the sea [is where|one finds] {s}",
        "the air of {s} is that of {height}",
    ],
    asks: &[
        "how high above the sea does {s} lie",
        "what is the altitude of {s}",
        "at what [height|altitude] does {s} lie",
        "how far above sea level is {s}",
    ],
    topic: "the [height|altitude] of {s}",
    more: "lies higher",
    less: "lies lower",
    ..Relation::PLAIN
};

pub const ASIDES: &[&str] = &[
    "[walnuts|cherries|plums] are sold [on the square|by the gate] of {place} [since|as in] {year}",
    "{person} [drew|engraved] a view of {place} in {year}",
    "the [fair|cattle market] of {place2} is older than that of {place}",
    "[storks|swifts] come to {place} in [March|April], {number} pairs",
    "a [statue|fountain] of {person} [stands|was planned] in {place}",
    "trains stop [twice|thrice] a day between {place} and {place2}",
];
