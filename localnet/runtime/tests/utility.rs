//! Batches of calls: what they cost, what stays when one fails, what they don't get around.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::chain::{Chain, DEMO, Outcome, failed, key};
use localnet_runtime::{
    Balances, Runtime, RuntimeCall, RuntimeEvent, safe_mode, subtensor::*, utility,
};
use sp_core::H256;
use sp_runtime::{DispatchError, MultiAddress};
use utility::{Call as Batch, Event as Happened};

const NETUID: u16 = 1;

fn weights(value: u16) -> RuntimeCall {
    let (dests, weights) = (vec![2, 3], vec![value, u16::MAX]);
    let (netuid, version_key) = (NETUID, 0);
    Call::set_weights {
        netuid,
        dests,
        weights,
        version_key,
    }
    .into()
}

fn pay(to: &str, value: u64) -> RuntimeCall {
    let dest = MultiAddress::Id(key(to));
    pallet_balances::Call::transfer_keep_alive { dest, value }.into()
}

/// More than anybody has.
fn overpay(to: &str) -> RuntimeCall {
    pay(to, u64::MAX)
}

fn balance(chain: &mut Chain, who: &str) -> u64 {
    chain.read(|| Balances::free_balance(key(who)))
}

fn happened(chain: &mut Chain) -> Vec<Happened> {
    let ours = |event| match event {
        RuntimeEvent::Utility(event) => Some(event),
        _ => None,
    };
    chain.events().into_iter().filter_map(ours).collect()
}

#[test]
fn a_batch_stops_at_the_first_failure_and_keeps_what_was_done() {
    let mut chain = Chain::new(DEMO);
    let calls = vec![pay("Eve", 1_000_000), overpay("Eve"), pay("Eve", 1_000_000)];
    assert_eq!(chain.call("Bob", Batch::batch { calls }), Outcome::Done);
    assert_eq!(balance(&mut chain, "Eve"), 1_000_000);
    let events = happened(&mut chain);
    assert_eq!(events[0], Happened::ItemCompleted);
    assert!(matches!(
        events[1],
        Happened::BatchInterrupted { index: 1, .. }
    ));
    assert_eq!(events.len(), 2);
}

#[test]
fn all_or_none_does_none_and_is_not_nested() {
    let mut chain = Chain::new(DEMO);
    let calls = vec![pay("Eve", 1_000_000), overpay("Eve")];
    let outcome = chain.call("Bob", Batch::batch_all { calls });
    assert_ne!(outcome, Outcome::Done);
    assert_eq!(balance(&mut chain, "Eve"), 0);
    let inner = Batch::batch_all {
        calls: vec![pay("Eve", 1_000_000)],
    };
    let nested = chain.call(
        "Bob",
        Batch::batch_all {
            calls: vec![inner.clone().into()],
        },
    );
    assert_eq!(nested, failed(frame_system::Error::<Runtime>::CallFiltered));
    assert_eq!(chain.call("Bob", inner), Outcome::Done);
    assert_eq!(balance(&mut chain, "Eve"), 1_000_000);
}

#[test]
fn a_forced_batch_goes_on() {
    let mut chain = Chain::new(DEMO);
    let calls = vec![overpay("Eve"), pay("Eve", 1_000_000)];
    assert_eq!(
        chain.call("Bob", Batch::force_batch { calls }),
        Outcome::Done
    );
    assert_eq!(balance(&mut chain, "Eve"), 1_000_000);
    let events = happened(&mut chain);
    assert!(matches!(events[0], Happened::ItemFailed { .. }));
    assert_eq!(
        events[1..],
        [Happened::ItemCompleted, Happened::BatchCompletedWithErrors]
    );
}

#[test]
fn either_makes_the_second_call_where_the_first_fails() {
    let mut chain = Chain::new(DEMO);
    let either = |main: RuntimeCall, fallback: RuntimeCall| {
        let (main, fallback) = (Box::new(main), Box::new(fallback));
        Batch::if_else { main, fallback }
    };
    let good = either(pay("Eve", 1_000_000), pay("Eve", 2_000_000));
    assert_eq!(chain.call("Bob", good), Outcome::Done);
    assert_eq!(balance(&mut chain, "Eve"), 1_000_000);
    let second = either(overpay("Eve"), pay("Eve", 2_000_000));
    assert_eq!(chain.call("Bob", second), Outcome::Done);
    assert_eq!(balance(&mut chain, "Eve"), 3_000_000);
    assert!(matches!(
        happened(&mut chain)[0],
        Happened::IfElseFallbackCalled { .. }
    ));
}

#[test]
fn a_hotkey_without_funds_batches_free_calls_only() {
    let mut chain = Chain::new(DEMO);
    chain.run_to(60);
    let free = Batch::batch {
        calls: vec![weights(1)],
    };
    let paid = Batch::batch {
        calls: vec![weights(1), pay("Eve", 1)],
    };
    let refused = chain.sign("Weighmaster", paid);
    assert!(chain.validate(&refused).is_err(), "one call of it pays");
    assert_eq!(chain.call("Weighmaster", free), Outcome::Done);
    chain.read(|| assert!(!Weights::<Runtime>::get(NETUID, 1).is_empty()));
}

#[test]
fn what_the_pool_asks_is_asked_inside_a_batch_too() {
    let world = DEMO
        .replace("stake_threshold_tao = 0", "stake_threshold_tao = 35")
        .replace("commit_reveal = false", "commit_reveal = true");
    let mut chain = Chain::new(&world);
    chain.run_to(60);
    // Committing asks for stake in the pool alone.
    let commit = || Call::commit_weights {
        netuid: NETUID,
        commit_hash: H256::zero(),
    };
    let batch = || Batch::batch_all {
        calls: vec![commit().into()],
    };
    assert_eq!(chain.refusal("Second", commit()), Some(1), "30 of 35");
    let around = chain.call("Second", batch());
    assert_eq!(around, failed(Error::<Runtime>::NotEnoughStakeToSetWeights));
    assert_eq!(
        chain.call("Weighmaster", batch()),
        Outcome::Done,
        "40 of 35"
    );
}

#[test]
fn safe_mode_holds_inside_a_batch() {
    let mut chain = Chain::new(DEMO);
    let enter = safe_mode::Call::force_enter {};
    assert_eq!(chain.sudo(enter), Ok(()));
    let batch = Batch::batch {
        calls: vec![pay("Eve", 1_000_000)],
    };
    let filtered = failed(frame_system::Error::<Runtime>::CallFiltered);
    assert_eq!(chain.call("Bob", batch), filtered);
}

#[test]
fn root_acts_in_any_name() {
    let mut chain = Chain::new(DEMO);
    let as_bob = |call: RuntimeCall| {
        let origin = frame_system::RawOrigin::Signed(key("Bob")).into();
        Batch::dispatch_as {
            as_origin: Box::new(origin),
            call: Box::new(call),
        }
    };
    let by_bob = chain.call("Bob", as_bob(pay("Eve", 1_000_000)));
    assert_eq!(by_bob, failed(DispatchError::BadOrigin));
    assert_eq!(chain.sudo(as_bob(pay("Eve", 1_000_000))), Ok(()));
    assert_eq!(balance(&mut chain, "Eve"), 1_000_000);
    assert_eq!(
        happened(&mut chain),
        [Happened::DispatchedAs { result: Ok(()) }]
    );
}

#[test]
fn a_derived_account_spends_its_own() {
    let mut chain = Chain::new(DEMO);
    let call = Box::new(pay("Eve", 1_000_000));
    let poor = chain.call(
        "Bob",
        Batch::as_derivative {
            index: 0,
            call: call.clone(),
        },
    );
    assert_ne!(poor, Outcome::Done, "it has nothing");
    let derived = derived_account("Bob", 0);
    let dest = MultiAddress::Id(derived.clone());
    let fund = pallet_balances::Call::transfer_keep_alive {
        dest,
        value: 5_000_000,
    };
    assert_eq!(chain.call("Bob", fund), Outcome::Done);
    let rich = chain.call("Bob", Batch::as_derivative { index: 0, call });
    assert_eq!(rich, Outcome::Done);
    chain.read(|| assert_eq!(Balances::free_balance(derived), 4_000_000));
}

fn derived_account(of: &str, index: u16) -> localnet_runtime::AccountId {
    use codec::Encode;
    let seed = (b"modlpy/utilisuba", key(of), index).encode();
    localnet_runtime::AccountId::new(sp_core::blake2_256(&seed))
}
