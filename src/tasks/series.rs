//! A series of numbers that grows: read from a file or behind a URL, asked about, and read again when the truth is due.

use families::invent::calendar::day_number;
use truth::{Asks, Date, Forecast, Truth};

use super::sheet::Drawn;

/// Values beyond this are not shown to a miner.
const SHOWN: usize = 200;
/// With fewer there is nothing to draw a baseline from.
const LEAST: usize = 10;

/// The values of a source, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    points: Vec<Point>,
}

/// One value, and what tells it apart from later ones: its time (unix seconds), or its place where the source has no times.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    at: f64,
    value: f64,
}

impl Series {
    /// CSV (`time,value`, any header, or values alone) or JSON (an array of numbers, of `[time, value]`, or of objects with a
    /// time and a value). Times are unix seconds or milliseconds, or days: `2026-11-27`, also with a time behind it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rows = match text.trim_start().starts_with(['[', '{']) {
            true => json::rows(text)?,
            false => csv::rows(text)?,
        };
        let timed = rows.iter().filter(|(at, _)| at.is_some()).count();
        if timed != 0 && timed != rows.len() {
            return Err(format!("{timed} of {} values have a time", rows.len()));
        }
        let points = rows.into_iter().enumerate();
        let points = points.map(|(place, (at, value))| Point {
            at: at.unwrap_or(place as f64),
            value,
        });
        let mut points: Vec<Point> = points.collect();
        points.sort_by(|a, b| a.at.total_cmp(&b.at));
        match points.len() {
            n if n < LEAST => Err(format!("{n} values, needed are {LEAST} or more")),
            _ => Ok(Self { points }),
        }
    }

    /// Asks for what comes after the last value.
    pub fn ask(&self, name: &str, asks: Asks) -> Drawn {
        let shown = &self.points[self.points.len().saturating_sub(SHOWN)..];
        let lines: Vec<String> = shown.iter().map(|p| p.value.to_string()).collect();
        let (question, instruction) = words(asks);
        Drawn {
            instruction,
            material: format!("Values so far, oldest first:\n{}", lines.join("\n")),
            question,
            source: name.to_owned(),
            reference: None,
            truth: Truth::Forecast(Forecast {
                asks,
                seen: shown.iter().map(|p| p.value).collect(),
                came: Vec::new(),
                after: shown.last().map(|p| p.at),
            }),
        }
    }

    /// The values that came after `at`, once there are so many of them.
    pub fn after(&self, at: f64, steps: usize) -> Option<Vec<f64>> {
        let later = self.points.iter().filter(|p| p.at > at);
        let later: Vec<f64> = later.map(|p| p.value).take(steps).collect();
        (later.len() == steps).then_some(later)
    }
}

/// Question and instruction.
fn words(asks: Asks) -> (String, String) {
    let (question, form) = match asks {
        Asks::Points { steps } => (
            format!("What are the next {steps} values?"),
            "`Answer: ` and the values, separated by commas".into(),
        ),
        Asks::Interval { steps, level } => (
            format!("Between which bounds will the value {steps} steps ahead lie?"),
            format!(
                "`Answer: [low, high]`, so that it holds the value with a probability of {:.0} %",
                100.0 * level
            ),
        ),
        Asks::Rise { steps } => (
            format!("Will the value {steps} steps ahead be above the last one?"),
            "`Answer: ` and the probability that it is, from 0 to 1".into(),
        ),
        Asks::Quantiles { steps } => (
            format!("How is the value {steps} steps ahead distributed?"),
            "`Answer: ` and its quantiles at 0.1, 0.2 to 0.9, nine numbers separated by commas"
                .into(),
        ),
    };
    (
        question,
        format!("Study the series. End with a line {form}."),
    )
}

mod json {
    //! Rows out of JSON.

    use serde_json::Value;

    pub fn rows(text: &str) -> Result<Vec<(Option<f64>, f64)>, String> {
        let all: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let list = match &all {
            Value::Array(list) => Some(list),
            // The usual wrappings: {"data": […]}, {"prices": […]}.
            Value::Object(fields) => fields.values().find_map(Value::as_array),
            _ => None,
        };
        let list = list.ok_or("no array of values")?;
        let row = |(number, item): (usize, &Value)| {
            row(item).ok_or_else(|| format!("entry {number}: no value: {}", short(item)))
        };
        list.iter().enumerate().map(row).collect()
    }

    fn row(item: &Value) -> Option<(Option<f64>, f64)> {
        match item {
            Value::Array(pair) => match pair.as_slice() {
                [value] => Some((None, number(value)?)),
                [time, .., value] => Some((Some(time_of(time)?), number(value)?)),
                [] => None,
            },
            Value::Object(fields) => {
                let get = |names: &[&str]| names.iter().find_map(|n| fields.get(*n));
                let value = get(&["value", "close", "price", "v"])?;
                let time = get(&["time", "timestamp", "date", "t"]);
                Some((time.and_then(time_of), number(value)?))
            }
            value => Some((None, number(value)?)),
        }
    }

    fn number(value: &Value) -> Option<f64> {
        let number = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
        number.is_finite().then_some(number)
    }

    fn time_of(value: &Value) -> Option<f64> {
        match value {
            Value::String(text) => super::time(text),
            number => super::time(&number.to_string()),
        }
    }

    fn short(value: &Value) -> String {
        value.to_string().chars().take(40).collect()
    }
}

mod csv {
    //! Rows out of lines with commas, semicolons or tabs.

    pub fn rows(text: &str) -> Result<Vec<(Option<f64>, f64)>, String> {
        let lines = text.lines().map(str::trim).enumerate();
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let mut rows = Vec::new();
        for (number, line) in lines {
            let cells: Vec<&str> = line.split([',', ';', '\t']).map(str::trim).collect();
            match row(&cells) {
                Some(row) => rows.push(row),
                // A header.
                None if rows.is_empty() => {}
                None => return Err(format!("line {}: no value: {line:.40}", number + 1)),
            }
        }
        Ok(rows)
    }

    fn row(cells: &[&str]) -> Option<(Option<f64>, f64)> {
        let number = |cell: &str| cell.parse::<f64>().ok().filter(|n| n.is_finite());
        match cells {
            [value] => Some((None, number(value)?)),
            [time, .., value] => Some((Some(super::time(time)?), number(value)?)),
            [] => None,
        }
    }
}

/// Unix seconds of a time as it is written.
fn time(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse::<f64>() {
        // Beyond the year 5000 in seconds: milliseconds.
        return Some(if number > 1e11 {
            number / 1000.0
        } else {
            number
        })
        .filter(|t| t.is_finite());
    }
    let (day, rest) = text.split_at_checked(10)?;
    let mut parts = day.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let (month, day): (u8, u8) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let clock = rest.trim_start_matches(['T', ' ']).trim_end_matches('Z');
    let mut seconds = 0.0;
    for (part, unit) in clock
        .split(':')
        .filter(|p| !p.is_empty())
        .zip([3600.0, 60.0, 1.0])
    {
        seconds += part.parse::<f64>().ok()? * unit;
    }
    ((1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| days(year, month, day) as f64 * 86_400.0 + seconds)
}

/// Days since 1970-01-01.
fn days(year: i32, month: u8, day: u8) -> i64 {
    let date = |year, month, day| Date {
        year,
        month: Some(month),
        day: Some(day),
    };
    day_number(date(year, month, day)) - day_number(date(1970, 1, 1))
}

#[cfg(test)]
#[path = "tests/series.rs"]
mod tests;
