//! `[chain]`: how the chain is reached.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use subtensor::{EndpointUrl, Genesis};

use super::Seconds;
use super::rule::{Checked, rule};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChainConfig {
    /// WebSocket RPC nodes. Reads use the first that answers; transactions go to all of them.
    #[serde(serialize_with = "shown")]
    pub endpoints: Vec<String>,
    /// The genesis hash of the chain. Empty: the chain that the database was last used for, or, where there is none
    /// yet, that of the first endpoint that is up. Endpoints of other chains are passed over.
    pub genesis: String,
    /// Deadline of one RPC call; two blocks where these are fast, but not below 3 s.
    pub request_timeout_s: Seconds,
    /// Without a new finalized head for this long the endpoint counts as dead and the next one is tried; eight blocks
    /// where these are fast, but not below 4 s.
    pub head_timeout_s: Seconds,
    /// While this host's clock differs from the chain's by more, nobody is asked: miners refuse requests of another
    /// time.
    pub clock_tolerance_s: Seconds,
}

impl fmt::Debug for ChainConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoints: Vec<String> = self.endpoints.iter().map(|url| redacted(url)).collect();
        f.debug_struct("ChainConfig")
            .field("endpoints", &endpoints)
            .field("genesis", &self.genesis)
            .field("request_timeout_s", &self.request_timeout_s)
            .field("head_timeout_s", &self.head_timeout_s)
            .field("clock_tolerance_s", &self.clock_tolerance_s)
            .finish()
    }
}

fn shown<S: Serializer>(endpoints: &[String], s: S) -> Result<S::Ok, S::Error> {
    s.collect_seq(endpoints.iter().map(|url| redacted(url)))
}

/// Providers put API keys into paths, queries and user names: scheme, host and port stay.
fn redacted(url: &str) -> String {
    let public = EndpointUrl::from(url).to_string();
    match public == url.strip_suffix('/').unwrap_or(url) {
        true => url.into(),
        false => format!("{public}/<redacted>"),
    }
}

impl Default for ChainConfig {
    fn default() -> Self {
        Self {
            endpoints: vec![
                "wss://entrypoint-finney.opentensor.ai:443".into(),
                "wss://lite.chain.opentensor.ai:443".into(),
                "wss://lite.sub.latent.to:443".into(),
            ],
            genesis: String::new(),
            request_timeout_s: Seconds::from_millis(20_000),
            head_timeout_s: Seconds::from_millis(90_000),
            // An axon of the SDK takes what is at most 4 s and the request's own timeout old.
            clock_tolerance_s: Seconds::from_millis(10_000),
        }
    }
}

impl ChainConfig {
    /// The chain that is asked for by its hash.
    pub fn named(&self) -> Option<Genesis> {
        self.genesis.parse().ok()
    }

    pub(super) fn check(&self) -> Checked {
        rule(
            !self.endpoints.is_empty(),
            "endpoints",
            "[]",
            "name at least one ws:// or wss:// node",
        )?;
        let genesis: Result<Genesis, String> = self.genesis.parse();
        rule(
            self.genesis.is_empty() || genesis.is_ok(),
            "genesis",
            &self.genesis,
            "0x and 64 hex digits, or nothing",
        )?;
        self.endpoints.iter().enumerate().try_for_each(|(i, url)| {
            rule(
                url.starts_with("ws://") || url.starts_with("wss://"),
                &format!("endpoints[{i}]"),
                redacted(url),
                "an endpoint starts with ws:// or wss://",
            )
        })
    }
}
