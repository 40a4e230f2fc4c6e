//! Whom to ask.

use std::cmp::Reverse;
use std::collections::HashMap;

use ipnet::IpNet;
use rand::Rng;
use rand::seq::SliceRandom;

use super::guard::places;
use crate::config::{QueryConfig, SamplingConfig};
use crate::types::{
    Axon, Hotkey, Neuron, Outcome, RAO_PER_TAO, Reason, Response, ScoreTable, Seat, Subnet, Target,
    Timing, Waits,
};

/// How many of a round's turns are given by what is due, and how many by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turns {
    pub by_need: usize,
    pub by_chance: usize,
    /// Not enough for everyone to be asked as often as is promised.
    pub too_few: bool,
}

impl Turns {
    /// Half of `k` by need, half by chance; more by need where `miners` could not be asked [`SamplingConfig::min_per_epoch`]
    /// times else in an epoch of so many rounds, as far as [`SamplingConfig::max_sample`] allows. Where the epoch's length is
    /// not known, `k` it is. With odd `k` a coin decides which half is larger.
    pub fn of(
        miners: usize,
        k: usize,
        config: &SamplingConfig,
        rounds_per_epoch: Option<usize>,
        rng: &mut impl Rng,
    ) -> Self {
        let coin = usize::from(k % 2 == 1 && rng.random_bool(0.5));
        let half = k / 2 + coin;
        let by_chance = k - half;
        // Who waits longest comes first, so all come once in so many rounds.
        let often = config.min_per_epoch as usize;
        let within = rounds_per_epoch.map(|rounds| rounds.checked_div(often).unwrap_or(usize::MAX));
        let needed = within.map_or(0, |rounds| miners.div_ceil(rounds.max(1)));
        let most = config.max_sample.max(k) - by_chance;
        Self {
            by_need: half.max(needed).min(most),
            by_chance,
            too_few: needed > half.max(most) || within == Some(0),
        }
    }
}

/// Whose turn it is.
#[derive(Debug, Default, PartialEq)]
pub struct Sample {
    pub targets: Vec<Target>,
    /// Those whose turn it is and who can't be asked any more, since they publish no axon or have become validators. Their
    /// scores age like those of miners that don't answer; else whoever leaves at the right moment is paid for ever.
    pub absent: Vec<Response>,
}

/// Each miner at most once, in random order.
///
/// Turns by need go to those who have waited longest, since they were last asked or since they came; ties are broken by
/// chance. So everyone is asked once in `⌈n / by_need⌉` rounds, and no stream of newcomers can crowd out the established:
/// they come last. The others are uniform over the rest: no miner can know that its turn is over.
///
/// Who can't be asked any more but has a score waits among the others, and has its turn exactly as often as it would
/// have been asked.
///
/// No more of one address or network than may be asked at once: who crowds waits for another round, and nobody can
/// choose by being slow which of its neighbours are asked in this one.
pub fn sample(
    candidates: Vec<Candidate>,
    turns: Turns,
    query: &QueryConfig,
    waits: &Waits,
    rng: &mut impl Rng,
) -> Sample {
    let mut rest = candidates;
    rest.shuffle(rng);
    let mut room = Room::of(query);

    // A stable sort of a shuffled list: equals stay in random order.
    rest.sort_by_key(|c| Reverse(waits.get(&c.seat.miner).copied().unwrap_or_default()));
    let mut chosen = room.take(&mut rest, turns.by_need);
    rest.shuffle(rng);
    // What need left over, for want of candidates or of room, chance may have.
    let left = turns.by_need + turns.by_chance - chosen.len();
    chosen.append(&mut room.take(&mut rest, left));
    chosen.shuffle(rng);
    let mut sample = Sample::default();
    for Candidate { seat, axon } in chosen {
        match axon {
            Ok(axon) => sample.targets.push(Target { seat, axon }),
            Err(reason) => sample.absent.push(not_asked(seat, reason)),
        }
    }
    sample
}

fn not_asked(seat: Seat, reason: Reason) -> Response {
    Response {
        seat,
        question: None,
        outcome: Outcome::Failed(reason),
        timing: Timing::default(),
    }
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
    fn take(&mut self, list: &mut Vec<Candidate>, n: usize) -> Vec<Candidate> {
        let mut taken = Vec::new();
        list.retain(|candidate| {
            let takes = taken.len() < n && self.has(candidate);
            if takes {
                taken.push(*candidate);
            }
            !takes
        });
        taken
    }

    fn has(&mut self, candidate: &Candidate) -> bool {
        let Ok(axon) = candidate.axon else {
            return true;
        };
        let places = places::neighbourhood(axon.address.ip());
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

/// Who may have a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    pub seat: Seat,
    /// Where it is asked, or why it can't be.
    axon: Result<Axon, Reason>,
}

/// Everyone who serves and may be asked, and who has a score and may not: not ourselves.
pub fn candidates(
    subnet: &Subnet,
    own: Hotkey,
    config: &SamplingConfig,
    scores: &ScoreTable,
) -> Vec<Candidate> {
    let neurons = subnet.metagraph.neurons().iter();
    let scored = |c: &Candidate| scores.get(&c.seat.miner).is_some_and(|s| s.value > SPENT);
    let candidate = |n: &Neuron| Candidate {
        seat: n.into(),
        axon: reach(n, config),
    };
    neurons
        .filter(|n| n.miner.hotkey != own)
        .map(candidate)
        .filter(|c| c.axon.is_ok() || scored(c))
        .collect()
}

/// Where a neuron is asked, or why it can't be.
fn reach(neuron: &Neuron, config: &SamplingConfig) -> Result<Axon, Reason> {
    if validates(neuron, config) {
        return Err(Reason::Validates);
    }
    neuron.axon.ok_or(Reason::NoAxon)
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

#[cfg(test)]
#[path = "tests/sampling.rs"]
mod tests;
