//! Whom to ask, how to ask it, and what a miner may do to us meanwhile.
//!
//! ```text
//! sampling::sample ──► targets ───┐                  ┌─ guard::circuit: it may rest
//! a task's challenge ─────────────┴─► Querier::ask ──┼─ tower: our concurrency, the deadline
//!                                         │          └─ transport ─┬─ guard::address: where it may lead us
//!                                         ▼                        ├─ axon: the signed request, what is taken
//!                                      Exchange                    └─ guard::body: how much it may send
//! ```
//!
//! Miners are hostile. Whatever one does costs at most the deadline in time, its share of the round's
//! memory, and its own score; it never fails a round.

pub mod sampling;

mod guard;
mod probe;
mod transport;
mod uplink;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use futures::future::join_all;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::{Service, ServiceBuilder, ServiceExt};

use crate::config::{QueryConfig, SubnetConfig};
use crate::types::{Challenge, Exchange, Outcome, Reason, RequestSigner, Response, Target};
use guard::body::BodyLimit;
use guard::circuit::Circuit;
use transport::{Ask, Stopwatch, Transport};

pub use uplink::Uplink;

/// Puts challenges to miners. One per subnet, for the life of the process: it remembers who only fails.
#[derive(Debug)]
pub struct Querier {
    transport: Transport,
    config: QueryConfig,
    /// Shared by all rounds, so that two that overlap stay within it too.
    concurrency: GlobalConcurrencyLimitLayer,
    circuit: Mutex<Circuit>,
}

impl Querier {
    pub fn new(config: &SubnetConfig, signer: RequestSigner) -> Self {
        let query = config.query.clone();
        Self {
            transport: transport::of_subnet(config, signer),
            concurrency: GlobalConcurrencyLimitLayer::new(query.concurrency),
            circuit: Mutex::new(Circuit::new(
                query.circuit_failures,
                query.circuit_rest_rounds,
            )),
            config: query,
        }
    }

    /// Asks all targets at once, within the concurrency limit; the responses stand in the targets' order.
    ///
    /// Takes at most the challenge's deadline for every `query.concurrency` targets, whatever the miners
    /// do. Dropping the future drops all connections.
    pub async fn ask(&self, challenge: Challenge, targets: &[Target]) -> Exchange {
        let asked_at = SystemTime::now();
        let prompt = Arc::new(challenge.prompt.clone());
        let limit = BodyLimit::share(
            self.config.max_response_bytes,
            self.config.max_round_bytes,
            targets.len(),
        );
        let service = ServiceBuilder::new()
            .layer(self.concurrency.clone())
            .timeout(challenge.deadline)
            .map_request(|ask: Ask| {
                ask.watch.left_queue();
                ask
            })
            .service(self.transport.clone());

        let resting = self.resting(targets);
        let asked = targets.iter().zip(resting).map(|(target, rests)| {
            let ask = Ask {
                target: *target,
                prompt: Arc::clone(&prompt),
                deadline: challenge.deadline,
                limit,
                watch: Stopwatch::start(),
            };
            ask_one(service.clone(), ask, rests)
        });
        let responses = join_all(asked).await;
        self.remember(&responses);
        Exchange {
            challenge,
            asked_at,
            responses,
            no_verdict: None,
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

async fn ask_one<S>(service: S, ask: Ask, rests: bool) -> Response
where
    S: Service<Ask, Response = Outcome>,
{
    let (seat, watch) = (ask.target.seat, Arc::clone(&ask.watch));
    let outcome = match rests {
        true => Outcome::Failed(Reason::ForbiddenCircuitOpen),
        // The transport itself never fails: an error is the deadline.
        false => service.oneshot(ask).await.unwrap_or_else(|_| {
            Outcome::Failed(match watch.is_connected() {
                true => Reason::Timeout,
                false => Reason::Unreachable,
            })
        }),
    };
    Response {
        seat,
        outcome,
        timing: watch.timing(),
    }
}
