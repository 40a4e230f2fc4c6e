//! Days of the Gregorian calendar.

use truth::{Date, Truth};

use super::{Draw, Posed};
use crate::answer::Form;
use crate::invent::calendar::{day, day_number, plain, written};

const WEEKDAYS: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The day of a number that [`day_number`] gives: the month is found by walking, from the year's first day.
fn of_number(number: i64) -> Date {
    let first = |year: i32, month: u8| {
        day_number(Date {
            year,
            month: Some(month),
            day: Some(1),
        })
    };
    // A guess that is never too late, and at most a few years too early.
    let mut year = ((number - first(1, 1)) / 366) as i32 + 1;
    while first(year + 1, 1) <= number {
        year += 1;
    }
    let mut month = 1;
    while month < 12 && first(year, month + 1) <= number {
        month += 1;
    }
    Date {
        year,
        month: Some(month),
        day: Some((number - first(year, month) + 1) as u8),
    }
}

/// 1 January 2001 was a Monday.
fn weekday(number: i64) -> &'static str {
    let monday = day_number(Date {
        year: 2001,
        month: Some(1),
        day: Some(1),
    });
    WEEKDAYS[(number - monday).rem_euclid(7) as usize]
}

/// A number of days, and how it is said: `3 weeks and 4 days`.
fn span(draw: &mut Draw) -> (i64, String) {
    let (days, weeks) = match draw.steps {
        1 | 2 => (draw.chance.within(8, 60), 0),
        3 | 4 => (draw.chance.within(40, 600), 0),
        _ => (draw.chance.within(2, 900), draw.chance.within(2, 90)),
    };
    match weeks {
        0 => (days, format!("{days} days")),
        _ => (days + 7 * weeks, format!("{weeks} weeks and {days} days")),
    }
}

/// How many days from one day to another.
pub(super) fn between(draw: &mut Draw) -> Option<Posed> {
    let years = [0, 0, 1, 3, 20, 90][draw.steps.min(6) - 1];
    let from = day(1801, 2000, &mut draw.chance);
    let to = day(from.year, from.year + years, &mut draw.chance);
    let count = day_number(to) - day_number(from);
    if count < 5 {
        return None;
    }
    let chance = &mut draw.chance;
    let (first, last) = (written(from, chance), written(to, chance));
    let question = match chance.below(3) {
        0 => format!("How many days after {first} is {last}?"),
        1 => format!(
            "How many days pass from {first} to {last}, if the first day doesn't count and the last one does?"
        ),
        _ => format!("Count the days from {first} to {last}, without the first day."),
    };
    Some(Posed {
        kind: "days_between",
        material: String::new(),
        question,
        form: Form::Whole,
        truth: Truth::Number {
            value: count as f64,
            unit: Some("days".into()),
            tolerance: 0.0,
        },
        reference: format!("{} is {count} days after {}.", plain(to), plain(from)),
    })
}

/// The weekday of a day, or of one so many days later.
pub(super) fn weekday_of(draw: &mut Draw) -> Option<Posed> {
    let from = day(1801, 2060, &mut draw.chance);
    let number = day_number(from);
    let (number, what) = match draw.steps {
        1 | 2 => (number, written(from, &mut draw.chance)),
        _ => {
            let (days, span) = span(draw);
            (
                number + days,
                format!("the day {span} after {}", written(from, &mut draw.chance)),
            )
        }
    };
    let question = match draw.chance.below(2) {
        0 => format!("Which weekday was or will be {what}, by the Gregorian calendar?"),
        _ => format!("By the Gregorian calendar, on what day of the week falls {what}?"),
    };
    let right = weekday(number);
    Some(Posed {
        kind: "weekday",
        material: String::new(),
        question,
        form: Form::One("weekday"),
        truth: Truth::Choice {
            right: right.into(),
            options: WEEKDAYS.iter().map(|d| (*d).into()).collect(),
        },
        reference: format!("{} is a {right}.", plain(of_number(number))),
    })
}

/// A day so many days later, or earlier.
pub(super) fn after(draw: &mut Draw) -> Option<Posed> {
    let from = day(1801, 2060, &mut draw.chance);
    let (days, span) = span(draw);
    let back = draw.steps >= 3 && draw.shape.percent(50);
    let to = of_number(day_number(from) + if back { -days } else { days });
    let side = if back { "before" } else { "after" };
    let chance = &mut draw.chance;
    let first = written(from, chance);
    let question = match chance.below(3) {
        0 => format!("What date is {span} {side} {first}?"),
        1 => format!("Which day comes {span} {side} {first}?"),
        _ => format!("Give the date of the day {span} {side} {first}."),
    };
    Some(Posed {
        kind: "days_after",
        material: String::new(),
        question,
        form: Form::Day,
        truth: Truth::Date { date: to },
        reference: format!("{span} {side} {} is {}.", plain(from), plain(to)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_a_calendar_does() {
        let leap = |y: i32| (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        let mut number = day_number(Date {
            year: 1890,
            month: Some(1),
            day: Some(1),
        });
        // 1 January 1890 was a Wednesday.
        let mut at = 2;
        for year in 1890..=2110 {
            let february = if leap(year) { 29 } else { 28 };
            for (month, days) in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
                .iter()
                .enumerate()
            {
                for day in 1..=*days {
                    let date = Date {
                        year,
                        month: Some(month as u8 + 1),
                        day: Some(day),
                    };
                    assert_eq!((of_number(number), day_number(date)), (date, number));
                    assert_eq!(weekday(number), WEEKDAYS[at % 7]);
                    (number, at) = (number + 1, at + 1);
                }
            }
        }
    }
}
