//! The worlds that documents are about.

mod buildings;
mod expeditions;
mod experiments;
mod festivals;
mod firms;
mod mountains;
mod people;
mod rivers;
mod ships;
mod towns;
mod yards;

use super::World;

/// All of them.
pub const WORLDS: &[World] = &[
    World {
        main: &ships::SHIP,
        other: &yards::YARD,
        asides: ships::ASIDES,
    },
    World {
        main: &firms::FIRM,
        other: &people::PERSON,
        asides: firms::ASIDES,
    },
    World {
        main: &towns::TOWN,
        other: &rivers::RIVER,
        asides: towns::ASIDES,
    },
    World {
        main: &experiments::EXPERIMENT,
        other: &people::PERSON,
        asides: experiments::ASIDES,
    },
    World {
        main: &expeditions::EXPEDITION,
        other: &mountains::MOUNTAIN,
        asides: expeditions::ASIDES,
    },
    World {
        main: &festivals::FESTIVAL,
        other: &people::PERSON,
        asides: festivals::ASIDES,
    },
    World {
        main: &buildings::BUILDING,
        other: &people::PERSON,
        asides: buildings::ASIDES,
    },
];
