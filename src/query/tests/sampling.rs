//! Who may be asked, and how evenly chance falls on them.
#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;
use std::net::SocketAddr;

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

fn draw(subnet: &Subnet, k: usize, seen: &ScoreTable, rng: &mut ChaCha8Rng) -> Vec<Target> {
    let nobody_crowds = QueryConfig {
        per_address: usize::MAX,
        per_network: usize::MAX,
        ..QueryConfig::default()
    };
    let config = (&SamplingConfig::default(), &nobody_crowds);
    sample(subnet, OWN, config, k, seen, rng)
}

fn observe(seen: &mut ScoreTable, asked: &[Target]) {
    for target in asked {
        let fresh = MovingAverage {
            value: 0.0,
            observations: 0,
        };
        seen.entry(target.seat.miner).or_insert(fresh).observations += 1;
    }
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
        &ScoreTable::new(),
        &mut ChaCha8Rng::seed_from_u64(1),
    );
    let uids: BTreeSet<u16> = asked.iter().map(|t| t.seat.uid.0).collect();
    assert_eq!(uids, BTreeSet::from([3, 4, 5]));
}

#[test]
fn an_empty_subnet_gives_an_empty_sample() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    assert!(draw(&world(0), 5, &ScoreTable::new(), &mut rng).is_empty());
    assert!(draw(&subnet(Vec::new()), 5, &ScoreTable::new(), &mut rng).is_empty());
    assert!(draw(&world(5), 0, &ScoreTable::new(), &mut rng).is_empty());
}

/// A hundred newcomers a round are always the least observed; the others still get their turns.
#[test]
fn newcomers_do_not_starve_the_established() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let (mut seen, subnet) = (ScoreTable::new(), world(40));
    for target in available(&subnet, OWN, &SamplingConfig::default()) {
        if target.seat.uid.0 <= 20 {
            let old = MovingAverage {
                value: 0.5,
                observations: 100_000,
            };
            seen.insert(target.seat.miner, old);
        }
    }
    let mut turns = [0; 41];
    for _ in 0..500 {
        for target in draw(&subnet, 8, &seen, &mut rng) {
            turns[usize::from(target.seat.uid.0)] += 1;
        }
    }
    // Four of the 36 that are left after the four newest: 1 in 9 rounds, 55 of 500.
    assert!(
        turns[1..=20].iter().all(|n| (25..=90).contains(n)),
        "{turns:?}"
    );
}

/// Which half is larger is a coin's choice, so even a sample of one has both kinds.
#[test]
fn a_sample_of_one_is_by_need_half_of_the_time() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let (mut seen, subnet) = (ScoreTable::new(), world(100));
    let all = available(&subnet, OWN, &SamplingConfig::default());
    observe(&mut seen, &all[1..]);
    let newest = all[0].seat.uid;
    let hits = (0..1000)
        .filter(|_| draw(&subnet, 1, &seen, &mut rng)[0].seat.uid == newest)
        .count();
    assert!((430..=580).contains(&hits), "{hits}");
}

proptest! {
    #[test]
    fn a_sample_is_distinct_available_and_of_the_right_size(
        miners in 0u16..60, k in 0usize..80, seed: u64, counts in prop::collection::vec(0u64..5, 60),
    ) {
        let subnet = world(miners);
        let mut seen = ScoreTable::new();
        for (target, n) in available(&subnet, OWN, &SamplingConfig::default()).iter().zip(counts) {
            (0..n).for_each(|_| observe(&mut seen, std::slice::from_ref(target)));
        }
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
        let (mut seen, mut rng) = (ScoreTable::new(), ChaCha8Rng::seed_from_u64(seed));
        for _ in 0..usize::from(miners).div_ceil(k / 2) {
            let asked = draw(&subnet, k, &seen, &mut rng);
            observe(&mut seen, &asked);
        }
        prop_assert_eq!(seen.len(), usize::from(miners));
    }
}

fn scored(neurons: &[Neuron], value: f64) -> ScoreTable {
    let average = MovingAverage {
        value,
        observations: 9,
    };
    neurons.iter().map(|n| (n.miner, average)).collect()
}

fn aged(subnet: &Subnet, k: usize, scores: &ScoreTable, seed: u64) -> Vec<(u16, Reason)> {
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let absent = absent(subnet, OWN, &SamplingConfig::default(), k, scores, rng);
    absent
        .iter()
        .map(|r| (r.seat.uid.0, r.outcome.reason()))
        .collect()
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

/// As often as a miner of the same subnet is sampled: neither a place to hide nor a punishment.
#[test]
fn the_absent_age_at_the_pace_of_the_sampled() {
    let mut neurons: Vec<Neuron> = (0..=20).map(neuron).collect();
    neurons[7].axon = None;
    let (scores, world) = (scored(&neurons, 0.6), subnet(neurons));
    let (rounds, k) = (4000, 5);
    let turns = (0..rounds)
        .map(|seed| aged(&world, k, &scores, seed).len())
        .sum::<usize>();
    let share = turns as f64 / rounds as f64;
    assert!((share - 5.0 / 20.0).abs() < 0.03, "{share}");
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
    let config = (&SamplingConfig::default(), &query);
    for seed in 0..50 {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let asked = sample(&world, OWN, config, 50, &ScoreTable::new(), rng);
        let count = |of: std::ops::RangeInclusive<u16>| {
            asked.iter().filter(|t| of.contains(&t.seat.uid.0)).count()
        };
        assert!(count(1..=40) <= query.per_address, "{asked:?}");
        assert!(count(1..=60) <= query.per_network);
        assert_eq!(count(61..=63), 3);
    }
}
