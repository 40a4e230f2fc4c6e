//! JSON as Python's `json.loads` reads it, as far as hashing needs: integers of any size, order kept.

use super::Py;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// Nesting beyond this is refused: a synapse's fields are flat, and recursion must end.
const MAX_DEPTH: usize = 32;

/// Why bytes could not be read as a field's value.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// serde's word on where it stops being JSON.
    #[error("not JSON: {0}")]
    Syntax(#[from] serde_json::Error),
    /// A synapse's fields are flat; recursion must end.
    #[error("JSON nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
}

impl Py {
    /// Reads JSON text. A repeated key keeps its last value at its first place, as in Python.
    pub fn from_json(text: &str) -> Result<Py, JsonError> {
        read(serde_json::from_str(text)?, 0)
    }
}

fn read(raw: &RawValue, depth: usize) -> Result<Py, JsonError> {
    if depth > MAX_DEPTH {
        return Err(JsonError::TooDeep);
    }
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'n') => Py::None,
        Some(b't') => Py::Bool(true),
        Some(b'f') => Py::Bool(false),
        Some(b'"') => Py::Str(serde_json::from_str(text)?),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            Py::List(
                items
                    .into_iter()
                    .map(|item| read(item, depth + 1))
                    .collect::<Result<_, _>>()?,
            )
        }
        Some(b'{') => {
            let mut places: HashMap<String, usize> = HashMap::new();
            let mut entries: Vec<(String, Py)> = Vec::new();
            for (key, value) in serde_json::from_str::<Entries>(text)?.0 {
                let value = read(value, depth + 1)?;
                match places.get(&key).and_then(|&place| entries.get_mut(place)) {
                    Some(entry) => entry.1 = value,
                    None => {
                        places.insert(key.clone(), entries.len());
                        entries.push((key, value));
                    }
                }
            }
            Py::Dict(entries)
        }
        _ if text.contains(['.', 'e', 'E']) => Py::Float(text.parse().unwrap_or(f64::NAN)),
        _ if text == "-0" => Py::Int("0".into()),
        _ => Py::Int(text.into()),
    })
}

/// An object's entries in the order they were written.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> serde::Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
