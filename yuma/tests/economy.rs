//! Emission, its splits, and the schedule.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use yuma::Output;
use yuma::emission::{
    FIRST_BLOCK_EMISSION, MAX_SUPPLY, OWNER_CUT, block_emission, root_proportion, split,
};
use yuma::mechanisms::{merge, split_emission};
use yuma::schedule::{Schedule, Step, step_all};

const TAO: u64 = 1_000_000_000;

#[test]
fn the_default_split_is_18_41_41() {
    let parts = split(100 * TAO, OWNER_CUT, root_proportion(0, 1, u64::MAX));
    assert_eq!(
        (
            parts.owner / 100_000_000,
            parts.server / 100_000_000,
            parts.validator / 100_000_000
        ),
        (179, 410, 410)
    );
    assert_eq!(parts.root, 0);
}

#[test]
fn root_takes_its_part_of_the_validators_half() {
    let even = root_proportion(3 * TAO, 3 * TAO, u64::MAX);
    assert!(even > 0.499 && even <= 0.5);
    let parts = split(TAO, 0, even);
    assert_eq!(parts.server, TAO / 2);
    assert!(parts.root.abs_diff(TAO / 4) < 2 && parts.validator.abs_diff(TAO / 4) < 2);
    assert_eq!(root_proportion(0, 0, u64::MAX), 0);
}

/// Minting for ever, a day at a time, approaches the cap and never passes it.
#[test]
fn supply_never_passes_21_million() {
    let (mut issuance, mut halvings, mut last) = (0u64, 0, FIRST_BLOCK_EMISSION);
    for _day in 0..60 * 365 {
        let emission = block_emission(issuance);
        halvings += u32::from(emission < last);
        last = emission;
        issuance += 7_200 * emission;
        assert!(issuance < MAX_SUPPLY);
    }
    assert!(issuance > MAX_SUPPLY / 100 * 99 && halvings > 10);
}

proptest! {
    #[test]
    fn emission_falls_as_supply_grows(a in 0..2 * MAX_SUPPLY, b in 0..2 * MAX_SUPPLY) {
        let (low, high) = (a.min(b), a.max(b));
        prop_assert!(block_emission(low) >= block_emission(high));
        prop_assert!(block_emission(a) <= FIRST_BLOCK_EMISSION);
    }

    #[test]
    fn splits_lose_at_most_the_fractions(emission in any::<u64>(), cut in any::<u16>(), root in any::<u64>(), alpha in any::<u64>(), weight in any::<u64>()) {
        let parts = split(emission, cut, root_proportion(root, alpha, weight));
        let total = u128::from(parts.owner) + u128::from(parts.server) + u128::from(parts.validator) + u128::from(parts.root);
        prop_assert!(total <= u128::from(emission) && total + 4 >= u128::from(emission));
    }

    #[test]
    fn mechanisms_share_all_of_it(emission in any::<u64>(), shares in prop::collection::vec(any::<u16>(), 1..16)) {
        let total: u64 = shares.iter().map(|share| u64::from(*share)).sum();
        prop_assume!(total > 0);
        let scaled: Vec<u16> = shares.iter().map(|share| (u64::from(*share) * 65_535 / total) as u16).collect();
        let count = shares.len() as u8;
        for parts in [split_emission(emission, count, Some(&scaled)), split_emission(emission, count, None)] {
            prop_assert_eq!(parts.len(), shares.len());
            prop_assert_eq!(parts.iter().map(|part| u128::from(*part)).sum::<u128>(), u128::from(emission));
        }
    }

    #[test]
    fn the_schedule_keeps_pace(tempo in 6..100u16, start in 0..1_000u64, subnets in 1..6usize, cap in 1..4u8) {
        let mut all = vec![Schedule { tempo, last_epoch_block: start, ..Schedule::default() }; subnets];
        let blocks = 20 * u64::from(tempo) + 40;
        for block in start + 1..=start + blocks {
            let steps = step_all(&mut all, block, cap);
            prop_assert!(steps.iter().filter(|step| **step == Step::Fired).count() <= usize::from(cap));
            for (schedule, step) in all.iter().zip(steps) {
                prop_assert!(step == Step::Deferred || !schedule.due(block));
            }
        }
        // A deferral costs at most as many blocks as there are subnets, as long as a tempo has room for all of them;
        // with less room the higher netuids starve, on the chain too.
        for schedule in &all {
            let fastest = blocks / u64::from(tempo);
            let slowest = blocks / (u64::from(tempo) + subnets as u64);
            prop_assert!((slowest..=fastest).contains(&schedule.subnet_epoch_index), "{schedule:?}");
        }
    }
}

#[test]
fn a_split_that_names_too_few_or_too_many() {
    assert_eq!(split_emission(100, 2, None), [50, 50]);
    assert_eq!(split_emission(101, 2, None), [51, 50]);
    assert_eq!(split_emission(100, 3, Some(&[65_535])), [100, 0, 0]);
    assert_eq!(split_emission(100, 1, Some(&[32_768, 32_767])), [100]);
    assert!(split_emission(100, 0, None).is_empty());
}

#[test]
fn mechanisms_merge_by_emission() {
    let output = |permit: bool, dividends: u16, rao: u64| Output {
        active: vec![permit],
        validator_permit: vec![permit],
        stake: vec![7],
        stake_weight: vec![65_535],
        consensus: vec![0],
        validator_trust: vec![dividends],
        incentive: vec![dividends],
        dividends: vec![dividends],
        emission: vec![rao],
        server_emission: vec![rao],
        validator_emission: vec![1],
        bonds: vec![vec![(0, 1)]],
    };
    let merged = merge(
        &[
            (output(false, 40_000, 750), 750),
            (output(true, 20_000, 250), 250),
        ],
        1_000,
    );
    assert_eq!(
        (merged.active, merged.validator_permit),
        (vec![true], vec![true])
    );
    assert_eq!(
        (merged.dividends, merged.validator_trust),
        (vec![35_000], vec![35_000])
    );
    assert_eq!(merged.incentive, [30_000]);
    assert_eq!(
        (merged.server_emission, merged.validator_emission),
        (vec![1_000], vec![2])
    );
    assert_eq!(merged.emission, [562 + 62]);
    assert_eq!(merged.bonds, [vec![]]);

    let unpaid = merge(
        &[(output(true, 40_000, 0), 0), (output(true, 20_000, 0), 0)],
        0,
    );
    assert_eq!(unpaid.dividends, [40_000]);
}

#[test]
fn triggers_tempo_and_freeze() {
    let mut schedule = Schedule {
        tempo: 360,
        last_epoch_block: 1_000,
        ..Schedule::default()
    };
    assert!(!schedule.frozen(1_350, 10) && schedule.frozen(1_351, 10));
    assert!(
        !schedule.trigger(1_351, 10),
        "the next epoch is closer than the window"
    );
    assert!(schedule.trigger(1_200, 10));
    assert!(!schedule.trigger(1_201, 10), "one is pending");
    assert!(schedule.frozen(1_205, 10) && !schedule.due(1_209) && schedule.due(1_210));
    assert_eq!(schedule.step(1_210, true), Step::Fired);
    assert_eq!(schedule.next_epoch_start_block(), Some(1_570));
    schedule.set_tempo(0, 1_300);
    assert!(!schedule.due(u64::MAX) && !schedule.frozen(1_300, 10));
    schedule.set_tempo(50, 1_400);
    assert!(!schedule.due(1_449) && schedule.due(1_450));
}
