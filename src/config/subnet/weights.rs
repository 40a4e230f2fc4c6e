//! `[subnet.weights]`: when weights are set, and from what.

use serde::{Deserialize, Serialize};

use crate::config::rule::{Checked, rule};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeightsConfig {
    /// The plan is made this many blocks before the epoch fires (later if the rate limit says so).
    pub plan_blocks_before: u64,
    /// Miners with fewer judgements than this get no weight.
    pub min_observations: u64,
    /// `weight ∝ score^power`: 1 is proportional, more favours the best.
    pub power: f64,
}

impl Default for WeightsConfig {
    fn default() -> Self {
        Self {
            plan_blocks_before: 24,
            min_observations: 1,
            power: 2.0,
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
            self.plan_blocks_before >= 16,
            "plan_blocks_before",
            self.plan_blocks_before,
            "at least 16: an era of 16 blocks must end before the epoch fires",
        )
    }
}
