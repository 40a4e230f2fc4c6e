//! What was answered. A miner's failure is data, not an error.

use std::time::{Duration, SystemTime};

use super::{Axon, Challenge, MinerId, Uid};

/// A miner to be asked, with its seat at the time of sampling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    pub miner: MinerId,
    pub uid: Uid,
    pub axon: Axon,
}

/// The text of an answer, bounded by the configured response limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion(pub String);

/// Why bytes on the wire were not an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WireFault {
    /// The body is not JSON of the synapse's shape.
    NotJson,
    /// The declared output field is missing or has another type.
    MissingField,
    /// Not HTTP, too long a head, a broken chunk, a short body.
    BrokenHttp,
    /// A content encoding that was not asked for.
    Encoded,
    /// A redirect, which is never followed.
    Redirect,
}

/// Why a miner was not asked at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Forbidden {
    /// Its address lies in a range that the config does not allow.
    Address,
    /// It failed too often in a row and is given a rest.
    CircuitOpen,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Answer(Completion),
    /// The HTTP status, from the status line only.
    Refused(u16),
    Timeout,
    /// No connection.
    Unreachable,
    Malformed(WireFault),
    TooLarge,
    Forbidden(Forbidden),
}

impl Outcome {
    /// The reason as it stands in logs, metrics and SQL.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Answer(_) => "answer",
            Self::Refused(_) => "refused",
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::Malformed(WireFault::NotJson) => "malformed_not_json",
            Self::Malformed(WireFault::MissingField) => "malformed_missing_field",
            Self::Malformed(WireFault::BrokenHttp) => "malformed_broken_http",
            Self::Malformed(WireFault::Encoded) => "malformed_encoded",
            Self::Malformed(WireFault::Redirect) => "malformed_redirect",
            Self::TooLarge => "too_large",
            Self::Forbidden(Forbidden::Address) => "forbidden_address",
            Self::Forbidden(Forbidden::CircuitOpen) => "forbidden_circuit_open",
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
    pub miner: MinerId,
    pub uid: Uid,
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
}
