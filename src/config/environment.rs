//! What the environment says of settings. Nobody else asks it for any, but for the name of the config file.
//!
//! `WEIGHMASTER__SECTION__KEY` sets `section.key`; `WEIGHMASTER__SUBNET__1__ROUNDS__SAMPLE` sets
//! `subnet[1].rounds.sample`, with `1_0` in place of `1.0`. Three names that other programs know stand in for keys.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

use config::{Value, ValueKind};

use super::key;
use super::layers::Setting;
use super::{BadKey, ConfigError};

const PREFIX: &str = "weighmaster__";

/// A variable that other programs know too. Empty or blank, it counts as not set.
struct StandIn {
    variable: &'static str,
    key: &'static str,
    /// Over all other layers; else only where they leave the key empty.
    wins: bool,
    /// Relative to the working folder, as for the other programs, and not to the file.
    is_path: bool,
}

const STAND_INS: [StandIn; 3] = [
    StandIn {
        variable: "DATABASE_URL",
        key: "database.url",
        wins: false,
        is_path: false,
    },
    StandIn {
        variable: "ORT_DYLIB_PATH",
        key: "models.onnxruntime",
        wins: false,
        is_path: true,
    },
    StandIn {
        variable: "RUST_LOG",
        key: "log.level",
        wins: true,
        is_path: false,
    },
];

/// The variables that mean us.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, OsString>);

impl Environment {
    /// Of this process, now.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub fn of_process() -> Self {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .collect()
    }

    /// The variables with our prefix.
    pub(super) fn settings(&self) -> Result<Vec<Setting>, ConfigError> {
        let ours = self.0.iter().filter_map(|(name, value)| {
            let key = key_of(&name.to_lowercase())?;
            Some(setting(name, &key, value))
        });
        ours.collect()
    }

    /// The variables that stand in for keys, as far as the joined layers let them.
    pub(super) fn stand_ins(&self, tree: &Value) -> Result<Vec<Setting>, ConfigError> {
        let apply = STAND_INS.iter().filter_map(|s| {
            let value = self.0.get(s.variable).filter(|v| !is_blank(v))?;
            let set = key::find(tree, s.key);
            let empty = set.is_none_or(|v| v.kind == ValueKind::String(String::new()));
            let absolute = s.is_path.then(|| std::path::absolute(value).ok()).flatten();
            let value = absolute.map_or_else(|| value.clone(), OsString::from);
            (s.wins || empty).then(|| setting(s.variable, s.key, &value))
        });
        apply.collect()
    }
}

fn is_blank(value: &OsString) -> bool {
    value.to_str().is_some_and(|text| text.trim().is_empty())
}

fn setting(name: &str, key: &str, value: &OsString) -> Result<Setting, ConfigError> {
    let text = value.to_str().ok_or_else(|| ConfigError::Bad {
        origin: name.into(),
        bad: BadKey::new(key, "(not UTF-8)", "a text in UTF-8"),
    })?;
    Ok(Setting {
        key: key.into(),
        text: text.into(),
        origin: name.into(),
    })
}

/// `weighmaster__subnet__1_0__rounds__sample` → `subnet[1.0].rounds.sample`.
fn key_of(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.strip_prefix(PREFIX)?.split("__").collect();
    Some(match parts.as_slice() {
        ["subnet", entry, rest @ ..] => {
            let entry = format!("subnet[{}]", entry.replace('_', "."));
            key::join(&entry, &rest.join("."))
        }
        parts => parts.join("."),
    })
}

impl FromIterator<(String, OsString)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, OsString)>>(variables: I) -> Self {
        let means_us = |name: &str| {
            name.to_lowercase().starts_with(PREFIX) || STAND_INS.iter().any(|s| s.variable == name)
        };
        let ours = variables.into_iter().filter(|(name, _)| means_us(name));
        Self(ours.collect())
    }
}

/// Names alone: values may be secrets.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
