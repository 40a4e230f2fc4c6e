//! Why a world can't be played.

use crate::node::StartError;

/// All of these are mistakes in the world file: exit status 65.
#[derive(Debug, thiserror::Error)]
pub enum UpError {
    /// The file isn't TOML; what the parser says, with line and column.
    #[error("the world can't be read: {0}")]
    Syntax(String),
    /// A key is unknown or missing, or its value is of another type.
    #[error("{place}: {problem}")]
    Shape {
        /// The entry, as `subnet 1, miner "good"`.
        place: String,
        /// What is wrong with it, in a user's words.
        problem: String,
    },
    /// A value is of the right type and still can't be played.
    #[error("{place}: {key} = {value}: {remedy}")]
    Value {
        /// The entry, as `subnet 1, miner "good"`.
        place: String,
        /// The key within the entry.
        key: &'static str,
        /// As given.
        value: String,
        /// What to give in its place.
        remedy: String,
    },
    /// No subnet has a validator or a miner to play.
    #[error(
        "the world has no [[subnet.validator]] and no [[subnet.miner]]: add some, or run it with `localnet node`"
    )]
    NobodyPlays,
    /// The plain world beneath it can't be started.
    #[error(transparent)]
    World(#[from] StartError),
}

impl UpError {
    /// What TOML's deserialiser says, on one line, with the entry that it means.
    pub(super) fn shape(place: &str, error: &toml::de::Error) -> Self {
        let text = error.to_string();
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        Self::Shape {
            place: place.to_owned(),
            problem: plain(lines.join(" ")),
        }
    }
}

/// Types as a user knows them.
fn plain(problem: String) -> String {
    let words = [
        ("expected u8", "expected a whole number from 0 to 255"),
        ("expected u16", "expected a whole number from 0 to 65535"),
        ("expected u32", "expected a whole number from 0"),
        ("expected u64", "expected a whole number from 0"),
        ("expected f64", "expected a number"),
        ("expected a sequence", "expected a list, as [[…]] makes one"),
    ];
    words
        .iter()
        .fold(problem, |text, (rust, plain)| text.replace(rust, plain))
}
