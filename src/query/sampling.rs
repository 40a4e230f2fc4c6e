//! Whom to ask.

use std::collections::HashMap;

use ipnet::IpNet;
use rand::Rng;
use rand::seq::SliceRandom;

use super::guard::places;
use crate::config::{QueryConfig, SamplingConfig};
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
///
/// No more of one address or network than may be asked at once: who crowds waits for another round, and nobody can
/// choose by being slow which of its neighbours are asked in this one.
pub fn sample(
    subnet: &Subnet,
    own: Hotkey,
    (config, query): (&SamplingConfig, &QueryConfig),
    k: usize,
    observations: &ScoreTable,
    rng: &mut impl Rng,
) -> Vec<Target> {
    let mut rest = available(subnet, own, config);
    rest.shuffle(rng);
    let coin = usize::from(k % 2 == 1 && rng.random_bool(0.5));
    let mut room = Room::of(query);

    // A stable sort of a shuffled list: equals stay in random order.
    rest.sort_by_key(|target| seen(observations, target));
    let mut chosen = room.take(&mut rest, k / 2 + coin);
    rest.shuffle(rng);
    chosen.append(&mut room.take(&mut rest, k - chosen.len()));
    chosen.shuffle(rng);
    chosen
}

/// What is left of the places at each address and network.
struct Room {
    per_address: usize,
    per_network: usize,
    taken: HashMap<IpNet, usize>,
}

impl Room {
    fn of(query: &QueryConfig) -> Self {
        Self {
            per_address: query.per_address,
            per_network: query.per_network,
            taken: HashMap::new(),
        }
    }

    /// Takes up to `n` out of the list, in its order.
    fn take(&mut self, list: &mut Vec<Target>, n: usize) -> Vec<Target> {
        let mut taken = Vec::new();
        list.retain(|target| {
            let takes = taken.len() < n && self.has(target);
            if takes {
                taken.push(*target);
            }
            !takes
        });
        taken
    }

    fn has(&mut self, target: &Target) -> bool {
        let places = places::neighbourhood(target.axon.address.ip());
        let most = [self.per_address, self.per_network];
        let left =
            |(place, most): (&IpNet, usize)| self.taken.get(place).copied().unwrap_or(0) < most;
        if !places.iter().zip(most).all(left) {
            return false;
        }
        for place in places {
            *self.taken.entry(place).or_default() += 1;
        }
        true
    }
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
        question: None,
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
