//! Questions about a table: the table is read as printed, and the question by its words.

use families::Family;

use super::Solved;
use super::said::{decimals, lines, off, rounded, said};

/// A table with its heads and what the note says of units.
struct Table<'t> {
    heads: Vec<&'t str>,
    rows: Vec<Vec<&'t str>>,
    /// A unit that cells may name, and how many of it make one.
    small: Option<(&'t str, f64)>,
}

/// None where there is no table, or a question of another kind.
pub fn solve(messages: &[String]) -> Option<Solved> {
    let lines = lines(messages);
    let table = Table::read(&lines)?;
    let asked = |line: &&&str| {
        !line.is_empty()
            && !line.contains("Answer:")
            && !line.starts_with("Note:")
            && !table.holds(line)
    };
    let question = lines.iter().rev().find(asked)?;
    let (conditions, columns) = read(question);
    let rows: Vec<&Vec<&str>> = table
        .rows
        .iter()
        .filter(|row| conditions.iter().all(|c| table.meets(row, c)))
        .collect();
    let scene = Scene {
        table: &table,
        rows,
        column: table
            .heads
            .iter()
            .position(|head| columns.first() == Some(head)),
        date: table
            .heads
            .iter()
            .position(|head| columns.get(1) == Some(head)),
        decimals: decimals(messages),
    };
    scene.answer(question)
}

impl<'t> Table<'t> {
    fn read(lines: &[&'t str]) -> Option<Self> {
        let cells = |line: &'t str| -> Vec<&'t str> {
            match line.strip_prefix('|') {
                Some(rest) => rest
                    .trim_end_matches('|')
                    .split('|')
                    .map(str::trim)
                    .collect(),
                None => line.split(',').map(str::trim).collect(),
            }
        };
        let wide = |line: &str| line.starts_with('|') || line.matches(',').count() >= 5;
        let start = (0..lines.len())
            .find(|at| lines[*at..].iter().take(8).filter(|l| wide(l)).count() == 8)?;
        let body = lines[start..].iter().take_while(|line| wide(line));
        let mut body = body
            .filter(|line| !line.contains("---"))
            .map(|line| cells(line));
        let heads = body.next()?;
        let note = lines.iter().find(|line| line.starts_with("Note:"));
        let small = note.and_then(|note| {
            let (_, equation) = note.split_once("= ")?;
            let (factor, unit) = equation.split_once(')')?.0.split_once(' ')?;
            Some((unit, factor.parse().ok()?))
        });
        Some(Self {
            heads,
            rows: body.collect(),
            small,
        })
    }

    fn holds(&self, line: &str) -> bool {
        line.starts_with('|')
            || line.matches(',').count() >= 5 && self.rows.iter().any(|r| line.starts_with(r[0]))
    }

    fn number(&self, cell: &str) -> Option<f64> {
        match cell.split_once(' ') {
            Some((number, unit)) => {
                let (_, factor) = self.small.filter(|(small, _)| *small == unit)?;
                Some(number.parse::<f64>().ok()? / factor)
            }
            None => cell.parse().ok(),
        }
    }

    fn meets(&self, row: &[&str], condition: &Condition) -> bool {
        let Some(at) = self.heads.iter().position(|head| *head == condition.column) else {
            return false;
        };
        let cell = row[at];
        let edge = condition
            .value
            .split(' ')
            .next()
            .and_then(|edge| edge.parse::<f64>().ok());
        match (condition.side, edge, self.number(cell)) {
            (Side::Same, ..) => cell == condition.value,
            (Side::After, ..) => cell > condition.value,
            (Side::Before, ..) => cell < condition.value,
            (Side::Above, Some(edge), Some(value)) => value > edge + 1e-9,
            (Side::Below, Some(edge), Some(value)) => value < edge - 1e-9,
            _ => false,
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Same,
    Above,
    Below,
    After,
    Before,
}

struct Condition<'q> {
    column: &'q str,
    side: Side,
    value: &'q str,
}

/// Longer ones first.
const SIDES: &[(&str, Side)] = &[
    (" is above ", Side::Above),
    (" is more than ", Side::Above),
    (" is over ", Side::Above),
    (" exceeds ", Side::Above),
    (" is below ", Side::Below),
    (" is less than ", Side::Below),
    (" is under ", Side::Below),
    (" is after ", Side::After),
    (" is later than ", Side::After),
    (" is before ", Side::Before),
    (" is earlier than ", Side::Before),
    (" is ", Side::Same),
    (" equals ", Side::Same),
    (" reads ", Side::Same),
];

/// The conditions of a question, and the other columns it names.
fn read(question: &str) -> (Vec<Condition<'_>>, Vec<&str>) {
    let parts: Vec<&str> = question.split('"').collect();
    let (mut conditions, mut columns) = (Vec::new(), Vec::new());
    for pair in parts[1..].chunks(2) {
        let [column, rest] = pair else { continue };
        let side = SIDES
            .iter()
            .find_map(|(words, side)| Some((rest.strip_prefix(words)?, *side)));
        match side {
            Some((value, side)) => conditions.push(Condition {
                column,
                side,
                value: until(value),
            }),
            None => columns.push(*column),
        }
    }
    (conditions, columns)
}

/// Up to the end of the phrase: points within numbers don't end it.
fn until(value: &str) -> &str {
    let value = value.strip_suffix(" and ").unwrap_or(value);
    let ends = |(at, c): (usize, char)| {
        let last = value[at + c.len_utf8()..]
            .chars()
            .next()
            .is_none_or(char::is_whitespace);
        (matches!(c, '?' | ':' | ',' | '.') && last).then_some(at)
    };
    &value[..value.char_indices().find_map(ends).unwrap_or(value.len())]
}

struct Scene<'s, 't> {
    table: &'s Table<'t>,
    rows: Vec<&'s Vec<&'t str>>,
    column: Option<usize>,
    date: Option<usize>,
    decimals: usize,
}

impl Scene<'_, '_> {
    fn answer(&self, question: &str) -> Option<Solved> {
        let has = |words: &[&str]| words.iter().any(|w| question.contains(w));
        if has(&["percent"]) {
            return self.change(question);
        } else if has(&["rising"]) {
            return self.trend();
        } else if has(&["different values", "distinct values"]) {
            return self.distinct();
        } else if has(&["largest", "smallest"]) {
            return self.ranked(has(&["largest"]), has(&["three"]));
        } else if has(&["Name them all", "List all"]) {
            return self.all();
        }
        let values = self.values();
        let sum: f64 = values.iter().map(|(value, _)| value).sum();
        let (value, what) = if has(&["mean of", "average"]) {
            (sum / values.len() as f64, "mean")
        } else if self.column.is_some() {
            (sum, "total")
        } else {
            (self.rows.len() as f64, "number")
        };
        Some(self.number(value, what))
    }

    fn number(&self, value: f64, what: &str) -> Solved {
        let text = rounded(value, self.decimals);
        let sentence = format!("By the table, the {what} of what is asked for is {text}.");
        said(Family::Data, text, sentence, off(value, self.decimals))
    }

    /// What is known of the asked column, with the row's name.
    fn values(&self) -> Vec<(f64, &str)> {
        let value = |row: &&&Vec<&'_ str>| self.column.and_then(|at| self.table.number(row[at]));
        self.rows
            .iter()
            .filter_map(|row| Some((value(&row)?, self.name(row))))
            .collect()
    }

    /// Names stand in the first column.
    fn name<'r>(&self, row: &'r [&str]) -> &'r str {
        row[0]
    }

    fn total(&self, year: &str) -> f64 {
        let of_year = |row: &&&Vec<&str>| self.date.is_some_and(|at| row[at].starts_with(year));
        let rows = self.rows.iter().filter(of_year);
        rows.filter_map(|row| self.column.and_then(|at| self.table.number(row[at])))
            .sum()
    }

    fn change(&self, question: &str) -> Option<Solved> {
        let parts = question.split(|c: char| !c.is_ascii_digit() && c != '-' && c != '.');
        let mut years = parts.filter(|p| p.len() == 4 && p.parse::<u16>().is_ok_and(|y| y >= 1800));
        let (from, to) = (self.total(years.next()?), self.total(years.next()?));
        Some(self.number((to - from) * 100.0 / from, "percent change"))
    }

    fn trend(&self) -> Option<Solved> {
        let at = self.date?;
        let mut years: Vec<&str> = self
            .table
            .rows
            .iter()
            .filter_map(|row| row[at].get(..4))
            .collect();
        years.sort_unstable();
        years.dedup();
        let totals: Vec<f64> = years.iter().map(|year| self.total(year)).collect();
        let all = |rises: fn(f64, f64) -> bool| totals.windows(2).all(|p| rises(p[0], p[1]));
        let (value, decoy) = match (all(|a, b| b > a), all(|a, b| b < a)) {
            (true, _) => ("rising", "falling"),
            (_, true) => ("falling", "rising"),
            _ => ("mixed", "rising"),
        };
        let sentence = format!("From year to year the totals are {value}.");
        Some(said(Family::Data, value.into(), sentence, decoy.into()))
    }

    fn distinct(&self) -> Option<Solved> {
        let at = self.column?;
        let mut values: Vec<&str> = self.rows.iter().map(|row| row[at]).collect();
        values.sort_unstable();
        values.dedup();
        Some(self.number(values.len() as f64, "number"))
    }

    fn ranked(&self, largest: bool, three: bool) -> Option<Solved> {
        let mut values = self.values();
        values.sort_by(|a, b| {
            if largest {
                b.0.total_cmp(&a.0)
            } else {
                a.0.total_cmp(&b.0)
            }
        });
        let names: Vec<&str> = values.iter().map(|(_, name)| *name).collect();
        if three {
            let [a, b, c, d, ..] = names[..] else {
                return None;
            };
            let (value, decoy) = (format!("{a}, {b}, {c}"), format!("{b}, {d}, {a}"));
            return Some(said(
                Family::Data,
                value,
                format!("In this order they are {a}, {b} and {c}."),
                decoy,
            ));
        }
        let (name, decoy) = (names.first()?, names.get(1)?);
        Some(said(
            Family::Data,
            (*name).into(),
            format!("By the table it is {name}."),
            (*decoy).into(),
        ))
    }

    fn all(&self) -> Option<Solved> {
        let names: Vec<&str> = self.rows.iter().map(|row| self.name(row)).collect();
        let (first, rest) = names.split_first()?;
        let other = self
            .table
            .rows
            .iter()
            .map(|row| row[0])
            .find(|name| !names.contains(name))?;
        let decoy = if rest.is_empty() {
            other.to_string()
        } else {
            format!("{other}, {}", rest.join(", "))
        };
        let sentence = format!(
            "These meet the conditions: {first} and {} more.",
            rest.len()
        );
        Some(said(Family::Data, names.join(", "), sentence, decoy))
    }
}
