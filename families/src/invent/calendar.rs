//! Days as people write them, and back.

use truth::Date;

use super::Chance;

/// Their English names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day of one of these years, never after the 28th.
pub fn day(from: i32, to: i32, chance: &mut Chance) -> Date {
    Date {
        year: year(from, to, chance),
        month: Some(chance.within(1, 12) as u8),
        day: Some(chance.within(1, 28) as u8),
    }
}

/// One of these years.
pub fn year(from: i32, to: i32, chance: &mut Chance) -> i32 {
    chance.within(i64::from(from), i64::from(to)) as i32
}

/// One way to write it.
pub fn written(date: Date, chance: &mut Chance) -> String {
    let (Some(month), Some(day)) = (date.month, date.day) else {
        return date.year.to_string();
    };
    let name = MONTHS[usize::from(month - 1) % 12];
    let year = date.year;
    match chance.below(8) {
        0 => format!("{year}-{month:02}-{day:02}"),
        1 | 2 => format!("{name} {day}, {year}"),
        3 => format!("the {day}{} of {name} {year}", ordinal(day)),
        _ => plain(date),
    }
}

/// The way to write it that is always the same: 3 May 1871.
pub fn plain(date: Date) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => {
            format!(
                "{day} {} {}",
                MONTHS[usize::from(month - 1) % 12],
                date.year
            )
        }
        _ => date.year.to_string(),
    }
}

fn ordinal(day: u8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

/// Reads what [`written`] writes of a day.
pub fn read_day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let (year, month, day) = match words[..] {
        [year, month, day] if text.contains('-') => (year, month.parse().ok()?, day),
        [the, day, of, name, year] if the.eq_ignore_ascii_case("the") && of == "of" => {
            let digits = day.trim_end_matches(char::is_alphabetic);
            (year, month(name)?, digits)
        }
        [name, day, year] if text.contains(',') => (year, month(name)?, day),
        [day, name, year] if !text.contains(',') => (year, month(name)?, day),
        _ => return None,
    };
    Some(Date {
        year: read_year(year)?,
        month: Some(month),
        day: Some(day.parse().ok()?),
    })
}

/// Four digits.
pub fn read_year(text: &str) -> Option<i32> {
    (text.len() == 4).then(|| text.parse().ok())?
}

fn month(name: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|month| *month == name)?;
    u8::try_from(at + 1).ok()
}

/// Days since a fixed day, in the Gregorian calendar (Howard Hinnant's `days_from_civil`). What is not known of a date is
/// taken for its first.
pub fn day_number(date: Date) -> i64 {
    let month = i64::from(date.month.unwrap_or(1));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5
        + i64::from(date.day.unwrap_or(1))
        - 1;
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_day_is_read_back() {
        let mut chance = Chance::new(1, 2, 3);
        for _ in 0..2000 {
            let date = day(1700, 2020, &mut chance);
            assert_eq!(read_day(&written(date, &mut chance)), Some(date));
        }
        assert_eq!(read_day("the 3rd of Maybe 1871"), None);
        assert_eq!(read_day("3 May 18"), None);
    }

    #[test]
    fn days_are_counted() {
        let of = |text| read_day(text).map(day_number).unwrap_or_default();
        assert_eq!(of("1 March 1900") - of("28 February 1900"), 1);
        assert_eq!(of("1 March 2000") - of("28 February 2000"), 2);
        assert_eq!(of("1 January 1871") - of("1 January 1870"), 365);
    }
}
