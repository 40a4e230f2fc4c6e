//! Dates, as they stand in an answer.

use super::Found;
use super::spoken::{ordinal, spoken};
use super::token::Token;
use super::unit::unit_at;

/// What an answer says of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Written {
    pub year: Option<i32>,
    pub month: Option<u8>,
    pub day: Option<u8>,
    /// 03/04 is read both ways: here as month and day the other way round.
    pub swapped: bool,
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// All dates: days, months and years.
pub(crate) fn dates(tokens: &[Token]) -> Vec<Found<Written>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let date = digits(tokens, at)
            .or_else(|| named(tokens, at))
            .or_else(|| bare_year(tokens, at));
        match date {
            Some((what, end)) => {
                found.push(Found {
                    what,
                    start: at,
                    end,
                });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

fn number(tokens: &[Token], at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<i32> {
    let n = tokens
        .get(at)?
        .numeral()
        .filter(|n| digits.contains(&n.digits))?;
    Some(n.value as i32)
}

fn month_day(month: i32, day: i32) -> Option<(u8, u8)> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

/// 1712-03-28, 28.03.1712, 3/28/1712, 1712-03.
fn digits(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let sep = tokens
        .get(at + 1)
        .filter(|t| t.glued && matches!(t.text.as_str(), "-" | "/" | "." | "–"))?;
    let second = number(tokens, at + 2, 1..=2).filter(|_| tokens[at + 2].glued)?;
    let full = tokens
        .get(at + 3)
        .is_some_and(|t| t.glued && t.text == sep.text)
        && tokens.get(at + 4).is_some_and(|t| t.glued);
    if let Some(year) = number(tokens, at, 4..=4) {
        let month = u8::try_from(second)
            .ok()
            .filter(|m| (1..=12).contains(m) && tokens[at + 2].raw.len() == 2);
        let Some(third) = number(tokens, at + 4, 1..=2).filter(|_| full) else {
            let alone = !full && sep.is("-");
            return month.filter(|_| alone).map(|m| {
                (
                    Written {
                        year: Some(year),
                        month: Some(m),
                        ..Written::default()
                    },
                    at + 3,
                )
            });
        };
        let (month, day) = month_day(second, third)?;
        return Some((
            Written {
                year: Some(year),
                month: Some(month),
                day: Some(day),
                swapped: false,
            },
            at + 5,
        ));
    }
    let first = number(tokens, at, 1..=2)?;
    let year = number(tokens, at + 4, 4..=4).filter(|_| full)?;
    let (day_first, month_first) = (month_day(second, first), month_day(first, second));
    let swapped = sep.is("/") && day_first.is_some() && month_first.is_some();
    let (month, day) = day_first.or(month_first)?;
    Some((
        Written {
            year: Some(year),
            month: Some(month),
            day: Some(day),
            swapped,
        },
        at + 5,
    ))
}

fn month(tokens: &[Token], at: usize) -> Option<u8> {
    let token = tokens.get(at).filter(|t| t.is_word())?;
    let text = token.text.as_str();
    let place = MONTHS.iter().position(|m| {
        *m == text
            || (text.len() == 3 && m.starts_with(text))
            || (text == "sept" && *m == "september")
    })?;
    u8::try_from(place + 1).ok()
}

/// A day of a month in digits or words, and the token behind it.
fn day(tokens: &[Token], at: usize) -> Option<(u8, usize)> {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    if let Some(n) = number(tokens, at, 1..=2).filter(|n| (1..=31).contains(n)) {
        let suffix = matches!(text(at + 1), "st" | "nd" | "rd" | "th") && tokens[at + 1].glued;
        // In "3. March" the dot is part of the day.
        let end = at
            + 1
            + usize::from(
                suffix
                    || (text(at + 1) == "."
                        && tokens[at + 1].glued
                        && month(tokens, at + 2).is_some()),
            );
        return Some((u8::try_from(n).ok()?, end));
    }
    let tens = match text(at) {
        "twenty" => 20.0,
        "thirty" => 30.0,
        _ => 0.0,
    };
    let (one, end) = if tens > 0.0 {
        (at + 1 + usize::from(text(at + 1) == "-"), at)
    } else {
        (at, at)
    };
    let n = ordinal(text(one)).or(match text(one) {
        "thirteenth" => Some(13.0),
        "fourteenth" => Some(14.0),
        "fifteenth" => Some(15.0),
        "sixteenth" => Some(16.0),
        "seventeenth" => Some(17.0),
        "eighteenth" => Some(18.0),
        "nineteenth" => Some(19.0),
        "twentieth" => Some(20.0),
        "thirtieth" => Some(30.0),
        _ => None,
    })?;
    let n = tens + n;
    (n <= 31.0 && end <= one).then_some((n as u8, one + 1))
}

/// Dates with a month by its name.
fn named(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let skip = |i: usize, what: &[&str]| i + usize::from(what.contains(&text(i)));
    if let Some((d, end)) = day(tokens, at) {
        let end = skip(skip(end, &["day"]), &["of", "-", "/"]);
        let m = month(tokens, end)?;
        let (year, behind) = year_behind(tokens, end + 1);
        return Some((
            Written {
                year,
                month: Some(m),
                day: Some(d),
                swapped: false,
            },
            behind,
        ));
    }
    if let Some(m) = month(tokens, at) {
        let dot = skip(at + 1, &["."]);
        if let Some((d, end)) = day(tokens, skip(dot, &["the"])) {
            let (year, behind) = year_behind(tokens, end);
            return Some((
                Written {
                    year,
                    month: Some(m),
                    day: Some(d),
                    swapped: false,
                },
                behind,
            ));
        }
        let (year, behind) = year_behind(tokens, dot);
        // Without a year or a day "may" and "march" are words like any other.
        return year.map(|_| {
            (
                Written {
                    year,
                    month: Some(m),
                    ..Written::default()
                },
                behind,
            )
        });
    }
    let year = number(tokens, at, 4..=4)?;
    let m = month(tokens, skip(at + 1, &[","]))?;
    let behind = skip(at + 1, &[","]) + 1;
    let d = day(tokens, behind);
    let end = d.map_or(behind, |(_, end)| end);
    Some((
        Written {
            year: Some(year),
            month: Some(m),
            day: d.map(|(d, _)| d),
            swapped: false,
        },
        end,
    ))
}

/// The year behind a day or month, if there is one, and the token behind it.
fn year_behind(tokens: &[Token], at: usize) -> (Option<i32>, usize) {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let mut from = at;
    for _ in 0..3 {
        from += usize::from(matches!(
            text(from),
            "," | "of" | "in" | "the" | "year" | "-" | "/" | "."
        ));
    }
    let close = tokens
        .get(from)
        .zip(tokens.get(at))
        .is_some_and(|(a, b)| a.sentence == b.sentence);
    match number(tokens, from, 3..=4).filter(|_| close) {
        Some(year) => era(tokens, year, from + 1),
        None => match spoken(tokens, from)
            .filter(|(n, _)| close && (1000.0..=2999.0).contains(&n.value))
        {
            Some((n, end)) => (Some(n.value as i32), end),
            None => (None, at),
        },
    }
}

fn era(tokens: &[Token], year: i32, end: usize) -> (Option<i32>, usize) {
    match tokens.get(end).map_or("", |t| t.text.as_str()) {
        "bc" | "bce" => (Some(-year), end + 1),
        "ad" | "ce" => (Some(year), end + 1),
        _ => (Some(year), end),
    }
}

/// A year alone: four digits (fewer behind "year", or with an era), or words like "seventeen twelve".
fn bare_year(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let before = at.checked_sub(1).map_or("", |i| tokens[i].text.as_str());
    let (year, end) = match number(tokens, at, 1..=4) {
        Some(n) => (n, at + 1),
        None => {
            let (n, end) = spoken(tokens, at)?;
            let words = tokens[at..end].iter().filter(|t| t.is_word()).count();
            let said = (1000.0..=2999.0).contains(&n.value) && words > 1 && n.value.fract() == 0.0;
            (if said { n.value as i32 } else { return None }, end)
        }
    };
    let (dated, behind) = era(tokens, year, end);
    let told = before == "year" || before == "ad" || behind > end;
    let decade = tokens
        .get(end)
        .is_some_and(|t| t.glued && (t.is("s") || t.is("%") || t.is("th")));
    let likely = (1000..=2999).contains(&year)
        && !decade
        && !matches!(before, "$" | "€" | "£" | "-")
        && unit_at(tokens, behind).is_none();
    (told || likely).then_some((
        Written {
            year: dated,
            ..Written::default()
        },
        behind,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokens;

    #[test]
    fn dates_are_read_in_the_ways_they_are_written() {
        let full = (Some(1712), Some(3), Some(28));
        for (text, read) in [
            ("1712-03-28", full),
            ("28.03.1712", full),
            ("28/3/1712", full),
            ("3/28/1712", full),
            ("28 March 1712", full),
            ("March 28, 1712", full),
            ("on the 28th of March, 1712.", full),
            ("the 28th March 1712", full),
            ("Mar. 28 1712", full),
            ("28-Mar-1712", full),
            ("28. March 1712", full),
            ("1712 March 28", full),
            ("March 28th in the year 1712", full),
            ("the twenty-eighth of March 1712", full),
            ("March 1712", (Some(1712), Some(3), None)),
            ("March of 1712", (Some(1712), Some(3), None)),
            ("1712-03", (Some(1712), Some(3), None)),
            ("in 1712", (Some(1712), None, None)),
            ("seventeen twelve", (Some(1712), None, None)),
            ("44 BC", (Some(-44), None, None)),
            ("the year 79", (Some(79), None, None)),
            ("28 March", (None, Some(3), Some(28))),
        ] {
            let found = dates(&tokens(text));
            let got: Vec<_> = found
                .iter()
                .map(|d| (d.what.year, d.what.month, d.what.day))
                .collect();
            assert_eq!(got, [read], "{text}");
        }
        for text in [
            "42",
            "1712 km",
            "$1712",
            "it may be",
            "the 1710s",
            "1,712",
            "they march on",
            "35 March",
        ] {
            assert!(dates(&tokens(text)).is_empty(), "{text}");
        }
    }
}
