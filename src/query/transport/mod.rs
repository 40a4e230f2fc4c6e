//! How a miner is asked: an [`Ask`] goes in, an [`Outcome`] comes out, whatever the protocol between them.
//!
//! ```text
//! Ask ──► axon: a signed request ───► http: where it may lead, over a connection of its own
//! Outcome ◄── axon: what is taken ◄── http::Body: how much may come, piece by piece ◄──┘
//! ```
//!
//! A protocol builds a request and reads a body. Addresses, limits, the status and the times are the client's, so
//! that none can be forgotten by the next protocol.

mod axon;
mod http;
mod stopwatch;

use std::convert::Infallible;
use std::fmt::Display;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tower::service_fn;
use tower::util::BoxCloneSyncService;

use super::guard::body::BodyLimit;
use crate::config::SubnetConfig;
use crate::types::{Outcome, Prompt, Reason, RequestSigner, Target};
use axon::Axon;

pub use stopwatch::Stopwatch;

/// One miner to be asked.
#[derive(Clone, Debug)]
pub struct Ask {
    pub target: Target,
    pub matter: Matter,
    /// What the request tells the miner; the caller holds to it.
    pub deadline: Duration,
    pub limit: BodyLimit,
    pub watch: Arc<Stopwatch>,
}

/// What a miner is asked.
#[derive(Clone, Debug)]
pub enum Matter {
    Question(Arc<Prompt>),
    /// Whether it is there. The answer's text is empty.
    Ping,
}

/// Asks miners. As a service it never fails: whatever a miner does is an [`Outcome`].
pub type Transport = BoxCloneSyncService<Ask, Outcome, Infallible>;

/// The transport that a subnet's miners speak.
pub fn of_subnet(
    config: &SubnetConfig,
    servers: &[SocketAddr],
    signer: RequestSigner,
) -> Transport {
    // The one place where a protocol is chosen: today all subnets speak axon, whose message `config.synapse` is. A
    // choice by miner is a service too: one that looks at the target and hands the ask on.
    let axon = Arc::new(Axon::new(config, servers, signer));
    Transport::new(service_fn(move |ask| {
        let axon = Arc::clone(&axon);
        async move { Ok(axon.exchange(ask).await) }
    }))
}

/// What comes of a request that we can't build.
fn unbuilt(error: impl Display) -> Outcome {
    tracing::error!(%error, "no request could be built: nobody was asked");
    Outcome::Failed(Reason::OurRequest)
}
