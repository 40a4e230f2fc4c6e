//! Whom to ask.

use rand::Rng;
use rand::seq::SliceRandom;

use crate::config::SamplingConfig;
use crate::types::{
    Hotkey, Neuron, Outcome, RAO_PER_TAO, Reason, Response, ScoreTable, Seat, Subnet, Target,
    Timing,
};

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

/// A moving average below this can't come to a weight: it need not age any more.
const SPENT: f64 = 1e-6;

/// The miners with a score that can't be asked any more, since they publish no axon or have become validators: those
/// whose turn it is by chance, as often as if they were sampled. Their scores age like those of miners that don't
/// answer; else whoever leaves at the right moment is paid for ever.
pub fn absent(
    subnet: &Subnet,
    own: Hotkey,
    config: &SamplingConfig,
    k: usize,
    scores: &ScoreTable,
    rng: &mut impl Rng,
) -> Vec<Response> {
    let neurons = subnet.metagraph.neurons().iter();
    let scored = |n: &&Neuron| scores.get(&n.miner).is_some_and(|s| s.value > SPENT);
    let absent = neurons
        .filter(|n| n.miner.hotkey != own)
        .filter(scored)
        .filter_map(|n| Some((Seat::from(n), absence(n, config)?)));
    let mut absent: Vec<(Seat, Reason)> = absent.collect();
    let population = available(subnet, own, config).len() + absent.len();
    let turn = (k as f64 / population.max(1) as f64).min(1.0);
    absent.retain(|_| rng.random_bool(turn));
    let responses = absent.into_iter().map(|(seat, reason)| Response {
        seat,
        outcome: Outcome::Failed(reason),
        timing: Timing::default(),
    });
    responses.collect()
}

/// Why a neuron can't be asked, if so.
fn absence(neuron: &Neuron, config: &SamplingConfig) -> Option<Reason> {
    match neuron.axon {
        _ if validates(neuron, config) => Some(Reason::Validates),
        None => Some(Reason::NoAxon),
        Some(_) => None,
    }
}

/// Everyone who serves and may be asked: not ourselves, not a validator.
pub fn available(subnet: &Subnet, own: Hotkey, config: &SamplingConfig) -> Vec<Target> {
    let neurons = subnet.metagraph.neurons().iter();
    neurons
        .filter(|n| n.miner.hotkey != own && !validates(n, config))
        .filter_map(target)
        .collect()
}

/// Everyone who serves an axon, validators too, but us.
pub fn serving(subnet: &Subnet, own: Hotkey) -> Vec<Target> {
    let neurons = subnet.metagraph.neurons().iter();
    let others = neurons.filter(|n| n.miner.hotkey != own);
    others.filter_map(target).collect()
}

fn target(neuron: &Neuron) -> Option<Target> {
    Some(Target {
        seat: neuron.into(),
        axon: neuron.axon?,
    })
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
