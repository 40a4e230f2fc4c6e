//! What keeps a tree of values from being a config, gathered on the way out of it: the key from its end to its
//! beginning, the value and its origin where they are first seen.

use std::fmt::{self, Display};

use config::{Value, ValueKind};
use serde::de::{Error, Expected, Unexpected};

use super::database::redact;
use super::{BadKey, ConfigError, key};

#[derive(Debug)]
pub(super) struct Fault {
    key: String,
    about: About,
    place: Option<Place>,
}

#[derive(Debug)]
enum About {
    Unknown {
        field: String,
        known: &'static [&'static str],
    },
    Missing(&'static str),
    /// `found` is for a value inside a table that serde has taken in whole.
    Wrong {
        found: Option<String>,
        remedy: String,
    },
}

#[derive(Debug)]
struct Place {
    value: String,
    origin: Option<String>,
}

impl Fault {
    fn new(about: About) -> Self {
        Self {
            key: String::new(),
            about,
            place: None,
        }
    }

    /// Tells the value at which it happened; the innermost stays. `name` is the value's last key.
    pub fn found(mut self, name: &str, value: &Value) -> Self {
        if self.place.is_some() {
            return self;
        }
        let place = match &self.about {
            About::Unknown { field, .. } => {
                self.key.clone_from(field);
                let unknown = match &value.kind {
                    ValueKind::Table(table) => table.get(field),
                    _ => None,
                };
                Place {
                    value: unknown.map_or_else(String::new, |v| match &v.kind {
                        // It may be a secret in the wrong place.
                        ValueKind::String(text) if text.parse::<f64>().is_err() => {
                            "(a text)".into()
                        }
                        _ => shown(field, v),
                    }),
                    origin: unknown.and_then(origin).or_else(|| origin(value)),
                }
            }
            About::Missing(field) => {
                self.key = (*field).into();
                Place {
                    value: "(not set)".into(),
                    origin: origin(value),
                }
            }
            About::Wrong { found, .. } => {
                let inside = found
                    .clone()
                    .filter(|_| matches!(value.kind, ValueKind::Table(_)));
                Place {
                    value: inside.unwrap_or_else(|| shown(name, value)),
                    origin: origin(value),
                }
            }
        };
        self.place = Some(place);
        self
    }

    /// Leads the key by what it stands under.
    pub fn under(mut self, parent: &str) -> Self {
        self.key = key::join(parent, &self.key);
        self
    }

    /// `origin` is for what has none of its own.
    pub fn into_error(self, origin: &str) -> ConfigError {
        let remedy = match self.about {
            About::Unknown { field, known } => match nearest(&field, known) {
                Some(near) => format!("there is no such key; did you mean `{near}`?"),
                None => format!("there is no such key; there are {}", known.join(", ")),
            },
            About::Missing(_) => "this key has no default: set it".into(),
            About::Wrong { remedy, .. } => remedy,
        };
        let (value, set_by) = self.place.map(|p| (p.value, p.origin)).unwrap_or_default();
        ConfigError::Bad {
            origin: set_by.unwrap_or_else(|| origin.into()),
            bad: BadKey {
                key: self.key,
                value,
                remedy,
            },
        }
    }
}

impl Error for Fault {
    fn custom<T: Display>(remedy: T) -> Self {
        Self::new(About::Wrong {
            found: None,
            remedy: remedy.to_string(),
        })
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::new(About::Wrong {
            found: Some(found.to_string()),
            remedy: format!("expected {wanted}"),
        })
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::invalid_type(found, wanted)
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::new(About::Wrong {
            found: Some(variant.into()),
            remedy: format!("one of {}", known.join(", ")),
        })
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::new(About::Unknown {
            field: field.into(),
            known,
        })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(About::Missing(field))
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.about)
    }
}

impl std::error::Error for Fault {}

/// Whether a key's value, or a text in its place, may hold a secret as a whole.
pub(super) fn is_secret(name: &str) -> bool {
    ["suri", "hotkey"].contains(&name)
}

/// A value as a message shows it. `name` is its last key.
fn shown(name: &str, value: &Value) -> String {
    match &value.kind {
        ValueKind::Table(_) => "(a table)".into(),
        // A text in place of all subnets holds their keys too.
        _ if is_secret(name) || name == "subnet" => "<redacted>".into(),
        ValueKind::Array(list) => {
            let parts: Vec<String> = list.iter().map(|v| shown(name, v)).collect();
            format!("[{}]", parts.join(", "))
        }
        kind => redact(&kind.to_string()),
    }
}

/// A joined table has no origin of its own, its values have.
fn origin(value: &Value) -> Option<String> {
    let inner = match &value.kind {
        ValueKind::Table(table) => table.values().filter_map(origin).min(),
        _ => None,
    };
    value.origin().map(str::to_owned).or(inner)
}

/// The known key that was probably meant.
fn nearest<'k>(field: &str, known: &[&'k str]) -> Option<&'k str> {
    let score = |known: &&str| strsim::jaro_winkler(field, known);
    let best = known
        .iter()
        .copied()
        .max_by(|a, b| score(a).total_cmp(&score(b)))?;
    (score(&best) > 0.8).then_some(best)
}
