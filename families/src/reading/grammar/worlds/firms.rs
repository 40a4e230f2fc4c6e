//! Firms: founded by whom and when, where they sat, how many worked there, how much they took.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const FIRM: Thing = Thing {
    one: "firm",
    mention: "[|the firm ]{n}",
    generic: "the [firm|company|business]",
    style: Style::Firm,
    relations: &[FOUNDER, FOUNDED, SEAT, STAFF, TURNOVER],
    pairs: &[
        "{s} was [founded|set up] by {founder} on {founded}",
        "on {founded} {founder} [founded|established] {s}",
        "in {seat}, {s} [employed|paid wages to] {staff} people",
        "with {staff} people on its payroll, {s} took {turnover} a year",
        "{founder} chose {seat} as the seat of {s}",
        "founded on {founded}, {s} made its home in {seat}",
    ],
};

const FOUNDER: Relation = Relation {
    slot: "founder",
    kind: Kind::Link,
    says: &[
        "{s} was [founded|started|set up] by {founder}",
        "{founder} [founded|started|established] {s}",
        "the founder of {s} was {founder}",
        "it was {founder} who [founded|called into being] {s}",
        "{s} [owes|owed] its [existence|beginnings] to {founder}",
        "{s's} founder was {founder}",
        "{founder} signed the founding deed of {s}",
        "the first [owner|director] and founder of {s} was {founder}",
        "{s} [began|started] as an idea of {founder}",
        "with borrowed money, {founder} set up {s}",
    ],
    asks: &[
        "who [founded|started|set up] {s}",
        "by whom was {s} founded",
        "[what was the name of|who was] the founder of {s}",
        "to whom did {s} owe its existence",
    ],
    topic: "the founder of {s}",
    ..Relation::PLAIN
};

const FOUNDED: Relation = Relation {
    slot: "founded",
    kind: Kind::Day(1802, 1939),
    says: &[
        "{s} was [founded|established|set up] on {founded}",
        "on {founded} {s} [came into being|was entered in the register]",
        "the founding deed of {s} [was signed on|bears the date] {founded}",
        "{s's} [first day|foundation] was {founded}",
        "{founded} is [kept|remembered] as the birthday of {s}",
        "it was on {founded} that {s} opened its first ledger",
        "the history of {s} [begins|starts] on {founded}",
        "{s} has [existed|done business] since {founded}",
        "from {founded} on, {s} [kept books|was in business]",
        "the register dates {s} to {founded}",
    ],
    asks: &[
        "[when|on what day|on which date] was {s} founded",
        "what was the founding date of {s}",
        "on which day did {s} come into being",
        "since what date had {s} existed",
    ],
    topic: "the [day|date] on which {s} was founded",
    more: "was founded later",
    less: "was founded [first|earlier]",
    event: "were founded",
};

const SEAT: Relation = Relation {
    slot: "seat",
    kind: Kind::Named(Style::Place),
    says: &[
        "{s} had its [seat|head office] in {seat}",
        "{s} was [based|at home] in {seat}",
        "{s's} head office stood in {seat}",
        "{seat} was the seat of {s}",
        "from {seat}, {s} [sent its goods|traded] far and wide",
        "the offices of {s} were in {seat}",
        "in {seat} everybody knew [the door|the sign] of {s}",
        "letters to {s} went to {seat}",
        "{s} never [left|moved away from] {seat}",
        "the chimney of {s} could be seen all over {seat}",
    ],
    asks: &[
        "[where|in which town] did {s} have its [seat|head office]",
        "[where|in which town] was {s} based",
        "which town was the seat of {s}",
        "where were the offices of {s}",
    ],
    topic: "the seat of {s}",
    ..Relation::PLAIN
};

const STAFF: Relation = Relation {
    slot: "staff",
    kind: Kind::Count(12, 9400),
    says: &[
        "{s} [employed|gave work to] {staff} people",
        "{staff} people [worked|earned their bread] at {s}",
        "{s's} staff numbered {staff}",
        "the payroll of {s} [held|listed] {staff} names",
        "there were {staff} [workers|hands] at {s}",
        "{s} [counted|had] {staff} employees",
        "as many as {staff} [people|workers] were in the pay of {s}",
        "every week {s} paid {staff} people",
        "{s} had grown to {staff} employees",
        "lunch at {s} was cooked for {staff} people",
    ],
    asks: &[
        "how many people [worked at|were employed by] {s}",
        "how many employees did {s} have",
        "[how large|how big] was the staff of {s}",
        "what was the number of employees at {s}",
    ],
    topic: "the number of [people employed by|employees of] {s}",
    more: "had [more employees|the larger staff]",
    less: "had [fewer employees|the smaller staff]",
    ..Relation::PLAIN
};

const TURNOVER: Relation = Relation {
    slot: "turnover",
    kind: Kind::Measure("crowns", "crowns", 2100, 940_000, 0),
    says: &[
        "{s} took {turnover} a year",
        "{s's} [yearly sales|annual takings] [came to|were] {turnover}",
        "the yearly [takings|sales] of {s} [stood at|reached] {turnover}",
        "{s} sold goods [worth|for] {turnover} a year",
        "in a [good|usual] year {s} [turned over|took in] {turnover}",
        "a year's sales brought {s} {turnover}",
        "{turnover} [flowed|came] into the tills of {s} each year",
        "buyers paid {s} {turnover} in a year",
        "the books of {s} show sales of {turnover}",
        "customers left {turnover} a year with {s}",
    ],
    asks: &[
        "how much did {s} take in a year",
        "what were the yearly [sales|takings] of {s}",
        "how large were {s's} annual sales",
        "how many crowns did {s} take a year",
    ],
    topic: "the yearly sales of {s}",
    more: "had the [higher|larger] yearly sales",
    less: "had the [lower|smaller] yearly sales",
    ..Relation::PLAIN
};

pub const ASIDES: &[&str] = &[
    "[wages|rents] in {place} rose [twice|little] before {year}",
    "a banker called {person} lent money all over {place}",
    "[strikes|floods] closed the [market|canal] of {place} for {number} days",
    "the [canal|railway] from {place} to {place2} was opened by {person}",
    "{person} printed [posters|calendars] for half of {place}",
    "a warehouse in {place} was [let|sold] to {person}",
];
