//! Questions that compare years.

use truth::Truth;

use super::ask::{Asked, Scene, Shown, TRENDS};
use super::table::Slope;
use crate::answer::{decimal, listed, tolerance};
use crate::invent::Chance;
use crate::invent::numbers::plain;

impl Scene<'_> {
    /// Of each year, oldest first.
    fn totals(&self) -> Vec<i64> {
        (self.table.first_year..self.table.first_year + self.plan.size.years)
            .map(|year| {
                let of_year = self.rows.iter().filter(|r| r.date.year == year);
                of_year.filter_map(|r| r.measure).sum()
            })
            .collect()
    }

    pub fn change(&self, chance: &mut Chance) -> Option<Asked> {
        let totals = self.totals();
        let (from, to) = (totals[0], totals[1]);
        if from == 0 || to == 0 {
            return None;
        }
        let (world, clause, decimals) = (self.table.world, &self.clause, self.plan.decimals);
        let (many, column, date) = (world.many, world.measure.column, world.date);
        let (first, second) = (self.table.first_year, self.table.first_year + 1);
        let question = match chance.below(2) {
            0 => format!(
                "By how many percent did the total of \"{column}\" change from {first} to {second} (years by \"{date}\"), over all {many}{clause}? A fall is negative."
            ),
            _ => format!(
                "Take all {many}{clause}. What is the percent change in the total of \"{column}\" between {first} and {second}, by the year of \"{date}\"? Give a fall as a negative number."
            ),
        };
        Some(Asked {
            question,
            form: Shown::Rounded(decimals, Some("%")),
            truth: Truth::Number {
                value: (to - from) as f64 * 100.0 / from as f64,
                unit: Some("%".into()),
                tolerance: tolerance(decimals),
            },
            reference: format!(
                "From {first} to {second} the total of \"{column}\" over all {many}{clause} went from {} to {}, a change of {} %.",
                plain(from, world.measure.decimals),
                plain(to, world.measure.decimals),
                decimal((to - from) * 100, from, decimals)
            ),
        })
    }

    pub fn trend(&self, slope: Slope, chance: &mut Chance) -> Option<Asked> {
        let totals = self.totals();
        let all =
            |rises: fn(i64, i64) -> bool| totals.windows(2).all(|pair| rises(pair[0], pair[1]));
        let (right, meant) = match (all(|a, b| b > a), all(|a, b| b < a)) {
            (true, _) => ("rising", Slope::Up),
            (_, true) => ("falling", Slope::Down),
            _ => ("mixed", Slope::Flat),
        };
        if meant != slope || totals.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
        let (world, clause) = (self.table.world, &self.clause);
        let (many, column, date) = (world.many, world.measure.column, world.date);
        let last = self.table.first_year + self.plan.size.years - 1;
        let years = format!("{} to {last}", self.table.first_year);
        let question = match chance.below(2) {
            0 => format!(
                "Take the yearly totals of \"{column}\" from {years} (years by \"{date}\") over all {many}{clause}. Do they rise every year (rising), fall every year (falling), or neither (mixed)?"
            ),
            _ => format!(
                "Over all {many}{clause}: is the total of \"{column}\" per year of \"{date}\", {years}, rising every year, falling every year, or mixed?"
            ),
        };
        let of_years: Vec<String> = totals
            .iter()
            .map(|t| plain(*t, world.measure.decimals))
            .collect();
        Some(Asked {
            question,
            form: Shown::Choice,
            truth: Truth::Choice {
                right: right.into(),
                options: TRENDS.iter().map(|t| (*t).into()).collect(),
            },
            reference: format!(
                "The yearly totals of \"{column}\" are {}: {right}.",
                listed(&of_years)
            ),
        })
    }
}
