//! Does this block call for new weights, and for which? Pure.

use std::time::Duration;

use super::schedule::{Decision, decide, due_window};
use super::vector::{self, NoVector, Planned};
use crate::config::WeightsConfig;
use crate::types::{
    BlockNumber, Hotkey, Intent, Neuron, Reason, ScoreTable, Subnet, WeightSet, Window,
};

/// What a block calls for, as far as the chain and the ledger's newest entries tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Due {
    /// Nothing: it is not time, or the window is served.
    Wait,
    /// No weights for this epoch.
    Skip(Reason),
    Now(Turn),
}

/// A window whose time has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    pub window: Window,
    pub fire_block: BlockNumber,
    /// Blocks of the era, from the finalized head.
    pub period: u64,
    /// The number of the best block.
    pub best: BlockNumber,
}

/// `recent`: the newest entries of this hotkey's ledger, settled as far as they can be.
pub fn due(
    subnet: &Subnet,
    hotkey: Hotkey,
    best: BlockNumber,
    recent: &[WeightSet],
    config: &WeightsConfig,
) -> Due {
    let window = due_window(subnet);
    if recent.iter().any(|set| serves(set, window)) {
        return Due::Wait;
    }
    match decide(subnet, subnet.metagraph.by_hotkey(&hotkey), best, config) {
        Decision::Wait(_) => Due::Wait,
        Decision::Skip(reason) => Due::Skip(reason),
        Decision::Plan { fire_block, period } => Due::Now(Turn {
            window,
            fire_block,
            period,
            best,
        }),
    }
}

/// What a plan is made of, once it is time for one.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub subnet: &'a Subnet,
    /// Who signs.
    pub hotkey: Hotkey,
    /// The newest block that holds weights of this hotkey's ledger.
    pub landed: Option<BlockNumber>,
    pub scores: &'a ScoreTable,
    /// Since the scores last moved; `None`: they never did.
    pub scores_age: Option<Duration>,
}

/// What to do with a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// No weights for this epoch, as far as this block can tell.
    Skip { reason: Reason, detail: String },
    /// Write this down and sign it.
    Set(Intent),
}

/// Plans for a snapshot. `take_over`: go on although another program set weights with this hotkey.
pub fn plan(turn: Turn, known: Known<'_>, config: &WeightsConfig, take_over: bool) -> Plan {
    let us = known.subnet.metagraph.by_hotkey(&known.hotkey);
    if let Some(block) = us.and_then(|us| foreign_commit(us, known.landed))
        && !take_over
    {
        let detail = format!(
            "weights of {} were set in block {block} by another program; stop it, or start with --take-over",
            known.hotkey
        );
        return skip(Reason::ForeignCommit, detail);
    }
    let limit = config.max_score_age_s.0;
    if let Some(age) = known.scores_age.filter(|age| *age > limit) {
        let set_at = us.map_or(0, |us| us.last_update);
        let detail = format!(
            "the scores have not moved for {} s, weights.max_score_age_s is {} s: our row of block #{set_at} stays on chain",
            age.as_secs(),
            limit.as_secs()
        );
        return skip(Reason::ScoresTooOld, detail);
    }
    match vector::build(known.subnet, known.scores, config) {
        Err(e @ NoVector::NoScores) => skip(Reason::NoScores, e.to_string()),
        Err(NoVector::Rule(e)) => skip(Reason::VectorRule, e.to_string()),
        Ok(Planned { vector, seats }) => Plan::Set(Intent {
            window: turn.window,
            hotkey: known.hotkey,
            vector,
            seats,
            fire_block: turn.fire_block,
            planned_at: turn.best,
        }),
    }
}

fn skip(reason: Reason, detail: String) -> Plan {
    Plan::Skip { reason, detail }
}

fn serves(set: &WeightSet, window: Window) -> bool {
    set.intent.window == window && set.state.standing().holds_window
}

/// The block of a weight update that this ledger knows nothing of. A ledger of which nothing landed can't tell.
fn foreign_commit(us: &Neuron, landed: Option<BlockNumber>) -> Option<BlockNumber> {
    let ours = landed?.max(us.miner.registered_at);
    (us.last_update > ours).then_some(us.last_update)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::types::{LedgerState, MovingAverage};
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
            ..MovingAverage::default()
        };
        let miners = subnet.metagraph.neurons()[1..].iter();
        let scores = miners.map(|n| (n.miner, average)).collect();
        let hotkey = subnet.metagraph.neurons()[0].miner.hotkey;
        (subnet, scores, hotkey)
    }

    fn due_with(subnet: &Subnet, recent: &[WeightSet]) -> Due {
        due(subnet, world().2, 142, recent, &WeightsConfig::default())
    }

    fn plan_after(subnet: &Subnet, landed: Option<BlockNumber>, take_over: bool) -> Plan {
        let (_, scores, hotkey) = world();
        let Due::Now(turn) = due_with(subnet, &[]) else {
            panic!("not due");
        };
        let known = Known {
            subnet,
            hotkey,
            landed,
            scores: &scores,
            scores_age: Some(Duration::ZERO),
        };
        plan(turn, known, &WeightsConfig::default(), take_over)
    }

    fn entry(state: LedgerState, subnet: &Subnet) -> WeightSet {
        let mut set = weight_set(state);
        set.intent.window = due_window(subnet);
        set
    }

    #[test]
    fn a_free_window_gets_an_intent_that_says_it_all() {
        let (subnet, _, hotkey) = world();
        let Plan::Set(intent) = plan_after(&subnet, None, false) else {
            panic!("no plan");
        };
        let Due::Now(turn) = due_with(&subnet, &[]) else {
            panic!("not due");
        };
        assert_eq!(
            (intent.hotkey, intent.window),
            (hotkey, due_window(&subnet))
        );
        assert_eq!(
            (intent.fire_block, intent.planned_at, turn.period),
            (160, 142, 16)
        );
        let uids: Vec<_> = intent.vector.entries().iter().map(|e| e.0).collect();
        assert_eq!(uids, intent.seats.iter().map(|s| s.uid).collect::<Vec<_>>());
        assert_eq!(uids.len(), 3);
    }

    #[test]
    fn scores_that_stand_still_for_too_long_make_no_weights() {
        let (subnet, scores, hotkey) = world();
        let Due::Now(turn) = due_with(&subnet, &[]) else {
            panic!("not due");
        };
        let config = WeightsConfig::default();
        let limit = config.max_score_age_s.0;
        let planned = |scores_age| {
            let known = Known {
                subnet: &subnet,
                hotkey,
                landed: None,
                scores: &scores,
                scores_age,
            };
            plan(turn, known, &config, false)
        };
        assert!(matches!(planned(Some(limit)), Plan::Set(_)));
        let held = planned(Some(limit + Duration::from_secs(1)));
        assert!(
            matches!(&held, Plan::Skip { reason: Reason::ScoresTooOld, detail } if detail.contains("stays on chain")),
            "{held:?}"
        );
        assert!(matches!(planned(None), Plan::Set(_)));
    }

    #[test]
    fn a_window_is_served_once_whatever_state_holds_it() {
        let (subnet, ..) = world();
        for state in LedgerState::all(|_| true) {
            let held = due_with(&subnet, &[entry(state, &subnet)]);
            let waits = held == Due::Wait;
            assert_eq!(waits, state.standing().holds_window, "{state}");
            let mut earlier = entry(state, &subnet);
            earlier.intent.window.epoch -= 1;
            let free = due_with(&subnet, &[earlier]);
            assert!(matches!(free, Due::Now(_)), "{state}: {free:?}");
        }
    }

    #[test]
    fn weights_that_the_ledger_does_not_know_stop_it_unless_told_otherwise() {
        let (subnet, ..) = world();
        let mut neurons = subnet.metagraph.neurons().to_vec();
        neurons[0].last_update = 110;
        let mut touched = subnet.clone();
        touched.metagraph = crate::types::Metagraph::new(neurons).unwrap();
        let planned = |landed, take_over| plan_after(&touched, landed, take_over);
        assert!(matches!(planned(Some(110), false), Plan::Set(_)));
        let foreign = planned(Some(90), false);
        assert!(
            matches!(&foreign, Plan::Skip { reason: Reason::ForeignCommit, detail } if detail.contains("110")),
            "{foreign:?}"
        );
        assert!(matches!(planned(Some(90), true), Plan::Set(_)));
        assert!(matches!(planned(None, false), Plan::Set(_)));
    }
}
