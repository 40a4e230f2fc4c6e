//! Trimming a subnet: who goes, and how everything stored per uid moves with those who stay.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::chain::{Chain, DEMO, Outcome, failed, key};
use localnet_runtime::{Runtime, admin_utils::Call as Admin, subtensor::*};

const NETUID: u16 = 1;

fn trim(max_n: u16) -> Admin<Runtime> {
    Admin::sudo_trim_to_max_allowed_uids {
        netuid: NETUID,
        max_n,
    }
}

/// Four validators and two miners, uids 4 and 5, of which only the second earns; at least `least` of
/// all stay.
fn with_miners(immunity: u16, least: u16) -> Chain {
    let settings = format!("tempo = 60\nimmunity_period = {immunity}");
    let mut chain = Chain::new(&DEMO.replace("tempo = 60", &settings));
    for hotkey in ["Bad", "Good"] {
        let hotkey = key(hotkey);
        let register = Call::burned_register {
            netuid: NETUID,
            hotkey,
        };
        assert_eq!(chain.call("Bob", register), Outcome::Done);
    }
    let netuid = NETUID;
    let fewest = Admin::sudo_set_min_allowed_uids {
        netuid,
        min_allowed_uids: least,
    };
    assert_eq!(chain.sudo(fewest), Ok(()));
    chain.run_to(60);
    let weigh = |who| {
        let (dests, weights) = (vec![4, 5], vec![0, 1]);
        let version_key = 0;
        let call = Call::set_weights {
            netuid,
            dests,
            weights,
            version_key,
        };
        (who, call.into())
    };
    let outcomes = chain.calls(["Weighmaster", "Second", "Third"].map(weigh).into());
    assert_eq!(outcomes, [Outcome::Done, Outcome::Done, Outcome::Done]);
    chain.run_to(121);
    chain
}

#[test]
fn the_lowest_goes_and_uids_close_up() {
    let mut chain = with_miners(0, 3);
    let (incentive, dividends) = chain.read(|| {
        assert_eq!(Uids::<Runtime>::get(NETUID, key("Good")), Some(5));
        let columns = (
            Incentive::<Runtime>::get(NETUID),
            Dividends::<Runtime>::get(NETUID),
        );
        assert!(columns.0[5] > 0 && columns.0[4] == 0);
        columns
    });
    assert_eq!(chain.call("Alice", trim(5)), Outcome::Done);
    chain.read(|| {
        assert_eq!(SubnetworkN::<Runtime>::get(NETUID), 5);
        assert_eq!(MaxAllowedUids::<Runtime>::get(NETUID), 5);
        assert_eq!(Uids::<Runtime>::get(NETUID, key("Bad")), None);
        assert!(!IsNetworkMember::<Runtime>::get(key("Bad"), NETUID));
        assert_eq!(Uids::<Runtime>::get(NETUID, key("Good")), Some(4));
        assert_eq!(Keys::<Runtime>::get(NETUID, 4), key("Good"));
        assert!(!Keys::<Runtime>::contains_key(NETUID, 5));
        assert_eq!(BlockAtRegistration::<Runtime>::get(NETUID, 4), 2);
        let moved = Incentive::<Runtime>::get(NETUID);
        assert_eq!(moved, [&incentive[..4], &incentive[5..]].concat());
        assert_eq!(Dividends::<Runtime>::get(NETUID)[..4], dividends[..4]);
        assert_eq!(
            Weights::<Runtime>::get(NETUID, 1),
            [(4, u16::MAX)],
            "by its new uid"
        );
        let bonds = Bonds::<Runtime>::get(NETUID, 1);
        assert!(bonds.iter().all(|(uid, _)| *uid < 5), "{bonds:?}");
    });
    // Epochs go on.
    chain.run_to(241);
    chain.read(|| assert!(Emission::<Runtime>::get(NETUID)[4] > 0));
}

#[test]
fn trimming_has_its_bounds_and_its_month() {
    let mut chain = with_miners(0, 5);
    let below = chain.call("Alice", trim(4));
    assert_eq!(below, failed(Error::<Runtime>::InvalidValue));
    let above = chain.call("Alice", trim(257));
    assert_eq!(above, failed(Error::<Runtime>::InvalidValue));
    assert_eq!(chain.call("Alice", trim(5)), Outcome::Done);
    let again = chain.call("Alice", trim(5));
    assert_eq!(again, failed(Error::<Runtime>::TxRateLimitExceeded));
    assert_eq!(chain.sudo(trim(5)), Ok(()), "root need not wait");
}

#[test]
fn a_subnet_of_immune_neurons_stays_as_it_is() {
    let mut chain = with_miners(5000, 3);
    let immune = chain.call("Alice", trim(5));
    assert_eq!(
        immune,
        failed(Error::<Runtime>::TrimmingWouldExceedMaxImmunePercentage)
    );
    chain.read(|| assert_eq!(SubnetworkN::<Runtime>::get(NETUID), 6));
}
