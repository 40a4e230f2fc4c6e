//! `[subnet.challenges]`: what is asked.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Template;
use crate::config::Seconds;
use crate::config::rule::{Checked, at_least, between, rule, within};
use crate::types::Family;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChallengeConfig {
    /// Folder of passage files, relative to this config file, or `embedded`: the passages in the program.
    pub corpus: PathBuf,
    /// No miner is asked the same text twice within it.
    pub repeat_window_s: Seconds,
    /// Role → text with `{instruction}`, `{passage}` and `{question}`; sent in the order `system`, `user`, then any others by
    /// name.
    pub messages: BTreeMap<String, Template>,
    /// What is drawn from, by name.
    pub families: BTreeMap<Family, FamilyConfig>,
}

/// One family of tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FamilyConfig {
    /// How often it is drawn, beside the shares of the others. 0: never.
    pub share: f64,
    /// 0 to 1: how long documents and tables are, and how many steps an answer takes.
    pub difficulty: f64,
    /// Whether each miner gets a question of its own.
    pub variants: Variants,
    /// `forecast`: a file or URL with a series. `labelling`: a file of items. `search`: a folder of texts. Empty: generated.
    pub source: PathBuf,
    /// `forecast` of a source: how many values ahead is asked.
    pub steps: usize,
    /// `forecast` of a source: the time from one value to the next. The truth is due so many steps later.
    pub step_s: Seconds,
}

/// Who gets which question of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variants {
    /// As the family does it by itself: its own for each miner where questions are generated.
    Default,
    /// Each miner its own: same kind, same difficulty, other names and numbers.
    PerMiner,
    /// One for all.
    Shared,
}

impl Default for FamilyConfig {
    fn default() -> Self {
        Self {
            share: 0.0,
            difficulty: 0.5,
            variants: Variants::Default,
            source: PathBuf::new(),
            steps: 1,
            step_s: Seconds::from_millis(3_600_000),
        }
    }
}

impl FamilyConfig {
    /// Whether `source` is fetched from elsewhere; else it is a path.
    pub fn source_is_url(&self) -> bool {
        let text = self.source.to_str().unwrap_or_default();
        text.starts_with("http://") || text.starts_with("https://")
    }

    fn check(&self, family: Family) -> Checked {
        let has_sources = matches!(
            family,
            Family::Forecast | Family::Labelling | Family::Search
        );
        rule(
            self.source.as_os_str().is_empty() || has_sources,
            "source",
            self.source.display(),
            "only forecast, labelling and search take one; passages of your own are named in challenges.corpus",
        )?;
        rule(
            !self.source_is_url() || family == Family::Forecast,
            "source",
            self.source.display(),
            "a path: only a forecast's series may come from a URL",
        )?;
        at_least("steps", self.steps, 1)?;
        rule(
            self.step_s.0 >= Duration::from_secs(1),
            "step_s",
            self.step_s.0.as_secs_f64(),
            "a second or more",
        )?;
        rule(
            self.share.is_finite() && self.share >= 0.0,
            "share",
            self.share,
            "a finite number, 0 or more",
        )?;
        between("difficulty", self.difficulty, 0.0, 1.0)
    }
}

impl ChallengeConfig {
    /// The value of `corpus` that stands for the passages built into the program.
    pub const EMBEDDED: &str = "embedded";

    /// Whether a family is ever drawn.
    pub fn asks(&self, family: Family) -> bool {
        self.families.get(&family).is_some_and(|f| f.share > 0.0)
    }

    pub(super) fn check(&self) -> Checked {
        let roles: Vec<&str> = self.messages.keys().map(String::as_str).collect();
        rule(
            self.messages.values().any(Template::asks),
            "messages",
            format!("[{}]", roles.join(", ")),
            "no message holds {question}, so nothing would be asked: write it into one",
        )?;
        for (family, config) in &self.families {
            within(&format!("families.{family}"), config.check(*family))?;
        }
        let all: f64 = self.families.values().map(|f| f.share).sum();
        rule(
            all > 0.0,
            "families",
            format!("shares of {all} in all"),
            "no family is ever drawn: give one a share above 0",
        )
    }
}

impl Default for ChallengeConfig {
    fn default() -> Self {
        let share = |(family, share)| {
            let config = FamilyConfig {
                share,
                ..FamilyConfig::default()
            };
            (family, config)
        };
        Self {
            corpus: "corpus".into(),
            repeat_window_s: Seconds::from_millis(7 * 24 * 3600 * 1000),
            messages: BTreeMap::from([
                ("system".into(), Template::default().instruction()),
                (
                    "user".into(),
                    Template::default().passage().text("\n\n").question(),
                ),
            ]),
            // Questions that can be neither looked up nor shared.
            families: BTreeMap::from(
                [
                    (Family::Reading, 0.4),
                    (Family::Data, 0.2),
                    (Family::Reasoning, 0.2),
                    (Family::Search, 0.2),
                ]
                .map(share),
            ),
        }
    }
}
