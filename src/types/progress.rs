//! What the loops tell whoever watches them (the demo's printer, the log). Facts already recorded elsewhere.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;

use super::{
    BlockNumber, Challenge, EpochIndex, Exchange, Judgement, LedgerState, Reason, Reward, RoundId,
    Scope, Subnet, Uid, WeightSetId, WeightVector,
};

#[derive(Clone, Debug)]
pub enum Progress {
    Round(RoundReport),
    /// A round that is not judged, for the fault is ours.
    NoVerdict {
        scope: Scope,
        id: RoundId,
        reason: Reason,
    },
    /// Weights are in a final block.
    Sent {
        scope: Scope,
        id: WeightSetId,
        epoch: EpochIndex,
        vector: WeightVector,
        block: BlockNumber,
    },
    /// The row was the planned row one block before the epoch fired. `after` is the subnet once it had fired.
    Proven {
        scope: Scope,
        id: WeightSetId,
        epoch: EpochIndex,
        fire_block: BlockNumber,
        after: Arc<Subnet>,
    },
    /// A weight set left the path: state and reason.
    Lost {
        scope: Scope,
        id: WeightSetId,
        epoch: EpochIndex,
        state: LedgerState,
        reason: String,
    },
}

#[derive(Clone, Debug)]
pub struct RoundReport {
    pub id: RoundId,
    pub scope: Scope,
    pub asked: usize,
    pub answered: usize,
    pub took: Duration,
    /// The family, and what the question was about where it was one for all.
    pub source: String,
    pub rewards: Vec<(Uid, Reward)>,
    /// How many failed, by reason.
    pub failures: Vec<(Reason, usize)>,
}

impl Progress {
    /// Capacity of the channel; a watcher that falls behind misses lines, the service does not wait for it.
    const LINES: usize = 256;

    /// From the loops to whoever watches.
    pub fn channel() -> (broadcast::Sender<Self>, broadcast::Receiver<Self>) {
        broadcast::channel(Self::LINES)
    }
}

impl RoundReport {
    /// Why others have no answer, and how many each: `timeout 2, unreachable 1`.
    pub fn failed(&self) -> String {
        let failures = self
            .failures
            .iter()
            .map(|(reason, n)| format!("{reason} {n}"));
        failures.collect::<Vec<_>>().join(", ")
    }

    /// What is said of a judged round.
    pub fn of(scope: Scope, exchange: &Exchange, judgements: &[Judgement], took: Duration) -> Self {
        let mut failures: Vec<(Reason, usize)> = Vec::new();
        for response in &exchange.responses {
            let reason = response.outcome.reason();
            match failures.iter_mut().find(|(r, _)| *r == reason) {
                Some((_, count)) => *count += 1,
                None => failures.push((reason, 1)),
            }
        }
        let answered = failures.iter().filter(|f| f.0 == Reason::Answer);
        let answered = answered.map(|f| f.1).sum();
        failures.retain(|f| f.0 != Reason::Answer);
        let challenge = &exchange.challenge;
        Self {
            id: challenge.id,
            scope,
            asked: exchange.responses.len(),
            answered,
            took,
            source: source(challenge),
            rewards: judgements.iter().map(|j| (j.seat.uid, j.reward)).collect(),
            failures,
        }
    }
}

fn source(challenge: &Challenge) -> String {
    let mut sources = challenge.questions.iter().map(|q| q.source.as_str());
    let family = challenge.family;
    match sources.next() {
        Some(first) if sources.all(|other| other == first) => format!("{family}: {first}"),
        _ => family.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_says_why_others_have_no_answer() {
        let failures = vec![(Reason::Timeout, 3), (Reason::OurResources, 1)];
        let mut report = RoundReport {
            id: RoundId::fresh(),
            scope: crate::types::testing::subnet(Vec::new()).scope,
            asked: 9,
            answered: 5,
            took: Duration::ZERO,
            source: String::new(),
            rewards: Vec::new(),
            failures,
        };
        assert_eq!(report.failed(), "timeout 3, our_resources 1");
        report.failures.clear();
        assert_eq!(report.failed(), "");
    }
}
