//! The querier against servers that behave and servers that don't, over real sockets on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;
mod limits;
mod request;
mod sdk;
pub mod server;
mod turn;

use std::net::SocketAddr;
use std::time::Duration;

use subtensor::key::dev;

use super::Querier;
use crate::config::{Seconds, SubnetConfig};
use truth::Truth;

use crate::types::{
    Axon, Challenge, Family, Hotkey, Message, MinerId, Outcome, Prompt, Question, RequestSigner,
    RoundId, Seat, Target, Uid,
};

pub const DEADLINE: Duration = Duration::from_secs(3);

/// The asking validator is //Alice.
pub fn signer() -> RequestSigner {
    let alice = dev::alice();
    RequestSigner::new(Hotkey(alice.public_key().0), move |message| {
        alice.sign(message.as_bytes()).0
    })
}

/// The finney defaults, with loopback allowed.
pub fn config() -> SubnetConfig {
    let mut config = SubnetConfig::new(1);
    config.query.allow_addresses = ["127.0.0.0/8", "::1/128"]
        .map(|r| r.parse().unwrap())
        .to_vec();
    config.query.connect_timeout_s = Seconds::from_millis(1000);
    // All servers of a test share a network.
    config.query.per_address = 999;
    config.query.per_network = 999;
    config
}

pub fn querier(config: &SubnetConfig) -> Querier {
    Querier::new(config, &[], signer())
}

pub fn challenge(deadline: Duration) -> Challenge {
    let message = |role: &str, content: &str| Message {
        role: role.into(),
        content: content.into(),
    };
    Challenge {
        id: RoundId::fresh(),
        family: Family::Reasoning,
        questions: vec![Question {
            prompt: Prompt {
                messages: vec![
                    message("system", "Be brief."),
                    message("user", "What's \"2+2\"? é你\n"),
                ],
                question: "What's 2+2?".into(),
            },
            source: "sum".into(),
            material: None,
            reference: None,
            truth: Truth::Open {},
        }],
        asks: Vec::new(),
        deadline,
    }
}

/// Miner number `n` of the round, serving at `address`. Its hotkey is //Bob's for all `n`.
pub fn target(n: u16, address: SocketAddr) -> Target {
    Target {
        seat: Seat {
            uid: Uid(n),
            miner: MinerId {
                hotkey: Hotkey(dev::bob().public_key().0),
                registered_at: n.into(),
            },
        },
        axon: Axon {
            address,
            version: 10_002_000,
        },
    }
}

pub fn targets(addresses: impl IntoIterator<Item = SocketAddr>) -> Vec<Target> {
    (0..).zip(addresses).map(|(n, a)| target(n, a)).collect()
}

pub async fn outcomes(querier: &Querier, deadline: Duration, targets: &[Target]) -> Vec<Outcome> {
    let exchange = querier.ask(challenge(deadline), targets).await;
    let asked: Vec<_> = targets.iter().map(|t| t.seat).collect();
    let answered: Vec<_> = exchange.responses.iter().map(|r| r.seat).collect();
    assert_eq!(asked, answered, "responses stand in the targets' order");
    exchange.responses.into_iter().map(|r| r.outcome).collect()
}
