//! `[subnet.weights]`: when weights are set, and from what.

use serde::{Deserialize, Serialize};

use crate::config::Seconds;
use crate::config::rule::{Checked, rule};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeightsConfig {
    /// The plan is made this many blocks before the epoch fires (later if the rate limit says so).
    pub plan_blocks_before: u64,
    /// Miners with fewer judgements than this get no weight.
    pub min_observations: u64,
    /// A newcomer's way up: with n judgements its score counts n/(n + this) of itself. 0: in full at once.
    pub newcomer_observations: u64,
    /// `weight ∝ score^power`: 1 is proportional, more favours the best.
    pub power: f64,
    /// Our row on chain is old once it is older than this many epochs.
    pub alarm_epochs: f64,
    /// No weights from scores that have not moved for longer than this; told from half of it on.
    pub max_score_age_s: Seconds,
}

impl Default for WeightsConfig {
    fn default() -> Self {
        Self {
            plan_blocks_before: 24,
            min_observations: 1,
            newcomer_observations: 0,
            power: 2.0,
            alarm_epochs: 3.0,
            max_score_age_s: Seconds::from_millis(4 * 3_600_000),
        }
    }
}

impl WeightsConfig {
    pub(super) fn check(&self) -> Checked {
        rule(
            self.power.is_finite() && self.power > 0.0,
            "power",
            self.power,
            "a positive number",
        )?;
        rule(
            self.alarm_epochs.is_finite() && self.alarm_epochs >= 1.0,
            "alarm_epochs",
            self.alarm_epochs,
            "at least 1: a row is set once in an epoch",
        )?;
        rule(
            self.plan_blocks_before >= 16,
            "plan_blocks_before",
            self.plan_blocks_before,
            "at least 16: an era of 16 blocks must end before the epoch fires",
        )
    }
}
