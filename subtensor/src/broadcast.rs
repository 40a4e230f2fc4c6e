//! The same bytes, to every endpoint at once.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::submit::submit;
use crate::{ChainError, Endpoints, Refusal, SignedPayload};

/// What the endpoints made of a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// One of them took it, or had it already.
    Taken,
    /// None of those that are up took it: each by name, with its reason.
    Refused(Vec<(String, Refusal)>),
}

impl Endpoints {
    /// Sends a payload to all endpoints that are up, side by side, and returns as soon as one took it.
    ///
    /// The others go on behind it: a node that hangs must not eat the blocks in which the payload is valid.
    pub async fn broadcast(&self, payload: &SignedPayload) -> Result<Delivery, ChainError> {
        // Knows the chain from then on: a node of another one must never see our transactions.
        let reader = self.node().await?;
        let mut up = self.up();
        if up.is_empty() {
            up.push(reader);
        }
        let payload = Arc::new(payload.clone());
        let mut sending = JoinSet::new();
        for endpoint in up {
            let payload = payload.clone();
            sending.spawn(async move {
                let sent = submit(&endpoint, &payload).await;
                (endpoint.name().to_owned(), sent)
            });
        }
        let mut refusals = Vec::new();
        while let Some(sent) = sending.join_next().await {
            match sent {
                Ok((_, Ok(()))) => {
                    sending.detach_all();
                    return Ok(Delivery::Taken);
                }
                Ok((endpoint, Err(refusal))) => refusals.push((endpoint, refusal)),
                Err(e) => refusals.push((String::new(), Refusal::Unclear(e.to_string()))),
            }
        }
        Ok(Delivery::Refused(refusals))
    }
}
