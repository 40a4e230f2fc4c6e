//! What would keep the chain from taking our weights, and the numbers behind it. Pure.

use crate::types::{Neuron, RAO_PER_TAO, Rao, Reason, Subnet};

/// What no waiting within this epoch can change. The names are those of the chain's errors where it has one.
pub fn obstacle(subnet: &Subnet, us: Option<&Neuron>) -> Option<Reason> {
    let Some(us) = us else {
        return Some(Reason::NotRegistered);
    };
    // The owner's hotkey is exempt from permit and stake rules.
    let owner = subnet.params.owner_hotkey == Some(us.miner.hotkey);
    if subnet.params.commit_reveal {
        return Some(Reason::CommitRevealUnsupported);
    }
    if subnet.scope.mechanism.0 >= subnet.params.mechanisms.max(1) {
        return Some(Reason::MechanismDoesNotExist);
    }
    if !owner && us.stake < subnet.params.stake_threshold {
        return Some(Reason::StakeTooLow);
    }
    if !owner && !us.validator_permit {
        return Some(Reason::NoValidatorPermit);
    }
    None
}

/// What is missing, in numbers, where a reason has any.
pub fn explain(reason: Reason, subnet: &Subnet, us: Option<&Neuron>) -> String {
    let (params, fires) = (&subnet.params, subnet.schedule.next_epoch);
    match (reason, us) {
        (Reason::StakeTooLow, Some(us)) => {
            let (has, wants) = (us.stake, params.stake_threshold);
            let missing = tao(wants.saturating_sub(has));
            format!(
                "{} of stake, the chain wants {}: {missing} are missing",
                tao(has),
                tao(wants)
            )
        }
        (Reason::NoValidatorPermit, Some(us)) => {
            let validators = subnet.metagraph.neurons().iter();
            let least = validators
                .filter(|n| n.validator_permit)
                .map(|n| n.stake)
                .min();
            let least = least.map_or("nobody has one".into(), |stake| {
                format!("the least with one is {}", tao(stake))
            });
            format!("{} of stake; {least}", tao(us.stake))
        }
        (Reason::RateLimitOutlastsEpoch, Some(us)) => {
            let next = us.last_update + params.weights_rate_limit;
            format!(
                "set in block #{}, next allowed in #{next}, the epoch fires at #{fires}",
                us.last_update
            )
        }
        (Reason::MechanismDoesNotExist, _) => {
            let (asked, there) = (subnet.scope.mechanism, params.mechanisms);
            format!("mechanism {asked} of {there}, counted from 0")
        }
        (Reason::TooLateForEpoch, _) => format!("the epoch fires at #{fires}"),
        _ => String::new(),
    }
}

/// The same for a node's refusal, which holds the chain's name for it.
pub fn explain_refusal(refusal: &str, subnet: &Subnet, us: Option<&Neuron>) -> String {
    let known = [
        ("NotEnoughStakeToSetWeights", Reason::StakeTooLow),
        ("RateLimitExceeded", Reason::RateLimitOutlastsEpoch),
    ];
    let known = known.iter().find(|(name, _)| refusal.contains(name));
    known.map_or(String::new(), |(_, reason)| explain(*reason, subnet, us))
}

fn tao(rao: Rao) -> String {
    format!("{:.2} TAO", rao as f64 / RAO_PER_TAO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::testing::subnet;

    #[test]
    fn what_is_missing_is_told_in_numbers() {
        let mut subnet = subnet(3);
        subnet.params.stake_threshold = 1_000_000_000_000;
        let mut us = subnet.metagraph.neurons()[0].clone();
        us.stake = 12_500_000_000;
        us.last_update = 150;
        let told = |reason| explain(reason, &subnet, Some(&us));
        let stake = "12.50 TAO of stake, the chain wants 1000.00 TAO: 987.50 TAO are missing";
        assert_eq!(told(Reason::StakeTooLow), stake);
        assert_eq!(
            told(Reason::RateLimitOutlastsEpoch),
            "set in block #150, next allowed in #170, the epoch fires at #160"
        );
        assert_eq!(
            told(Reason::NoValidatorPermit),
            "12.50 TAO of stake; nobody has one"
        );
        let refused = "ws://a: invalid: NotEnoughStakeToSetWeights (Custom error: 1)";
        assert_eq!(explain_refusal(refused, &subnet, Some(&us)), stake);
        assert_eq!(
            explain_refusal("invalid: Custom error: 99", &subnet, Some(&us)),
            ""
        );
    }
}
