//! Numbers in digits: thousands and decimals in the ways they are written in.

/// A number and how exactly it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Numeral {
    /// What it says.
    pub value: f64,
    /// What its last place stands for.
    pub step: f64,
    /// The digits of a bare whole number, none of anything else: what a year is written in.
    pub digits: usize,
}

const MOST_GROUPS: usize = 12;

/// The number that the text begins with, and its length in bytes. The text begins with a digit, or a dot before one.
pub(super) fn numeral(text: &str) -> Option<(usize, Numeral)> {
    let bytes = text.as_bytes();
    let (groups, seps) = split(bytes);
    let (len, used, decimals) = read(text, &groups, &seps)?;
    let mut whole: String = String::new();
    for (i, group) in groups[..used].iter().enumerate() {
        if decimals && i + 1 == used {
            whole.push('.');
        }
        whole.push_str(text.get(group.0..group.1)?);
    }
    let fraction = if decimals {
        groups[used - 1].1 - groups[used - 1].0
    } else {
        0
    };
    let mut value: f64 = whole.parse().ok()?;
    let mut step = 10f64.powi(-(i32::try_from(fraction).unwrap_or(300)));
    let (power, more) = exponent(text.get(len..).unwrap_or(""));
    if more > 0 {
        (value, step) = (value * 10f64.powi(power), step * 10f64.powi(power));
    }
    let digits = if used == 1 && !decimals && more == 0 {
        whole.len()
    } else {
        0
    };
    value.is_finite().then_some((
        len + more,
        Numeral {
            value,
            step,
            digits,
        },
    ))
}

/// Groups of digits (start, end) and what stands between them.
fn split(bytes: &[u8]) -> (Vec<(usize, usize)>, Vec<u8>) {
    let digits = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let (mut groups, mut seps) = (vec![(0, digits(0))], Vec::new());
    while groups.len() < MOST_GROUPS {
        let end = groups[groups.len() - 1].1;
        let Some(sep) = bytes.get(end).copied() else {
            break;
        };
        let count = if end + 1 < bytes.len() {
            digits(end + 1)
        } else {
            0
        };
        let taken = match sep {
            b',' | b'.' | b'\'' | b'_' => count > 0,
            b' ' => count == 3 && (1..=3).contains(&groups[0].1) && seps.iter().all(|s| *s == b' '),
            _ => false,
        };
        if !taken {
            break;
        }
        seps.push(sep);
        groups.push((end + 1, end + 1 + count));
    }
    (groups, seps)
}

/// How many bytes and groups make up the number, and whether the last group is its decimals.
fn read(text: &str, groups: &[(usize, usize)], seps: &[u8]) -> Option<(usize, usize, bool)> {
    if groups[0].1 == 0 {
        return (seps.first() == Some(&b'.')).then(|| (groups[1].1, 2, true));
    }
    let size = |i: usize| groups[i].1 - groups[i].0;
    let thousands = |used: usize| {
        let lead = text.as_bytes()[0] != b'0' && size(0) <= 3;
        let western = (1..used).all(|i| size(i) == 3);
        let indian = seps[0] == b',' && (1..used - 1).all(|i| size(i) == 2) && size(used - 1) == 3;
        lead && (western || indian)
    };
    for used in (2..=groups.len()).rev() {
        let same = seps[..used - 1].iter().all(|s| *s == seps[0]);
        let (first, last) = (seps[0], seps[used - 2]);
        if same {
            match (first, used) {
                (b'.', 2) if groups.len() == 2 || seps[1] != b'.' => {
                    return Some((groups[1].1, 2, true));
                }
                (b'.', 2) => {}
                _ if thousands(used) => return Some((groups[used - 1].1, used, false)),
                (b',', 2)
                    if (seps.len() == 1 || seps[1] != b',')
                        && (size(1) <= 2 || text.starts_with("0,")) =>
                {
                    return Some((groups[1].1, 2, true));
                }
                _ => {}
            }
        } else if matches!(last, b'.' | b',')
            && seps[..used - 2].iter().all(|s| *s == first)
            && first != last
            && thousands(used - 1)
        {
            return Some((groups[used - 1].1, used, true));
        }
    }
    Some((groups[0].1, 1, false))
}

/// The power of ten behind a number, and its length: `e5`, `E-3`, ` x 10^5`.
fn exponent(rest: &str) -> (i32, usize) {
    let power = |text: &str| -> Option<(i32, usize)> {
        let sign = usize::from(text.starts_with(['-', '+']));
        let count = text
            .bytes()
            .skip(sign)
            .take_while(u8::is_ascii_digit)
            .count();
        let end = sign + count;
        let more = text[end..]
            .chars()
            .next()
            .is_some_and(char::is_alphanumeric);
        let value: i32 = text[..end]
            .parse()
            .ok()
            .filter(|_| (1..=3).contains(&count) && !more)?;
        Some((value.clamp(-300, 300), end))
    };
    let none = (0, 0);
    if let Some(text) = rest.strip_prefix(['e', 'E']) {
        return power(text).map_or(none, |(p, len)| (p, len + 1));
    }
    let tail = rest.trim_start_matches(' ');
    let Some(tail) = tail.strip_prefix(['x', '×', '*', '·']) else {
        return none;
    };
    let Some(tail) = tail.trim_start_matches(' ').strip_prefix("10^") else {
        return none;
    };
    power(tail).map_or(none, |(p, len)| (p, rest.len() - tail.len() + len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_are_meant() {
        for (text, value, len) in [
            ("42", 42.0, 2),
            ("1,234.5", 1234.5, 7),
            ("1 234", 1234.0, 5),
            ("1'234.50", 1234.5, 8),
            ("1.234,5", 1234.5, 7),
            ("1.234.567", 1_234_567.0, 9),
            ("1,234,567 men", 1_234_567.0, 9),
            ("12,34,567", 1_234_567.0, 9),
            ("3,5", 3.5, 3),
            ("0,250", 0.25, 5),
            ("1.234", 1.234, 5),
            ("3.25.", 3.25, 4),
            ("42,", 42.0, 2),
            ("1,2,3", 1.0, 1),
            ("2008,2009", 2008.0, 4),
            ("03.03.1712", 3.0, 2),
            ("1 2345", 1.0, 1),
            ("1712 300", 1712.0, 4),
            ("1 234,5", 1234.5, 7),
            ("1_000", 1000.0, 5),
            (".5", 0.5, 2),
            ("1.2e3", 1200.0, 5),
            ("6.02 x 10^23 x", 6.02e23, 12),
            ("2e", 2.0, 1),
            ("5 x 3", 5.0, 1),
        ] {
            let (read, n) = numeral(text).map_or((f64::NAN, 0), |(len, n)| (n.value, len));
            assert!(
                (read - value).abs() <= 1e-9 * value.abs() && n == len,
                "{text}: {read}, {n}"
            );
        }
    }
}
