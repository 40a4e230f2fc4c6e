//! Children, takes, root and swaps of hotkeys.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::{
    chain::{Chain, Outcome, key},
    two::{TAO, balance, bare, error, events, run, run_as_root, stake, two},
};
use localnet_runtime::{Runtime, RuntimeCall, RuntimeOrigin, System, admin_utils, subtensor::*};
use sp_runtime::traits::Dispatchable;

fn children(hotkey: &str, children: &[(u64, &str)]) -> Call<Runtime> {
    children_on(hotkey, 1, children)
}

fn children_on(hotkey: &str, netuid: u16, children: &[(u64, &str)]) -> Call<Runtime> {
    let named = children.iter().map(|(share, name)| (*share, key(name)));
    Call::set_children {
        hotkey: key(hotkey),
        netuid,
        children: named.collect(),
    }
}

const HALF: u64 = u64::MAX / 2;

fn inherited(chain: &mut Chain, hotkey: &str) -> u64 {
    chain.read(|| Pallet::<Runtime>::inherited_stake(&key(hotkey), 1).0)
}

/// A child of One with half of its stake, in effect.
fn with_child() -> Chain {
    let mut chain = two();
    let none = Call::set_pending_childkey_cooldown { cooldown: 0 };
    run_as_root(&mut chain, none).unwrap();
    run(&mut chain, "Alice", children("One", &[(HALF, "BobHot")])).unwrap();
    chain.run_to(25);
    chain
}

#[test]
fn children_count_after_the_cooldown_and_the_next_epoch() {
    let mut chain = two();
    let cooldown = Call::set_pending_childkey_cooldown { cooldown: 25 };
    let stranger = run(&mut chain, "Bob", cooldown.clone());
    assert_eq!(stranger, Err(sp_runtime::DispatchError::BadOrigin));
    run_as_root(&mut chain, cooldown).unwrap();
    run(&mut chain, "Alice", children("One", &[(HALF, "BobHot")])).unwrap();
    let scheduled = Event::SetChildrenScheduled(key("One"), 1, 26, vec![(HALF, key("BobHot"))]);
    assert_eq!(events(&mut chain).last(), Some(&scheduled));
    let counts = |chain: &mut Chain| {
        !chain
            .read(|| ParentKeys::<Runtime>::get(key("BobHot"), 1))
            .is_empty()
    };
    let epoch = |chain: &mut Chain| chain.read(|| LastEpochBlock::<Runtime>::get(1));
    while epoch(&mut chain) <= 26 {
        assert!(!counts(&mut chain));
        let next = chain.number + 1;
        chain.run_to(next);
    }
    assert!(counts(&mut chain));
    let set = Event::SetChildren(key("One"), 1, vec![(HALF, key("BobHot"))]);
    assert!(events(&mut chain).contains(&set));
    let (parents, pending) = chain.read(|| {
        let parents = ParentKeys::<Runtime>::get(key("BobHot"), 1);
        (
            parents,
            PendingChildKeys::<Runtime>::contains_key(1, key("One")),
        )
    });
    assert_eq!((parents, pending), (vec![(HALF, key("One"))], false));
}

#[test]
fn children_must_make_sense() {
    let mut chain = with_child();
    let six = ["A", "B", "C", "D", "E", "F"].map(|name| (1, name));
    let cases = [
        (
            "Alice",
            children_on("Two", 0, &[]),
            Error::RegistrationNotPermittedOnRootSubnet,
        ),
        ("Alice", children_on("Two", 9, &[]), Error::SubnetNotExists),
        (
            "Bob",
            children("Two", &[(1, "BobHot")]),
            Error::NonAssociatedColdKey,
        ),
        (
            "Alice",
            children("Two", &[(1, "A"), (1, "A")]),
            Error::DuplicateChild,
        ),
        ("Alice", children("Two", &[(1, "Two")]), Error::InvalidChild),
        ("Alice", children("Two", &six), Error::TooManyChildren),
        (
            "Alice",
            children("Two", &[(u64::MAX, "A"), (1, "B")]),
            Error::ProportionOverflow,
        ),
        (
            "Bob",
            children("BobHot", &[(1, "One")]),
            Error::ChildParentInconsistency,
        ),
        // The change before was less than 150 blocks ago.
        ("Alice", children("One", &[]), Error::TxRateLimitExceeded),
    ];
    for (who, call, reason) in cases {
        assert_eq!(bare(run(&mut chain, who, call)), error(reason));
    }
    run(&mut chain, "Alice", children("Two", &six[..5])).unwrap();
    run(&mut chain, "Bob", children("BobHot", &[(u64::MAX, "Two")])).unwrap();
    chain.read(|| System::set_block_number(151));
    run(&mut chain, "Alice", children("One", &[])).unwrap();
}

#[test]
fn only_hotkeys_with_stake_and_the_owner_name_children() {
    let mut chain = two();
    chain.read(|| StakeThreshold::<Runtime>::put(35 * TAO));
    let poor = run(&mut chain, "Alice", children("Two", &[(1, "A")]));
    assert_eq!(bare(poor), error(Error::NotEnoughStakeToSetChildkeys));
    run(&mut chain, "Alice", children("Two", &[])).unwrap();
    run(&mut chain, "Alice", children("One", &[(1, "A")])).unwrap();
    run(&mut chain, "Alice", children("OwnerHot", &[(1, "A")])).unwrap();
}

#[test]
fn lent_stake_counts_for_the_child() {
    let mut chain = with_child();
    let own =
        |chain: &mut Chain, hotkey| chain.read(|| Pallet::<Runtime>::stake_on(&key(hotkey), 1));
    let (one, bob) = (own(&mut chain, "One"), own(&mut chain, "BobHot"));
    let lent = (u128::from(one) * u128::from(HALF) / u128::from(u64::MAX)) as u64;
    // The chain cuts the share to 32 fractional bits.
    let near = |value: u64, expected: u64| value.abs_diff(expected) <= 1 + (expected >> 31);
    assert!(near(inherited(&mut chain, "BobHot"), bob + lent));
    assert!(near(inherited(&mut chain, "One"), one - lent));
    // Neither own stake is enough to weigh; with the parent's it is.
    chain.read(|| StakeThreshold::<Runtime>::put(bob + lent / 2));
    let weighs = |chain: &mut Chain, hotkey| {
        chain.read(|| Pallet::<Runtime>::has_stake_to_weigh(&key(hotkey), 1))
    };
    assert!(weighs(&mut chain, "BobHot"));
    chain.read(|| {
        ParentKeys::<Runtime>::remove(key("BobHot"), 1);
    });
    assert!(!weighs(&mut chain, "BobHot"));
}

#[test]
fn a_childs_dividends_reach_its_parent() {
    let mut chain = with_child();
    let uid =
        |chain: &mut Chain, name: &str| chain.read(|| Uids::<Runtime>::get(1, key(name)).unwrap());
    let miner = uid(&mut chain, "Two");
    chain.read(|| {
        WeightsSetRateLimit::<Runtime>::insert(1, 0);
        // The child alone weighs, with less than half of all stake.
        Kappa::<Runtime>::insert(1, u16::MAX / 10);
    });
    let weights = Call::set_weights {
        netuid: 1,
        dests: vec![miner],
        weights: vec![u16::MAX],
        version_key: 0,
    };
    assert_eq!(chain.call("BobHot", weights), Outcome::Done);
    // By the second epoch from here its weights have given bonds.
    let end = chain.number + 45;
    chain.run_to(end);
    let earned = |chain: &mut Chain, name: &str| {
        chain.read(|| AlphaDividendsPerSubnet::<Runtime>::get(1, key(name)))
    };
    let (child, parent) = (earned(&mut chain, "BobHot"), earned(&mut chain, "One"));
    assert!(child > 0 && parent > 0, "{child} {parent}");
    // Half of what a parent of another owner gets may be destroyed.
    let burn = admin_utils::Call::sudo_set_ck_burn { burn: u64::MAX / 2 };
    let done = chain.read(|| RuntimeCall::from(burn).dispatch(RuntimeOrigin::root()));
    assert!(done.is_ok());
    let tokens = |chain: &mut Chain| chain.read(|| SubnetAlphaOut::<Runtime>::get(1));
    let (before, end) = (tokens(&mut chain), chain.number + 20);
    chain.run_to(end);
    let less = earned(&mut chain, "One") as f64 / earned(&mut chain, "BobHot") as f64;
    let ratio = less / (parent as f64 / child as f64);
    assert!((0.4..0.6).contains(&ratio), "{ratio}");
    // Twenty blocks brought twenty tokens to neurons and as much as the protocol bought.
    let brought = tokens(&mut chain) - before;
    assert!(brought < 40 * TAO, "{brought}");
    // Who neither weighs nor lends earns nothing.
    assert_eq!(earned(&mut chain, "Two"), 0);
}

#[test]
fn childkey_takes_have_bounds_and_are_raised_rarely() {
    let mut chain = with_child();
    let take = |take| Call::set_childkey_take {
        hotkey: key("BobHot"),
        netuid: 1,
        take,
    };
    let refused = |chain: &mut Chain, who, call, reason| {
        assert_eq!(bare(run(chain, who, call)), error(reason));
    };
    refused(&mut chain, "Alice", take(100), Error::NonAssociatedColdKey);
    refused(&mut chain, "Bob", take(11_797), Error::InvalidChildkeyTake);
    run(&mut chain, "Bob", take(11_000)).unwrap();
    assert_eq!(
        events(&mut chain).last(),
        Some(&Event::ChildKeyTakeSet(key("BobHot"), 11_000))
    );
    refused(
        &mut chain,
        "Bob",
        take(11_001),
        Error::TxChildkeyTakeRateLimitExceeded,
    );
    run(&mut chain, "Bob", take(10_000)).unwrap();

    run_as_root(
        &mut chain,
        Call::sudo_set_tx_childkey_take_rate_limit { tx_rate_limit: 0 },
    )
    .unwrap();
    run(&mut chain, "Bob", take(10_001)).unwrap();
    run_as_root(
        &mut chain,
        Call::sudo_set_min_childkey_take { take: 10_500 },
    )
    .unwrap();
    refused(&mut chain, "Bob", take(10_001), Error::InvalidChildkeyTake);
    assert_eq!(
        chain.read(|| Pallet::<Runtime>::childkey_take(&key("BobHot"), 1)),
        10_500
    );
    run_as_root(
        &mut chain,
        Call::sudo_set_max_childkey_take { take: 12_000 },
    )
    .unwrap();
    run(&mut chain, "Bob", take(11_900)).unwrap();
}

#[test]
fn delegates_change_their_take() {
    let mut chain = two();
    let up = |name, take| Call::increase_take {
        hotkey: key(name),
        take,
    };
    let down = |name, take| Call::decrease_take {
        hotkey: key(name),
        take,
    };
    let refused = |chain: &mut Chain, who, call, reason| {
        assert_eq!(bare(run(chain, who, call)), error(reason));
    };
    refused(
        &mut chain,
        "Alice",
        down("Nobody", 1),
        Error::HotKeyAccountNotExists,
    );
    refused(
        &mut chain,
        "Bob",
        down("One", 1),
        Error::NonAssociatedColdKey,
    );
    run(&mut chain, "Alice", down("One", 1000)).unwrap();
    refused(
        &mut chain,
        "Alice",
        down("One", 1000),
        Error::DelegateTakeTooLow,
    );
    refused(
        &mut chain,
        "Alice",
        up("One", 1000),
        Error::DelegateTakeTooLow,
    );
    refused(
        &mut chain,
        "Alice",
        up("One", 11_797),
        Error::DelegateTakeTooHigh,
    );
    refused(
        &mut chain,
        "Alice",
        up("One", 2000),
        Error::DelegateTxRateLimitExceeded,
    );
    chain.read(|| TxDelegateTakeRateLimit::<Runtime>::put(0));
    run(&mut chain, "Alice", up("One", 2000)).unwrap();
    let raised = Event::TakeIncreased(key("Alice"), key("One"), 2000);
    assert_eq!(events(&mut chain).last(), Some(&raised));

    // The pool says so beforehand, by its codes.
    chain.read(|| MinDelegateTake::<Runtime>::put(500));
    assert_eq!(chain.refusal("Alice", down("One", 499)), Some(26));
    assert_eq!(chain.refusal("Alice", up("One", 11_797)), Some(27));
    assert_eq!(chain.refusal("Bob", down("One", 600)), Some(25));
    assert_eq!(chain.refusal("Bob", down("Nobody", 600)), Some(4));
    assert_eq!(chain.refusal("Alice", down("One", 600)), None);
}

fn root_register(name: &str) -> Call<Runtime> {
    Call::root_register { hotkey: key(name) }
}

#[test]
fn a_full_root_keeps_those_with_most_stake() {
    let mut chain = two();
    run(&mut chain, "Alice", root_register("One")).unwrap();
    assert_eq!(
        events(&mut chain).last(),
        Some(&Event::NeuronRegistered(0, 0, key("One")))
    );
    let second = run(&mut chain, "Alice", root_register("Two"));
    assert_eq!(bare(second), error(Error::TooManyRegistrationsThisBlock));
    chain.run_to(2);
    chain.read(|| {
        MaxRegistrationsPerBlock::<Runtime>::insert(0, 9);
        MaxAllowedUids::<Runtime>::insert(0, 1);
    });
    let twice = run(&mut chain, "Alice", root_register("One"));
    assert_eq!(bare(twice), error(Error::HotKeyAlreadyRegisteredInSubNet));
    let poor = run(&mut chain, "Alice", root_register("Two"));
    assert_eq!(bare(poor), error(Error::StakeTooLowForRoot));
    let (hotkey, netuid, amount_staked) = (key("Two"), 0, TAO);
    let stake = Call::add_stake {
        hotkey,
        netuid,
        amount_staked,
    };
    run(&mut chain, "Alice", stake).unwrap();
    run(&mut chain, "Alice", root_register("Two")).unwrap();
    chain.read(|| {
        assert_eq!(Keys::<Runtime>::get(0, 0), key("Two"));
        assert!(!IsNetworkMember::<Runtime>::get(key("One"), 0));
        RegistrationsThisInterval::<Runtime>::insert(0, 6);
    });
    let late = run(&mut chain, "Bob", root_register("BobHot"));
    assert_eq!(bare(late), error(Error::TooManyRegistrationsThisInterval));
    // Until root's own cycle begins again.
    let stake = Call::add_stake {
        hotkey: key("BobHot"),
        netuid: 0,
        amount_staked: 2 * TAO,
    };
    run(&mut chain, "Bob", stake).unwrap();
    chain.run_to(101);
    run(&mut chain, "Bob", root_register("BobHot")).unwrap();
}

#[test]
fn root_validators_lend_to_new_subnets_unless_they_refuse() {
    let mut chain = two();
    let auto = |hotkey: &str, enabled| Call::set_auto_parent_delegation_enabled {
        hotkey: key(hotkey),
        enabled,
    };
    let outside = run(&mut chain, "Alice", auto("One", false));
    assert_eq!(bare(outside), error(Error::HotKeyNotRegisteredInSubNet));
    run(&mut chain, "Alice", root_register("One")).unwrap();
    chain.run_to(2);
    run(&mut chain, "Alice", root_register("Two")).unwrap();
    let foreign = run(&mut chain, "Bob", auto("Two", false));
    assert_eq!(bare(foreign), error(Error::NonAssociatedColdKey));
    run(&mut chain, "Alice", auto("Two", false)).unwrap();

    chain.read(|| NetworkMinLockCost::<Runtime>::put(TAO));
    let new = Call::register_network {
        hotkey: key("NewOwner"),
    };
    run(&mut chain, "Bob", new).unwrap();
    let parents = chain.read(|| ParentKeys::<Runtime>::get(key("NewOwner"), 3));
    assert_eq!(parents, [(u64::MAX, key("One"))]);
}

#[test]
fn a_hotkey_is_bound_once() {
    let mut chain = two();
    let bind = || Call::try_associate_hotkey {
        hotkey: key("Fresh"),
    };
    run(&mut chain, "Bob", bind()).unwrap();
    run(&mut chain, "Alice", bind()).unwrap();
    assert_eq!(
        chain.read(|| Owner::<Runtime>::get(key("Fresh"))),
        key("Bob")
    );
}

fn swap(old: &str, new: &str, netuid: Option<u16>, keep_stake: bool) -> Call<Runtime> {
    Call::swap_hotkey_v2 {
        hotkey: key(old),
        new_hotkey: key(new),
        netuid,
        keep_stake,
    }
}

#[test]
fn a_swapped_hotkey_hands_over_all_it_had() {
    let mut chain = with_child();
    run(&mut chain, "Alice", root_register("One")).unwrap();
    let (before, staked) = (
        balance(&mut chain, "Alice"),
        stake(&mut chain, "Alice", "One", 1),
    );
    let tao = chain.read(TotalIssuance::<Runtime>::get);
    let uid = chain.read(|| Uids::<Runtime>::get(1, key("One")));
    let foreign = run(&mut chain, "Bob", swap("One", "New", None, false));
    assert_eq!(bare(foreign), error(Error::NonAssociatedColdKey));
    let same = run(&mut chain, "Alice", swap("One", "One", None, false));
    assert_eq!(bare(same), error(Error::NewHotKeyIsSameWithOld));
    let taken = run(&mut chain, "Alice", swap("One", "Two", None, false));
    assert_eq!(bare(taken), error(Error::HotKeyAlreadyRegisteredInSubNet));

    run(&mut chain, "Alice", swap("One", "New", None, false)).unwrap();
    let cost = TAO / 10;
    assert_eq!(balance(&mut chain, "Alice"), before - cost);
    assert_eq!(stake(&mut chain, "Alice", "New", 1), staked);
    assert_eq!(stake(&mut chain, "Alice", "One", 1), 0);
    chain.read(|| {
        assert_eq!(TotalIssuance::<Runtime>::get(), tao - cost);
        assert_eq!(Uids::<Runtime>::get(1, key("New")), uid);
        assert_eq!(Keys::<Runtime>::get(1, uid.unwrap()), key("New"));
        assert_eq!(Uids::<Runtime>::get(0, key("New")), Some(0));
        assert_eq!(
            ChildKeys::<Runtime>::get(key("New"), 1),
            [(HALF, key("BobHot"))]
        );
        assert_eq!(
            ParentKeys::<Runtime>::get(key("BobHot"), 1),
            [(HALF, key("New"))]
        );
        assert!(!Owner::<Runtime>::contains_key(key("One")));
        assert!(Delegates::<Runtime>::contains_key(key("New")));
        assert!(!StakingHotkeys::<Runtime>::get(key("Alice")).contains(&key("One")));
    });
    let again = run(&mut chain, "Alice", swap("Two", "Newer", None, false));
    assert_eq!(bare(again), error(Error::HotKeySetTxRateLimitExceeded));
}

#[test]
fn a_swap_on_one_subnet_may_leave_the_stake() {
    let mut chain = with_child();
    let early = run(&mut chain, "Alice", swap("Two", "New", Some(1), true));
    assert_eq!(
        bare(early),
        error(Error::HotKeySwapOnSubnetIntervalNotPassed)
    );
    chain.read(|| System::set_block_number(7_201));
    let staked = stake(&mut chain, "Alice", "Two", 1);
    run(&mut chain, "Alice", swap("Two", "New", Some(1), true)).unwrap();
    assert_eq!(stake(&mut chain, "Alice", "Two", 1), staked);
    chain.read(|| {
        assert!(Uids::<Runtime>::contains_key(1, key("New")));
        assert!(!Uids::<Runtime>::contains_key(1, key("Two")));
        assert_eq!(Owner::<Runtime>::get(key("Two")), key("Alice"));
    });
    // A child swaps: its parent lends to the new hotkey.
    run(&mut chain, "Bob", swap("BobHot", "BobNew", Some(1), false)).unwrap();
    let lent = chain.read(|| ChildKeys::<Runtime>::get(key("One"), 1));
    assert_eq!(lent, [(HALF, key("BobNew"))]);
    let event = Event::HotkeySwappedOnSubnet {
        coldkey: key("Bob"),
        old_hotkey: key("BobHot"),
        new_hotkey: key("BobNew"),
        netuid: 1,
    };
    assert_eq!(events(&mut chain).last(), Some(&event));
}
