//! Does this block call for new weights, and for which? Pure.

use super::schedule::{Decision, decide, due_window};
use super::vector::{self, NoVector, Planned};
use crate::config::WeightsConfig;
use crate::types::{
    BlockNumber, Hotkey, Intent, LedgerState, Neuron, Reason, ScoreTable, Subnet, WeightSet, Window,
};

/// What is known when a plan is made.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub subnet: &'a Subnet,
    /// Who signs.
    pub hotkey: Hotkey,
    /// The number of the best block.
    pub best: BlockNumber,
    /// The newest entries of this hotkey's ledger, settled as far as they can be.
    pub recent: &'a [WeightSet],
    pub scores: &'a ScoreTable,
}

/// What to do at this block.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// Nothing: it is not time, or the window is served.
    Wait,
    /// No weights for this epoch, as far as this block can tell.
    Skip { reason: Reason, detail: String },
    /// Write this down and sign it, with an era of `period` blocks from the finalized head.
    Set { intent: Intent, period: u64 },
}

/// Plans for a snapshot. `take_over`: go on although another program set weights with this hotkey.
pub fn plan(known: Known<'_>, config: &WeightsConfig, take_over: bool) -> Plan {
    let Known { subnet, best, .. } = known;
    let window = due_window(subnet);
    if known.recent.iter().any(|set| serves(set, window)) {
        return Plan::Wait;
    }
    let us = subnet.metagraph.by_hotkey(&known.hotkey);
    let (fire_block, period) = match decide(subnet, us, best, config) {
        Decision::Wait(_) => return Plan::Wait,
        Decision::Skip(reason) => return skip(reason, String::new()),
        Decision::Plan { fire_block, period } => (fire_block, period),
    };
    if let Some(block) = us.and_then(|us| foreign_commit(us, known.recent))
        && !take_over
    {
        let detail = format!(
            "weights of {} were set in block {block} by another program; stop it, or start with --take-over",
            known.hotkey
        );
        return skip(Reason::ForeignCommit, detail);
    }
    match vector::build(subnet, known.scores, config) {
        Err(e @ NoVector::NoScores) => skip(Reason::NoScores, e.to_string()),
        Err(NoVector::Rule(e)) => skip(Reason::VectorRule, e.to_string()),
        Ok(Planned { vector, seats }) => Plan::Set {
            intent: Intent {
                window,
                hotkey: known.hotkey,
                vector,
                seats,
                fire_block,
                planned_at: best,
            },
            period,
        },
    }
}

fn skip(reason: Reason, detail: String) -> Plan {
    Plan::Skip { reason, detail }
}

fn serves(set: &WeightSet, window: Window) -> bool {
    set.intent.window == window && set.state.standing().holds_window
}

/// The block of a weight update that this ledger knows nothing of. An empty ledger can't tell.
fn foreign_commit(us: &Neuron, recent: &[WeightSet]) -> Option<BlockNumber> {
    let ours = recent
        .iter()
        // A payload that failed left no mark on the chain.
        .filter(|set| set.state != LedgerState::DispatchFailed)
        .filter_map(|set| set.included)
        .map(|b| b.number)
        .max()?;
    (us.last_update > ours.max(us.miner.registered_at)).then_some(us.last_update)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::types::{BlockRef, MovingAverage};
    use crate::weights::testing::{at, subnet, weight_set};

    /// Block 150 of an epoch that fires at 160; hotkey 0 has a permit, the others a score.
    fn world() -> (Subnet, ScoreTable, Hotkey) {
        let mut neurons = at(subnet(4), 140, 160).metagraph.neurons().to_vec();
        neurons[0].validator_permit = true;
        let mut subnet = at(subnet(4), 140, 160);
        subnet.metagraph = crate::types::Metagraph::new(neurons).unwrap();
        let average = MovingAverage {
            value: 0.5,
            observations: 3,
        };
        let miners = subnet.metagraph.neurons()[1..].iter();
        let scores = miners.map(|n| (n.miner, average)).collect();
        let hotkey = subnet.metagraph.neurons()[0].miner.hotkey;
        (subnet, scores, hotkey)
    }

    fn plan_with(subnet: &Subnet, recent: &[WeightSet], take_over: bool) -> Plan {
        let (_, scores, hotkey) = world();
        let known = Known {
            subnet,
            hotkey,
            best: 142,
            recent,
            scores: &scores,
        };
        plan(known, &WeightsConfig::default(), take_over)
    }

    fn entry(state: LedgerState, subnet: &Subnet, included: Option<u64>) -> WeightSet {
        let mut set = weight_set(state);
        set.intent.window = due_window(subnet);
        set.included = included.map(|number| BlockRef {
            number,
            hash: [0; 32],
        });
        set
    }

    #[test]
    fn a_free_window_gets_an_intent_that_says_it_all() {
        let (subnet, _, hotkey) = world();
        let Plan::Set { intent, period } = plan_with(&subnet, &[], false) else {
            panic!("no plan");
        };
        assert_eq!(
            (intent.hotkey, intent.window),
            (hotkey, due_window(&subnet))
        );
        assert_eq!(
            (intent.fire_block, intent.planned_at, period),
            (160, 142, 16)
        );
        let uids: Vec<_> = intent.vector.entries().iter().map(|e| e.0).collect();
        assert_eq!(uids, intent.seats.iter().map(|s| s.uid).collect::<Vec<_>>());
        assert_eq!(uids.len(), 3);
    }

    #[test]
    fn a_window_is_served_once_whatever_state_holds_it() {
        let (subnet, ..) = world();
        for state in LedgerState::all(|_| true) {
            let held = plan_with(&subnet, &[entry(state, &subnet, None)], false);
            let waits = held == Plan::Wait;
            assert_eq!(waits, state.standing().holds_window, "{state}");
            let mut earlier = entry(state, &subnet, None);
            earlier.intent.window.epoch -= 1;
            let free = plan_with(&subnet, &[earlier], false);
            assert!(matches!(free, Plan::Set { .. }), "{state}: {free:?}");
        }
    }

    #[test]
    fn weights_that_the_ledger_does_not_know_stop_it_unless_told_otherwise() {
        let (subnet, ..) = world();
        let mut neurons = subnet.metagraph.neurons().to_vec();
        neurons[0].last_update = 110;
        let mut touched = subnet.clone();
        touched.metagraph = crate::types::Metagraph::new(neurons).unwrap();
        let landed = |state, number| {
            let mut set = entry(state, &subnet, Some(number));
            set.intent.window.epoch -= 1;
            set
        };
        let (known, older) = (
            landed(LedgerState::Applied, 110),
            landed(LedgerState::Applied, 90),
        );
        assert!(matches!(
            plan_with(&touched, &[known], false),
            Plan::Set { .. }
        ));
        let foreign = plan_with(&touched, std::slice::from_ref(&older), false);
        assert!(
            matches!(&foreign, Plan::Skip { reason: Reason::ForeignCommit, detail } if detail.contains("110")),
            "{foreign:?}"
        );
        assert!(matches!(
            plan_with(&touched, &[older], true),
            Plan::Set { .. }
        ));
        // A call that failed in block 120 set nothing.
        let failed = [
            landed(LedgerState::DispatchFailed, 120),
            landed(LedgerState::Applied, 110),
        ];
        assert!(matches!(
            plan_with(&touched, &failed, false),
            Plan::Set { .. }
        ));
    }
}
