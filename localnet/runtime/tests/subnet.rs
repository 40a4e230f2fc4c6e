//! The main job on a chain in memory: register, serve, weigh, get paid.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::chain::{Chain, DEMO, Outcome, key, stable};
use localnet_runtime::{RAO_PER_TAO, Runtime, RuntimeCall, RuntimeEvent, System, subtensor::*};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

const NETUID: u16 = 1;

fn register(hotkey: &str) -> RuntimeCall {
    Call::burned_register {
        netuid: NETUID,
        hotkey: key(hotkey),
    }
    .into()
}

fn weights(dests: &[u16], weights: &[u16]) -> RuntimeCall {
    let (dests, weights) = (dests.to_vec(), weights.to_vec());
    Call::set_mechanism_weights {
        netuid: NETUID,
        mecid: 0,
        dests,
        weights,
        version_key: 0,
    }
    .into()
}

fn axon(ip: u128, port: u16) -> RuntimeCall {
    let (netuid, version, ip_type, protocol) = (NETUID, 1, 4, 4);
    Call::serve_axon {
        netuid,
        version,
        ip,
        port,
        ip_type,
        protocol,
        placeholder1: 0,
        placeholder2: 0,
    }
    .into()
}

/// Four validators and two miners, at the start of the second epoch: permits are out.
fn with_miners() -> Chain {
    let mut chain = Chain::new(DEMO);
    assert_eq!(chain.call("Bob", register("Good")), Outcome::Done);
    assert_eq!(chain.call("Bob", register("Bad")), Outcome::Done);
    chain.run_to(60);
    chain
}

fn error(expected: Error<Runtime>) -> Outcome {
    let sp_runtime::DispatchError::Module(module) = expected.into() else {
        panic!("not of a pallet")
    };
    Outcome::Failed(module.error[0])
}

#[test]
fn the_world_is_as_written() {
    let mut chain = Chain::new(DEMO);
    chain.read(|| {
        let hotkeys = ["OwnerHot", "Weighmaster", "Second", "Third"].map(key);
        assert_eq!(Pallet::<Runtime>::hotkeys(NETUID), hotkeys);
        assert_eq!(
            Pallet::<Runtime>::stake_of(&key("Weighmaster"), &key("Alice"), NETUID),
            40_000_000_000
        );
        assert_eq!(Tempo::<Runtime>::get(NETUID), 60);
        assert_eq!(SubnetMechanism::<Runtime>::get(NETUID), DYNAMIC);
        assert_eq!(Pallet::<Runtime>::token_price(NETUID), 1);
        assert_eq!(ImmunityPeriod::<Runtime>::get(NETUID), 5000);
        let account = Pallet::<Runtime>::subnet_account(NETUID).unwrap();
        assert_eq!(
            Pallet::<Runtime>::spendable(&account),
            1000 * RAO_PER_TAO,
            "the subnet holds what is in its pool"
        );
    });
    Chain::new(&stable(DEMO)).read(|| {
        assert_eq!(SubnetMechanism::<Runtime>::get(NETUID), STABLE);
        let account = Pallet::<Runtime>::subnet_account(NETUID).unwrap();
        assert_eq!(
            Pallet::<Runtime>::spendable(&account),
            100 * RAO_PER_TAO,
            "without a pool, what is staked"
        );
    });
}

#[test]
fn miners_register_one_after_another_and_the_price_climbs() {
    let mut chain = Chain::new(DEMO);
    chain.block(&[]);
    let before = chain.read(|| Burn::<Runtime>::get(NETUID));
    for miner in 0..12 {
        assert_eq!(
            chain.call("Alice", register(&format!("Miner{miner}"))),
            Outcome::Done
        );
    }
    chain.read(|| {
        assert_eq!(SubnetworkN::<Runtime>::get(NETUID), 16);
        assert!(
            Burn::<Runtime>::get(NETUID) > before * 8,
            "1.26 at each registration"
        );
    });
    let twice = error(Error::HotKeyAlreadyRegisteredInSubNet);
    assert_eq!(chain.call("Alice", register("Miner3")), twice);
}

#[test]
fn axons_follow_the_rules() {
    let mut chain = with_miners();
    let loopback = chain.sign("Good", axon(0x7f00_0001, 8091));
    let refused = TransactionValidityError::Invalid(InvalidTransaction::Custom(11));
    assert_eq!(
        chain.validate(&loopback),
        Err(refused),
        "127.0.0.1 is refused"
    );
    assert_eq!(
        chain.call("Good", axon(0x7f00_0002, 8091)),
        Outcome::Done,
        "127.0.0.2 is not"
    );
    chain.read(|| {
        let axon = Axons::<Runtime>::get(NETUID, key("Good")).unwrap();
        assert_eq!((axon.ip, axon.port, axon.block), (0x7f00_0002, 8091, 61));
        let served = RuntimeEvent::SubtensorModule(Event::AxonServed(NETUID, key("Good")));
        assert!(System::events().iter().any(|record| record.event == served));
    });
    let again = chain.sign("Good", axon(0x7f00_0003, 8091));
    let too_soon = TransactionValidityError::Invalid(InvalidTransaction::Custom(12));
    assert_eq!(
        chain.validate(&again),
        Err(too_soon),
        "within the serving rate limit"
    );
    chain.run_to(111);
    assert_eq!(chain.call("Good", axon(0x7f00_0003, 8091)), Outcome::Done);
}

#[test]
fn loopback_is_allowed_where_the_world_says_so() {
    let world = DEMO.replace(
        "block_ms = 250",
        "block_ms = 250\nallow_loopback_axons = true",
    );
    let mut chain = Chain::new(&world);
    chain.call("Bob", register("Good"));
    assert_eq!(chain.call("Good", axon(0x7f00_0001, 8091)), Outcome::Done);
}

#[test]
fn weights_turn_into_incentive_and_stake() {
    let mut chain = with_miners();
    let permits = chain.read(|| ValidatorPermit::<Runtime>::get(NETUID));
    assert_eq!(
        permits,
        [true, true, true, true, false, false],
        "by stake, at the first epoch"
    );
    let (good, bad) = (4, 5);
    let outcomes = chain.calls(vec![
        ("Weighmaster", weights(&[good, bad], &[60_000, 6_000])),
        ("Second", weights(&[good, bad], &[50_000, 5_000])),
        ("Third", weights(&[good, bad], &[65_535, 6_553])),
    ]);
    assert_eq!(
        outcomes,
        [Outcome::Done, Outcome::Done, Outcome::Done],
        "without a rao on their accounts"
    );
    assert_eq!(
        chain.read(|| Weights::<Runtime>::get(NETUID, 1)),
        [(good, 65_535), (bad, 6_553)]
    );
    chain.run_to(120);
    let earned = chain.read(|| {
        let incentive = Incentive::<Runtime>::get(NETUID);
        assert!(
            incentive[4] > 9 * incentive[5] && incentive[5] > 0,
            "{incentive:?}"
        );
        assert!(Dividends::<Runtime>::get(NETUID)[1] > 0);
        assert!(ValidatorTrust::<Runtime>::get(NETUID)[1] > 65_000);
        ["Good", "Bad"].map(|miner| Pallet::<Runtime>::stake_on(&key(miner), NETUID))
    });
    assert!(earned[0] > 9 * earned[1] && earned[1] > 0);
    // 41 % of sixty blocks' emission of one token each.
    let paid = (earned[0] + earned[1]) as f64 / 1e9;
    assert!((paid - 60.0 * 0.41).abs() < 0.02, "{paid}");
}

#[test]
fn every_token_is_accounted_for() {
    let mut chain = with_miners();
    chain.calls(vec![("Weighmaster", weights(&[4, 5], &[1, 1]))]);
    chain.run_to(180);
    chain.read(|| {
        let out =
            SubnetAlphaOut::<Runtime>::get(NETUID) - SubnetProtocolAlpha::<Runtime>::get(NETUID);
        assert_eq!(
            out,
            100_000_000_000 + 180 * 1_000_000_000,
            "staked at genesis, and one a block"
        );
        let staked: u64 = TotalHotkeyAlpha::<Runtime>::iter()
            .map(|(_, _, amount)| amount)
            .sum();
        assert!(
            out.abs_diff(staked) < 10_000,
            "all of it was paid: {out} {staked}"
        );
        assert_eq!(SubnetOwnerCut::<Runtime>::get(), 11_796);
    });
}

#[test]
fn set_weights_refuses_with_the_chains_reasons() {
    let mut chain = with_miners();
    let mut expect = |who: &str, call: RuntimeCall, reason: Error<Runtime>| {
        assert_eq!(chain.call(who, call), error(reason), "{who}");
    };
    expect(
        "Weighmaster",
        weights(&[4], &[1, 2]),
        Error::WeightVecNotEqualSize,
    );
    expect(
        "Weighmaster",
        weights(&[4; 7], &[1; 7]),
        Error::UidsLengthExceedUidsInSubNet,
    );
    expect("Good", weights(&[5], &[1]), Error::NeuronNoValidatorPermit);
    expect(
        "Weighmaster",
        weights(&[4, 4], &[1, 2]),
        Error::DuplicateUids,
    );
    expect(
        "Weighmaster",
        weights(&[6], &[1]),
        Error::UidVecContainInvalidOne,
    );
    expect(
        "Weighmaster",
        weights(&[], &[]),
        Error::WeightVecLengthIsLow,
    );
    let unknown = Call::set_mechanism_weights {
        netuid: NETUID,
        mecid: 1,
        dests: vec![4],
        weights: vec![1],
        version_key: 0,
    };
    expect("Weighmaster", unknown.into(), Error::MechanismDoesNotExist);
    expect(
        "Stranger",
        weights(&[4], &[1]),
        Error::HotKeyNotRegisteredInSubNet,
    );
    // A planted positive: the same signer with a good vector.
    assert_eq!(
        chain.call("Weighmaster", weights(&[4], &[1])),
        Outcome::Done
    );
    let too_fast = chain.sign("Weighmaster", weights(&[4], &[1]));
    let refused = TransactionValidityError::Invalid(InvalidTransaction::Custom(6));
    assert_eq!(chain.validate(&too_fast), Err(refused));
}

#[test]
fn stake_moves_one_to_one_both_ways_without_a_pool() {
    let mut chain = Chain::new(&stable(DEMO));
    let hotkey = key("Third");
    let add = Call::add_stake {
        hotkey: hotkey.clone(),
        netuid: NETUID,
        amount_staked: 5_000_000_000,
    };
    assert_eq!(chain.call("Alice", add), Outcome::Done);
    let staked = |chain: &mut Chain| {
        chain.read(|| Pallet::<Runtime>::stake_of(&key("Third"), &key("Alice"), NETUID))
    };
    assert_eq!(staked(&mut chain), 35_000_000_000);
    let remove = Call::remove_stake {
        hotkey,
        netuid: NETUID,
        amount_unstaked: 35_000_000_000,
    };
    assert_eq!(chain.call("Alice", remove), Outcome::Done);
    assert_eq!(staked(&mut chain), 0);
    let dust = Call::add_stake {
        hotkey: key("Third"),
        netuid: NETUID,
        amount_staked: 1,
    };
    assert_eq!(chain.call("Alice", dust), error(Error::AmountTooLow));
}

#[test]
fn an_owner_registers_and_starts_a_subnet() {
    let mut chain = Chain::new(DEMO);
    let hotkey = key("OtherHot");
    assert_eq!(
        chain.call(
            "Alice",
            Call::register_network {
                hotkey: hotkey.clone()
            }
        ),
        Outcome::Done
    );
    assert_eq!(
        chain.call("Alice", Call::start_call { netuid: 2 }),
        Outcome::Done
    );
    chain.block(&[]);
    chain.read(|| {
        assert_eq!(SubnetOwnerHotkey::<Runtime>::get(2), hotkey);
        assert_eq!(Uids::<Runtime>::get(2, &hotkey), Some(0));
        assert!(PendingServerEmission::<Runtime>::get(2) > 0);
        assert_eq!(Tempo::<Runtime>::get(2), 360);
    });
}

#[test]
fn a_full_subnet_prunes_the_lowest_that_may_go() {
    let world = DEMO.replace(
        "tempo = 60",
        "tempo = 60\nmax_allowed_uids = 6\nimmunity_period = 0\nmin_non_immune_uids = 1",
    );
    let mut chain = Chain::new(&world);
    chain.call("Bob", register("Good"));
    chain.call("Bob", register("Bad"));
    chain.run_to(60);
    chain.calls(vec![
        ("Weighmaster", weights(&[4], &[1])),
        ("Second", weights(&[4], &[1])),
        ("Third", weights(&[4], &[1])),
    ]);
    chain.run_to(120);
    assert_eq!(chain.call("Bob", register("New")), Outcome::Done);
    chain.read(|| {
        assert_eq!(Uids::<Runtime>::get(NETUID, key("New")), Some(5));
        assert_eq!(Uids::<Runtime>::get(NETUID, key("Bad")), None);
        assert!(Uids::<Runtime>::contains_key(NETUID, key("OwnerHot")));
        assert_eq!(BlockAtRegistration::<Runtime>::get(NETUID, 5), 121);
    });
}
