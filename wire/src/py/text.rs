//! Python's `str()` and `repr()`.

use super::Py;
use std::fmt::{self, Display, Write};

/// `str(value)`: a string as it is, anything else by its `repr`.
impl Display for Py {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Py::Str(s) => f.write_str(s),
            other => repr(other, f),
        }
    }
}

fn repr(value: &Py, out: &mut impl Write) -> fmt::Result {
    match value {
        Py::None => out.write_str("None"),
        Py::Bool(true) => out.write_str("True"),
        Py::Bool(false) => out.write_str("False"),
        Py::Int(digits) => out.write_str(digits),
        Py::Float(x) => out.write_str(&float_repr(*x)),
        Py::Str(s) => str_repr(s, out),
        Py::List(items) => {
            out.write_char('[')?;
            joined(items, out)?;
            out.write_char(']')
        }
        Py::Tuple(items) => {
            out.write_char('(')?;
            joined(items, out)?;
            out.write_str(if items.len() == 1 { ",)" } else { ")" })
        }
        Py::Dict(entries) => {
            out.write_char('{')?;
            for (i, (key, value)) in entries.iter().enumerate() {
                out.write_str(if i == 0 { "" } else { ", " })?;
                str_repr(key, out)?;
                out.write_str(": ")?;
                repr(value, out)?;
            }
            out.write_char('}')
        }
    }
}

fn joined(items: &[Py], out: &mut impl Write) -> fmt::Result {
    for (i, item) in items.iter().enumerate() {
        out.write_str(if i == 0 { "" } else { ", " })?;
        repr(item, out)?;
    }
    Ok(())
}

/// Single quotes, unless the text has one of those and no double quote.
fn str_repr(text: &str, out: &mut impl Write) -> fmt::Result {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    out.write_char(quote)?;
    for c in text.chars() {
        match c {
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            c if c == quote => write!(out, "\\{c}")?,
            c if is_printable(c) => out.write_char(c)?,
            c => match u32::from(c) {
                code @ 0..=0xff => write!(out, "\\x{code:02x}")?,
                code @ 0x100..=0xffff => write!(out, "\\u{code:04x}")?,
                code => write!(out, "\\U{code:08x}")?,
            },
        }
    }
    out.write_char(quote)
}

/// Python's `str.isprintable`: everything but the Unicode categories C* and Z*, and the space.
///
/// The standard library escapes by the same categories when it prints strings for debugging, except that
/// a leading combining mark is escaped too: hence the `x` in front. Code points assigned after the Unicode
/// version of the *other* end's Python (14 in 3.11) are the one place where two ends can differ, between
/// two Pythons as well; nobody can settle that on the wire.
fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' '..='~');
    }
    let mut bytes = [0; 5];
    bytes[0] = b'x';
    let len = c.encode_utf8(&mut bytes[1..]).len();
    match std::str::from_utf8(&bytes[..=len]) {
        Ok(text) => text.escape_debug().nth(1) == Some(c),
        Err(_) => false,
    }
}

/// Shortest digits that give the number back, positional for exponents −4 to 15, as `repr(float)`.
pub(crate) fn float_repr(x: f64) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x.is_infinite() {
        return format!("{sign}inf");
    }
    let scientific = format!("{:e}", x.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits = mantissa.replace('.', "");
    let places = exponent.unsigned_abs() as usize;
    match exponent {
        -4..=-1 => format!("{sign}0.{}{digits}", "0".repeat(places - 1)),
        0..=15 if digits.len() <= places + 1 => {
            format!("{sign}{digits}{}.0", "0".repeat(places + 1 - digits.len()))
        }
        0..=15 => format!("{sign}{}.{}", &digits[..=places], &digits[places + 1..]),
        _ => format!(
            "{sign}{mantissa}e{}{places:02}",
            if exponent < 0 { '-' } else { '+' }
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn floats_as_python_prints_them() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e-5, "1.5e-05"),
            (0.0001, "0.0001"),
            (1795344520000.0, "1795344520000.0"),
            (-123.25, "-123.25"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(float_repr(x), text);
        }
    }

    #[test]
    fn combining_marks_are_printable_wherever_they_stand() {
        assert!(
            is_printable('\u{301}') && is_printable('é') && is_printable('😀') && is_printable(' ')
        );
        assert!(!is_printable('\u{a0}') && !is_printable('\u{200b}') && !is_printable('\u{e000}'));
    }

    /// The count of non-printable code points must be what Unicode's categories give, give or take what
    /// newer versions assign: guards the use of `escape_debug` against a change in its meaning.
    #[test]
    fn the_printable_set_has_the_size_that_unicode_says() {
        let printable = (0..=0x10ffff)
            .filter_map(char::from_u32)
            .filter(|&c| is_printable(c))
            .count();
        assert!((144_000..200_000).contains(&printable), "{printable}");
    }

    proptest! {
        #[test]
        fn a_float_reads_back_as_itself(bits: u64) {
            let x = f64::from_bits(bits);
            let back: f64 = float_repr(x).parse().unwrap_or(f64::NAN);
            prop_assert!(back == x || x.is_nan());
        }

        #[test]
        fn repr_is_quoted_and_printable(text: String) {
            let shown = Py::List(vec![Py::Str(text)]).to_string();
            prop_assert!(shown.chars().all(is_printable));
            prop_assert!(shown.starts_with("['") && shown.ends_with("']") || shown.starts_with("[\"") && shown.ends_with("\"]"));
        }
    }
}
