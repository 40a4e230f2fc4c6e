//! From the tree of values to the config's types.
//!
//! In place of the `config` crate's own reading, which can't tell which key is unknown, shows what it found (a
//! secret, perhaps), and makes 2 of `1.7`. A text is read as what its key wants, a number or a list, since
//! flags and the environment have nothing but texts.

use config::{Value, ValueKind};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess,
    SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::fault::Fault;
use super::{file, key};

/// A value of the type `T`, or the first thing that keeps the tree from being one.
pub(super) fn read<T: DeserializeOwned>(tree: &Value) -> Result<T, Fault> {
    T::deserialize(Node(tree)).map_err(|fault| fault.found("", tree))
}

#[derive(Clone, Copy)]
struct Node<'t>(&'t Value);

impl Node<'_> {
    fn whole(self) -> Option<i64> {
        match &self.0.kind {
            ValueKind::I64(number) => Some(*number),
            ValueKind::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// `["a", "b"]`, or `a,b`; an empty text is an empty list.
    fn list(self, text: &str) -> Result<Vec<Value>, Fault> {
        let origin = self.0.origin().map(str::to_owned);
        if text.trim_start().starts_with('[') {
            let list = file::value(text, origin.as_deref().unwrap_or_default());
            return match list.map(|list| list.kind) {
                Some(ValueKind::Array(list)) => Ok(list),
                _ => Err(Fault::custom(LIST)),
            };
        }
        let parts = text.split(',').map(str::trim);
        let parts = parts.filter(|_| !text.trim().is_empty());
        Ok(parts.map(|p| Value::new(origin.as_ref(), p)).collect())
    }
}

const LIST: &str = "a list: [\"a\", \"b\"], or a,b in a flag or the environment";

macro_rules! whole_numbers {
    ($($method:ident, $visit:ident, $type:ty, $range:literal;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let number = self.whole().and_then(|n| <$type>::try_from(n).ok());
            visitor.$visit(number.ok_or_else(|| Fault::custom(concat!("a whole number", $range)))?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Fault;

    whole_numbers! {
        deserialize_u8, visit_u8, u8, " from 0 to 255";
        deserialize_u16, visit_u16, u16, " from 0 to 65535";
        deserialize_u32, visit_u32, u32, " from 0 to 4294967295";
        deserialize_u64, visit_u64, u64, ", 0 or more";
        deserialize_i64, visit_i64, i64, "";
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let number = match &self.0.kind {
            ValueKind::Float(number) => Some(*number),
            ValueKind::I64(number) => Some(*number as f64),
            ValueKind::String(text) => text.parse().ok(),
            _ => None,
        };
        visitor.visit_f64(number.ok_or_else(|| Fault::custom("a number"))?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let truth = match &self.0.kind {
            ValueKind::Boolean(truth) => Some(*truth),
            ValueKind::String(text) => text.parse().ok(),
            _ => None,
        };
        visitor.visit_bool(truth.ok_or_else(|| Fault::custom("true or false"))?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.0.kind {
            ValueKind::String(text) => visitor.visit_str(text),
            _ => Err(Fault::custom("a text, in quotes")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_string(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.0.kind {
            ValueKind::String(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            _ => Err(Fault::unknown_variant("", variants)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.0.kind {
            ValueKind::Array(list) => visitor.visit_seq(Elements { list, next: 0 }),
            ValueKind::String(text) => {
                let list = &self.list(text)?;
                visitor.visit_seq(Elements { list, next: 0 })
            }
            _ => Err(Fault::custom(LIST)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.0.kind {
            ValueKind::Table(_) => self.deserialize_any(visitor),
            _ => Err(Fault::custom("a table")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.0.kind {
            ValueKind::Table(_) => self.deserialize_any(visitor),
            _ => Err(Fault::custom(format!(
                "a table with the keys {}",
                fields.join(", ")
            ))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.0.kind {
            ValueKind::Boolean(truth) => visitor.visit_bool(*truth),
            ValueKind::I64(number) => visitor.visit_i64(*number),
            ValueKind::Float(number) => visitor.visit_f64(*number),
            ValueKind::String(text) => visitor.visit_str(text),
            ValueKind::Array(list) => visitor.visit_seq(Elements { list, next: 0 }),
            ValueKind::Table(table) => {
                let mut entries: Vec<_> = table.iter().collect();
                // Else chance would say which of two mistakes is told.
                entries.sort_by_key(|(key, _)| *key);
                visitor.visit_map(Entries {
                    rest: entries.into_iter(),
                    value: None,
                })
            }
            // Neither TOML nor a text makes the others.
            _ => Err(Fault::custom("a TOML value")),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct Entries<'t> {
    rest: std::vec::IntoIter<(&'t String, &'t Value)>,
    value: Option<(&'t str, &'t Value)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some((key, value));
        seed.deserialize(key.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some((key, value)) = self.value.take() else {
            return Err(Fault::custom("a value with a key"));
        };
        let read = seed.deserialize(Node(value));
        read.map_err(|fault| fault.found(key, value).under(key))
    }
}

struct Elements<'t> {
    list: &'t [Value],
    next: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let place = self.next;
        let Some(value) = self.list.get(place) else {
            return Ok(None);
        };
        self.next += 1;
        let read = seed.deserialize(Node(value)).map(Some);
        read.map_err(|fault| {
            let label = &key::labels_of(self.list)[place];
            fault.found("", value).under(&format!("[{label}]"))
        })
    }
}
