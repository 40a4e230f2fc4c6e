//! What stake calls leave on the accounts of subnets, to the rao, and what they weigh.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{
    chain::key,
    two::{TAO, dispatch, two},
};
use frame_support::dispatch::{GetDispatchInfo, Pays};
use localnet_runtime::{Balances, Runtime, RuntimeCall, RuntimeOrigin, subtensor::*};

/// What a subnet's account holds beyond the TAO that backs its tokens, by subnet; in rao.
fn beyond_backing() -> Vec<i128> {
    let netuids = Pallet::<Runtime>::netuids();
    let beyond = netuids.iter().map(|netuid| {
        let account = Pallet::<Runtime>::subnet_account(*netuid).unwrap();
        let held = i128::from(Balances::free_balance(account));
        held - i128::from(SubnetTAO::<Runtime>::get(netuid))
    });
    beyond.collect()
}

fn calls() -> Vec<Call<Runtime>> {
    let hotkey = key("One");
    let (origin_netuid, destination_netuid) = (1, 2);
    vec![
        Call::add_stake_limit {
            hotkey: hotkey.clone(),
            netuid: 1,
            amount_staked: 7 * TAO + 1,
            limit_price: TAO,
            allow_partial: false,
        },
        Call::swap_stake {
            hotkey: hotkey.clone(),
            origin_netuid,
            destination_netuid,
            alpha_amount: 3 * TAO + 3,
        },
        Call::transfer_stake {
            destination_coldkey: key("Bob"),
            hotkey: hotkey.clone(),
            origin_netuid,
            destination_netuid,
            alpha_amount: 2 * TAO,
        },
        Call::move_stake {
            origin_hotkey: hotkey.clone(),
            destination_hotkey: key("Two"),
            origin_netuid,
            destination_netuid: origin_netuid,
            alpha_amount: TAO,
        },
        Call::burn_alpha {
            hotkey: hotkey.clone(),
            amount: TAO,
            netuid: 1,
        },
        Call::recycle_alpha {
            hotkey: hotkey.clone(),
            amount: TAO,
            netuid: 1,
        },
        Call::remove_stake_limit {
            hotkey: hotkey.clone(),
            netuid: 1,
            amount_unstaked: TAO,
            limit_price: TAO,
            allow_partial: false,
        },
        Call::unstake_all { hotkey },
    ]
}

/// Backing and account move together; a payment past the books is noticed.
#[test]
fn a_subnets_account_moves_with_its_books() {
    two().read(|| {
        let (before, issued) = (beyond_backing(), Balances::total_issuance());
        for call in calls() {
            let shown = format!("{call:?}");
            dispatch(RuntimeOrigin::signed(key("Alice")), call).unwrap();
            assert_eq!(beyond_backing(), before, "{shown}");
            assert_eq!(Balances::total_issuance(), issued, "{shown}");
        }
        SubnetTAO::<Runtime>::mutate(1, |tao| *tao += 1);
        assert_ne!(beyond_backing(), before);
    });
}

/// Stake calls pay; a delegate's take changes for free, as on the real chain.
#[test]
fn takes_change_for_free_and_stake_does_not() {
    let pays = |call: Call<Runtime>| RuntimeCall::from(call).get_dispatch_info().pays_fee;
    let (hotkey, take) = (key("One"), 1);
    let increase = Call::increase_take {
        hotkey: hotkey.clone(),
        take,
    };
    assert_eq!(pays(increase), Pays::No);
    assert_eq!(pays(Call::decrease_take { hotkey, take }), Pays::No);
    for call in calls() {
        let shown = format!("{call:?}");
        assert_eq!(pays(call), Pays::Yes, "{shown}");
    }
}
