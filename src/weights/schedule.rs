//! When to set weights. Pure.

use super::obstacle::obstacle;
use crate::config::WeightsConfig;
use crate::types::{BlockNumber, Neuron, Reason, Slot, Subnet, Window};

/// Whether it is time, and whether the chain would take weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing before this block.
    Wait(BlockNumber),
    /// Plan and sign now, with an era of `period` blocks from the finalized head.
    Plan {
        fire_block: BlockNumber,
        period: u64,
    },
    /// Why this epoch gets no weights from us, as far as this block can tell. The names are those of the chain's
    /// errors where it has one: all its checks are made here before anything is signed.
    Skip(Reason),
}

/// The longest era that is asked for, in blocks.
const LONGEST_ERA: u64 = 32;
/// Blocks beyond the finality lag that a transaction is given to land in.
const ROOM_TO_LAND: u64 = 6;

/// The window that is served next: the epoch that has not fired yet, shortly before it does.
pub fn due_window(subnet: &Subnet) -> Window {
    Window {
        scope: subnet.scope,
        epoch: subnet.schedule.epoch_index + 1,
        slot: Slot::Late,
    }
}

/// Decides for the snapshot `subnet`, while `best` is the number of the best block.
///
/// The epoch fires in the initialisation of block `next_epoch`; the last block whose transactions count is the one
/// before. The era must end before that, or a late transaction would land in the next epoch; and it must outlast the
/// finality lag, or it would be dead when it is sent. The chain refuses an update within `weights_rate_limit` blocks
/// of the last one (registration counts as one).
pub fn decide(
    subnet: &Subnet,
    us: Option<&Neuron>,
    best: BlockNumber,
    config: &WeightsConfig,
) -> Decision {
    if let Some(reason) = obstacle(subnet, us) {
        return Decision::Skip(reason);
    }
    let Some(us) = us else {
        return Decision::Skip(Reason::NotRegistered);
    };
    let fire_block = subnet.schedule.next_epoch;
    // LastUpdate 0 passes the chain's check.
    let allowed = if us.last_update == 0 {
        0
    } else {
        us.last_update + subnet.params.weights_rate_limit
    };
    let start = fire_block
        .saturating_sub(config.plan_blocks_before)
        .max(allowed.saturating_sub(1));
    if allowed >= fire_block {
        return Decision::Skip(Reason::RateLimitOutlastsEpoch);
    }
    let best = best.max(subnet.at.number);
    if best < start {
        return Decision::Wait(start);
    }
    let lag = best - subnet.at.number;
    match era(fire_block.saturating_sub(subnet.at.number + 1)) {
        Some(period) if period >= lag + ROOM_TO_LAND => Decision::Plan { fire_block, period },
        _ => Decision::Skip(Reason::TooLateForEpoch),
    }
}

/// The largest era (a power of two, at least 4) that fits into `room` blocks.
fn era(room: u64) -> Option<u64> {
    let room = room.min(LONGEST_ERA);
    (room >= 4).then(|| 1 << room.ilog2())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::weights::testing::{at, subnet};

    fn decide_at(finalized: u64, lag: u64, fire: u64, last_update: u64) -> Decision {
        let mut subnet = at(subnet(3), finalized, fire);
        let mut us = subnet.metagraph.neurons()[0].clone();
        us.validator_permit = true;
        us.last_update = last_update;
        subnet.params.weights_rate_limit = 20;
        decide(
            &subnet,
            Some(&us),
            finalized + lag,
            &WeightsConfig {
                plan_blocks_before: 24,
                ..Default::default()
            },
        )
    }

    #[test]
    fn the_demo_pace_plans_24_blocks_before_the_fire_block() {
        assert_eq!(decide_at(150, 2, 180, 100), Decision::Wait(156));
        assert!(matches!(
            decide_at(154, 2, 180, 100),
            Decision::Plan {
                fire_block: 180,
                period: 16,
            }
        ));
        assert_eq!(
            decide_at(173, 2, 180, 100),
            Decision::Skip(Reason::TooLateForEpoch)
        );
    }

    #[test]
    fn the_rate_limit_moves_the_plan() {
        assert_eq!(decide_at(154, 2, 180, 140), Decision::Wait(159));
        assert_eq!(
            decide_at(170, 0, 180, 175),
            Decision::Skip(Reason::RateLimitOutlastsEpoch),
            "not in this epoch any more"
        );
    }

    #[test]
    fn each_check_of_the_chain_is_made_before_signing() {
        let base = at(subnet(3), 170, 190);
        let mut us = base.metagraph.neurons()[1].clone();
        us.validator_permit = true;
        let skip = |subnet: &Subnet, us: Option<&Neuron>| match decide(
            subnet,
            us,
            170,
            &WeightsConfig::default(),
        ) {
            Decision::Skip(skip) => Some(skip),
            _ => None,
        };
        assert_eq!(skip(&base, Some(&us)), None);
        assert_eq!(skip(&base, None), Some(Reason::NotRegistered));
        let mut cr = base.clone();
        cr.params.commit_reveal = true;
        assert_eq!(skip(&cr, Some(&us)), Some(Reason::CommitRevealUnsupported));
        let mut poor = base.clone();
        poor.params.stake_threshold = us.stake + 1;
        assert_eq!(skip(&poor, Some(&us)), Some(Reason::StakeTooLow));
        let mut none = base.clone();
        none.scope.mechanism.0 = 1;
        assert_eq!(skip(&none, Some(&us)), Some(Reason::MechanismDoesNotExist));
        us.validator_permit = false;
        assert_eq!(skip(&base, Some(&us)), Some(Reason::NoValidatorPermit));
        let mut owned = poor;
        owned.params.owner_hotkey = Some(us.miner.hotkey);
        assert_eq!(
            skip(&owned, Some(&us)),
            None,
            "the owner's hotkey is exempt"
        );
    }

    proptest! {
        #[test]
        fn a_plan_never_outlives_its_epoch(finalized in 0u64..10_000, lag in 0u64..40, ahead in 0u64..500, last in 0u64..10_000) {
            let fire = finalized + ahead;
            if let Decision::Plan { period, .. } = decide_at(finalized, lag, fire, last) {
                prop_assert!(finalized + period < fire);
                prop_assert!(period >= lag + 6 && period.is_power_of_two());
                prop_assert!(last == 0 || finalized + lag + 1 >= last + 20);
            }
        }
    }
}
