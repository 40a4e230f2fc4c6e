//! Numbers with their units, as they stand in an answer.

use super::numeral::Numeral;
use super::spoken::{ordinal, part, scale, small, spoken};
use super::token::Token;
use super::unit::{Unit, unit_at};
use super::{Found, dates};

/// A number and its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quantity {
    pub value: f64,
    /// What its last written place stands for.
    pub step: f64,
    pub unit: Option<Unit>,
    /// An ordinal, a lone "one": a number only where there is no better.
    pub weak: bool,
}

/// All numbers but the parts of written dates; compound ones (5 h 30 min) as one.
pub(crate) fn quantities(tokens: &[Token]) -> Vec<Found<Quantity>> {
    let dates: Vec<_> = dates(tokens)
        .into_iter()
        .filter(|d| d.what.month.is_some())
        .collect();
    let mut dates = dates.iter().peekable();
    let mut found: Vec<Found<Quantity>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        while dates.peek().is_some_and(|d| d.end <= at) {
            dates.next();
        }
        if let Some(date) = dates.peek().filter(|d| d.start <= at) {
            at = date.end;
            continue;
        }
        let Some(next) = quantity(tokens, at) else {
            at += 1;
            continue;
        };
        at = next.end.max(at + 1);
        match found
            .last_mut()
            .and_then(|last| compound(tokens, last, &next))
        {
            Some(both) => {
                found.pop();
                found.push(both);
            }
            None => found.push(next),
        }
    }
    found
}

fn compound(
    tokens: &[Token],
    large: &Found<Quantity>,
    small: &Found<Quantity>,
) -> Option<Found<Quantity>> {
    let (a, b) = (large.what.unit?, small.what.unit?);
    let between = &tokens[large.end..small.start];
    let close = between.is_empty() || matches!(between, [t] if t.is("and") || t.is(","));
    let ratio = b.ratio(&a);
    let fits = a.dimension == b.dimension
        && ratio < 1.0
        && small.what.value * ratio < 1.0
        && small.what.value >= 0.0;
    let whole = large.what.value.fract() == 0.0 && a.dimension != "temperature";
    (close && fits && whole).then(|| Found {
        what: Quantity {
            value: large.what.value + small.what.value * ratio * large.what.value.signum(),
            step: small.what.step * ratio,
            ..large.what
        },
        start: large.start,
        end: small.end,
    })
}

fn quantity(tokens: &[Token], at: usize) -> Option<Found<Quantity>> {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let token = &tokens[at];
    let (mut n, mut end, mut weak) = if let Some(n) = token.numeral() {
        let (n, end) = fraction(tokens, at, n);
        (n, end, false)
    } else if token.is_word() {
        word(tokens, at)?
    } else {
        return None;
    };
    let money = at
        .checked_sub(1)
        .and_then(|i| unit_at(tokens, i))
        .filter(|(u, end)| *end == at && is_money(u));
    if let Some(next) = tokens.get(end).filter(|t| t.is_word()) {
        let glued = next.glued && token.numeral().is_some();
        let by = match next.text.as_str() {
            "st" | "nd" | "rd" | "th" if glued && token.numeral().is_some_and(|n| n.digits > 0) => {
                weak = true;
                Some(1.0)
            }
            "k" if glued => Some(1e3),
            "m" | "mn" if money.is_some() => Some(1e6),
            "b" if money.is_some() => Some(1e9),
            "mn" => Some(1e6),
            other => {
                scale(other).filter(|_| token.numeral().is_some() || part(text(end - 1)).is_none())
            }
        };
        if let Some(by) = by {
            (n.value, n.step, end) = (n.value * by, n.step * by, end + 1);
        }
    }
    let half = [text(end), text(end + 1), text(end + 2)];
    if let ["and", "a" | "one", last] = half
        && let Some(more) = part(last)
    {
        let by = scale(text(end + 3));
        let factor = by.unwrap_or(1.0);
        (n.value, n.step) = ((n.value + more) * factor, more * factor);
        end += 3 + usize::from(by.is_some());
    }
    let hyphen = usize::from(
        text(end) == "-" && tokens[end].glued && tokens.get(end + 1).is_some_and(Token::is_word),
    );
    let unit = unit_at(tokens, end + hyphen);
    if let Some((_, behind)) = unit {
        (end, weak) = (behind, weak && token.numeral().is_some());
    }
    let start = at - money.map_or(0, |_| 1);
    let (sign, start) = signed(tokens, start, at);
    let unit = unit.map(|(u, _)| u).or(money.map(|(u, _)| u));
    Some(Found {
        what: Quantity {
            value: n.value * sign,
            step: n.step,
            unit,
            weak,
        },
        start,
        end,
    })
}

fn is_money(unit: &Unit) -> bool {
    matches!(unit.dimension, "dollar" | "euro" | "sterling" | "yen")
}

/// The sign before a number, and where it stands.
fn signed(tokens: &[Token], start: usize, at: usize) -> (f64, usize) {
    let Some(before) = start.checked_sub(1).map(|i| &tokens[i]) else {
        return (1.0, start);
    };
    let opens = start < 2
        || !before.glued
        || matches!(
            tokens[start - 2].text.as_str(),
            "(" | "=" | ":" | "[" | "~" | "*"
        );
    let minus = match before.text.as_str() {
        "-" | "–" => opens && tokens[start].glued && tokens[at].numeral().is_some(),
        "minus" | "negative" => {
            start < 2
                || (tokens[start - 2].numeral().is_none()
                    && small(&tokens[start - 2].text).is_none())
        }
        _ => false,
    };
    if minus {
        (-1.0, start - 1)
    } else {
        (1.0, start)
    }
}

/// Fractions in digits: 3/4, 1 3/4.
fn fraction(tokens: &[Token], at: usize, n: Numeral) -> (Numeral, usize) {
    let parts = |i: usize| -> Option<f64> {
        let [a, slash, b] = tokens.get(i..i + 3)? else {
            return None;
        };
        let (a, b) = (a.numeral()?, b.numeral()?);
        let whole = a.digits > 0 && b.digits > 0 && b.value > 0.0;
        let more = tokens.get(i + 3).is_some_and(|t| t.is("/") && t.glued);
        (slash.is("/") && slash.glued && whole && !more).then(|| a.value / b.value)
    };
    let chained = at > 0 && tokens[at - 1].is("/") && tokens[at].glued;
    if let Some(value) = parts(at).filter(|_| !chained) {
        return (
            Numeral {
                value,
                step: 1e-3,
                digits: 0,
            },
            at + 3,
        );
    }
    match parts(at + 1).filter(|part| *part < 1.0 && n.digits > 0 && !tokens[at + 1].glued) {
        Some(part) => (
            Numeral {
                value: n.value + part,
                step: 1e-3,
                digits: 0,
            },
            at + 4,
        ),
        None => (n, at + 1),
    }
}

/// A number in words; whether it is one only where there is no better.
fn word(tokens: &[Token], at: usize) -> Option<(Numeral, usize, bool)> {
    let text = tokens[at].text.as_str();
    if let Some((n, end)) = spoken(tokens, at) {
        return Some((n, end, text == "one" && end == at + 1));
    }
    let value = match text {
        "none" | "nil" => 0.0,
        "once" | "single" => 1.0,
        "twice" => 2.0,
        "thrice" => 3.0,
        other => ordinal(other)?,
    };
    Some((
        Numeral {
            value,
            step: 1.0,
            digits: 0,
        },
        at + 1,
        true,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokens;

    #[test]
    fn numbers_are_found_with_their_units() {
        for (text, values) in [
            ("It is 42 km long.", &[42.0][..]),
            ("5km and 12-day", &[5.0, 12.0]),
            ("-5 °C, minus three, −7", &[-5.0, -3.0, -7.0]),
            ("3-5 or 3 - 5", &[3.0, 5.0, 3.0, 5.0]),
            ("$1.5 million, €2m, £3bn", &[1.5e6, 2e6, 3e9]),
            ("12k people", &[12_000.0]),
            ("3/4 and 1 3/4 and 2½", &[0.75, 1.75, 2.5]),
            ("five and a half hours", &[5.5]),
            ("2 h 30 min", &[2.5]),
            ("5 feet 6 inches", &[5.5]),
            ("two hours and fifteen minutes", &[2.25]),
            ("30 %, 12 percent, 5 per cent", &[30.0, 12.0, 5.0]),
            ("on 3 March 1712 there were 8", &[8.0]),
            ("2 dozen eggs", &[24.0]),
            ("3 hundred", &[300.0]),
            ("one of the 3rd", &[1.0, 3.0]),
            ("B12 and CO2", &[]),
            ("-$5", &[-5.0]),
            ("(-2.5)", &[-2.5]),
            ("0.62", &[0.62]),
        ] {
            let read: Vec<f64> = quantities(&tokens(text))
                .iter()
                .map(|q| q.what.value)
                .collect();
            let same = read.len() == values.len()
                && read
                    .iter()
                    .zip(values)
                    .all(|(a, b)| (a - b).abs() < 1e-9 * b.abs().max(1.0));
            assert!(same, "{text}: {read:?}");
        }
    }
}
