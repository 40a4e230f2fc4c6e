//! Numbers as people write them, and back. A number is whole; its decimals say how many of its last digits stand behind the point.

use super::Chance;

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// One way to write it: digits, with or without separators, or words below a hundred.
pub fn written(value: i64, decimals: u32, chance: &mut Chance) -> String {
    match decimals {
        0 if (0..100).contains(&value) && chance.percent(40) => words(value as usize),
        0 if chance.percent(50) => grouped(value),
        _ => plain(value, decimals),
    }
}

/// Digits, and a point where there are decimals.
pub fn plain(value: i64, decimals: u32) -> String {
    let scale = 10_i64.pow(decimals);
    match decimals {
        0 => value.to_string(),
        _ => format!(
            "{}{}.{:0width$}",
            if value < 0 { "-" } else { "" },
            value.abs() / scale,
            value.abs() % scale,
            width = decimals as usize
        ),
    }
}

fn words(value: usize) -> String {
    match (value / 10, value % 10) {
        (0 | 1, _) => SMALL[value].to_string(),
        (tens, 0) => TENS[tens].to_string(),
        (tens, ones) => format!("{}-{}", TENS[tens], SMALL[ones]),
    }
}

fn grouped(value: i64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Reads what [`written`] writes of a number that isn't negative.
pub fn read(text: &str, decimals: u32) -> Option<i64> {
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == ',');
    match decimals {
        _ if text.is_empty() || text.starts_with(',') || text.ends_with(',') => None,
        0 if digits => text.replace(',', "").parse().ok(),
        0 => (0..100).find(|value| words(*value as usize).eq_ignore_ascii_case(text)),
        _ => {
            let (whole, part) = text.split_once('.')?;
            let exact = part.len() == decimals as usize
                && format!("{whole}{part}").chars().all(|c| c.is_ascii_digit());
            exact.then(|| format!("{whole}{part}").parse().ok())?
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_number_is_read_back() {
        let mut chance = Chance::new(1, 2, 3);
        for value in (0..200).chain([999, 1000, 12_345, 1_234_567]) {
            for decimals in 0..3 {
                let text = written(value, decimals, &mut chance);
                assert_eq!(read(&text, decimals), Some(value), "{text}");
            }
        }
        assert_eq!(written(1_234_567, 1, &mut chance), "123456.7");
        assert_eq!(read("12.", 1), None);
        assert_eq!(read("1 2", 0), None);
    }
}
