//! The one form that a mistake in a config takes: key, value, remedy, and the layer that set the value.

use std::fmt::{self, Display};
use std::path::PathBuf;

use crate::types::{Cause, Caused};

/// A key whose value can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} = {}: {remedy}", OneLine(.key), OneLine(.value))]
pub struct BadKey {
    /// As `--set` takes it, for example `subnet[1].rounds.sample`; inside a section, relative to it.
    pub key: String,
    /// Secrets are redacted.
    pub value: String,
    /// What to write instead.
    pub remedy: String,
}

impl BadKey {
    pub(super) fn new(key: &str, value: impl Display, remedy: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.to_string(),
            remedy: remedy.into(),
        }
    }
}

/// A config that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{what} {}: {reason}. {remedy}", path.display())]
    Unreadable {
        what: &'static str,
        path: PathBuf,
        reason: String,
        remedy: &'static str,
    },
    /// The text itself is not shown: it may hold a secret.
    #[error("{place}: this is not TOML: {reason}")]
    Syntax { place: String, reason: String },
    /// `origin` is the layer: `FILE:LINE`, an environment variable, `--set KEY`, or `default`.
    #[error("{origin}: {bad}")]
    Bad { origin: String, bad: BadKey },
    #[error("the layers can't be joined: {0}")]
    Join(#[from] config::ConfigError),
}

impl Caused for ConfigError {
    fn cause(&self) -> Cause {
        Cause::Config
    }
}

/// What a section's `check` returns: the first rule that is broken.
pub(super) type Checked = Result<(), BadKey>;

/// NaN fails every comparison that it is put to, so each rule is written as what must hold.
pub(super) fn rule(holds: bool, key: &str, value: impl Display, remedy: &str) -> Checked {
    match holds {
        true => Ok(()),
        false => Err(BadKey::new(key, value, remedy)),
    }
}

pub(super) fn at_least<T: PartialOrd + Display>(key: &str, value: T, least: T) -> Checked {
    rule(value >= least, key, &value, &format!("at least {least}"))
}

pub(super) fn between(key: &str, value: f64, low: f64, high: f64) -> Checked {
    let remedy = format!("between {low} and {high}");
    rule((low..=high).contains(&value), key, value, &remedy)
}

/// The outcome of a section's check, its keys led by the section's own.
pub(super) fn within(section: &str, checked: Checked) -> Checked {
    checked.map_err(|bad| BadKey {
        key: super::key::join(section, &bad.key),
        ..bad
    })
}

/// An error is one line, also where a value has several.
struct OneLine<'t>(&'t str);

impl Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c.is_control() {
            true => write!(f, "{}", c.escape_default()),
            false => write!(f, "{c}"),
        })
    }
}
