//! Conditions on rows, in words.

use truth::Date;

use super::table::{Row, Table, iso};
use crate::invent::Chance;
use crate::invent::numbers::plain;

/// What a row must meet.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Place(String),
    Class(&'static str),
    /// Above, or else below.
    Measure(bool, i64),
    Other(bool, i64),
    Date(bool, Date),
}

impl Condition {
    pub fn holds(&self, row: &Row) -> bool {
        let sided =
            |above: bool, value: i64, edge: i64| if above { value > edge } else { value < edge };
        match self {
            Self::Place(place) => row.place == *place,
            Self::Class(class) => row.class == *class,
            Self::Measure(above, edge) => row.measure.is_some_and(|m| sided(*above, m, *edge)),
            Self::Other(above, edge) => sided(*above, row.other, *edge),
            Self::Date(after, edge) => {
                if *after {
                    row.date > *edge
                } else {
                    row.date < *edge
                }
            }
        }
    }

    fn phrase(&self, table: &Table, chance: &mut Chance) -> String {
        let world = table.world;
        let sided = |above: bool, chance: &mut Chance| match above {
            true => *chance.pick(&["is above", "is more than", "is over", "exceeds"]),
            false => *chance.pick(&["is below", "is less than", "is under"]),
        };
        match self {
            Self::Place(place) => format!(
                "\"{}\" {} {place}",
                world.place,
                chance.pick(&["is", "equals", "reads"])
            ),
            Self::Class(class) => format!(
                "\"{}\" {} {class}",
                world.class.0,
                chance.pick(&["is", "equals", "reads"])
            ),
            Self::Measure(above, edge) => {
                let edge = plain(*edge, world.measure.decimals);
                let unit = world.measure.unit.unwrap_or_default();
                format!(
                    "\"{}\" {} {edge} {unit}",
                    world.measure.column,
                    sided(*above, chance)
                )
            }
            Self::Other(above, edge) => {
                format!(
                    "\"{}\" {} {edge}",
                    world.other.column,
                    sided(*above, chance)
                )
            }
            Self::Date(true, edge) => {
                format!(
                    "\"{}\" is {} {}",
                    world.date,
                    chance.pick(&["after", "later than"]),
                    iso(*edge)
                )
            }
            Self::Date(false, edge) => {
                format!(
                    "\"{}\" is {} {}",
                    world.date,
                    chance.pick(&["before", "earlier than"]),
                    iso(*edge)
                )
            }
        }
    }
}

/// So many conditions on different columns, all met by one row that chance picks.
pub(super) fn draw(
    table: &Table,
    count: usize,
    dated: bool,
    chance: &mut Chance,
) -> Vec<Condition> {
    let anchor = chance.pick(&table.rows);
    let mut columns: Vec<usize> = (0..if dated { 5 } else { 4 }).collect();
    chance.shuffle(&mut columns);
    let mut conditions = Vec::new();
    for column in columns {
        if conditions.len() == count {
            break;
        }
        let row = chance.pick(&table.rows);
        conditions.push(match column {
            0 => Condition::Place(anchor.place.clone()),
            1 => Condition::Class(anchor.class),
            2 => match (anchor.measure, row.measure) {
                (Some(own), Some(edge)) if own != edge => Condition::Measure(own > edge, edge),
                _ => continue,
            },
            3 if anchor.other != row.other => Condition::Other(anchor.other > row.other, row.other),
            4 if anchor.date != row.date => Condition::Date(anchor.date > row.date, row.date),
            _ => continue,
        });
    }
    conditions
}

/// ` where "port" is Tarvik and "crew" is above 12`; nothing where there are no conditions.
pub(super) fn clause(conditions: &[Condition], table: &Table, chance: &mut Chance) -> String {
    if conditions.is_empty() {
        return String::new();
    }
    let lead = *chance.pick(&["where", "for which"]);
    let phrases: Vec<String> = conditions.iter().map(|c| c.phrase(table, chance)).collect();
    format!(" {lead} {}", phrases.join(" and "))
}
