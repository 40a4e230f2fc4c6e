//! A TOML file as a tree of values that know their line.
//!
//! The `config` crate reads TOML too, but forgets the lines.

use std::ops::Range;
use std::path::Path;

use config::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::ConfigError;

/// Reads a file. `what` and `remedy` are for the error.
pub(super) fn text(
    path: &Path,
    what: &'static str,
    remedy: &'static str,
) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|e| ConfigError::Unreadable {
        what,
        path: path.into(),
        reason: e.to_string(),
        remedy,
    })
}

/// `name` leads the values' origins: `NAME:LINE`.
pub(super) fn parse(text: &str, name: &str) -> Result<Map<String, Value>, ConfigError> {
    let place = |span: Range<usize>| format!("{name}:{}", line_of(text, span.start));
    let table = DeTable::parse(text).map_err(|e| {
        let span = e.span().unwrap_or(0..0);
        ConfigError::Syntax {
            reason: match key_at(text, span.start) {
                Some(key) => format!("{key}: {}", e.message()),
                None => e.message().into(),
            },
            place: place(span),
        }
    })?;
    table_of(table.get_ref(), &place).map_err(|(span, reason)| ConfigError::Syntax {
        place: place(span),
        reason,
    })
}

/// One TOML value, all of one origin; `None` if it is none.
pub(super) fn value(text: &str, origin: &str) -> Option<Value> {
    let parsed = DeValue::parse(text).ok()?;
    value_of(parsed.get_ref(), 0..0, &|_| origin.into()).ok()
}

type Fault = (Range<usize>, String);

fn table_of(
    table: &DeTable<'_>,
    place: &dyn Fn(Range<usize>) -> String,
) -> Result<Map<String, Value>, Fault> {
    let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
        let key: &std::borrow::Cow<'_, str> = key.get_ref();
        let value = value_of(value.get_ref(), value.span(), place)?;
        Ok((key.to_string(), value))
    };
    table.iter().map(entry).collect()
}

fn value_of(
    value: &DeValue<'_>,
    span: Range<usize>,
    place: &dyn Fn(Range<usize>) -> String,
) -> Result<Value, Fault> {
    let origin = place(span.clone());
    let origin = Some(&origin);
    Ok(match value {
        DeValue::String(text) => Value::new(origin, text.as_ref()),
        DeValue::Boolean(truth) => Value::new(origin, *truth),
        DeValue::Datetime(time) => Value::new(origin, time.to_string()),
        DeValue::Integer(digits) => {
            let number = i64::from_str_radix(digits.as_str(), digits.radix());
            Value::new(origin, number.map_err(|e| (span, e.to_string()))?)
        }
        DeValue::Float(digits) => {
            let number = digits.as_str().parse::<f64>();
            Value::new(origin, number.map_err(|e| (span, e.to_string()))?)
        }
        DeValue::Table(table) => Value::new(origin, table_of(table, place)?),
        DeValue::Array(list) => {
            let entries = list.iter().map(|v| value_of(v.get_ref(), v.span(), place));
            Value::new(origin, entries.collect::<Result<Vec<_>, _>>()?)
        }
    })
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// What stands left of the `=` in that line.
fn key_at(text: &str, at: usize) -> Option<&str> {
    let line = text.lines().nth(line_of(text, at) - 1)?;
    let (key, _) = line.split_once('=')?;
    let key = key.trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.".contains(&b);
    (!key.is_empty() && key.bytes().all(plain)).then_some(key)
}
