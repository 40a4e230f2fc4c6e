//! Tokens priced by pools: what trades pay, where limits stop them, and what emission does to a pool. That each number is
//! the real chain's, tests/replay.rs says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use codec::{Decode, Encode};
use common::{
    chain::{Chain, DEMO, Outcome, key},
    two::{TAO, balance, bare, error, events, run, run_as_root, stake, two_pools},
};
use frame_support::PalletId;
use localnet_runtime::{
    AccountId, Balances, Runtime, RuntimeCall, RuntimeOrigin, api,
    subtensor::*,
    swap::{self, Side, Trade},
};
use sp_runtime::{
    DispatchError, DispatchResult,
    traits::{AccountIdConversion, Dispatchable},
};

fn add(netuid: u16, amount: u64) -> Call<Runtime> {
    Call::add_stake {
        hotkey: key("One"),
        netuid,
        amount_staked: amount,
    }
}

fn add_limit(amount: u64, limit_price: u64, allow_partial: bool) -> Call<Runtime> {
    Call::add_stake_limit {
        hotkey: key("One"),
        netuid: 2,
        amount_staked: amount,
        limit_price,
        allow_partial,
    }
}

fn remove_limit(amount: u64, limit_price: u64, allow_partial: bool) -> Call<Runtime> {
    Call::remove_stake_limit {
        hotkey: key("One"),
        netuid: 2,
        amount_unstaked: amount,
        limit_price,
        allow_partial,
    }
}

fn swap_error(error: swap::Error<Runtime>) -> DispatchResult {
    bare(Err(error.into()))
}

/// Where fees go while blocks have no author.
fn burned(chain: &mut Chain) -> u64 {
    let account: AccountId = PalletId(*b"burntnsr").into_account_truncating();
    chain.read(|| Balances::free_balance(account))
}

fn reserves(chain: &mut Chain, netuid: u16) -> (u64, u64) {
    chain.read(|| {
        (
            SubnetAlphaIn::<Runtime>::get(netuid),
            SubnetTAO::<Runtime>::get(netuid),
        )
    })
}

fn simulated(chain: &mut Chain, method: &str, netuid: u16, amount: u64) -> [u64; 6] {
    let method = format!("SwapRuntimeApi_{method}");
    let answer = chain.read(|| api::dispatch(&method, &(netuid, amount).encode()));
    Decode::decode(&mut &answer.unwrap()[..]).unwrap()
}

#[test]
fn stake_costs_what_was_simulated_and_a_fee() {
    let mut chain = two_pools();
    let amount = 50 * TAO;
    let expected = simulated(&mut chain, "sim_swap_tao_for_alpha", 2, amount);
    let [paid_in, bought, fee, _, _, slippage] = expected;
    assert_eq!(paid_in + fee, amount);
    assert_eq!(fee, 25_177_386, "33 / 65535 of it, rounded down");
    assert!(bought + slippage < amount && slippage > TAO);
    let (tokens, tao) = reserves(&mut chain, 2);
    let before = balance(&mut chain, "Alice");
    run(&mut chain, "Alice", add(2, amount)).unwrap();
    assert_eq!(balance(&mut chain, "Alice"), before - amount);
    assert_eq!(stake(&mut chain, "Alice", "One", 2), bought);
    assert_eq!(burned(&mut chain), fee);
    assert_eq!(reserves(&mut chain, 2), (tokens - bought, tao + paid_in));
    let event = Event::StakeAdded(key("Alice"), key("One"), amount, bought, 2, fee);
    assert!(events(&mut chain).contains(&event));

    let expected = simulated(&mut chain, "sim_swap_alpha_for_tao", 2, bought);
    let [received, sold, _, fee, ..] = expected;
    let before = balance(&mut chain, "Alice");
    let all = Call::remove_stake {
        hotkey: key("One"),
        netuid: 2,
        amount_unstaked: u64::MAX,
    };
    run(&mut chain, "Alice", all).unwrap();
    assert_eq!(sold + fee, bought);
    assert_eq!(balance(&mut chain, "Alice"), before + received);
    assert!(received < amount, "two fees");
    let event = Event::StakeRemoved(key("Alice"), key("One"), received, sold, 2, fee);
    assert!(events(&mut chain).contains(&event));
}

#[test]
fn limits_stop_a_trade_where_the_price_meets_them() {
    let mut chain = two_pools();
    let amount = 500 * TAO;
    let price =
        |chain: &mut Chain| chain.read(|| Pallet::<Runtime>::token_price(2).to_num::<f64>());
    let limit = (price(&mut chain) * 1.1e9) as u64;
    let refused = run(&mut chain, "Alice", add_limit(amount, limit, false));
    assert_eq!(bare(refused), error(Error::SlippageTooHigh));
    let before = balance(&mut chain, "Alice");
    run(&mut chain, "Alice", add_limit(amount, limit, true)).unwrap();
    let spent = before - balance(&mut chain, "Alice");
    assert!(spent > 40 * TAO && spent < 60 * TAO, "{spent}");
    let now = price(&mut chain);
    assert!((now * 1e9 / limit as f64 - 1.0).abs() < 1e-6, "{now}");
    let beyond = run(&mut chain, "Alice", add_limit(TAO, limit - 1000, true));
    assert_eq!(bare(beyond), swap_error(swap::Error::PriceLimitExceeded));

    let held = stake(&mut chain, "Alice", "One", 2);
    let limit = (now * 0.99e9) as u64;
    let refused = run(&mut chain, "Alice", remove_limit(held, limit, false));
    assert_eq!(bare(refused), error(Error::SlippageTooHigh));
    run(&mut chain, "Alice", remove_limit(held, limit, true)).unwrap();
    assert!(stake(&mut chain, "Alice", "One", 2) < held);
    let now = price(&mut chain);
    assert!((now * 1e9 / limit as f64 - 1.0).abs() < 1e-6, "{now}");
}

#[test]
fn a_pool_takes_no_more_than_it_can_bear() {
    let mut chain = two_pools();
    chain.read(|| {
        SubnetTAO::<Runtime>::insert(2, TAO / 1000);
        SubnetAlphaIn::<Runtime>::insert(2, TAO / 1000);
    });
    let much = run(&mut chain, "Alice", add(2, TAO + 1));
    assert_eq!(bare(much), error(Error::InsufficientLiquidity));
    run(&mut chain, "Alice", add(2, TAO / 2)).unwrap();
    // What is left of the tokens is less than a pool needs.
    let thin = run(&mut chain, "Alice", add(2, TAO / 100));
    assert_eq!(bare(thin), error(Error::InsufficientLiquidity));
}

#[test]
fn stake_crosses_between_pools_for_one_fee() {
    let mut chain = two_pools();
    run(&mut chain, "Alice", add(2, 50 * TAO)).unwrap();
    let tokens = stake(&mut chain, "Alice", "One", 2);
    let [tao, _, _, fee, ..] = simulated(&mut chain, "sim_swap_alpha_for_tao", 2, tokens);
    assert!(fee > 0);
    let before = balance(&mut chain, "Alice");
    let (one, burned_before) = (stake(&mut chain, "Alice", "One", 1), burned(&mut chain));
    let swap = Call::swap_stake {
        hotkey: key("One"),
        origin_netuid: 2,
        destination_netuid: 1,
        alpha_amount: tokens,
    };
    run(&mut chain, "Alice", swap).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 2), 0);
    assert_eq!(balance(&mut chain, "Alice"), before);
    assert_eq!(burned(&mut chain), burned_before, "buying was free");
    assert!(stake(&mut chain, "Alice", "One", 1) > one + 40 * TAO);
    let event = Event::StakeSwapped(key("Alice"), key("One"), 2, 1, tao);
    assert!(events(&mut chain).contains(&event));
    // Much dearer than any price between the two.
    let limited = |allow_partial| Call::swap_stake_limit {
        hotkey: key("One"),
        origin_netuid: 1,
        destination_netuid: 2,
        alpha_amount: 10 * TAO,
        limit_price: 5 * TAO,
        allow_partial,
    };
    let refused = run(&mut chain, "Alice", limited(false));
    assert_eq!(bare(refused), error(Error::SlippageTooHigh));
}

#[test]
fn a_new_token_costs_the_median_of_the_others() {
    let mut chain = two_pools();
    chain.read(|| {
        // Prices of 1, 2 and 8.
        for (netuid, tao) in [(1, 1000), (2, 2000)] {
            SubnetTAO::<Runtime>::insert(netuid, tao * TAO);
            SubnetAlphaIn::<Runtime>::insert(netuid, 1000 * TAO);
        }
        NetworkLastLockCost::<Runtime>::put(0);
        NetworkMinLockCost::<Runtime>::put(90 * TAO);
    });
    let register = |hotkey| Call::register_network {
        hotkey: key(hotkey),
    };
    run(&mut chain, "Alice", register("Third")).unwrap();
    assert_eq!(reserves(&mut chain, 3), (60 * TAO, 90 * TAO), "at 1.5");
    chain.read(|| {
        SubnetAlphaIn::<Runtime>::insert(3, 10 * TAO);
        NetworkRateLimit::<Runtime>::put(0);
        NetworkLastLockCost::<Runtime>::put(0);
    });
    run(&mut chain, "Bob", register("Fourth")).unwrap();
    assert_eq!(reserves(&mut chain, 4), (45 * TAO, 90 * TAO), "at 2");
}

#[test]
fn emission_buys_tokens_or_goes_into_the_pool_by_roots_part() {
    let mut chain = Chain::new(DEMO);
    chain.block(&[]);
    chain.read(|| {
        // Nobody has staked on root: all TAO buys tokens.
        assert_eq!(SubnetExcessTao::<Runtime>::get(1), TAO);
        assert_eq!(SubnetTaoInEmission::<Runtime>::get(1), 0);
        let bought = SubnetProtocolAlpha::<Runtime>::get(1);
        assert_eq!(bought, 999_000_999, "1000 · 1 / 1001");
        assert!(Pallet::<Runtime>::token_price(1) > 1);
    });
    let root = Call::add_stake {
        hotkey: key("Third"),
        netuid: 0,
        amount_staked: 9000 * TAO,
    };
    assert_eq!(chain.call("Alice", root), Outcome::Done);
    let old = chain.read(|| Pallet::<Runtime>::token_price(1).to_num::<f64>());
    chain.block(&[]);
    chain.read(|| {
        let (tao, tokens) = (
            SubnetTaoInEmission::<Runtime>::get(1),
            SubnetAlphaInEmission::<Runtime>::get(1),
        );
        let part = RootProp::<Runtime>::get(1).to_num::<f64>();
        let weight = TaoWeight::<Runtime>::get() as f64 / u64::MAX as f64 * 9000.0;
        let issued = SubnetAlphaIn::<Runtime>::get(1) + SubnetAlphaOut::<Runtime>::get(1);
        let expected = weight / (weight + issued as f64 / 1e9);
        assert!(
            part > 0.2 && (part / expected - 1.0).abs() < 1e-3,
            "{part} {expected}"
        );
        assert!(
            (tokens as f64 / 1e9 / part - 1.0).abs() < 0.01,
            "{tokens} {part}"
        );
        assert!((tao as f64 / tokens as f64 / old - 1.0).abs() < 1e-3);
        let excess = SubnetExcessTao::<Runtime>::get(1);
        assert!((tao + excess).abs_diff(TAO) <= 1);
        let account = Pallet::<Runtime>::subnet_account(1).unwrap();
        assert!(Balances::free_balance(account) >= SubnetTAO::<Runtime>::get(1));
    });
}

#[test]
fn taos_go_where_prices_are() {
    let mut chain = two_pools();
    chain.read(|| {
        let price = |netuid, price: f64| {
            let price = substrate_fixed::types::I96F32::from_num(price);
            SubnetMovingPrice::<Runtime>::insert(netuid, price);
        };
        price(1, 0.25);
        price(2, 0.75);
    });
    chain.block(&[]);
    let got = |chain: &mut Chain, netuid| {
        chain.read(|| {
            SubnetExcessTao::<Runtime>::get(netuid) + SubnetTaoInEmission::<Runtime>::get(netuid)
        })
    };
    assert_eq!(got(&mut chain, 1), TAO / 4);
    assert_eq!(got(&mut chain, 2), TAO / 4 * 3);
    // What the owner's own miners would have got counts against a subnet.
    chain.read(|| MinerBurned::<Runtime>::insert(2, substrate_fixed::types::U96F32::from_num(1)));
    chain.block(&[]);
    assert_eq!(got(&mut chain, 1), TAO);
    assert_eq!(got(&mut chain, 2), 0);
    chain.read(|| SubnetEmissionEnabled::<Runtime>::insert(1, false));
    chain.block(&[]);
    assert_eq!((got(&mut chain, 1), got(&mut chain, 2)), (0, 0));
}

#[test]
fn smoothed_prices_follow_slowly_and_never_above_one() {
    let mut chain = two_pools();
    let smoothed =
        |chain: &mut Chain| chain.read(|| SubnetMovingPrice::<Runtime>::get(1).to_num::<f64>());
    chain.read(|| {
        SubnetMovingPrice::<Runtime>::insert(1, substrate_fixed::types::I96F32::from_num(0.5));
        SubnetMovingAlpha::<Runtime>::put(substrate_fixed::types::I96F32::from_num(0.5));
    });
    let halving = localnet_runtime::admin_utils::Call::sudo_set_ema_price_halving_period {
        netuid: 1,
        ema_halving: 3,
    };
    let done = chain.read(|| RuntimeCall::from(halving).dispatch(RuntimeOrigin::root()));
    assert!(done.is_ok());
    chain.block(&[]);
    // Two blocks old: a step of ½ · 2/5 towards a price that counts as one.
    assert!((smoothed(&mut chain) - 0.6).abs() < 1e-6);
    for _ in 0..200 {
        chain.block(&[]);
    }
    let last = smoothed(&mut chain);
    assert!(last > 0.99 && last <= 1.0, "{last}");
}

#[test]
fn root_sets_the_fee_and_nobody_else() {
    let mut chain = two_pools();
    let set = |netuid, rate| swap::Call::<Runtime>::set_fee_rate { netuid, rate };
    let dispatch = |chain: &mut Chain, origin, call| {
        let result = chain.read(|| RuntimeCall::from(call).dispatch(origin));
        bare(result.map(|_| ()).map_err(|failed| failed.error))
    };
    let root = RuntimeOrigin::root;
    let stranger = RuntimeOrigin::signed(key("Bob"));
    assert_eq!(
        dispatch(&mut chain, stranger, set(1, 0)),
        Err(DispatchError::BadOrigin)
    );
    assert_eq!(
        dispatch(&mut chain, root(), set(9, 0)),
        swap_error(swap::Error::MechanismDoesNotExist)
    );
    assert_eq!(
        dispatch(&mut chain, root(), set(1, 10_001)),
        swap_error(swap::Error::FeeRateTooHigh)
    );
    assert_eq!(dispatch(&mut chain, root(), set(1, 6553)), Ok(()));
    let quote = chain.read(|| Pallet::<Runtime>::quote(Side::Buy, 1, TAO));
    let Trade { paid_in, fee, .. } = quote.unwrap();
    assert_eq!((paid_in + fee, fee), (TAO, 99_992_370));
    // A dissolved subnet's fee does not wait for the next one.
    let dissolve = Call::root_dissolve_network { netuid: 1 };
    run_as_root(&mut chain, dissolve).unwrap();
    assert_eq!(chain.read(|| swap::FeeRate::<Runtime>::get(1)), 33);
}

#[test]
fn a_full_network_gives_up_the_subnet_that_is_worth_least() {
    let mut chain = two_pools();
    chain.read(|| {
        SubnetLimit::<Runtime>::put(2);
        NetworkRateLimit::<Runtime>::put(0);
        NetworkMinLockCost::<Runtime>::put(TAO);
        NetworkLastLockCost::<Runtime>::put(0);
        NetworkImmunityPeriod::<Runtime>::put(1_000);
        let low = substrate_fixed::types::I96F32::from_num(0.5);
        SubnetMovingPrice::<Runtime>::insert(2, low);
    });
    let register = |hotkey| Call::register_network {
        hotkey: key(hotkey),
    };
    let young = run(&mut chain, "Bob", register("Third"));
    assert_eq!(bare(young), error(Error::SubnetLimitReached));
    chain.read(|| NetworkImmunityPeriod::<Runtime>::put(0));
    assert_eq!(chain.read(Pallet::<Runtime>::subnet_to_prune), Some(2));
    let asked = chain.read(|| api::dispatch("SubnetInfoRuntimeApi_get_subnet_to_prune", &[]));
    assert_eq!(asked.unwrap(), Some(2u16).encode());
    run(&mut chain, "Bob", register("Third")).unwrap();
    chain.read(|| {
        assert_eq!(SubnetOwner::<Runtime>::get(2), key("Bob"));
        assert_eq!(Uids::<Runtime>::get(2, key("Third")), Some(0));
        assert_eq!(Uids::<Runtime>::get(2, key("OwnerHot")), None);
        assert_eq!(TotalNetworks::<Runtime>::get(), 3);
    });
    assert!(
        events(&mut chain)
            .iter()
            .any(|event| matches!(event, Event::NetworkRemoved(2)))
    );
}

#[test]
fn a_subnets_price_falls_faster_after_a_halving() {
    let mut chain = two_pools();
    let fallen = |chain: &mut Chain, issuance: u64| {
        chain.read(|| {
            TotalIssuance::<Runtime>::put(issuance);
            NetworkMinLockCost::<Runtime>::put(0);
            NetworkLockReductionInterval::<Runtime>::put(100);
            NetworkLastLockCost::<Runtime>::put(1_000 * TAO);
            LastRateLimitedBlock::<Runtime>::insert(RateLimitKey::NetworkLastRegistered, 1);
        });
        chain.run_to(chain.number + 10);
        let since = u64::from(chain.number) - 1;
        chain.read(|| (2_000 * TAO - Pallet::<Runtime>::network_price()) / since)
    };
    assert_eq!(fallen(&mut chain, 0), 10 * TAO);
    assert_eq!(fallen(&mut chain, 10_600_000 * TAO), 20 * TAO);
    assert_eq!(fallen(&mut chain, 15_800_000 * TAO), 40 * TAO);
}

#[test]
fn a_place_may_cost_nothing() {
    let mut chain = two_pools();
    chain.read(|| {
        Burn::<Runtime>::insert(2, 0);
        MinBurn::<Runtime>::insert(2, 0);
    });
    let register = Call::burned_register {
        netuid: 2,
        hotkey: key("BobHot"),
    };
    let before = balance(&mut chain, "Bob");
    run(&mut chain, "Bob", register).unwrap();
    assert_eq!(balance(&mut chain, "Bob"), before);
    assert!(chain.read(|| Uids::<Runtime>::contains_key(2, key("BobHot"))));
}
