//! Nodes for tests, on real sockets: one that only has heads, one that replays the recorded chain, the local chain.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods
)]

pub mod fake;
pub mod localnet;
pub mod log;
pub mod recorded;

use std::time::Duration;

use subtensor::{Endpoints, Genesis, Settings};

/// Everything here takes milliseconds; a busy machine needs the room.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Endpoints with little patience.
pub fn endpoints(urls: &[&str]) -> Endpoints {
    endpoints_of(None, urls)
}

/// The same, of one chain only.
pub fn endpoints_of(genesis: Option<Genesis>, urls: &[&str]) -> Endpoints {
    Endpoints::open(Settings {
        endpoints: urls.iter().map(|url| (*url).into()).collect(),
        request_timeout: Duration::from_secs(3),
        head_timeout: Duration::from_secs(2),
        genesis,
    })
}

/// Waits until `holds` does.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
        panic!("not within {PATIENCE:?}: {what}");
    }
}
