//! Whom to ask, how to ask it, and what a miner may do to us meanwhile.
//!
//! ```text
//! sampling::sample ──► targets ───┐                  ┌─ guard::circuit: it may rest, or must show signs of life
//! a task's challenge ─────────────┴─► Querier::ask ──┼─ turn: its place among all (guard::places), the deadline
//!                                         │          └─ transport ─┬─ guard::address: where it may lead us
//!                                         ▼                        ├─ axon: the signed request, what is taken
//!                                      Exchange                    └─ guard::body: how much it may send
//! ```
//!
//! Miners are hostile. Whatever one does costs at most the deadline in time, its share of the round's
//! memory, and its own score; it never fails a round.

pub mod sampling;

mod guard;
mod transport;
mod turn;
mod uplink;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use futures::future::join_all;
use tokio_util::task::AbortOnDropHandle;

use crate::config::{QueryConfig, SubnetConfig};
use crate::types::{Challenge, Exchange, Outcome, Prompt, Reason, RequestSigner, Response, Target};
use guard::body::BodyLimit;
use guard::circuit::{Circuit, Standing};
use guard::places::Places;
use transport::{Ask, Matter, Stopwatch};
use turn::Turns;

pub use uplink::Uplink;

/// Puts challenges to miners. One per subnet, for the life of the process: it remembers who only fails.
#[derive(Debug)]
pub struct Querier {
    turns: Turns,
    config: QueryConfig,
    circuit: Mutex<Circuit>,
}

impl Querier {
    /// `servers` are those that this service is itself a client of: no miner is asked there.
    pub fn new(config: &SubnetConfig, servers: &[SocketAddr], signer: RequestSigner) -> Self {
        let query = config.query.clone();
        Self {
            turns: Turns {
                transport: transport::of_subnet(config, servers, signer),
                places: Arc::new(Places::new(&query)),
                ping: query.connect_timeout_s.0,
            },
            circuit: Mutex::new(Circuit::new(
                query.circuit_failures,
                query.circuit_rest_turns,
            )),
            config: query,
        }
    }

    /// What each miner, address and network may have of us.
    pub fn limits(&self) -> &QueryConfig {
        &self.config
    }

    /// Asks all targets at once, within the limits of connections; the responses stand in the targets' order.
    ///
    /// Takes at most the challenge's deadline and a ping for every `query.concurrency` targets, and a deadline more for
    /// those that wait for their neighbours, whatever the miners do. Dropping the future drops all connections.
    pub async fn ask(&self, challenge: Challenge, targets: &[Target]) -> Exchange {
        let asked_at = SystemTime::now();
        let prompts = challenge.questions.iter();
        let prompts: Vec<Arc<Prompt>> = prompts.map(|q| Arc::new(q.prompt.clone())).collect();
        let limit = BodyLimit::share(
            self.config.max_response_bytes,
            self.config.max_round_bytes,
            targets.len(),
        );
        let standings = self.standings(targets);
        let turns = targets.iter().zip(&standings).enumerate();
        let asked = turns.map(|(place, (target, standing))| {
            let question = challenge.question_for(place);
            let ask = Ask {
                target: *target,
                matter: Matter::Question(Arc::clone(&prompts[question])),
                deadline: challenge.deadline,
                limit,
                watch: Stopwatch::start(),
            };
            ask_one(self.turns.clone(), ask, *standing, question)
        });
        let responses = join_all(asked).await;
        self.remember(&responses, &standings);
        Exchange {
            challenge,
            asked_at,
            responses,
            no_verdict: None,
        }
    }

    /// Whether there is any sign of life at a miner's address. It is no turn of the miner's.
    pub async fn is_alive(&self, target: &Target) -> bool {
        let ask = Ask {
            target: *target,
            matter: Matter::Ping,
            deadline: self.turns.ping,
            limit: BodyLimit::share(
                self.config.max_response_bytes,
                self.config.max_round_bytes,
                1,
            ),
            watch: Stopwatch::start(),
        };
        self.turns.ping(&ask).await.is_none()
    }

    fn standings(&self, targets: &[Target]) -> Vec<Standing> {
        let mut circuit = self.circuit.lock().unwrap_or_else(PoisonError::into_inner);
        circuit.next_round();
        let turns = targets.iter().map(|t| circuit.turn(&t.seat.miner));
        turns.collect()
    }

    /// A round in which nobody answers tells more about our own network than about any miner.
    fn remember(&self, responses: &[Response], standings: &[Standing]) {
        if responses.iter().all(|r| r.outcome.answer().is_none()) {
            return;
        }
        let mut circuit = self.circuit.lock().unwrap_or_else(PoisonError::into_inner);
        let tried = responses.iter().zip(standings);
        for (response, _) in tried.filter(|(_, standing)| **standing != Standing::Rests) {
            match response.outcome {
                Outcome::Answer(_) => circuit.record(response.seat.miner, true),
                Outcome::Failed(reason) if turn::is_untried(reason) => {}
                _ => circuit.record(response.seat.miner, false),
            }
        }
    }
}

/// In a task of its own: what one miner sends keeps no other waiting.
async fn ask_one(turns: Turns, ask: Ask, standing: Standing, question: usize) -> Response {
    let (seat, watch) = (ask.target.seat, Arc::clone(&ask.watch));
    let turn = AbortOnDropHandle::new(tokio::spawn(turns.take(ask, standing)));
    let outcome = turn.await.unwrap_or_else(|error| {
        tracing::error!(%error, miner = %seat.miner.hotkey, "a bug: an exchange didn't end");
        // What only a miner's bytes can bring about must not keep its score.
        Outcome::Failed(match watch.is_connected() {
            true => Reason::MalformedBrokenHttp,
            false => Reason::OurRequest,
        })
    });
    Response {
        seat,
        question: Some(question),
        outcome,
        timing: watch.timing(),
    }
}
