//! What owners do to their schedule, and how often they may.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::chain::{Chain, DEMO, Outcome, failed, key};
use localnet_runtime::{Runtime, RuntimeEvent, admin_utils, subtensor::*};
use sp_runtime::DispatchError;

const NETUID: u16 = 1;

fn trigger() -> Call<Runtime> {
    Call::trigger_epoch { netuid: NETUID }
}

fn cutoff(factor_milli: u32) -> Call<Runtime> {
    let netuid = NETUID;
    Call::set_activity_cutoff_factor {
        netuid,
        factor_milli,
    }
}

fn serving_limit(serving_rate_limit: u64) -> admin_utils::Call<Runtime> {
    let netuid = NETUID;
    admin_utils::Call::sudo_set_serving_rate_limit {
        netuid,
        serving_rate_limit,
    }
}

fn too_soon() -> Outcome {
    failed(Error::<Runtime>::TxRateLimitExceeded)
}

#[test]
fn an_owner_gets_an_epoch_out_of_turn() {
    let mut chain = Chain::new(DEMO);
    chain.run_to(69);
    assert_eq!(
        chain.call("Bob", trigger()),
        failed(DispatchError::BadOrigin)
    );
    assert_eq!(
        chain.sudo(trigger()),
        Err(DispatchError::BadOrigin),
        "not even root"
    );
    assert_eq!(chain.call("Alice", trigger()), Outcome::Done);
    let (netuid, by, fires_at) = (NETUID, key("Alice"), 82);
    let event = Event::EpochTriggered {
        netuid,
        by,
        fires_at,
    };
    assert!(
        chain
            .events()
            .contains(&RuntimeEvent::SubtensorModule(event))
    );
    let again = chain.call("Alice", trigger());
    assert_eq!(again, failed(Error::<Runtime>::EpochTriggerAlreadyPending));
    let frozen = chain.call("Alice", serving_limit(5));
    assert_eq!(
        frozen,
        failed(Error::<Runtime>::AdminActionProhibitedDuringWeightsWindow)
    );

    let epochs = |chain: &mut Chain| chain.read(|| SubnetEpochIndex::<Runtime>::get(NETUID));
    chain.run_to(81);
    let before = epochs(&mut chain);
    chain.run_to(82);
    assert_eq!(epochs(&mut chain), before + 1);
    chain.read(|| assert_eq!(LastEpochBlock::<Runtime>::get(NETUID), 82));
    assert_eq!(
        chain.call("Alice", serving_limit(5)),
        Outcome::Done,
        "open again"
    );
    assert_eq!(chain.call("Alice", trigger()), too_soon(), "two tempos");
}

#[test]
fn no_trigger_just_before_an_epoch_nor_with_commit_reveal() {
    let mut chain = Chain::new(DEMO);
    chain.run_to(110);
    let late = chain.call("Alice", trigger());
    assert_eq!(late, failed(Error::<Runtime>::AutoEpochAlreadyImminent));
    chain.run_to(120);
    assert_eq!(chain.call("Alice", trigger()), Outcome::Done);

    let mut chain = Chain::new(&DEMO.replace("commit_reveal = false", "commit_reveal = true"));
    chain.run_to(70);
    let timed = chain.call("Alice", trigger());
    assert_eq!(
        timed,
        failed(Error::<Runtime>::DynamicTempoBlockedByCommitReveal)
    );
}

#[test]
fn the_activity_cutoff_follows_its_factor() {
    let mut chain = Chain::new(DEMO);
    chain.run_to(61);
    for factor in [999, 50_001] {
        let outside = chain.call("Alice", cutoff(factor));
        assert_eq!(
            outside,
            failed(Error::<Runtime>::ActivityCutoffFactorMilliOutOfBounds)
        );
    }
    assert_eq!(
        chain.call("Bob", cutoff(2_000)),
        failed(DispatchError::BadOrigin)
    );
    assert_eq!(chain.call("Alice", cutoff(2_000)), Outcome::Done);
    chain.read(|| assert_eq!(Pallet::<Runtime>::activity_cutoff(NETUID), 120));
    assert_eq!(chain.call("Alice", cutoff(3_000)), too_soon());
    assert_eq!(chain.sudo(cutoff(3_000)), Ok(()), "root need not wait");
    chain.run_to(115);
    let frozen = chain.call("Alice", cutoff(2_000));
    assert_eq!(
        frozen,
        failed(Error::<Runtime>::AdminActionProhibitedDuringWeightsWindow)
    );
    assert_eq!(
        chain.sudo(cutoff(2_000)),
        Ok(()),
        "nor is it bound by the window"
    );
}

#[test]
fn a_tempo_holds_for_its_least_length() {
    let mut chain = Chain::new(DEMO);
    let tempo = |tempo| Call::set_tempo {
        netuid: NETUID,
        tempo,
    };
    let short = chain.call("Alice", tempo(359));
    assert_eq!(short, failed(Error::<Runtime>::TempoOutOfBounds));
    assert_eq!(chain.call("Alice", tempo(360)), Outcome::Done);
    assert_eq!(chain.call("Alice", tempo(400)), too_soon());
    chain.run_to(365);
    assert_eq!(chain.call("Alice", tempo(400)), Outcome::Done);
}

#[test]
fn owners_change_a_setting_once_in_two_tempos_or_as_root_allows() {
    let mut chain = Chain::new(DEMO);
    chain.run_to(61);
    assert_eq!(chain.call("Alice", serving_limit(5)), Outcome::Done);
    assert_eq!(chain.call("Alice", serving_limit(6)), too_soon());
    assert_eq!(
        chain.call("Alice", cutoff(2_000)),
        Outcome::Done,
        "another setting"
    );
    assert_eq!(chain.sudo(serving_limit(6)), Ok(()), "root");
    let limit = admin_utils::Call::sudo_set_owner_hparam_rate_limit { epochs: 0 };
    assert_eq!(
        chain.call("Alice", limit.clone()),
        failed(DispatchError::BadOrigin)
    );
    assert_eq!(chain.sudo(limit), Ok(()));
    assert_eq!(chain.call("Alice", serving_limit(7)), Outcome::Done);
    chain.read(|| assert_eq!(ServingRateLimit::<Runtime>::get(NETUID), 7));
}

#[test]
fn mechanisms_change_once_a_day() {
    let mut chain = Chain::new(&DEMO.replace("tempo = 60", "tempo = 60\nmax_allowed_uids = 64"));
    let count = |mechanism_count| {
        let netuid = NETUID;
        admin_utils::Call::sudo_set_mechanism_count {
            netuid,
            mechanism_count,
        }
    };
    let split = |split: &[u16]| admin_utils::Call::sudo_set_mechanism_emission_split {
        netuid: NETUID,
        maybe_split: Some(split.to_vec()),
    };
    assert_eq!(
        chain.call("Alice", count(3)),
        failed(Error::<Runtime>::InvalidValue)
    );
    assert_eq!(chain.call("Alice", count(2)), Outcome::Done);
    assert_eq!(chain.call("Alice", count(1)), too_soon());
    let uneven = chain.call("Alice", split(&[1, 2]));
    assert_eq!(uneven, failed(Error::<Runtime>::InvalidValue));
    assert_eq!(chain.call("Alice", split(&[65_000, 535])), Outcome::Done);
    assert_eq!(chain.call("Alice", split(&[535, 65_000])), too_soon());
    chain.read(|| {
        let split = MechanismEmissionSplit::<Runtime>::get(NETUID);
        assert_eq!(split, Some(vec![65_000, 535]));
    });
    assert_eq!(chain.sudo(count(1)), Ok(()));
    chain.read(|| assert_eq!(MechanismEmissionSplit::<Runtime>::get(NETUID), None));
}
