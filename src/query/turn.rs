//! One miner's turn: its place among all connections, a ping if it only failed of late, the question, the deadline.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;
use tower::ServiceExt;

use super::guard::circuit::Standing;
use super::guard::places::Places;
use super::transport::{Ask, Matter, Stopwatch, Transport};
use crate::types::{Outcome, Reason};

/// Takes turns, each in a task of its own.
#[derive(Clone, Debug)]
pub struct Turns {
    pub transport: Transport,
    pub places: Arc<Places>,
    /// A miner's time for a ping.
    pub ping: Duration,
}

impl Turns {
    /// What came of it. The deadline runs from the moment at which the question could be put: what a miner waits for us
    /// is no time of its own.
    pub async fn take(self, ask: Ask, standing: Standing) -> Outcome {
        if standing == Standing::Rests {
            return Outcome::Failed(Reason::ForbiddenCircuitOpen);
        }
        let ip = ask.target.axon.address.ip().to_canonical();
        let Some(_place) = self.places.take(ip, ask.deadline).await else {
            return Outcome::Failed(Reason::OurQueue);
        };
        if standing == Standing::Pinged
            && let Some(reason) = self.ping(&ask).await
        {
            return Outcome::Failed(reason);
        }
        self.exchange(ask).await
    }

    /// Why whoever is to be asked shows no sign of life, if so.
    pub async fn ping(&self, ask: &Ask) -> Option<Reason> {
        let ping = Ask {
            matter: Matter::Ping,
            deadline: self.ping.min(ask.deadline),
            watch: Stopwatch::start(),
            ..ask.clone()
        };
        silent(&self.exchange(ping).await)
    }

    async fn exchange(&self, ask: Ask) -> Outcome {
        let (watch, deadline) = (Arc::clone(&ask.watch), ask.deadline);
        watch.left_queue();
        let asked = timeout(deadline, self.transport.clone().oneshot(ask)).await;
        match asked {
            // When both are ready the answer comes first, however late we look.
            Ok(Ok(Outcome::Answer(_))) if watch.is_late(deadline) => {
                Outcome::Failed(Reason::Timeout)
            }
            Ok(Ok(outcome)) => outcome,
            Ok(Err(never)) => match never {},
            Err(_) if watch.is_connected() => Outcome::Failed(Reason::Timeout),
            Err(_) => Outcome::Failed(Reason::Unreachable),
        }
    }
}

/// Why a pinged miner isn't asked. Any HTTP at all is a sign of life: a miner of another make may know no ping.
fn silent(ping: &Outcome) -> Option<Reason> {
    match ping {
        Outcome::Failed(Reason::Timeout | Reason::Unreachable | Reason::MalformedBrokenHttp) => {
            Some(Reason::ForbiddenCircuitOpen)
        }
        Outcome::Failed(reason) if is_untried(*reason) => Some(*reason),
        _ => None,
    }
}

/// No failure of the miner's own, as a circuit counts them: a ping that isn't answered is one.
pub fn is_untried(reason: Reason) -> bool {
    reason.is_ours() || !(reason.is_a_try() || reason == Reason::ForbiddenCircuitOpen)
}
