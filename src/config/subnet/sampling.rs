//! `[subnet.sampling]`: who counts as a miner.

use serde::{Deserialize, Serialize};

use crate::config::rule::{Checked, rule};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SamplingConfig {
    /// A neuron with a validator permit and more stake than this (TAO) is taken for a validator and not asked.
    pub validator_stake_tao: f64,
}

impl Default for SamplingConfig {
    fn default() -> Self {
        // OpenValidators' vpermit_tao_limit.
        Self {
            validator_stake_tao: 4096.0,
        }
    }
}

impl SamplingConfig {
    pub(super) fn check(&self) -> Checked {
        rule(
            self.validator_stake_tao.is_finite() && self.validator_stake_tao >= 0.0,
            "validator_stake_tao",
            self.validator_stake_tao,
            "a finite number, 0 or more",
        )
    }
}
