//! Who rests, for how long, and what the dead cost.
#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use rand::SeedableRng;
use rand::seq::index::sample;
use rand_chacha::ChaCha12Rng;

use super::Standing::{Asked, Pinged, Rests};
use super::*;
use crate::types::Hotkey;

const MINER: MinerId = miner(7);

const fn miner(n: u8) -> MinerId {
    MinerId {
        hotkey: Hotkey([n; 32]),
        registered_at: 1,
    }
}

/// One round in which the miner is sampled; it answers, or is dead.
fn round(circuit: &mut Circuit, answers: bool) -> Standing {
    circuit.next_round();
    let standing = circuit.turn(&MINER);
    if standing != Rests {
        circuit.record(MINER, answers);
    }
    standing
}

#[test]
fn rests_after_failures_in_a_row_and_is_pinged_before_it_is_asked_again() {
    let mut circuit = Circuit::new(3, 2);
    let turns: Vec<Standing> = (0..9).map(|_| round(&mut circuit, false)).collect();
    assert_eq!(
        turns,
        [
            Asked, Asked, Asked, Rests, Rests, Pinged, Rests, Rests, Pinged
        ]
    );
    let back: Vec<Standing> = (0..4).map(|_| round(&mut circuit, true)).collect();
    assert_eq!(back, [Rests, Rests, Pinged, Asked]);
}

/// Rounds in which it isn't sampled are no rest.
#[test]
fn a_rest_is_counted_in_turns_and_not_in_rounds() {
    let mut circuit = Circuit::new(1, 1);
    assert_eq!(round(&mut circuit, false), Asked);
    (0..50).for_each(|_| circuit.next_round());
    assert_eq!(round(&mut circuit, false), Rests);
    (0..50).for_each(|_| circuit.next_round());
    assert_eq!(round(&mut circuit, false), Pinged);
}

#[test]
fn a_success_clears_the_record() {
    let mut circuit = Circuit::new(2, 5);
    for answers in [false, true, false, true, false, true] {
        assert_eq!(round(&mut circuit, answers), Asked);
    }
    assert!(circuit.records.is_empty());
}

#[test]
fn zero_failures_means_never() {
    let mut circuit = Circuit::new(0, 5);
    assert!((0..20).all(|_| round(&mut circuit, false) == Asked));
}

#[test]
fn forgets_who_left() {
    let mut circuit = Circuit::new(2, 3);
    round(&mut circuit, false);
    for _ in 0..=FORGET_AFTER {
        assert_eq!(circuit.records.len(), 1);
        circuit.next_round();
    }
    assert!(circuit.records.is_empty());
}

/// 240 miners of which 60 are dead, 50 in a round, 400 rounds: how many of the dead's turns cost a question. A rest of
/// three rounds, which lie between two turns anyway, left them seven in ten.
#[test]
fn the_dead_cost_hardly_a_question() {
    let (miners, dead, k, rounds) = (240, 60, 50, 400);
    let mut rng = ChaCha12Rng::seed_from_u64(1);
    let config = crate::config::QueryConfig::default();
    let mut circuit = Circuit::new(config.circuit_failures, config.circuit_rest_turns);
    let mut by_rounds = vec![(0, 0); dead];
    let (mut turns, mut questions, mut before) = (0, 0, 0);
    for round in 0..rounds {
        circuit.next_round();
        for n in sample(&mut rng, miners, k)
            .into_iter()
            .filter(|n| *n < dead)
        {
            turns += 1;
            let miner = miner(n as u8);
            let standing = circuit.turn(&miner);
            questions += usize::from(standing == Asked);
            if standing != Rests {
                circuit.record(miner, false);
            }
            let (failures, until) = &mut by_rounds[n];
            if round >= *until {
                before += 1;
                *failures += 1;
                if *failures >= 5 {
                    *until = round + 1 + 3;
                }
            }
        }
    }
    let share = |count: usize| count as f64 / turns as f64;
    println!(
        "questions to the dead: {:.3} of their turns, {:.3} by rounds",
        share(questions),
        share(before)
    );
    assert!(share(before) > 0.6, "{}", share(before));
    assert!(share(questions) < 0.1, "{}", share(questions));
}

proptest! {
    /// Whatever happens, a miner is pinged or asked at least once in any `rest + 1` of its turns.
    #[test]
    fn no_rest_is_longer_than_it_should_be(
        answers in prop::collection::vec(any::<bool>(), 1..100), failures in 0u32..5, rest in 0u32..5,
    ) {
        let mut circuit = Circuit::new(failures, rest);
        let mut resting = 0;
        for answer in answers {
            resting = if round(&mut circuit, answer) == Rests { resting + 1 } else { 0 };
            prop_assert!(resting <= rest);
        }
    }
}
