//! A table, and a question about it.
//!
//! ```text
//! shape ─► Plan: kind, rows, conditions, untidiness
//! variant ─► worlds ─► table ─► filter: conditions ─► ask: question, truth, reference
//! ```

mod ask;
mod filter;
mod table;
mod worlds;
mod years;

use crate::invent::Chance;
use crate::{Difficulty, Drawn};
use ask::Kind;
use table::{Size, Slope, Table};

/// Keep apart what is drawn from the same seeds.
const SHAPE: u64 = 0xda7a_0001;
const VARIANT: u64 = 0xda7a_0002;

const OPENINGS: &[&str] = &[
    "Answer the question from the table alone.",
    "Use only the table below.",
    "Work with the table that is given; nothing else is needed.",
    "You are given a table. Answer what is asked about it.",
];

/// What all miners of a round have in common.
#[derive(Clone, Copy, Debug)]
struct Plan {
    kind: Kind,
    size: Size,
    conditions: usize,
    /// Of a mean or a change.
    decimals: u32,
    /// The largest, not the smallest.
    largest: bool,
}

impl Plan {
    fn new(difficulty: f64, chance: &mut Chance) -> Self {
        let kind = *chance.pick(Kind::ALL);
        let grown = |low: f64, high: f64| (low + (high - low) * difficulty) as i64;
        let rows = chance.within(grown(20.0, 120.0), grown(35.0, 200.0)) as usize;
        let hard = |chance: &mut Chance, from: f64| difficulty >= from && chance.percent(70);
        let conditions = 1 + usize::from(hard(chance, 0.4)) + usize::from(hard(chance, 0.8));
        let (missing, mixed) = (hard(chance, 0.55), hard(chance, 0.7));
        Self {
            kind,
            size: Size {
                rows,
                places: chance.within(3, 4 + grown(0.0, 4.0)) as usize,
                years: if kind == Kind::Trend {
                    chance.within(3, 4) as i32
                } else {
                    chance.within(2, 3) as i32
                },
                missing,
                mixed,
                idle: difficulty >= 0.25,
            },
            conditions: kind.conditions(conditions, difficulty),
            decimals: chance.within(1, 2) as u32,
            largest: chance.percent(60),
        }
    }
}

/// A question about a table.
pub(crate) fn draw(difficulty: Difficulty, shape: u64, variant: u64) -> Option<Drawn> {
    let plan = Plan::new(
        difficulty.0.clamp(0.0, 1.0),
        &mut Chance::new(SHAPE, shape, 0),
    );
    let mut chance = Chance::new(VARIANT, shape, variant);
    (0..200).find_map(|_| attempt(&plan, &mut chance))
}

/// None where this table gives no question with one clear answer.
fn attempt(plan: &Plan, chance: &mut Chance) -> Option<Drawn> {
    let slope = match plan.kind {
        Kind::Trend => *chance.pick(&[Slope::Up, Slope::Flat, Slope::Down]),
        _ => Slope::Flat,
    };
    let table = Table::draw(plan.size, slope, chance);
    // A table is dear, conditions are cheap: another table only where many conditions give nothing.
    let asked = (0..30).find_map(|_| {
        let conditions = filter::draw(&table, plan.conditions, plan.kind.dated(), chance);
        let enough = conditions.len() == plan.conditions;
        enough.then(|| ask::ask(plan, &table, &conditions, slope, chance))?
    })?;
    Some(Drawn {
        instruction: crate::answer::instruction(OPENINGS, &asked.form.form(), chance),
        material: table.print(plan.size, chance),
        question: asked.question,
        truth: asked.truth,
        reference: asked.reference,
        kind: plan.kind.name(),
    })
}
