//! Never more than 21 million: TAO in all, and tokens minted in a subnet.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::chain::{Chain, stable};
use localnet_runtime::{Runtime, genesis, subtensor::*};
use yuma::emission::{MAX_SUPPLY, block_emission};

const NETUID: u16 = 1;
const RAO: u64 = 1_000_000_000;

/// A world of one subnet with a TAO in its pool; amounts in TAO, but the stake in tokens.
fn world(extra: &str, balance: &str, stake: &str) -> String {
    format!(
        r#"
[chain]
block_ms = 250
extra_issuance_tao = {extra}
[[account]]
name = "Owner"
balance_tao = {balance}
[[account]]
name = "OwnerHot"
[[account]]
name = "Validator"
[[subnet]]
netuid = {NETUID}
owner = "Owner"
owner_hotkey = "OwnerHot"
tempo = 10
commit_reveal = false
pool_tao = 1
[[subnet.neuron]]
hotkey = "Validator"
coldkey = "Owner"
stake_tao = {stake}
"#
    )
}

/// TAO in existence, rao.
fn tao() -> u64 {
    TotalIssuance::<Runtime>::get()
}

/// The subnet's tokens, rao.
fn alpha() -> u64 {
    SubnetAlphaIn::<Runtime>::get(NETUID).saturating_add(SubnetAlphaOut::<Runtime>::get(NETUID))
}

/// Lets blocks pass, each of which mints what the curve says and never passes the maximum; what they minted: TAO and
/// tokens.
fn mint(chain: &mut Chain, blocks: u32) -> (u64, u64) {
    let (first_tao, first_alpha) = chain.read(|| (tao(), alpha()));
    for _ in 0..blocks {
        let (tao_before, alpha_before) = chain.read(|| (tao(), alpha()));
        chain.block(&[]);
        let (tao, alpha) = chain.read(|| (tao(), alpha()));
        assert_eq!(tao - tao_before, block_emission(tao_before));
        assert_eq!(alpha - alpha_before, block_emission(alpha_before));
        assert!(tao <= MAX_SUPPLY && alpha <= MAX_SUPPLY);
    }
    chain.read(|| (tao() - first_tao, alpha() - first_alpha))
}

#[test]
fn a_young_chain_mints_one_of_each_a_block() {
    let mut chain = Chain::new(&world("0", "100", "10"));
    assert_eq!(mint(&mut chain, 25), (25 * RAO, 25 * RAO));
}

#[test]
fn a_halving_is_crossed_on_the_way() {
    let mut chain = Chain::new(&world("10499896.5", "100", "10"));
    // 2.5 TAO are left before the halving: three whole blocks, then halves.
    assert_eq!(mint(&mut chain, 5), (4 * RAO, 5 * RAO));
}

#[test]
fn just_below_the_maximum_tao_comes_in_rao_and_never_passes_it() {
    let mut chain = Chain::new(&world("20999898", "100", "10"));
    assert_eq!(chain.read(tao), 20_999_999 * RAO);
    let (tao_minted, alpha_minted) = mint(&mut chain, 30);
    assert_eq!(tao_minted, 30 * 59);
    assert_eq!(alpha_minted, 30 * RAO, "the subnet itself is young");
}

#[test]
fn at_the_maximum_no_tao_is_minted_and_epochs_go_on() {
    let mut chain = Chain::new(&world("20999899", "100", "10"));
    assert_eq!(chain.read(tao), MAX_SUPPLY);
    assert_eq!(mint(&mut chain, 30).0, 0);
    let fired = chain.read(|| SubnetEpochIndex::<Runtime>::get(NETUID));
    assert_eq!(fired, 3);
}

#[test]
fn tokens_of_a_subnet_end_at_the_maximum_too() {
    let mut chain = Chain::new(&world("0", "0", "20999998"));
    assert_eq!(chain.read(alpha), 20_999_999 * RAO);
    assert_eq!(mint(&mut chain, 30), (30 * RAO, 30 * 59));

    let mut full = Chain::new(&world("0", "0", "20999999"));
    assert_eq!(full.read(alpha), MAX_SUPPLY);
    assert_eq!(mint(&mut full, 30).1, 0);
}

#[test]
fn a_world_above_the_maximum_is_refused_by_name() {
    let build = |text: &str| genesis::build(&toml::from_str(text).unwrap(), "test");
    assert!(build(&world("20999899", "100", "10")).is_ok());
    let stable = stable(&world("0", "1", "21000000").replace("pool_tao = 1\n", ""));
    for (over, sum) in [
        (world("20999900", "100", "10"), "add up to 21000001 TAO"),
        (world("0", "21000000", "1"), "add up to 21000001 TAO"),
        (stable, "add up to 21000001 TAO"),
        (world("0", "1", "21000000"), "add up to 21000001 tokens"),
    ] {
        let error = build(&over).unwrap_err().to_string();
        assert!(error.contains(sum), "{error}");
    }
}
