//! Experiments: led by whom, begun when, at which laboratory, with how many samples, at what heat.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const EXPERIMENT: Thing = Thing {
    one: "experiment",
    mention: "the {n}",
    generic: "the [experiment|work]",
    style: Style::Experiment,
    relations: &[LEADER, BEGAN, PLACE, SAMPLES, HEAT],
    pairs: &[
        "{leader} began {s} on {began}",
        "in {s}, {samples} samples were heated to {heat}",
        "{s} was run at {place} by {leader}",
        "begun on {began}, {s} went through {samples} samples",
        "at {place} the ovens of {s} reached {heat}",
        "{leader} heated the samples of {s} to {heat}",
    ],
};

const LEADER: Relation = Relation {
    slot: "leader",
    kind: Kind::Link,
    says: &[
        "{s} was [led|directed|run] by {leader}",
        "{leader} [led|directed|was in charge of] {s}",
        "at the head of {s} stood {leader}",
        "{s's} leader was {leader}",
        "{leader} had [the last word|the say] in {s}",
        "the [planning|leadership] of {s} lay with {leader}",
        "it was {leader} who led {s}",
        "those who worked on {s} answered to {leader}",
        "{s} was put in the hands of {leader}",
        "the notebooks of {s} were kept by {leader}, who led it",
    ],
    asks: &[
        "who [led|directed|ran] {s}",
        "by whom was {s} led",
        "[what was the name of|who was] the leader of {s}",
        "who was in charge of {s}",
    ],
    topic: "the leader of {s}",
    ..Relation::PLAIN
};

const BEGAN: Relation = Relation {
    slot: "began",
    kind: Kind::Day(1818, 2004),
    says: &[
        "{s} [began|started|got under way] on {began}",
        "on {began} {s} was begun",
        "the first [reading|entry] of {s} [is dated|was taken on] {began}",
        "{s's} first day was {began}",
        "{began} [saw|marked] the start of {s}",
        "work on {s} [began|started] on {began}",
        "it was on {began} that {s} began",
        "the log of {s} opens on {began}",
        "after long delays {s} could begin on {began}",
        "nothing was measured in {s} before {began}",
    ],
    asks: &[
        "[when|on what day|on which date] did {s} [begin|start]",
        "what was the [first day|starting date] of {s}",
        "on which day was {s} begun",
        "from which date is the first entry of {s}",
    ],
    topic: "the [day|date] on which {s} began",
    more: "began later",
    less: "began [first|earlier]",
    event: "began",
};

const PLACE: Relation = Relation {
    slot: "place",
    kind: Kind::Named(Style::Place),
    says: &[
        "{s} was [carried out|conducted|run] in {place}",
        "{s} took place in {place}",
        "a laboratory in {place} [housed|hosted] {s}",
        "{s's} laboratory was in {place}",
        "{place} was where {s} was carried out",
        "for {s} a [cellar|barn] in {place} was rented",
        "in {place} [rooms|benches] were cleared for {s}",
        "the apparatus of {s} stood in {place}",
        "visitors to {s} had to travel to {place}",
        "{s} never left its laboratory in {place}",
    ],
    asks: &[
        "[where|in which town] was {s} [carried out|run]",
        "[where|in which town] did {s} take place",
        "which town [hosted|housed] {s}",
        "where was the laboratory of {s}",
    ],
    topic: "the town in which {s} was carried out",
    ..Relation::PLAIN
};

const SAMPLES: Relation = Relation {
    slot: "samples",
    kind: Kind::Count(11, 3600),
    says: &[
        "{s} [used|examined|tested] {samples} samples",
        "{samples} samples [went into|were used for] {s}",
        "{s's} samples numbered {samples}",
        "the number of samples in {s} was {samples}",
        "in the course of {s}, {samples} samples were [weighed|examined]",
        "for {s}, {samples} samples had been prepared",
        "the shelves of {s} held {samples} samples",
        "there were {samples} samples in {s}",
        "{s} [rests|is based] on {samples} samples",
        "a label was written for each of {s's} {samples} samples",
    ],
    asks: &[
        "how many samples did {s} [use|examine|test]",
        "how many samples were there in {s}",
        "what was the number of samples in {s}",
        "on how many samples is {s} based",
    ],
    topic: "the number of samples [used in|of] {s}",
    more: "used [more|the larger number of] samples",
    less: "used [fewer|the smaller number of] samples",
    ..Relation::PLAIN
};

const HEAT: Relation = Relation {
    slot: "heat",
    kind: Kind::Measure("°C", "degrees Celsius", 312, 9870, 1),
    says: &[
        "{s} [reached|went up to] {heat}",
        "the highest temperature of {s} was {heat}",
        "{s's} [peak|maximum] temperature came to {heat}",
        "in {s} the thermometer climbed to {heat}",
        "during {s} a temperature of {heat} was [read off|recorded]",
        "at its hottest, {s} stood at {heat}",
        "a maximum of {heat} was [noted|measured] in {s}",
        "the oven of {s} was driven to {heat}",
        "no reading of {s} was above {heat}, its maximum",
        "{heat} was the [peak|highest reading] of {s}",
    ],
    asks: &[
        "what was the highest temperature of {s}",
        "what temperature did {s} reach",
        "how hot did {s} get at its hottest",
        "what was {s's} maximum temperature",
    ],
    topic: "the highest temperature of {s}",
    more: "reached the higher temperature",
    less: "reached the lower temperature",
    ..Relation::PLAIN
};

pub const ASIDES: &[&str] = &[
    "[glass|mercury|brass] had to be [fetched|ordered] from {place}",
    "{person} wrote a [sceptical|friendly] review for a journal in {place2}",
    "a [student|porter] called {person} swept the floors until {year}",
    "the [academy|society] of {place} met on [Mondays|Fridays], {number} strong",
    "[coal|gas] was short in {place} that winter",
    "{person} [borrowed|lost] {number} thermometers from {place}",
];
