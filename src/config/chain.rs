//! `[chain]`: how the chain is reached.

use serde::{Deserialize, Serialize};

use super::Seconds;
use super::rule::{Checked, rule};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChainConfig {
    /// WebSocket RPC nodes. Reads use the first that answers; transactions go to all of them.
    pub endpoints: Vec<String>,
    /// Deadline of one RPC call.
    pub request_timeout_s: Seconds,
    /// Without a new finalized head for this long the endpoint counts as dead and the next one is tried.
    pub head_timeout_s: Seconds,
}

impl Default for ChainConfig {
    fn default() -> Self {
        Self {
            endpoints: vec![
                "wss://entrypoint-finney.opentensor.ai:443".into(),
                "wss://lite.chain.opentensor.ai:443".into(),
                "wss://lite.sub.latent.to:443".into(),
            ],
            request_timeout_s: Seconds::from_millis(20_000),
            head_timeout_s: Seconds::from_millis(90_000),
        }
    }
}

impl ChainConfig {
    pub(super) fn check(&self) -> Checked {
        rule(
            !self.endpoints.is_empty(),
            "endpoints",
            "[]",
            "name at least one ws:// or wss:// node",
        )?;
        self.endpoints.iter().enumerate().try_for_each(|(i, url)| {
            rule(
                url.starts_with("ws://") || url.starts_with("wss://"),
                &format!("endpoints[{i}]"),
                url,
                "an endpoint starts with ws:// or wss://",
            )
        })
    }
}
