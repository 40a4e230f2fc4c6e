//! Who may be asked, and how evenly chance falls on them.
#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::types::testing::{self, subnet};
use crate::types::{Axon, MinerId, MovingAverage};

const OWN: Hotkey = Hotkey([0; 32]);

fn neuron(uid: u16) -> Neuron {
    let mut hotkey = [0; 32];
    hotkey[..2].copy_from_slice(&uid.to_be_bytes());
    let miner = MinerId {
        hotkey: Hotkey(hotkey),
        registered_at: 5,
    };
    Neuron {
        axon: Some(Axon {
            address: SocketAddr::from(([8, 8, 8, 8], 8091)),
            version: 10_002_000,
        }),
        ..testing::neuron(uid, miner)
    }
}

/// Ourselves at uid 0, then `miners` miners.
fn world(miners: u16) -> Subnet {
    subnet((0..=miners).map(neuron).collect())
}

fn nobody_crowds() -> QueryConfig {
    QueryConfig {
        per_address: usize::MAX,
        per_network: usize::MAX,
        ..QueryConfig::default()
    }
}

fn all(subnet: &Subnet, scores: &ScoreTable) -> Vec<Candidate> {
    candidates(subnet, OWN, &SamplingConfig::default(), scores)
}

fn draw(subnet: &Subnet, k: usize, waits: &Waits, rng: &mut ChaCha8Rng) -> Vec<Target> {
    let turns = Turns::of(0, k, &SamplingConfig::default(), None, rng);
    let candidates = all(subnet, &ScoreTable::new());
    sample(candidates, turns, &nobody_crowds(), waits, rng).targets
}

const ROUND: Duration = Duration::from_secs(60);

/// Everyone waits a round longer, but for those who were asked.
fn pass(waits: &mut Waits, asked: &[Target]) {
    waits.values_mut().for_each(|wait| *wait += ROUND);
    waits.extend(asked.iter().map(|target| (target.seat.miner, ROUND)));
}

#[test]
fn validators_the_unserved_and_ourselves_are_not_asked() {
    let tao = 1_000_000_000;
    let mut neurons: Vec<Neuron> = (0..6).map(neuron).collect();
    neurons[1].axon = None;
    (neurons[2].validator_permit, neurons[2].stake) = (true, 4097 * tao);
    (neurons[3].validator_permit, neurons[3].stake) = (true, 4096 * tao);
    (neurons[4].validator_permit, neurons[4].stake) = (false, 9000 * tao);
    let asked = draw(
        &subnet(neurons),
        10,
        &Waits::new(),
        &mut ChaCha8Rng::seed_from_u64(1),
    );
    let uids: BTreeSet<u16> = asked.iter().map(|t| t.seat.uid.0).collect();
    assert_eq!(uids, BTreeSet::from([3, 4, 5]));
}

#[test]
fn an_empty_subnet_gives_an_empty_sample() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    assert!(draw(&world(0), 5, &Waits::new(), &mut rng).is_empty());
    assert!(draw(&subnet(Vec::new()), 5, &Waits::new(), &mut rng).is_empty());
    assert!(draw(&world(5), 0, &Waits::new(), &mut rng).is_empty());
}

/// Plays epochs on a subnet of 256 seats where `newcomers` seats of each round are taken by new miners, and returns how
/// often each miner that kept its seat for the whole last epoch was asked in it, and the longest sample.
fn epochs(
    k: usize,
    rounds: usize,
    newcomers: usize,
    config: &SamplingConfig,
) -> (Vec<usize>, usize) {
    let rng = &mut ChaCha8Rng::seed_from_u64(7);
    let mut neurons: Vec<Neuron> = (0..=256).map(neuron).collect();
    let mut waits: Waits = neurons.iter().map(|n| (n.miner, ROUND)).collect();
    let (mut asked, mut longest): (HashMap<MinerId, usize>, usize) = Default::default();
    let mut next = 0;
    for round in 0..4 * rounds {
        for _ in 0..newcomers {
            // The seats of the first 200 stay.
            let seat = 201 + next % 56;
            next += 1;
            neurons[seat].miner.registered_at += 1;
            waits.insert(neurons[seat].miner, Duration::ZERO);
        }
        let world = subnet(neurons.clone());
        let candidates = all(&world, &ScoreTable::new());
        let turns = Turns::of(candidates.len(), k, config, Some(rounds), rng);
        let drawn = sample(candidates, turns, &nobody_crowds(), &waits, rng).targets;
        longest = longest.max(drawn.len());
        pass(&mut waits, &drawn);
        if round >= 3 * rounds {
            for target in drawn {
                *asked.entry(target.seat.miner).or_default() += 1;
            }
        }
    }
    let stayed = neurons[1..=200]
        .iter()
        .map(|n| asked.get(&n.miner).copied().unwrap_or(0));
    (stayed.collect(), longest)
}

/// 256 miners, and a crowd of newcomers that is as large as the sample: everyone who stays has its turns.
#[test]
fn everyone_has_its_turns_in_every_epoch_whoever_comes() {
    for (k, rounds, newcomers, min_per_epoch) in [
        (50, 72, 0, 2),
        (50, 72, 25, 5),
        (8, 72, 4, 2),
        (4, 30, 8, 3),
        (1, 60, 1, 1),
    ] {
        let config = SamplingConfig {
            min_per_epoch,
            ..SamplingConfig::default()
        };
        let (asked, longest) = epochs(k, rounds, newcomers, &config);
        let least = *asked.iter().min().unwrap();
        assert!(
            least >= min_per_epoch as usize,
            "{k} {rounds} {newcomers}: {least}"
        );
        assert!(longest <= config.max_sample);
    }
}

#[test]
fn a_sample_grows_as_far_as_it_may_and_says_when_that_is_too_little() {
    let rng = &mut ChaCha8Rng::seed_from_u64(7);
    let config = SamplingConfig {
        min_per_epoch: 3,
        max_sample: 40,
        ..SamplingConfig::default()
    };
    let mut turns = |miners, k, rounds| {
        let turns = Turns::of(miners, k, &config, rounds, rng);
        (turns.by_need, turns.by_chance, turns.too_few)
    };
    assert_eq!(turns(256, 50, Some(72)), (25, 25, false));
    assert_eq!(turns(256, 20, Some(30)), (26, 10, false));
    assert_eq!(turns(256, 20, Some(20)), (30, 10, true));
    assert_eq!(
        turns(10, 4, Some(2)),
        (10, 2, true),
        "two rounds are too few for three turns"
    );
    assert_eq!(turns(256, 20, None), (10, 10, false));
    assert_eq!(turns(0, 20, Some(30)), (10, 10, false));
}

/// Half of the sample is by chance: a miner that was asked just now may be asked again.
#[test]
fn no_miner_can_know_that_its_turn_is_over() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let (world, mut waits) = (world(40), Waits::new());
    let mut again = 0;
    let mut before: BTreeSet<u16> = BTreeSet::new();
    for _ in 0..500 {
        let asked = draw(&world, 8, &waits, &mut rng);
        let uids: BTreeSet<u16> = asked.iter().map(|t| t.seat.uid.0).collect();
        again += uids.intersection(&before).count();
        before = uids;
        pass(&mut waits, &asked);
    }
    // Four by chance of the 36 that are left, eight of them asked in the last round: nearly one each round.
    assert!((300..=550).contains(&again), "{again}");
}

/// Which half is larger is a coin's choice, so even a sample of one has both kinds.
#[test]
fn a_sample_of_one_is_by_need_half_of_the_time() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let world = world(100);
    let longest = all(&world, &ScoreTable::new())[0].seat;
    let waits = Waits::from([(longest.miner, ROUND)]);
    let hits = (0..1000)
        .filter(|_| draw(&world, 1, &waits, &mut rng)[0].seat == longest)
        .count();
    assert!((430..=580).contains(&hits), "{hits}");
}

proptest! {
    #[test]
    fn a_sample_is_distinct_available_and_of_the_right_size(
        miners in 0u16..60, k in 0usize..80, seed: u64, rounds in prop::collection::vec(0u32..5, 60),
    ) {
        let subnet = world(miners);
        let miners_of = all(&subnet, &ScoreTable::new());
        let seen: Waits = miners_of.iter().zip(rounds).map(|(c, n)| (c.seat.miner, n * ROUND)).collect();
        let asked = draw(&subnet, k, &seen, &mut ChaCha8Rng::seed_from_u64(seed));
        prop_assert_eq!(asked.len(), k.min(usize::from(miners)));
        let uids: BTreeSet<u16> = asked.iter().map(|t| t.seat.uid.0).collect();
        prop_assert_eq!(uids.len(), asked.len());
        prop_assert!(!uids.contains(&0), "never ourselves");
        let again = draw(&subnet, k, &seen, &mut ChaCha8Rng::seed_from_u64(seed));
        prop_assert_eq!(asked, again);
    }

    #[test]
    fn everyone_is_asked_within_the_promised_rounds(miners in 1u16..60, k in 2usize..20, seed: u64) {
        let subnet = world(miners);
        let candidates = all(&subnet, &ScoreTable::new());
        let mut waits: Waits = candidates.iter().map(|c| (c.seat.miner, ROUND)).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut seen = BTreeSet::new();
        for _ in 0..usize::from(miners).div_ceil(k / 2) {
            let asked = draw(&subnet, k, &waits, &mut rng);
            seen.extend(asked.iter().map(|t| t.seat.uid));
            pass(&mut waits, &asked);
        }
        prop_assert_eq!(seen.len(), usize::from(miners));
    }
}

fn scored(neurons: &[Neuron], value: f64) -> ScoreTable {
    let average = MovingAverage {
        value,
        observations: 9,
        ..MovingAverage::default()
    };
    neurons.iter().map(|n| (n.miner, average)).collect()
}

fn aged(subnet: &Subnet, k: usize, scores: &ScoreTable, seed: u64) -> Vec<(u16, Reason)> {
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let turns = Turns::of(0, k, &SamplingConfig::default(), None, rng);
    let candidates = all(subnet, scores);
    let sample = sample(candidates, turns, &nobody_crowds(), &Waits::new(), rng);
    let absent = sample.absent.iter();
    let mut absent: Vec<_> = absent.map(|r| (r.seat.uid.0, r.outcome.reason())).collect();
    absent.sort();
    absent
}

/// Whoever has a score and can't be asked is there; who can be asked, has nothing to lose, or is us, is not.
#[test]
fn who_left_the_sample_with_a_score_ages() {
    let mut neurons: Vec<Neuron> = (0..6).map(neuron).collect();
    (neurons[0].axon, neurons[1].axon, neurons[2].axon) = (None, None, None);
    (neurons[3].validator_permit, neurons[3].stake) = (true, 4097 * RAO_PER_TAO as u64);
    let mut scores = scored(&neurons, 0.6);
    scores.remove(&neurons[2].miner);
    let world = subnet(neurons);
    let gone = [(1, Reason::NoAxon), (3, Reason::Validates)];
    assert_eq!(aged(&world, 50, &scores, 1), gone);
    let mut spent = scores.clone();
    spent.values_mut().for_each(|s| s.value = SPENT / 2.0);
    assert_eq!(aged(&world, 50, &spent, 1), []);
}

/// Exactly as often as it would have been asked: neither a place to hide nor a punishment.
#[test]
fn the_absent_age_at_the_pace_of_the_sampled() {
    let mut neurons: Vec<Neuron> = (0..=20).map(neuron).collect();
    let scores = scored(&neurons, 0.6);
    let here = subnet(neurons.clone());
    neurons[7].axon = None;
    let gone = subnet(neurons);
    for seed in 0..200 {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let asked = draw(&here, 5, &Waits::new(), rng);
        let asked = asked.iter().any(|t| t.seat.uid.0 == 7);
        assert_eq!(aged(&gone, 5, &scores, seed).len(), usize::from(asked));
    }
    let turns = (0..200)
        .map(|seed| aged(&gone, 5, &scores, seed).len())
        .sum::<usize>();
    assert!((25..=80).contains(&turns), "{turns}");
}

/// 40 hotkeys behind one address, 20 more in its network, 3 elsewhere: those never lose their places, and the crowd has
/// no more than there are.
#[test]
fn who_crowds_one_address_or_network_is_asked_a_few_at_a_time() {
    let mut neurons: Vec<Neuron> = (0..=63).map(neuron).collect();
    for (n, neuron) in neurons.iter_mut().enumerate() {
        let ip = match n {
            0..=40 => [8, 8, 8, 8],
            41..=60 => [8, 8, 8, 100 + n as u8],
            _ => [9, 9, n as u8, 9],
        };
        neuron.axon.as_mut().unwrap().address = SocketAddr::from((ip, 8091));
    }
    let (world, query) = (subnet(neurons), QueryConfig::default());
    for seed in 0..50 {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let turns = Turns::of(63, 50, &SamplingConfig::default(), None, rng);
        let candidates = all(&world, &ScoreTable::new());
        let asked = sample(candidates, turns, &query, &Waits::new(), rng).targets;
        let count = |of: std::ops::RangeInclusive<u16>| {
            asked.iter().filter(|t| of.contains(&t.seat.uid.0)).count()
        };
        assert!(count(1..=40) <= query.per_address, "{asked:?}");
        assert!(count(1..=60) <= query.per_network);
        assert_eq!(count(61..=63), 3);
    }
}
