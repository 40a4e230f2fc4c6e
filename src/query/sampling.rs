//! Whom to ask.

use rand::Rng;
use rand::seq::SliceRandom;

use crate::config::SamplingConfig;
use crate::types::{Hotkey, Neuron, RAO_PER_TAO, ScoreTable, Subnet, Target};

/// At most `k` of the subnet's available miners, each once, in random order.
///
/// Half of the sample goes to those with the fewest observations, ties broken by chance, so that with
/// `n` miners of one age everyone is asked within `⌈n / ⌊k/2⌋⌉` rounds. The other half is uniform over
/// the rest: a stream of newcomers, always the least observed, can't crowd out the established, and no
/// miner can know that its turn is over. With odd `k` a coin decides which half is larger.
pub fn sample(
    subnet: &Subnet,
    own: Hotkey,
    config: &SamplingConfig,
    k: usize,
    observations: &ScoreTable,
    rng: &mut impl Rng,
) -> Vec<Target> {
    let mut rest = available(subnet, own, config);
    rest.shuffle(rng);
    let coin = usize::from(k % 2 == 1 && rng.random_bool(0.5));
    let by_need = (k / 2 + coin).min(rest.len());

    // A stable sort of a shuffled list: equals stay in random order.
    rest.sort_by_key(|target| seen(observations, target));
    let mut chosen: Vec<Target> = rest.drain(..by_need).collect();
    rest.shuffle(rng);
    rest.truncate(k - by_need);
    chosen.append(&mut rest);
    chosen.shuffle(rng);
    chosen
}

/// Everyone who serves and may be asked: not ourselves, not a validator.
pub fn available(subnet: &Subnet, own: Hotkey, config: &SamplingConfig) -> Vec<Target> {
    let neurons = subnet.metagraph.neurons().iter();
    neurons
        .filter(|n| n.miner.hotkey != own && !validates(n, config))
        .filter_map(|n| {
            Some(Target {
                seat: n.into(),
                axon: n.axon?,
            })
        })
        .collect()
}

/// A permit alone is no sign: in a young subnet miners hold permits too.
fn validates(neuron: &Neuron, config: &SamplingConfig) -> bool {
    neuron.validator_permit && neuron.stake as f64 > config.validator_stake_tao * RAO_PER_TAO
}

fn seen(observations: &ScoreTable, target: &Target) -> u64 {
    observations
        .get(&target.seat.miner)
        .map_or(0, |average| average.observations)
}

#[cfg(test)]
#[path = "tests/sampling.rs"]
mod tests;
