//! Staking within a price limit, and what a swap would give, where a token is a TAO.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use codec::{Decode, Encode};
use common::chain::{Chain, DEMO, Outcome, key, stable};
use localnet_runtime::{RAO_PER_TAO, Runtime, RuntimeCall, api, subtensor::*};

const NETUID: u16 = 1;
const AMOUNT: u64 = 5 * RAO_PER_TAO;

fn add(limit_price: u64, allow_partial: bool) -> RuntimeCall {
    Call::add_stake_limit {
        hotkey: key("Second"),
        netuid: NETUID,
        amount_staked: AMOUNT,
        limit_price,
        allow_partial,
    }
    .into()
}

fn remove(limit_price: u64, allow_partial: bool) -> RuntimeCall {
    Call::remove_stake_limit {
        hotkey: key("Second"),
        netuid: NETUID,
        amount_unstaked: AMOUNT,
        limit_price,
        allow_partial,
    }
    .into()
}

fn error(expected: Error<Runtime>) -> Outcome {
    let sp_runtime::DispatchError::Module(module) = expected.into() else {
        panic!("not of a pallet")
    };
    Outcome::Failed(module.error[0])
}

#[test]
fn within_the_limit_all_of_it_trades_and_beyond_it_nothing() {
    let mut chain = Chain::new(&stable(DEMO));
    let staked = |chain: &mut Chain| {
        chain.read(|| Pallet::<Runtime>::stake_of(&key("Second"), &key("Bob"), NETUID))
    };
    let dear = RAO_PER_TAO - 1;
    assert_eq!(
        chain.call("Bob", add(dear, false)),
        error(Error::SlippageTooHigh)
    );
    assert_eq!(
        chain.call("Bob", add(dear, true)),
        error(Error::AmountTooLow)
    );
    assert_eq!(staked(&mut chain), 0);
    assert_eq!(chain.call("Bob", add(RAO_PER_TAO, false)), Outcome::Done);
    let before = staked(&mut chain);
    assert!(before.abs_diff(AMOUNT) <= 1, "{before}");

    let cheap = RAO_PER_TAO + 1;
    assert_eq!(
        chain.call("Bob", remove(cheap, false)),
        error(Error::SlippageTooHigh)
    );
    assert!(staked(&mut chain) >= before);
    assert_eq!(chain.call("Bob", remove(RAO_PER_TAO, false)), Outcome::Done);
    assert!(staked(&mut chain) < before);
}

#[test]
fn a_swap_is_one_to_one() {
    let mut chain = Chain::new(&stable(DEMO));
    let mut ask =
        |method: &str, args: Vec<u8>| chain.read(|| api::dispatch(method, &args)).unwrap();
    let price = ask("SwapRuntimeApi_current_alpha_price", NETUID.encode());
    assert_eq!(u64::decode(&mut &price[..]).unwrap(), RAO_PER_TAO);
    let prices = ask("SwapRuntimeApi_current_alpha_price_all", Vec::new());
    let mut prices = Vec::<(u16, u64)>::decode(&mut &prices[..]).unwrap();
    prices.sort_unstable();
    assert_eq!(prices, [(0, RAO_PER_TAO), (NETUID, RAO_PER_TAO)]);
    for method in ["sim_swap_tao_for_alpha", "sim_swap_alpha_for_tao"] {
        let answer = ask(
            &format!("SwapRuntimeApi_{method}"),
            (NETUID, AMOUNT).encode(),
        );
        let answer = <[u64; 6]>::decode(&mut &answer[..]).unwrap();
        assert_eq!(answer, [AMOUNT, AMOUNT, 0, 0, 0, 0], "{method}");
    }
}
