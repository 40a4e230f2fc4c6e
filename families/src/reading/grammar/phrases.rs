//! Phrases that fit every kind of thing: lead-ins, joints between clauses, denials, and sentences about nothing that is asked.

use super::Relation;

/// Put before a clause. `{person}` is invented, so that no two documents share it.
pub const LEADS: &[&str] = &[
    "according to {person}, ",
    "[as|so] {person} [tells it|puts it|recalled], ",
    "if {person} [is to be believed|can be trusted], ",
    "{person} [noted|wrote|remembered|reported] that ",
    "in the [words|account|diary] of {person}, ",
    "we know from {person} that ",
    "[papers|letters] left by {person} [show|confirm] that ",
];

/// Between two clauses about the same thing; the second begins with a pronoun.
pub const SAME: &[&str] = &[", and ", "; ", "; besides, ", " – and "];

/// Between two clauses about different things.
pub const OTHER: &[&str] = &[", while ", ", whereas ", "; ", ", and ", ", but "];

/// Clauses that deny a value; `{topic}` is the relation's and holds the thing, `{v}` the value that is not it.
pub const DENIALS: &[&str] = &[
    "[older|early|careless] lists [wrongly|mistakenly] give {v} [as|for] {topic}",
    "{v}, [once printed|sometimes given] as {topic}, is [wrong|an error]",
    "contrary to [rumour|what {person} claimed], {v} was not {topic}",
    "[someone|{person}] once [took|mistook] {v} for {topic}",
    "the [claim|guess] of {person} that {topic} was {v} [has been withdrawn|proved false]",
    "{topic} was not {v}, [whatever|as] {person} [may have said|had supposed]",
    "{person} [confused|mixed up] {v} with {topic}",
    "[nobody|no one] [believes|thinks] {v} to be {topic}",
];

/// A denial of one relation.
pub fn denial(pattern: &str, relation: &Relation) -> String {
    pattern
        .replace("{topic}", relation.topic)
        .replace("{v}", &format!("{{{}}}", relation.slot))
}

/// Asides that fit every world.
pub const ASIDES: &[&str] = &[
    "the road from {place} to {place2} was [mended|widened|paved] in {year}",
    "{person} kept [bees|goats|doves|hens] [behind|above|near] {place}",
    "[rain|snow|fog|wind] kept the people of {place} [indoors|at home] [for weeks|for days]",
    "in {place} they still sing [a song|a ballad] about {person}",
    "{person} painted the [market|church|well] at {place} {number} times",
    "the [inn|mill|school] at {place} [burned down|was sold|was rebuilt] in {year}",
    "{person} and {person2} [quarrelled|corresponded|dined together] for [years|decades]",
    "a [letter|parcel|trunk] from {place} never reached {person}",
    "[few|some] in {place} remember {person} [today|now]",
    "[market day|the fair] in {place} drew {number} [carts|stalls|pedlars] from {place2}",
    "the [clock|bell] of {place} was [cast|repaired] by {person}",
    "between {place} and {place2} there [is|was] only [a ferry|a footpath|a cart track]",
    "{person} taught [drawing|Latin|arithmetic] at {place} [in those years|for a while]",
    "[bread|salt|lamp oil] was dear in {place} [that year|in {year}]",
    "the [mayor|baker|miller] of {place} was called {person}",
    "{person} [lost|won] a [bet|lawsuit] against {person2} over [a fence|a horse|a well]",
];
