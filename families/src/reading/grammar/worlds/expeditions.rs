//! Expeditions: to which mountain, from where, begun when, with how many, over what distance.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const EXPEDITION: Thing = Thing {
    one: "expedition",
    mention: "the {n}",
    generic: "the [party|company]",
    style: Style::Expedition,
    relations: &[GOAL, LEFT, LEADER, MEMBERS, WAY],
    pairs: &[
        "{s} [set out|started] for {goal} on {left}",
        "led by {leader}, {s} [set out|started] on {left}",
        "{s}, {members} strong, was led by {leader}",
        "with {members} members, {s} [covered|marched] {way}",
        "{leader} took {s} to {goal}",
        "to reach {goal}, {s} covered {way}",
    ],
};

const GOAL: Relation = Relation {
    slot: "goal",
    kind: Kind::Link,
    says: &[
        "{s} was bound for {goal}",
        "{s} [went|travelled|made its way] to {goal}",
        "{goal} was the goal of {s}",
        "the [goal|aim] of {s} was {goal}",
        "{s's} [goal|destination] was {goal}",
        "the maps of {s} were of {goal}",
        "it was {goal} that {s} [meant to reach|had in mind]",
        "{s} had been sent to explore {goal}",
        "what drew {s} was {goal}",
        "for {s} no mountain but {goal} would do",
    ],
    asks: &[
        "[to which mountain|where] did {s} go",
        "which mountain was the goal of {s}",
        "[what|which] was the destination of {s}",
        "for which mountain was {s} bound",
    ],
    topic: "the mountain to which {s} went",
    ..Relation::PLAIN
};

const LEFT: Relation = Relation {
    slot: "left",
    kind: Kind::Day(1841, 1958),
    says: &[
        "{s} [set out|started|broke camp] on {left}",
        "on {left} {s} [set out|was on its way]",
        "{s's} [march|journey] began on {left}",
        "the diary of {s} [opens|begins] on {left}",
        "{left} was the day on which {s} set out",
        "it was {left} before {s} could start",
        "mules were loaded for {s} on {left}",
        "the [farewell|last dinner] before {s} set out was on {left}",
        "after weeks of rain {s} started on {left}",
        "the porters of {s} were paid from {left}, the day it set out",
    ],
    asks: &[
        "[when|on what day|on which date] did {s} set out",
        "what was the day of {s's} start",
        "on which day did {s} start",
        "[what|which] date saw {s} set out",
    ],
    topic: "the [day|date] on which {s} set out",
    more: "set out [later|last]",
    less: "set out [first|earlier]",
    event: "set out",
};

const LEADER: Relation = Relation {
    slot: "leader",
    kind: Kind::Named(Style::Person),
    says: &[
        "{s} was [led|commanded] by {leader}",
        "{leader} [led|commanded] {s}",
        "at the head of {s} [walked|rode] {leader}",
        "{s's} leader was {leader}",
        "the command of {s} had been given to {leader}",
        "the leader of {s} was {leader}",
        "those who joined {s} [took orders from|swore loyalty to] {leader}",
        "it was {leader} who led {s}",
        "for {s}, {leader} had [chosen the route|made all decisions] as its leader",
        "{s} [trusted|followed] {leader}, its leader",
    ],
    asks: &[
        "who [led|commanded] {s}",
        "by whom was {s} led",
        "[what was the name of|who was] the leader of {s}",
        "who was at the head of {s}",
    ],
    topic: "the leader of {s}",
    ..Relation::PLAIN
};

const MEMBERS: Relation = Relation {
    slot: "members",
    kind: Kind::Count(6, 340),
    says: &[
        "{s} [had|counted] {members} members",
        "{members} people [took part in|belonged to] {s}",
        "{s's} members numbered {members}",
        "there were {members} people in {s}",
        "{s} was {members} strong",
        "tents for {members} people were packed for {s}",
        "the roll of {s} [lists|holds] {members} names",
        "{s} [consisted of|was made up of] {members} people",
        "with {s} went {members} people in all",
        "boots were bought for {s's} {members} members",
    ],
    asks: &[
        "how many people [took part in|belonged to] {s}",
        "how many members did {s} have",
        "[how large|how strong] was {s}",
        "of how many people did {s} consist",
    ],
    topic: "the number of members of {s}",
    more: "had [more members|the greater number of members]",
    less: "had fewer members",
    ..Relation::PLAIN
};

const WAY: Relation = Relation {
    slot: "way",
    kind: Kind::Measure("km", "kilometres", 85, 2950, 0),
    says: &[
        "{s} [covered|marched|travelled] {way}",
        "{way} [lay behind|were covered by] {s} in the end",
        "{s's} route [measured|came to] {way}",
        "the route of {s} was {way} long",
        "in all, {s} [walked|rode] {way}",
        "over {way}, {s} [lost no one|kept together]",
        "the way that {s} took was {way} long",
        "surveyors with {s} counted {way}",
        "{s} had {way} to go",
        "the wheel of {s} measured {way}",
    ],
    asks: &[
        "how far did {s} travel",
        "what distance did {s} cover",
        "how long was the route of {s}",
        "over what distance did {s} march",
    ],
    topic: "the [distance covered by|length of the route of] {s}",
    more: "covered the [longer|greater] distance",
    less: "covered the shorter distance",
    ..Relation::PLAIN
};

pub const ASIDES: &[&str] = &[
    "[tea|rope|flour] could be had only in {place}",
    "a guide called {person} [knew|drew] the passes above {place}",
    "the [monks|herders] of {place} [kept|sold] {number} mules",
    "a newspaper in {place2} paid {person} for [sketches|letters]",
    "[avalanches|floods] had cut off {place} in {year}",
    "{person} [planted|found] rare [gentians|lilies] near {place}",
];
