//! The kinds of truth, as a task carries them.

use serde::{Deserialize, Serialize};

/// What a right answer says. Each kind is read and compared in a way of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Truth {
    /// A number, right within `tolerance` (absolute, in `unit`).
    Number {
        /// In `unit`, where there is one.
        value: f64,
        /// As it is written behind the number: `km`, `%`, `days`. Another unit of the same dimension is converted.
        #[serde(default)]
        unit: Option<String>,
        /// At least 0.
        #[serde(default)]
        tolerance: f64,
    },
    /// A day, a month of a year, or a year.
    Date {
        /// What is known of it.
        date: Date,
    },
    /// A name, or any short text with accepted forms.
    Name {
        /// Any one is right.
        forms: Vec<String>,
        /// Names that could be taken for it: an answer that settles on one of them is wrong.
        #[serde(default)]
        others: Vec<String>,
    },
    /// One of several options.
    Choice {
        /// As it stands in `options`.
        right: String,
        /// All of them, as they were offered.
        options: Vec<String>,
    },
    /// The text doesn't say, and a right answer says so.
    Absent {
        /// Values that the text holds for something else: who settles on one of them is wrong.
        #[serde(default)]
        others: Vec<String>,
    },
    /// Items in any order.
    Set {
        /// Of each its accepted forms.
        items: Vec<Vec<String>>,
    },
    /// Items, the first is the best.
    Ranking {
        /// Of each its accepted forms.
        items: Vec<Vec<String>>,
    },
    /// What must be said and what must not. See [`Facts`].
    Facts(Facts),
    /// A fact with its evidence.
    Quote {
        /// The name of the document that holds it.
        document: String,
        /// The sentence of it that proves the fact.
        evidence: String,
        /// What is asked for.
        fact: Box<Truth>,
    },
    /// A label for each item.
    Labels {
        /// What may be chosen.
        labels: Vec<String>,
        /// The right label of each item; none: not known, the miners' agreement decides.
        gold: Vec<Option<String>>,
    },
    /// Values to come. See [`Forecast`].
    Forecast(Forecast),
    /// Nothing beyond the reference text.
    Open {},
}

/// A day, a month or a year of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Date {
    /// Of the common era.
    pub year: i32,
    /// 1 to 12.
    #[serde(default)]
    pub month: Option<u8>,
    /// 1 to 31; only where the month is known.
    #[serde(default)]
    pub day: Option<u8>,
}

/// Facts of a right answer. A form is a few slots separated by blanks; a slot is alternatives separated by `|`; one that
/// ends in `*` stands for all words that begin so. It is said where all its slots stand near one another in one sentence, in
/// any order, and are not negated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Each fact as its accepted forms, any one suffices.
    #[serde(default)]
    pub must: Vec<Vec<String>>,
    /// Forms that are never right.
    #[serde(default)]
    pub never: Vec<String>,
}

/// A question about values to come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forecast {
    /// What is asked for.
    pub asks: Asks,
    /// The values seen so far, oldest first: what a baseline is drawn from.
    pub seen: Vec<f64>,
    /// What came, one per step asked for; empty while it is not known.
    #[serde(default)]
    pub came: Vec<f64>,
    /// The time (unix seconds) or place of the last value seen, where what comes after it is still to be read.
    #[serde(default)]
    pub after: Option<f64>,
}

/// The form of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case", deny_unknown_fields)]
pub enum Asks {
    /// One value per step.
    Points {
        /// How many steps.
        steps: usize,
    },
    /// Lower and upper bound of the last of the steps, which hold it with probability `level`.
    Interval {
        /// How many steps ahead.
        steps: usize,
        /// In (0, 1).
        level: f64,
    },
    /// The probability that the value after so many steps is above the last one seen.
    Rise {
        /// How many steps ahead.
        steps: usize,
    },
    /// Quantiles at 0.1, 0.2 … 0.9 of the last of the steps.
    Quantiles {
        /// How many steps ahead.
        steps: usize,
    },
}

impl Asks {
    /// How many steps ahead is asked.
    pub fn steps(self) -> usize {
        match self {
            Self::Points { steps }
            | Self::Interval { steps, .. }
            | Self::Rise { steps }
            | Self::Quantiles { steps } => steps,
        }
    }
}
