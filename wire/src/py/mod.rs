//! Values as Python sees them. Body hashes are taken over Python's `str()` of each field, so both ends
//! need Python's idea of a value: integers of any size apart from floats, tuples apart from lists, and
//! dicts in the order they were written.

mod json;
mod text;

pub use json::JsonError;
pub(crate) use text::float_repr;

/// A value of a synapse's field.
#[derive(Clone, Debug, PartialEq)]
pub enum Py {
    /// `None`, JSON's null.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// Decimal digits, as Python prints them: it has no largest integer.
    Int(String),
    /// Printed with the fewest digits that give it back: `1.0`, `1e+16`.
    Float(f64),
    /// Printed raw at the top of a field, quoted and escaped within another value.
    Str(String),
    /// `[1, 2]`.
    List(Vec<Py>),
    /// `(1, 2)`, and `(1,)` for one item. JSON never gives one: it is what a synapse may declare.
    Tuple(Vec<Py>),
    /// `{'k': v}`, in the order in which the keys came.
    Dict(Vec<(String, Py)>),
}

impl From<&serde_json::Value> for Py {
    fn from(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Py::None,
            Value::Bool(b) => Py::Bool(*b),
            Value::Number(n) => match (n.as_i64(), n.as_u64(), n.as_f64()) {
                (Some(i), _, _) => Py::Int(i.to_string()),
                (_, Some(u), _) => Py::Int(u.to_string()),
                (_, _, f) => Py::Float(f.unwrap_or(f64::NAN)),
            },
            Value::String(s) => Py::Str(s.clone()),
            Value::Array(items) => Py::List(items.iter().map(Py::from).collect()),
            Value::Object(map) => {
                Py::Dict(map.iter().map(|(k, v)| (k.clone(), v.into())).collect())
            }
        }
    }
}
