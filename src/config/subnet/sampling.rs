//! `[subnet.sampling]`: who counts as a miner, and how often one is asked.

use serde::{Deserialize, Serialize};

use crate::config::rule::{Checked, at_least, rule};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SamplingConfig {
    /// A neuron with a validator permit and more stake than this (TAO) is taken for a validator and not asked.
    pub validator_stake_tao: f64,
    /// Everyone is asked at least so many times in an epoch.
    pub min_per_epoch: u32,
    /// A round asks more than `rounds.sample` where that is needed, at most so many.
    pub max_sample: usize,
}

impl Default for SamplingConfig {
    fn default() -> Self {
        Self {
            // OpenValidators' vpermit_tao_limit.
            validator_stake_tao: 4096.0,
            min_per_epoch: 2,
            // As many as are asked at once.
            max_sample: 64,
        }
    }
}

impl SamplingConfig {
    pub(super) fn check(&self) -> Checked {
        at_least("max_sample", self.max_sample, 1)?;
        rule(
            self.validator_stake_tao.is_finite() && self.validator_stake_tao >= 0.0,
            "validator_stake_tao",
            self.validator_stake_tao,
            "a finite number, 0 or more",
        )
    }
}
