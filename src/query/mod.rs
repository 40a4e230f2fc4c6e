//! Whom to ask, what to ask, how to ask it, and what a miner may do to us meanwhile.
//!
//! ```text
//! sampling::sample ──► targets ───┐                  ┌─ guard::circuit: it may rest
//! Challenges::draw ──► challenge ─┴─► Querier::ask ──┼─ tower: our concurrency, the deadline
//!                                         │          ├─ guard::address: where it may lead us
//!                                         ▼          ├─ synapse: the signed request
//!                                      Exchange ◄────┴─ guard::body, answer: what is taken from it
//! ```
//!
//! Miners are hostile. Whatever one does costs at most the deadline in time, its share of the round's
//! memory, and its own score; it never fails a round.

pub mod challenges;
pub mod sampling;

mod answer;
mod axon;
mod guard;
mod stopwatch;
mod synapse;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use futures::future::join_all;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::{ServiceBuilder, ServiceExt};

use crate::config::{QueryConfig, SubnetConfig};
use crate::types::{
    Cause, Caused, Challenge, Exchange, Outcome, Reason, RequestSigner, Response, Target,
};
use axon::{Ask, AxonClient};
use guard::body::BodyLimit;
use guard::circuit::Circuit;
use stopwatch::Stopwatch;
use synapse::Synapse;

pub use challenges::Challenges;

/// The HTTP client can't be built.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the HTTP client can't be built: {0}")]
pub struct ClientError(String);

impl Caused for ClientError {
    fn cause(&self) -> Cause {
        Cause::Bug
    }
}

/// Puts challenges to miners. One per subnet, for the life of the process: it remembers who only fails.
#[derive(Debug)]
pub struct Querier {
    axon: AxonClient,
    synapse: Arc<Synapse>,
    config: QueryConfig,
    /// Shared by all rounds, so that two that overlap stay within it too.
    concurrency: GlobalConcurrencyLimitLayer,
    circuit: Mutex<Circuit>,
}

impl Querier {
    pub fn new(config: &SubnetConfig, signer: RequestSigner) -> Result<Self, ClientError> {
        let query = config.query.clone();
        let synapse = Arc::new(Synapse::new(&config.synapse));
        Ok(Self {
            axon: AxonClient::new(&query, Arc::clone(&synapse), signer)?,
            synapse,
            concurrency: GlobalConcurrencyLimitLayer::new(query.concurrency),
            circuit: Mutex::new(Circuit::new(
                query.circuit_failures,
                query.circuit_rest_rounds,
            )),
            config: query,
        })
    }

    /// Asks all targets at once, within the concurrency limit; the responses stand in the targets' order.
    ///
    /// Takes at most the challenge's deadline for every `query.concurrency` targets, whatever the miners
    /// do. Dropping the future drops all connections.
    pub async fn ask(&self, challenge: Challenge, targets: &[Target]) -> Exchange {
        let asked_at = SystemTime::now();
        let fields = Arc::new(self.synapse.fill(&challenge.prompt));
        let limit = BodyLimit::share(
            self.config.max_response_bytes,
            self.config.max_round_bytes,
            targets.len(),
        );
        let service = ServiceBuilder::new()
            .layer(self.concurrency.clone())
            .timeout(challenge.deadline)
            .service(self.axon.clone());
        let ask = |target: Target| Ask {
            target,
            fields: Arc::clone(&fields),
            timeout: challenge.deadline,
            limit,
            watch: Stopwatch::start(),
        };

        let resting = self.resting(targets);
        let asked = targets.iter().zip(resting).map(|(target, rests)| {
            let (ask, service) = (ask(*target), service.clone());
            async move {
                let watch = Arc::clone(&ask.watch);
                let outcome = match rests {
                    true => Outcome::Failed(Reason::ForbiddenCircuitOpen),
                    // The transport itself never fails: an error is the deadline.
                    false => service.oneshot(ask).await.unwrap_or_else(|_| {
                        if watch.is_connected() {
                            Outcome::Failed(Reason::Timeout)
                        } else {
                            Outcome::Failed(Reason::Unreachable)
                        }
                    }),
                };
                Response {
                    seat: target.seat,
                    outcome,
                    timing: watch.timing(),
                }
            }
        });
        let responses = join_all(asked).await;
        self.remember(&responses);
        Exchange {
            challenge,
            asked_at,
            responses,
        }
    }

    fn resting(&self, targets: &[Target]) -> Vec<bool> {
        let mut circuit = self.circuit.lock().unwrap_or_else(PoisonError::into_inner);
        circuit.next_round();
        targets
            .iter()
            .map(|t| circuit.rests(&t.seat.miner))
            .collect()
    }

    /// A round in which nobody answers tells more about our own network than about any miner.
    fn remember(&self, responses: &[Response]) {
        if responses.iter().all(|r| r.outcome.answer().is_none()) {
            return;
        }
        let mut circuit = self.circuit.lock().unwrap_or_else(PoisonError::into_inner);
        for response in responses {
            match response.outcome {
                Outcome::Failed(Reason::ForbiddenAddress | Reason::ForbiddenCircuitOpen) => {}
                Outcome::Answer(_) => circuit.record(response.seat.miner, true),
                _ => circuit.record(response.seat.miner, false),
            }
        }
    }
}
