//! What is asked of a table, and what is right.

use truth::Truth;

use super::Plan;
use super::filter::{Condition, clause};
use super::table::{Row, Slope, Table};
use crate::answer::{Form, decimal, listed, tolerance};
use crate::invent::Chance;
use crate::invent::numbers::plain;

/// The kinds of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Count,
    Sum,
    Mean,
    Extreme,
    Change,
    Distinct,
    Trend,
    TopThree,
    Conditions,
}

impl Kind {
    pub const ALL: &[Self] = &[
        Self::Count,
        Self::Sum,
        Self::Mean,
        Self::Extreme,
        Self::Change,
        Self::Distinct,
        Self::Trend,
        Self::TopThree,
        Self::Conditions,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "filtered_count",
            Self::Sum => "group_sum",
            Self::Mean => "group_mean",
            Self::Extreme => "extreme",
            Self::Change => "percent_change",
            Self::Distinct => "distinct",
            Self::Trend => "trend",
            Self::TopThree => "top_three",
            Self::Conditions => "both_conditions",
        }
    }

    /// Whether conditions may speak of dates: not where the question itself divides by them.
    pub fn dated(self) -> bool {
        !matches!(self, Self::Change | Self::Trend)
    }

    /// How many conditions of those that the difficulty would have.
    pub fn conditions(self, count: usize, difficulty: f64) -> usize {
        match self {
            Self::Conditions => count.max(2),
            Self::Trend | Self::Change => (count - 1).min(1),
            Self::Extreme | Self::TopThree | Self::Distinct if difficulty < 0.2 => 0,
            _ => count,
        }
    }
}

/// A question with its answer.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub question: String,
    pub form: Shown,
    pub truth: Truth,
    pub reference: String,
}

/// The form of the answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown {
    Whole,
    Rounded(u32, Option<&'static str>),
    Name,
    Choice,
    Three,
    All,
}

pub(super) const TRENDS: &[&str] = &["rising", "falling", "mixed"];

impl Shown {
    pub fn form(self) -> Form<'static> {
        match self {
            Self::Whole => Form::Whole,
            Self::Rounded(decimals, unit) => Form::Rounded(decimals, unit),
            Self::Name => Form::One("name"),
            Self::Choice => Form::Choice(TRENDS),
            Self::Three => Form::Ordered(3),
            Self::All => Form::Listed,
        }
    }
}

/// What a question is made of.
pub(super) struct Scene<'s> {
    pub plan: &'s Plan,
    pub table: &'s Table,
    /// The rows that meet the conditions.
    pub rows: Vec<&'s Row>,
    /// The conditions, in words.
    pub clause: String,
}

/// None where there is no one clear answer.
pub(super) fn ask(
    plan: &Plan,
    table: &Table,
    conditions: &[Condition],
    slope: Slope,
    chance: &mut Chance,
) -> Option<Asked> {
    let scene = Scene {
        plan,
        table,
        rows: table
            .rows
            .iter()
            .filter(|r| conditions.iter().all(|c| c.holds(r)))
            .collect(),
        clause: clause(conditions, table, chance),
    };
    match plan.kind {
        Kind::Count => Some(scene.count(chance)),
        Kind::Sum => scene.sum(chance),
        Kind::Mean => scene.mean(chance),
        Kind::Extreme => scene.extreme(chance),
        Kind::Change => scene.change(chance),
        Kind::Distinct => scene.distinct(chance),
        Kind::Trend => scene.trend(slope, chance),
        Kind::TopThree => scene.top_three(chance),
        Kind::Conditions => scene.all(chance),
    }
}

impl Scene<'_> {
    fn measured(&self) -> Vec<(i64, &str)> {
        self.rows
            .iter()
            .filter_map(|r| Some((r.measure?, r.name.as_str())))
            .collect()
    }

    fn count(&self, chance: &mut Chance) -> Asked {
        let (many, clause, count) = (self.table.world.many, &self.clause, self.rows.len());
        let question = match chance.below(3) {
            0 => format!("How many {many} are there{clause}?"),
            1 => format!("Count the {many}{clause}. How many are there?"),
            _ => format!("What is the number of {many}{clause}?"),
        };
        Asked {
            question,
            form: Shown::Whole,
            truth: Truth::Number {
                value: count as f64,
                unit: None,
                tolerance: 0.0,
            },
            reference: format!("There are {count} {many}{clause}."),
        }
    }

    fn sum(&self, chance: &mut Chance) -> Option<Asked> {
        let values = self.measured();
        if values.len() < 2 {
            return None;
        }
        let (many, clause, measure) = (
            self.table.world.many,
            &self.clause,
            self.table.world.measure,
        );
        let (column, decimals) = (measure.column, measure.decimals);
        let sum: i64 = values.iter().map(|(value, _)| value).sum();
        let question = match chance.below(3) {
            0 => format!("What is the total of \"{column}\" over all {many}{clause}?"),
            1 => format!("Add up \"{column}\" for the {many}{clause}. What is the sum?"),
            _ => format!("What does \"{column}\" come to in all for the {many}{clause}?"),
        };
        Some(Asked {
            question,
            form: Shown::Rounded(decimals, measure.unit),
            truth: self.number(sum, 1, decimals),
            reference: format!(
                "The total of \"{column}\" over the {} {many}{clause} is {} {}.",
                values.len(),
                plain(sum, decimals),
                measure.unit.unwrap_or_default()
            ),
        })
    }

    fn mean(&self, chance: &mut Chance) -> Option<Asked> {
        let values = self.measured();
        if values.len() < 2 {
            return None;
        }
        let (many, clause, measure) = (
            self.table.world.many,
            &self.clause,
            self.table.world.measure,
        );
        let column = measure.column;
        let decimals = measure.decimals + self.plan.decimals;
        let sum: i64 = values.iter().map(|(value, _)| value).sum();
        let below = values.len() as i64 * 10_i64.pow(measure.decimals);
        let question = match chance.below(3) {
            0 => format!("What is the mean of \"{column}\" over the {many}{clause}?"),
            1 => format!("What is the average \"{column}\" of the {many}{clause}?"),
            _ => format!("Take the {many}{clause}: what is the mean of \"{column}\"?"),
        };
        Some(Asked {
            question,
            form: Shown::Rounded(decimals, measure.unit),
            truth: self.number(sum, values.len() as i64, decimals),
            reference: format!(
                "Over the {} {many}{clause} the mean of \"{column}\" is {} {}.",
                values.len(),
                decimal(sum, below, decimals),
                measure.unit.unwrap_or_default()
            ),
        })
    }

    /// A sum of cells, divided.
    fn number(&self, sum: i64, by: i64, decimals: u32) -> Truth {
        let measure = self.table.world.measure;
        let below = by * 10_i64.pow(measure.decimals);
        let whole = decimals == 0 && by == 1;
        Truth::Number {
            value: sum as f64 / below as f64,
            unit: measure.unit.map(String::from),
            tolerance: if whole { 0.0 } else { tolerance(decimals) },
        }
    }

    /// Best first, as the plan has it.
    fn ranked(&self) -> Vec<(i64, &str)> {
        let mut values = self.measured();
        values.sort_by_key(|(value, _)| if self.plan.largest { -value } else { *value });
        values
    }

    fn side(&self) -> &'static str {
        if self.plan.largest {
            "largest"
        } else {
            "smallest"
        }
    }

    fn extreme(&self, chance: &mut Chance) -> Option<Asked> {
        let ranked = self.ranked();
        let [first, second, ..] = ranked[..] else {
            return None;
        };
        if first.0 == second.0 {
            return None;
        }
        let (world, clause, side) = (self.table.world, &self.clause, self.side());
        let (one, many, column) = (world.one, world.many, world.measure.column);
        let question = match chance.below(3) {
            0 => format!("Which {one} has the {side} \"{column}\" of all {many}{clause}?"),
            1 => format!("Among all {many}{clause}, which one has the {side} \"{column}\"?"),
            _ => format!("Name the {one} with the {side} \"{column}\" among the {many}{clause}."),
        };
        Some(Asked {
            question,
            form: Shown::Name,
            truth: Truth::Name {
                forms: vec![first.1.into()],
                others: ranked[1..]
                    .iter()
                    .take(12)
                    .map(|(_, name)| (*name).into())
                    .collect(),
            },
            reference: format!(
                "Among the {many}{clause}, {} has the {side} \"{column}\": {} {}.",
                first.1,
                plain(first.0, world.measure.decimals),
                world.measure.unit.unwrap_or_default()
            ),
        })
    }

    fn top_three(&self, chance: &mut Chance) -> Option<Asked> {
        let ranked = self.ranked();
        if ranked.len() < 4 || ranked.windows(2).take(3).any(|pair| pair[0].0 == pair[1].0) {
            return None;
        }
        let (world, clause, side) = (self.table.world, &self.clause, self.side());
        let (many, column) = (world.many, world.measure.column);
        let question = match chance.below(2) {
            0 => format!(
                "Rank the three {many} with the {side} \"{column}\", the {side} first, of all {many}{clause}."
            ),
            _ => format!(
                "Of all {many}{clause}, which three have the {side} \"{column}\"? The {side} comes first."
            ),
        };
        let names: Vec<&str> = ranked[..3].iter().map(|(_, name)| *name).collect();
        Some(Asked {
            question,
            form: Shown::Three,
            truth: Truth::Ranking {
                items: names.iter().map(|n| vec![(*n).into()]).collect(),
            },
            reference: format!(
                "The three {many}{clause} with the {side} \"{column}\" are, in this order, {}.",
                listed(&names)
            ),
        })
    }

    fn all(&self, chance: &mut Chance) -> Option<Asked> {
        if !(2..=8).contains(&self.rows.len()) {
            return None;
        }
        let (many, clause) = (self.table.world.many, &self.clause);
        let names: Vec<&str> = self.rows.iter().map(|r| r.name.as_str()).collect();
        let question = match chance.below(2) {
            0 => format!("Which {many} are there{clause}? Name them all."),
            _ => format!("List all {many}{clause}. Which are they?"),
        };
        Some(Asked {
            question,
            form: Shown::All,
            truth: Truth::Set {
                items: names.iter().map(|n| vec![(*n).into()]).collect(),
            },
            reference: format!("The {many}{clause} are {}.", listed(&names)),
        })
    }

    fn distinct(&self, chance: &mut Chance) -> Option<Asked> {
        let (world, clause) = (self.table.world, &self.clause);
        let by_place = !clause.contains(&format!("\"{}\"", world.place));
        let (column, mut values): (&str, Vec<&str>) = match by_place {
            true => (
                world.place,
                self.rows.iter().map(|r| r.place.as_str()).collect(),
            ),
            false => (world.class.0, self.rows.iter().map(|r| r.class).collect()),
        };
        values.sort_unstable();
        values.dedup();
        if self.rows.len() < 2 {
            return None;
        }
        let (many, count) = (world.many, values.len());
        let question = match chance.below(2) {
            0 => format!(
                "How many different values of \"{column}\" are there among the {many}{clause}?"
            ),
            _ => format!(
                "Among the {many}{clause}, how many distinct values does \"{column}\" take?"
            ),
        };
        Some(Asked {
            question,
            form: Shown::Whole,
            truth: Truth::Number {
                value: count as f64,
                unit: None,
                tolerance: 0.0,
            },
            reference: format!(
                "Among the {many}{clause}, \"{column}\" takes {count} different values: {}.",
                listed(&values)
            ),
        })
    }
}
