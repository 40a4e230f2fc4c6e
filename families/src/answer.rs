//! How an answer is to be given, in words that vary.

use crate::invent::Chance;

/// The form of an answer's value.
#[derive(Clone, Debug)]
pub(crate) enum Form<'a> {
    Whole,
    /// So many decimals, and the unit.
    Rounded(u32, Option<&'a str>),
    /// One of its kind: `name`, `weekday`.
    One(&'a str),
    Choice(&'a [&'a str]),
    /// So many names, in order.
    Ordered(usize),
    Listed,
    Day,
    Printed,
    /// So many numbers, in order.
    Numbers(usize),
}

const LINES: &[&str] = &[
    "End with a line `Answer: <value>`.",
    "Finish with a line of its own that reads `Answer: <value>`.",
    "The last line of your reply must be `Answer: <value>`.",
    "Explain briefly if you like; close with one line `Answer: <value>`.",
];

/// What to work from, how to end, and what the value looks like.
pub(crate) fn instruction(openings: &[&str], form: &Form, chance: &mut Chance) -> String {
    let opening = chance.pick(openings);
    let line = chance.pick(LINES);
    format!("{opening} {line} {}", value(form, chance))
}

fn value(form: &Form, chance: &mut Chance) -> String {
    match form {
        Form::Whole => "The value is a whole number.".into(),
        Form::Rounded(decimals, unit) => rounded(*decimals, *unit, chance),
        Form::One(what) => format!("The value is one {what}."),
        Form::Choice(options) => format!("The value is one of: {}.", options.join(", ")),
        Form::Ordered(count) => {
            format!("The value is the {count} names in order, separated by commas.")
        }
        Form::Listed => "The value is all the names, separated by commas, in any order.".into(),
        Form::Day => "The value is a date, written as year-month-day.".into(),
        Form::Printed => "The value is exactly what is printed.".into(),
        Form::Numbers(count) => {
            format!("The value is {count} numbers in order, separated by commas.")
        }
    }
}

fn rounded(decimals: u32, unit: Option<&str>, chance: &mut Chance) -> String {
    let plural = if decimals == 1 { "" } else { "s" };
    let mut text = match decimals {
        0 => "The value is rounded to a whole number".to_string(),
        _ if chance.percent(50) => format!("Round the value to {decimals} decimal{plural}"),
        _ => format!("Give the value with {decimals} decimal{plural}"),
    };
    if let Some(unit) = unit {
        text.push_str(&format!(", in {unit}"));
    }
    text.push('.');
    text
}

/// Half a unit of the last decimal, and what floating point loses.
pub(crate) fn tolerance(decimals: u32) -> f64 {
    let unit = (0..decimals).fold(1.0, |unit, _| unit / 10.0);
    0.5 * unit + 1e-9
}

/// An exact fraction with so many decimals, halves away from zero: the same text on every machine.
pub(crate) fn decimal(above: i64, below: i64, decimals: u32) -> String {
    let scale = (0..decimals).fold(1_i128, |scale, _| scale * 10);
    let (above, below) = (i128::from(above) * scale, i128::from(below));
    let (above, below) = if below < 0 {
        (-above, -below)
    } else {
        (above, below)
    };
    let half = (2 * above.abs() + below) / (2 * below);
    let sign = if above < 0 && half != 0 { "-" } else { "" };
    match decimals {
        0 => format!("{sign}{half}"),
        _ => format!(
            "{sign}{}.{:0width$}",
            half / scale,
            half % scale,
            width = decimals as usize
        ),
    }
}

/// `a, b and c`
pub(crate) fn listed<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_rounded_as_people_do() {
        for (above, below, decimals, text) in [
            (1, 3, 2, "0.33"),
            (2, 3, 2, "0.67"),
            (-1, 2, 0, "-1"),
            (-1, 1000, 1, "0.0"),
            (5, -4, 1, "-1.3"),
            (10_000, 1, 0, "10000"),
        ] {
            assert_eq!(decimal(above, below, decimals), text);
        }
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(listed(&["a"]), "a");
    }
}
