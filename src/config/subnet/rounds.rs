//! `[subnet.rounds]`: how often, how many, how long.

use serde::{Deserialize, Serialize};

use crate::config::Seconds;
use crate::config::rule::{Checked, at_least, rule};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoundsConfig {
    /// From the start of one round to the start of the next.
    pub interval_s: Seconds,
    /// How many miners a round asks.
    pub sample: usize,
    /// A miner's time for one answer.
    pub timeout_s: Seconds,
}

impl Default for RoundsConfig {
    fn default() -> Self {
        Self {
            interval_s: Seconds::from_millis(60_000),
            sample: 50,
            timeout_s: Seconds::from_millis(10_000),
        }
    }
}

impl RoundsConfig {
    pub(super) fn check(&self) -> Checked {
        at_least("sample", self.sample, 1)?;
        let [timeout, interval] = [self.timeout_s, self.interval_s].map(|s| s.0);
        rule(
            timeout <= interval,
            "timeout_s",
            timeout.as_secs_f64(),
            &format!(
                "no longer than rounds.interval_s = {}",
                interval.as_secs_f64()
            ),
        )
    }
}
