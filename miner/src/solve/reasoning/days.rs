//! Days: counted one by one, as on a calendar on the wall.

use families::invent::calendar::MONTHS;

use super::Found;

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

type Day = (i64, i64, i64);

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn next((year, month, day): Day) -> Day {
    if day < length(year, month) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

fn last((year, month, day): Day) -> Day {
    if day > 1 {
        (year, month, day - 1)
    } else if month > 1 {
        (year, month - 1, length(year, month - 1))
    } else {
        (year - 1, 12, 31)
    }
}

fn moved(mut day: Day, by: i64) -> Day {
    for _ in 0..by.abs() {
        day = if by > 0 { next(day) } else { last(day) };
    }
    day
}

fn count(from: Day, to: Day) -> i64 {
    let (mut day, mut days) = (from, 0);
    while day < to {
        (day, days) = (next(day), days + 1);
    }
    days
}

/// The dates of a text, in all ways that they are written.
fn dates(words: &[&str]) -> Vec<Day> {
    let month = |word: &str| {
        MONTHS
            .iter()
            .position(|name| *name == word)
            .map(|at| at as i64 + 1)
    };
    let number = |word: &str| {
        word.trim_end_matches(|c: char| c.is_alphabetic())
            .parse::<i64>()
            .ok()
    };
    let read = |at: usize| -> Option<Day> {
        let word = |by: usize| words.get(at + by).copied().unwrap_or("");
        if let [year, month, day] = word(0).split('-').collect::<Vec<_>>()[..] {
            return Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?));
        }
        if let Some(month) = month(word(0)) {
            let behind = number(word(1)).filter(|day| *day <= 31);
            return behind.and_then(|day| Some((number(word(2))?, month, day)));
        }
        let day = number(word(0)).filter(|day| *day <= 31)?;
        match word(1) {
            "of" => Some((number(word(3))?, month(word(2))?, day)),
            name => Some((number(word(2))?, month(name)?, day)),
        }
    };
    (0..words.len()).filter_map(read).collect()
}

fn iso((year, month, day): Day) -> String {
    format!("{year}-{month:02}-{day:02}")
}

pub fn solve(question: &str) -> Option<Found> {
    let words: Vec<&str> = question
        .split([' ', ',', '?', '.'])
        .filter(|w| !w.is_empty())
        .collect();
    let before = |unit: &str| {
        let at = words
            .windows(2)
            .position(|pair| pair[1] == unit && pair[0].parse::<i64>().is_ok())?;
        words[at].parse::<i64>().ok()
    };
    let span = before("days").unwrap_or(0) + 7 * before("weeks").unwrap_or(0);
    match dates(&words)[..] {
        [a, b] if question.contains("days") => {
            let days = count(a.min(b), a.max(b));
            Some(Found::Number(days as f64))
        }
        [day] if question.contains("Gregorian") => {
            let day = moved(day, span);
            // 1 January 1800 was a Wednesday.
            let at = (2 + count((1800, 1, 1), day)) as usize;
            Some(Found::Word(
                WEEKDAYS[at % 7].into(),
                WEEKDAYS[(at + 1) % 7].into(),
            ))
        }
        [day] if span > 0 => {
            let by = if words.contains(&"before") {
                -span
            } else {
                span
            };
            Some(Found::Word(iso(moved(day, by)), iso(moved(day, by + 1))))
        }
        _ => None,
    }
}
