//! Stake goes in, out and elsewhere, and nothing is made or lost on the way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::{
    chain::{Chain, key},
    two::{TAO, balance, bare, dispatch, error, events, run, stake, two, two_pools},
};
use localnet_runtime::{Balances, Runtime, RuntimeOrigin, subtensor::*};
use proptest::{prelude::*, test_runner::TestRunner};
use std::cell::Cell;

fn moved(from: (&str, u16), to: (&str, u16), amount: u64) -> Call<Runtime> {
    Call::move_stake {
        origin_hotkey: key(from.0),
        destination_hotkey: key(to.0),
        origin_netuid: from.1,
        destination_netuid: to.1,
        alpha_amount: amount,
    }
}

fn transferred(to: &str, hotkey: &str, netuids: (u16, u16), amount: u64) -> Call<Runtime> {
    Call::transfer_stake {
        destination_coldkey: key(to),
        hotkey: key(hotkey),
        origin_netuid: netuids.0,
        destination_netuid: netuids.1,
        alpha_amount: amount,
    }
}

fn swapped(hotkey: &str, netuids: (u16, u16), amount: u64, limit: (u64, bool)) -> Call<Runtime> {
    Call::swap_stake_limit {
        hotkey: key(hotkey),
        origin_netuid: netuids.0,
        destination_netuid: netuids.1,
        alpha_amount: amount,
        limit_price: limit.0,
        allow_partial: limit.1,
    }
}

fn added(hotkey: &str, netuid: u16, amount: u64, limit: (u64, bool)) -> Call<Runtime> {
    Call::add_stake_limit {
        hotkey: key(hotkey),
        netuid,
        amount_staked: amount,
        limit_price: limit.0,
        allow_partial: limit.1,
    }
}

fn removed(hotkey: &str, netuid: u16, amount: u64, limit: (u64, bool)) -> Call<Runtime> {
    Call::remove_stake_limit {
        hotkey: key(hotkey),
        netuid,
        amount_unstaked: amount,
        limit_price: limit.0,
        allow_partial: limit.1,
    }
}

#[test]
fn stake_moves_to_other_hotkeys_and_subnets() {
    let mut chain = two();
    let before = balance(&mut chain, "Alice");
    run(&mut chain, "Alice", moved(("One", 1), ("Two", 1), TAO)).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 1), 39 * TAO);
    assert_eq!(stake(&mut chain, "Alice", "Two", 1), 31 * TAO);
    let (alice, one, two_) = (key("Alice"), key("One"), key("Two"));
    let all = events(&mut chain);
    let last = &all[all.len() - 3..];
    assert_eq!(
        last,
        [
            Event::StakeRemoved(alice.clone(), one.clone(), TAO, TAO, 1, 0),
            Event::StakeAdded(alice.clone(), two_.clone(), TAO, TAO, 1, 0),
            Event::StakeMoved(alice, one, 1, two_, 1, TAO),
        ]
    );
    run(&mut chain, "Alice", moved(("One", 1), ("Two", 2), TAO)).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "Two", 2), TAO);
    run(&mut chain, "Alice", moved(("Two", 2), ("Two", 0), u64::MAX)).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "Two", 0), TAO);
    assert_eq!(balance(&mut chain, "Alice"), before);
}

#[test]
fn stake_does_not_move_where_it_may_not() {
    let mut chain = two();
    let cases = [
        (moved(("One", 1), ("One", 1), TAO), Error::SameNetuid),
        (moved(("One", 9), ("Two", 1), TAO), Error::SubnetNotExists),
        (moved(("One", 1), ("Two", 9), TAO), Error::SubnetNotExists),
        (
            moved(("Nobody", 1), ("Two", 1), TAO),
            Error::HotKeyAccountNotExists,
        ),
        (
            moved(("One", 1), ("Nobody", 1), TAO),
            Error::HotKeyAccountNotExists,
        ),
        (
            moved(("One", 1), ("Two", 1), staking::MIN_STAKE - 1),
            Error::AmountTooLow,
        ),
        // To another subnet, the least amount is not enough.
        (
            moved(("One", 1), ("Two", 2), staking::MIN_STAKE),
            Error::AmountTooLow,
        ),
        (moved(("BobHot", 1), ("Two", 2), TAO), Error::AmountTooLow),
    ];
    for (call, reason) in cases {
        assert_eq!(bare(run(&mut chain, "Alice", call)), error(reason));
    }
    let least = staking::MIN_STAKE;
    run(&mut chain, "Alice", moved(("One", 1), ("Two", 1), least)).unwrap();
    run(
        &mut chain,
        "Alice",
        moved(("One", 1), ("Two", 2), least + 1),
    )
    .unwrap();
    chain.read(|| SubtokenEnabled::<Runtime>::insert(2, false));
    let call = moved(("One", 1), ("Two", 2), TAO);
    assert_eq!(
        bare(run(&mut chain, "Alice", call)),
        error(Error::SubtokenDisabled)
    );
}

#[test]
fn stake_goes_to_another_coldkey_where_transfers_are_allowed() {
    let mut chain = two();
    run(&mut chain, "Alice", transferred("Bob", "One", (1, 1), TAO)).unwrap();
    assert_eq!(stake(&mut chain, "Bob", "One", 1), TAO);
    run(&mut chain, "Alice", transferred("Bob", "One", (1, 2), TAO)).unwrap();
    assert_eq!(stake(&mut chain, "Bob", "One", 2), TAO);
    // Another's stake on it makes a hotkey a delegate.
    assert!(chain.read(|| Delegates::<Runtime>::contains_key(key("One"))));
    let event = Event::StakeTransferred(key("Alice"), key("Bob"), key("One"), 1, 2, TAO);
    assert_eq!(events(&mut chain).last(), Some(&event));

    chain.read(|| TransferToggle::<Runtime>::insert(2, false));
    let call = transferred("Bob", "One", (1, 2), TAO);
    assert_eq!(
        bare(run(&mut chain, "Alice", call)),
        error(Error::TransferDisallowed)
    );
    // Only gifts need the permission.
    run(&mut chain, "Alice", moved(("One", 1), ("One", 2), TAO)).unwrap();
}

#[test]
fn limits_compare_with_a_price_of_one() {
    let mut chain = two();
    let refused = |chain: &mut Chain, call, reason| {
        assert_eq!(bare(run(chain, "Alice", call)), error(reason));
    };
    let (dear, right) = (TAO + 1, TAO);
    let slippage = Error::SlippageTooHigh;
    refused(&mut chain, added("One", 1, TAO, (TAO - 1, false)), slippage);
    let nothing = Error::AmountTooLow;
    refused(&mut chain, added("One", 1, TAO, (TAO - 1, true)), nothing);
    run(&mut chain, "Alice", added("One", 1, TAO, (right, false))).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 1), 41 * TAO);

    let slippage = Error::SlippageTooHigh;
    refused(&mut chain, removed("One", 1, TAO, (dear, false)), slippage);
    run(&mut chain, "Alice", removed("One", 1, TAO, (dear, true))).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 1), 41 * TAO);
    run(&mut chain, "Alice", removed("One", 1, TAO, (right, false))).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 1), 40 * TAO);
    let more = removed("One", 1, 99 * TAO, (right, false));
    refused(&mut chain, more, Error::NotEnoughStakeToWithdraw);

    let slippage = Error::SlippageTooHigh;
    refused(
        &mut chain,
        swapped("One", (1, 2), TAO, (dear, false)),
        slippage,
    );
    run(
        &mut chain,
        "Alice",
        swapped("One", (1, 2), TAO, (dear, true)),
    )
    .unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 2), 0);
    run(
        &mut chain,
        "Alice",
        swapped("One", (1, 2), TAO, (right, false)),
    )
    .unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 2), TAO);
    let event = Event::StakeSwapped(key("Alice"), key("One"), 1, 2, TAO);
    assert_eq!(events(&mut chain).last(), Some(&event));

    let all = |limit_price| Call::remove_stake_full_limit {
        hotkey: key("One"),
        netuid: 1,
        limit_price,
    };
    refused(&mut chain, all(Some(dear)), Error::SlippageTooHigh);
    run(&mut chain, "Alice", all(None)).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 1), 0);
    refused(&mut chain, all(Some(right)), Error::AmountTooLow);
}

#[test]
fn all_stake_can_go_at_once() {
    let mut chain = two();
    let before = balance(&mut chain, "Alice");
    run(&mut chain, "Alice", moved(("One", 1), ("One", 2), TAO)).unwrap();
    let hotkey = key("One");
    run(&mut chain, "Alice", Call::unstake_all_alpha { hotkey }).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 0), 40 * TAO);
    let hotkey = key("One");
    let again = run(&mut chain, "Alice", Call::unstake_all_alpha { hotkey });
    assert_eq!(bare(again), error(Error::AmountTooLow));
    let hotkey = key("One");
    run(&mut chain, "Alice", Call::unstake_all { hotkey }).unwrap();
    assert_eq!(balance(&mut chain, "Alice"), before + 40 * TAO);
    let hotkey = key("Nobody");
    let unknown = run(&mut chain, "Alice", Call::unstake_all { hotkey });
    assert_eq!(bare(unknown), error(Error::HotKeyAccountNotExists));
}

#[test]
fn burned_tokens_count_as_issued_and_recycled_ones_do_not() {
    let mut chain = two();
    let issued = |chain: &mut Chain| chain.read(|| SubnetAlphaOut::<Runtime>::get(1));
    let before = issued(&mut chain);
    let (hotkey, amount) = (key("One"), TAO);
    let burn = |netuid| Call::burn_alpha {
        hotkey: key("One"),
        amount: TAO,
        netuid,
    };
    let recycle = Call::recycle_alpha {
        hotkey,
        amount,
        netuid: 1,
    };
    run(&mut chain, "Alice", recycle).unwrap();
    assert_eq!(issued(&mut chain), before - TAO);
    run(&mut chain, "Alice", burn(1)).unwrap();
    assert_eq!(issued(&mut chain), before - TAO);
    assert_eq!(stake(&mut chain, "Alice", "One", 1), 38 * TAO);
    assert_eq!(
        bare(run(&mut chain, "Alice", burn(0))),
        error(Error::CannotBurnOrRecycleOnRootSubnet)
    );
    let stake_and_burn = |limit| Call::add_stake_burn {
        hotkey: key("One"),
        netuid: 1,
        amount: TAO,
        limit,
    };
    let dear = run(&mut chain, "Alice", stake_and_burn(Some(TAO - 1)));
    assert_eq!(bare(dear), error(Error::SlippageTooHigh));
    run(&mut chain, "Alice", stake_and_burn(None)).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "One", 1), 38 * TAO);
    assert_eq!(issued(&mut chain), before);
}

#[test]
fn small_nominations_are_paid_out() {
    let mut chain = two();
    run(&mut chain, "Bob", added("One", 1, 3 * TAO, (TAO, false))).unwrap();
    run(&mut chain, "Bob", removed("One", 1, TAO, (TAO, false))).unwrap();
    assert_eq!(stake(&mut chain, "Bob", "One", 1), 2 * TAO);
    chain.read(|| NominatorMinRequiredStake::<Runtime>::put(2 * TAO));
    run(&mut chain, "Bob", removed("One", 1, TAO, (TAO, false))).unwrap();
    assert_eq!(stake(&mut chain, "Bob", "One", 1), 0);
    // An owner's own stake may be small.
    run(
        &mut chain,
        "Bob",
        removed("BobHot", 1, 19 * TAO, (TAO, false)),
    )
    .unwrap();
    assert_eq!(stake(&mut chain, "Bob", "BobHot", 1), TAO);
}

const COLDKEYS: [&str; 2] = ["Alice", "Bob"];
const HOTKEYS: [&str; 4] = ["One", "Two", "BobHot", "Nobody"];

fn any_call() -> impl Strategy<Value = (&'static str, Call<Runtime>)> {
    let coldkey = proptest::sample::select(&COLDKEYS[..]);
    let hotkey = proptest::sample::select(&HOTKEYS[..]);
    let amount = prop_oneof![Just(0), Just(u64::MAX), 0..4_000_000u64, 0..60 * TAO];
    let limit = (
        prop_oneof![Just(0), Just(TAO), Just(TAO + 1)],
        any::<bool>(),
    );
    let values = (0..4u16, 0..4u16, amount, limit, 0..13u8);
    (coldkey.clone(), coldkey, hotkey.clone(), hotkey, values).prop_map(
        |(who, to, hotkey, other, (from, netuid, amount, limit, kind))| {
            let account = key(hotkey);
            let call = match kind {
                0 => Call::add_stake {
                    hotkey: account,
                    netuid,
                    amount_staked: amount,
                },
                1 => Call::remove_stake {
                    hotkey: account,
                    netuid,
                    amount_unstaked: amount,
                },
                2 => moved((hotkey, from), (other, netuid), amount),
                3 => transferred(to, hotkey, (from, netuid), amount),
                4 => Call::swap_stake {
                    hotkey: account,
                    origin_netuid: from,
                    destination_netuid: netuid,
                    alpha_amount: amount,
                },
                5 => swapped(hotkey, (from, netuid), amount, limit),
                6 => added(hotkey, netuid, amount, limit),
                7 => removed(hotkey, netuid, amount, limit),
                8 => Call::unstake_all { hotkey: account },
                9 => Call::unstake_all_alpha { hotkey: account },
                10 => Call::recycle_alpha {
                    hotkey: account,
                    amount,
                    netuid,
                },
                11 => Call::burn_alpha {
                    hotkey: account,
                    amount,
                    netuid,
                },
                _ => Call::remove_stake_full_limit {
                    hotkey: account,
                    netuid,
                    limit_price: limit.1.then_some(limit.0),
                },
            };
            (who, call)
        },
    )
}

/// What no call may change, but for burns, fees and recycling.
struct Books {
    /// TAO of all accounts.
    tao: u64,
    /// TAO on the accounts of subnets beyond what is in their books.
    beyond: Vec<u64>,
    /// Tokens outside the pool that lie on nobody, by subnet.
    free: Vec<u64>,
    /// Tokens of pools there are, in and out, by subnet.
    issued: Vec<u64>,
}

/// Fails where books disagree.
fn audit() -> Books {
    let netuids = Pallet::<Runtime>::netuids();
    let tao = |netuid: &u16| SubnetTAO::<Runtime>::get(netuid);
    let total: u64 = netuids.iter().map(tao).sum();
    // Fees that were paid in TAO are never subtracted.
    assert!(TotalStake::<Runtime>::get() >= total);
    let beyond = |netuid: &u16| {
        let account = Pallet::<Runtime>::subnet_account(*netuid).unwrap();
        let held = Balances::free_balance(account);
        held.checked_sub(tao(netuid)).unwrap()
    };
    let free = |netuid: &u16| {
        let on_hotkeys: u64 = TotalHotkeyAlpha::<Runtime>::iter()
            .filter_map(|(_, of, alpha)| (of == *netuid).then_some(alpha))
            .sum();
        let of_coldkeys: u64 = AlphaV2::<Runtime>::iter_keys()
            .filter(|(_, _, of)| of == netuid)
            .map(|(hotkey, coldkey, of)| Pallet::<Runtime>::stake_of(&hotkey, &coldkey, of))
            .sum();
        // Shares are rounded: a rao or two for each holder.
        assert!(of_coldkeys.abs_diff(on_hotkeys) <= 20, "{netuid}");
        SubnetAlphaOut::<Runtime>::get(netuid)
            .checked_sub(on_hotkeys)
            .unwrap()
    };
    let issued = |netuid: &u16| {
        let pool = SubnetMechanism::<Runtime>::get(netuid) == DYNAMIC;
        let all = SubnetAlphaIn::<Runtime>::get(netuid) + SubnetAlphaOut::<Runtime>::get(netuid);
        if pool { all } else { 0 }
    };
    Books {
        tao: Balances::total_issuance(),
        beyond: netuids.iter().map(beyond).collect(),
        free: netuids.iter().map(free).collect(),
        issued: netuids.iter().map(issued).collect(),
    }
}

#[test]
fn no_sequence_of_calls_makes_or_loses_anything() {
    make_calls(two);
}

#[test]
fn no_sequence_of_trades_with_pools_makes_or_loses_anything() {
    make_calls(two_pools);
}

fn make_calls(world: fn() -> Chain) {
    let (done, refused) = (Cell::new(0), Cell::new(0));
    let sequences = proptest::collection::vec(any_call(), 1..40);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(24));
    let outcome = runner.run(&sequences, |calls| {
        let mut chain = world();
        chain.read(|| {
            let mut books = audit();
            for (who, call) in calls {
                let counter = if step(&mut books, who, call) {
                    &done
                } else {
                    &refused
                };
                counter.set(counter.get() + 1);
            }
        });
        Ok(())
    });
    outcome.unwrap();
    let (done, refused) = (done.get(), refused.get());
    // Both kinds were really tried.
    assert!(done > 20 && refused > 20, "{done} done, {refused} refused");
}

/// Makes one call and compares the books; whether it was accepted.
fn step(books: &mut Books, who: &str, call: Call<Runtime>) -> bool {
    let pools = books.issued.iter().any(|tokens| *tokens > 0);
    // Fees of sales are nobody's, for the block has no author.
    let burns = pools || matches!(call, Call::burn_alpha { .. });
    let recycles = matches!(call, Call::recycle_alpha { .. });
    let shown = format!("{who}: {call:?}");
    let result = dispatch(RuntimeOrigin::signed(key(who)), call);
    let now = audit();
    let Books {
        tao,
        beyond,
        free,
        issued,
    } = &now;
    assert!(*tao <= books.tao, "{shown} made TAO");
    // A fee too small to open an account with stays where it is.
    let kept = beyond.iter().zip(&books.beyond);
    assert!(
        kept.clone()
            .all(|(now, then)| now >= then && now - then < 500),
        "{shown}"
    );
    // An account that closes takes at most its existential deposit with it.
    assert!(books.tao - tao <= 500, "{shown} lost TAO");
    let more = |now: &[u64], then: &[u64]| now.iter().zip(then).all(|(now, then)| now >= then);
    assert!(
        *free == books.free || burns && more(free, &books.free),
        "{shown} {result:?}: {:?} {free:?}",
        books.free
    );
    assert!(
        *issued == books.issued || recycles && more(&books.issued, issued),
        "{shown} {result:?}: {:?} {issued:?}",
        books.issued
    );
    *books = now;
    result.is_ok()
}
