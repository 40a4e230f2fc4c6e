//! The one field of a response that is read. Nothing else of it is trusted, kept, or even built in memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::types::{Completion, Reason};

/// Where the answer lies: the keys that lead to it from the outermost object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerPath(Vec<String>);

impl AnswerPath {
    /// Keys with dots between them.
    pub fn new(text: &str) -> Self {
        Self(text.split('.').map(str::to_owned).collect())
    }

    /// The text at the path. Values off the path are skipped without recursion, however deep they nest.
    pub fn read(&self, body: &[u8]) -> Result<Completion, Reason> {
        if body.trim_ascii_start().first() != Some(&b'{') {
            return Err(Reason::MalformedNotJson);
        }
        let mut json = serde_json::Deserializer::from_slice(body);
        let found = Field(&self.0).deserialize(&mut json);
        let text = found.and_then(|text| json.end().map(|()| text));
        match text {
            // Postgres, where answers are kept, takes no NUL in a text.
            Ok(_) if !surrogates_pair(body) => Err(Reason::MalformedNotJson),
            Ok(Some(text)) => Ok(Completion(text.replace('\0', "\u{fffd}"))),
            Ok(None) => Err(Reason::MalformedMissingField),
            Err(_) => Err(Reason::MalformedNotJson),
        }
    }
}

/// Whether each escaped surrogate of a JSON text has its other half. The parser asks that only of what it builds.
fn surrogates_pair(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let escape = &rest[at..];
        let length = match unit(escape) {
            Some(0xd800..=0xdbff) => match escape.get(6..).and_then(unit) {
                Some(0xdc00..=0xdfff) => 12,
                _ => return false,
            },
            Some(0xdc00..=0xdfff) => return false,
            Some(_) => 6,
            None => 2,
        };
        rest = escape.get(length..).unwrap_or_default();
    }
    true
}

/// What `\uXXXX` stands for.
fn unit(escape: &[u8]) -> Option<u16> {
    let digits = escape.strip_prefix(b"\\u")?.get(..4)?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// A value from which the rest of the path leads on. No keys left: the value itself is meant.
struct Field<'a>(&'a [String]);

impl<'de> DeserializeSeed<'de> for Field<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Option<String>, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Field<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<String>, E> {
        Ok(self.0.is_empty().then(|| text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<String>, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            match self.0.split_first() {
                // Of a repeated key the last counts, as in Python.
                Some((wanted, rest)) if *wanted == key => {
                    found = map.next_value_seed(Field(rest))?
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<String>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }
}

#[cfg(test)]
#[path = "tests/answer.rs"]
mod tests;
