//! The SDK's axon protocol: one signed POST of a synapse, one field of the answer.

mod answer;
mod nonces;
mod synapse;

use std::net::SocketAddr;
use std::time::SystemTime;

use serde_json::Map;
use wire::Uuid;

use super::http::{Http, Post};
use super::{Ask, Matter, unbuilt};
use crate::config::SubnetConfig;
use crate::types::{Completion, Outcome, RequestSigner};
use nonces::Nonces;
use synapse::{Envelope, Synapse};

/// Asks axons with the subnet's synapse.
#[derive(Debug)]
pub struct Axon {
    http: Http,
    synapse: Synapse,
    ping: Synapse,
    signer: RequestSigner,
    nonces: Nonces,
}

impl Axon {
    pub fn new(config: &SubnetConfig, servers: &[SocketAddr], signer: RequestSigner) -> Self {
        Self {
            http: Http::new(&config.query, servers),
            synapse: Synapse::new(&config.synapse),
            ping: Synapse::ping(),
            signer,
            nonces: Nonces::default(),
        }
    }

    pub async fn exchange(&self, ask: Ask) -> Outcome {
        match self.answer(&ask).await {
            Ok(answer) => Outcome::Answer(answer),
            Err(outcome) => outcome,
        }
    }

    /// The first thing that goes wrong is the outcome, and ends the exchange.
    async fn answer(&self, ask: &Ask) -> Result<Completion, Outcome> {
        let to = self.http.admit(ask.target.axon.address)?;
        let envelope = Envelope {
            to: ask.target.seat.miner.hotkey,
            address: to.address(),
            timeout: ask.deadline,
            nonce: self.nonces.next(SystemTime::now()),
            uuid: Uuid::new_v4(),
        };
        let (synapse, fields) = match &ask.matter {
            Matter::Question(prompt) => (&self.synapse, self.synapse.fill(prompt)),
            Matter::Ping => (&self.ping, Map::new()),
        };
        let signed = synapse.sign(&fields, &envelope, &self.signer);
        let signed = signed.map_err(unbuilt)?;
        let post = Post {
            path: synapse.path(),
            headers: signed.headers,
            body: signed.body,
        };
        let body = self.http.post(post, to, ask).await?;
        match ask.matter {
            Matter::Question(_) => synapse.read(&body.whole().await?).map_err(Outcome::Failed),
            Matter::Ping => Ok(Completion(String::new())),
        }
    }
}
