//! What is measured of how an answer is made. The same rule may be a judge of style or a mask.

use serde::{Deserialize, Serialize};

use crate::config::rule::{Checked, at_least, between, rule};

/// How much of an answer is taken from what was to be read, and how much of that it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtractionRule {
    /// Answers of fewer words lose nothing: a short exact answer is a quotation by its nature.
    #[serde(default = "short")]
    pub short: usize,
    /// Up to this share of runs of three words from the material nothing is lost.
    #[serde(default = "free")]
    pub free: f64,
    /// What an answer of nothing but the material's words keeps, in [0, 1].
    #[serde(default = "lazy")]
    pub lazy: f64,
    /// From this share of the material on, more is lost.
    #[serde(default = "part")]
    pub part: f64,
    /// With this share of it, all is lost.
    #[serde(default = "most")]
    pub most: f64,
}

fn short() -> usize {
    10
}

fn free() -> f64 {
    0.6
}

fn lazy() -> f64 {
    0.6
}

fn part() -> f64 {
    0.3
}

fn most() -> f64 {
    0.65
}

impl ExtractionRule {
    pub(super) fn check(&self) -> Checked {
        at_least("short", self.short, 0)?;
        between("free", self.free, 0.0, 0.99)?;
        between("lazy", self.lazy, 0.0, 1.0)?;
        between("part", self.part, 0.0, 1.0)?;
        rule(
            self.part < self.most && self.most <= 1.0,
            "most",
            self.most,
            &format!("above part = {} and at most 1", self.part),
        )
    }
}

/// How long an answer is, against the reference answer or, where there is none, what is expected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LengthRule {
    /// Words of a good answer where no reference says it, and the least that a reference counts for.
    #[serde(default = "expected")]
    pub expected: usize,
    /// So many times as long nothing is lost.
    #[serde(default = "fair")]
    pub fair: f64,
    /// So many times as long everything is.
    #[serde(default = "far")]
    pub far: f64,
}

fn expected() -> usize {
    25
}

fn fair() -> f64 {
    2.0
}

fn far() -> f64 {
    8.0
}

impl LengthRule {
    pub(super) fn check(&self) -> Checked {
        at_least("expected", self.expected, 1)?;
        between("fair", self.fair, 1.0, 1e6)?;
        rule(
            self.far > self.fair && self.far <= 1e6,
            "far",
            self.far,
            &format!("above fair = {} and at most 1000000", self.fair),
        )
    }
}
