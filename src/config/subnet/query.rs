//! `[subnet.query]`: what a miner may do to us.

use serde::{Deserialize, Serialize};

use super::{AddressRange, PortRange};
use crate::config::Seconds;
use crate::config::rule::{Checked, at_least, rule};

/// An axon's own answer has some twenty headers; a proxy in front of it adds a few.
const LEAST_HEADERS: usize = 32;
/// Below this an ordinary answer with the prompt echoed in it would not fit.
const LEAST_RESPONSE_BYTES: usize = 1024;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QueryConfig {
    /// Most requests in flight at once.
    pub concurrency: usize,
    /// Of these, most to one address.
    pub per_address: usize,
    /// Of these, most to one network (/24 or, for IPv6, /48).
    pub per_network: usize,
    /// Most bytes of one response body.
    pub max_response_bytes: usize,
    /// Most bytes of response bodies held by a whole round; what would exceed it counts as too large.
    pub max_round_bytes: usize,
    /// Most response headers.
    pub max_headers: usize,
    /// Time for a TCP connection, within the deadline.
    pub connect_timeout_s: Seconds,
    /// Failures in a row after which a miner rests; 0 never rests one.
    pub circuit_failures: u32,
    /// For how many of its turns such a miner is not asked. Then it is asked if it answers a ping.
    pub circuit_rest_turns: u32,
    /// Address ranges (CIDR) that may be asked although they are not public, e.g. `127.0.0.0/8` on a local chain.
    pub allow_addresses: Vec<AddressRange>,
    /// Address ranges (CIDR) that are never asked: this host's public address where it has it from a router, other hosts of
    /// yours. Wins over `allow_addresses`. The addresses of this host's interfaces, and those of the chain's nodes and
    /// the database, are closed without being named.
    pub close_addresses: Vec<AddressRange>,
    /// Ports at which a miner may serve.
    pub open_ports: Vec<PortRange>,
    /// What requests say of us in `user-agent`. Empty: weighmaster and its version.
    pub user_agent: String,
}

impl Default for QueryConfig {
    fn default() -> Self {
        Self {
            concurrency: 64,
            per_address: 16,
            per_network: 32,
            max_response_bytes: 64 * 1024,
            max_round_bytes: 4 * 1024 * 1024,
            max_headers: 64,
            connect_timeout_s: Seconds::from_millis(3_000),
            circuit_failures: 5,
            circuit_rest_turns: 1,
            allow_addresses: Vec::new(),
            close_addresses: Vec::new(),
            // Below 1024 lie mail, names, shells and files of whoever's host it is; no axon needs to be there.
            open_ports: ["80", "443", "1024-65535"]
                .iter()
                .filter_map(|range| range.parse().ok())
                .collect(),
            user_agent: String::new(),
        }
    }
}

impl QueryConfig {
    /// `sample` is how many miners a round asks: its memory is shared among so many.
    pub(super) fn check(&self, sample: usize) -> Checked {
        at_least("concurrency", self.concurrency, 1)?;
        at_least("per_address", self.per_address, 1)?;
        at_least("per_network", self.per_network, 1)?;
        rule(
            !self.open_ports.is_empty(),
            "open_ports",
            "[]",
            "name the ports at which miners may serve, like \"1024-65535\"",
        )?;
        rule(
            self.user_agent.bytes().all(|b| matches!(b, b' '..=b'~')),
            "user_agent",
            &self.user_agent,
            "ASCII letters, digits, signs and spaces",
        )?;
        at_least("max_headers", self.max_headers, LEAST_HEADERS)?;
        at_least(
            "max_response_bytes",
            self.max_response_bytes,
            LEAST_RESPONSE_BYTES,
        )?;
        let needed = sample.saturating_mul(LEAST_RESPONSE_BYTES);
        rule(
            self.max_round_bytes >= needed,
            "max_round_bytes",
            self.max_round_bytes,
            &format!(
                "at least {needed}: {LEAST_RESPONSE_BYTES} for each of the {sample} miners that a round may ask"
            ),
        )
    }
}
