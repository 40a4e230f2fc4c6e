//! `[service]`: how the process behaves as a whole.

use serde::{Deserialize, Serialize};

use super::Seconds;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceConfig {
    /// How long a stop waits for the commit in flight.
    pub grace_s: Seconds,
}

impl Default for ServiceConfig {
    fn default() -> Self {
        Self {
            grace_s: Seconds::from_millis(8_000),
        }
    }
}
