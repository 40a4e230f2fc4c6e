//! What tables are about.

use crate::invent::names::Style;

/// A column of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub column: &'static str,
    /// None: a count.
    pub unit: Option<&'static str>,
    /// In units of the last decimal.
    pub range: (i64, i64),
    pub decimals: u32,
    /// A smaller unit, and how many of it make one.
    pub small: Option<(&'static str, i64)>,
}

/// A kind of table.
#[derive(Clone, Copy, Debug)]
pub(super) struct World {
    /// What a row is: `ship`, `ships`. The first is also the column of names.
    pub one: &'static str,
    pub many: &'static str,
    pub style: Style,
    /// The column of places.
    pub place: &'static str,
    pub class: (&'static str, &'static [&'static str]),
    /// The column that is asked about.
    pub measure: Measure,
    /// One that conditions may use.
    pub other: Measure,
    /// One that nothing asks about.
    pub idle: Measure,
    pub date: &'static str,
}

const fn count(column: &'static str, low: i64, high: i64) -> Measure {
    Measure {
        column,
        unit: None,
        range: (low, high),
        decimals: 0,
        small: None,
    }
}

const fn measure(
    column: &'static str,
    unit: &'static str,
    range: (i64, i64),
    decimals: u32,
    small: (&'static str, i64),
) -> Measure {
    Measure {
        column,
        unit: Some(unit),
        range,
        decimals,
        small: Some(small),
    }
}

#[rustfmt::skip]
pub(super) const WORLDS: &[World] = &[
    World {
        one: "ship", many: "ships", style: Style::Ship, place: "port",
        class: ("cargo", &["timber", "salt", "wool", "copper", "grain", "glass"]),
        measure: measure("load", "t", (205, 9_880), 1, ("kg", 1000)),
        other: count("crew", 8, 60), idle: count("age", 1, 40), date: "sailed",
    },
    World {
        one: "firm", many: "firms", style: Style::Firm, place: "town",
        class: ("trade", &["paper", "glass", "bread", "tools", "cloth", "clocks"]),
        measure: measure("coal", "t", (205, 19_880), 2, ("kg", 1000)),
        other: count("workers", 3, 240), idle: count("machines", 1, 75), date: "audited",
    },
    World {
        one: "runner", many: "runners", style: Style::Person, place: "club",
        class: ("course", &["hill", "track", "forest", "shore", "road"]),
        measure: measure("distance", "km", (215, 4_200), 2, ("m", 1000)),
        other: count("start number", 1, 900), idle: count("training days", 20, 300), date: "race day",
    },
    World {
        one: "farm", many: "farms", style: Style::Place, place: "valley",
        class: ("crop", &["barley", "flax", "beans", "hops", "rye", "clover"]),
        measure: measure("harvest", "kg", (150, 8_900), 0, ("g", 1000)),
        other: count("fields", 2, 45), idle: count("goats", 0, 90), date: "weighed",
    },
    World {
        one: "spring", many: "springs", style: Style::River, place: "district",
        class: ("rock", &["chalk", "granite", "slate", "sandstone", "basalt"]),
        measure: measure("flow", "l", (105, 9_950), 1, ("ml", 1000)),
        other: count("depth in steps", 5, 140), idle: count("visitors", 0, 800), date: "measured",
    },
    World {
        one: "trial", many: "trials", style: Style::Experiment, place: "laboratory",
        class: ("method", &["heat", "pressure", "light", "vibration", "cold"]),
        measure: measure("length", "m", (120, 9_900), 2, ("cm", 100)),
        other: count("samples", 4, 160), idle: count("page", 1, 400), date: "ended",
    },
];
