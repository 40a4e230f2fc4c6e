//! Shipyards: founded when, how many docks, run by whom.

use super::super::{Kind, Relation, Thing};
use crate::invent::names::Style;

pub const YARD: Thing = Thing {
    one: "yard",
    mention: "[the |]{n}",
    generic: "the yard",
    style: Style::Yard,
    relations: &[OPENED, BERTHS, SEAT],
    pairs: &[
        "{s} opened in {opened} with {berths} [berths|slips]",
        "opened in {opened}, {s} [lay|stood] in {seat}",
    ],
};

const OPENED: Relation = Relation {
    slot: "opened",
    kind: Kind::Year(1610, 1775),
    says: &[
        "{s} [opened|was opened|began its work] in {opened}",
        "the first [slip|berth] of {s} was [dug|finished] in {opened}",
        "{s} goes back to {opened}",
        "in {opened} {s} [took its first order|opened its gates]",
        "{s's} history [begins|starts] in {opened}",
        "since {opened} there had been work at {s}",
        "the gates of {s} [carry|bear] the year {opened}",
        "{opened} was the year in which {s} opened",
    ],
    asks: &[
        "[when|in what year|in which year] did {s} open",
        "[since when|since which year] had {s} been at work",
        "what year did {s} open",
    ],
    topic: "the year in which {s} opened",
    more: "opened [later|last]",
    less: "opened [first|earlier]",
    event: "opened",
};

const BERTHS: Relation = Relation {
    slot: "berths",
    kind: Kind::Count(2, 64),
    says: &[
        "{s} had {berths} [berths|slips]",
        "{berths} [berths|slips] [belonged to|lay in] {s}",
        "{s's} [berths|slips] numbered {berths}",
        "work at {s} went on in {berths} berths [at once|side by side]",
        "there was room for {berths} hulls at {s}",
        "{s} could [hold|take] {berths} hulls",
        "a plan of {s} shows {berths} slips",
        "{s} [ran to|grew to] {berths} berths",
    ],
    asks: &[
        "how many [berths|slips] did {s} have",
        "how many hulls could {s} take",
        "of how many berths did {s} dispose",
    ],
    topic: "the number of berths at {s}",
    more: "had [more berths|the greater number of berths]",
    less: "had fewer berths",
    ..Relation::PLAIN
};

const SEAT: Relation = Relation {
    slot: "seat",
    kind: Kind::Named(Style::Place),
    says: &[
        "{s} [lay|stood|was found] in {seat}",
        "{seat} was the town of {s}",
        "the chimneys of {s} rose over {seat}",
        "in {seat}, {s} gave work to [many|half the town]",
        "{s} had its [sheds|quay] in {seat}",
        "the people of {seat} [lived by|worked for] {s}",
        "whoever came to {seat} heard the hammers of {s}",
        "{s's} [sheds|gates] stood in {seat}",
    ],
    asks: &[
        "[in which town|where] [was|lay] {s}",
        "which town was {s} in",
        "where [did one find|would one find] {s}",
    ],
    topic: "the town of {s}",
    ..Relation::PLAIN
};
