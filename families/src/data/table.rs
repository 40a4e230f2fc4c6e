//! A table: drawn from a world, and printed.

use truth::Date;

use super::worlds::{Measure, WORLDS, World};
use crate::invent::names::{Namer, Style};
use crate::invent::numbers::plain;
use crate::invent::{Chance, calendar};

/// How large and how untidy a table is: decided by the shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub rows: usize,
    pub places: usize,
    pub years: i32,
    pub missing: bool,
    pub mixed: bool,
    /// Columns that nothing asks about.
    pub idle: bool,
}

/// One line. Numbers in units of their last decimal.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub name: String,
    pub place: String,
    pub class: &'static str,
    /// None: the cell doesn't say.
    pub measure: Option<i64>,
    pub other: i64,
    pub date: Date,
    idle: i64,
    mark: String,
}

/// The lines, and what the columns are.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub world: &'static World,
    pub first_year: i32,
    pub rows: Vec<Row>,
}

/// Whether numbers grow from year to year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slope {
    Up,
    Flat,
    Down,
}

impl Table {
    pub fn draw(size: Size, slope: Slope, chance: &mut Chance) -> Self {
        let world = chance.pick(WORLDS);
        let first_year = calendar::year(1820, 2010, chance);
        let mut namer = Namer::new(chance);
        let places: Vec<String> = (0..size.places)
            .map(|_| namer.name(Style::Place, chance))
            .collect();
        let row = |_| {
            let date = calendar::day(first_year, first_year + size.years - 1, chance);
            let name = namer.name(world.style, chance);
            let number = number(
                world.measure,
                slope,
                i64::from(date.year - first_year),
                chance,
            );
            Row {
                name,
                place: chance.pick(&places).clone(),
                class: world.class.1[chance.below(world.class.1.len())],
                measure: (!(size.missing && chance.percent(9))).then_some(number),
                other: chance.within(world.other.range.0, world.other.range.1),
                date,
                idle: chance.within(world.idle.range.0, world.idle.range.1),
                mark: format!(
                    "{}{}",
                    chance.pick(&["K", "R", "T"]),
                    chance.within(100, 999)
                ),
            }
        };
        let rows = (0..size.rows).map(row).collect();
        Self {
            world,
            first_year,
            rows,
        }
    }

    /// As a person reads it, with a note on its columns.
    pub fn print(&self, size: Size, chance: &mut Chance) -> String {
        let absent = *chance.pick(&["n/a", "?", "-"]);
        let (small, factor) = self.world.measure.small.unwrap_or(("", 1));
        let mut cells: Vec<Vec<String>> = vec![self.heads(size)];
        for row in &self.rows {
            let measure = match row.measure {
                None => absent.to_string(),
                Some(value) if size.mixed && chance.percent(20) => {
                    let scale = 10_i64.pow(self.world.measure.decimals);
                    format!("{} {small}", value * (factor / scale))
                }
                Some(value) => plain(value, self.world.measure.decimals),
            };
            cells.push(row.cells(measure, size));
        }
        let mut order: Vec<usize> = (0..cells[0].len()).collect();
        chance.shuffle(&mut order[1..]);
        let rows = cells
            .iter()
            .map(|row| order.iter().map(|at| row[*at].as_str()).collect());
        let rows: Vec<Vec<&str>> = rows.collect();
        let text = if chance.percent(50) {
            csv(&rows)
        } else {
            markdown(&rows)
        };
        format!("{text}\n\n{}", self.note(size, absent, chance))
    }

    fn heads(&self, size: Size) -> Vec<String> {
        let world = self.world;
        let mut heads = vec![
            world.one,
            world.place,
            world.class.0,
            world.measure.column,
            world.other.column,
            world.date,
        ];
        if size.idle {
            heads.extend([world.idle.column, "mark"]);
        }
        heads.into_iter().map(String::from).collect()
    }

    fn note(&self, size: Size, absent: &str, chance: &mut Chance) -> String {
        let Measure {
            column,
            unit,
            small,
            ..
        } = self.world.measure;
        let unit = unit.unwrap_or_default();
        let mut note = match chance.below(2) {
            0 => format!("Note: \"{column}\" is in {unit}"),
            _ => format!("Note: the numbers of \"{column}\" stand for {unit}"),
        };
        if let Some((small, factor)) = small.filter(|_| size.mixed) {
            note.push_str(&format!(
                ", except where the cell itself says {small} (1 {unit} = {factor} {small})"
            ));
        }
        note.push('.');
        if size.missing {
            note.push_str(&format!(
                " A cell that reads {absent} is unknown: leave such a row out wherever \"{column}\" matters."
            ));
        }
        note
    }
}

impl Row {
    fn cells(&self, measure: String, size: Size) -> Vec<String> {
        let mut cells = vec![
            self.name.clone(),
            self.place.clone(),
            self.class.to_string(),
            measure,
            self.other.to_string(),
            iso(self.date),
        ];
        if size.idle {
            cells.extend([self.idle.to_string(), self.mark.clone()]);
        }
        cells
    }
}

fn number(measure: Measure, slope: Slope, year: i64, chance: &mut Chance) -> i64 {
    let (low, high) = measure.range;
    let value = chance.within(low, high);
    match slope {
        Slope::Flat => value,
        Slope::Up => value * (2 + 3 * year) / 12 + low,
        Slope::Down => value * (14 - 3 * year).max(1) / 12 + low,
    }
}

pub(super) fn iso(date: Date) -> String {
    let (month, day) = (date.month.unwrap_or(1), date.day.unwrap_or(1));
    format!("{}-{month:02}-{day:02}", date.year)
}

fn csv(rows: &[Vec<&str>]) -> String {
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    lines.join("\n")
}

fn markdown(rows: &[Vec<&str>]) -> String {
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| format!("| {} |", row.join(" | ")))
        .collect();
    lines.insert(1, format!("|{}", " --- |".repeat(rows[0].len())));
    lines.join("\n")
}
