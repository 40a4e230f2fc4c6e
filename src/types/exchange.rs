//! What was answered. A miner's failure is data, not an error.

use std::time::{Duration, SystemTime};

use super::{Axon, Challenge, Reason, Seat};

/// A miner to be asked, with its seat at the time of sampling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    pub seat: Seat,
    pub axon: Axon,
}

/// The text of an answer, bounded by the configured response limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion(pub String);

/// What came of asking one miner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Answer(Completion),
    /// The HTTP status, from the status line only.
    Refused(u16),
    /// Neither an answer nor a status. The reason is one about an exchange, and says it all.
    Failed(Reason),
}

impl Outcome {
    /// The reason as it stands in logs, metrics and SQL.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Answer(_) => Reason::Answer,
            Self::Refused(_) => Reason::Refused,
            Self::Failed(reason) => *reason,
        }
    }

    pub fn answer(&self) -> Option<&str> {
        match self {
            Self::Answer(Completion(text)) => Some(text),
            _ => None,
        }
    }
}

/// Where the time of one exchange went. Only what the miner controls (connect onwards) may be scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// Waiting for our own concurrency limit.
    pub queue: Duration,
    pub connect: Option<Duration>,
    /// From the connection to the end of the response's head.
    pub first_byte: Option<Duration>,
    pub body: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    pub seat: Seat,
    /// Index in the challenge's questions; none: it was not asked.
    pub question: Option<usize>,
    pub outcome: Outcome,
    pub timing: Timing,
}

/// One round's facts: what was asked and what came back. Recorded before it is judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    pub challenge: Challenge,
    pub asked_at: SystemTime,
    /// One per sampled miner, in sampling order.
    pub responses: Vec<Response>,
    /// Why none of it is judged: the fault is ours, or may well be.
    pub no_verdict: Option<Reason>,
}

impl Exchange {
    /// Takes out what failed by a fault of ours: it says nothing about those miners.
    pub fn without_our_faults(mut self) -> Self {
        self.responses.retain(|r| !r.outcome.reason().is_ours());
        self
    }
}
