//! A dissolved subnet pays back what was staked and leaves nothing behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use common::{
    chain::{Chain, DEMO, Outcome, failed, key},
    two::dispatch,
};
use localnet_runtime::{
    AccountId, Balances, Runtime, RuntimeEvent, RuntimeOrigin, commitments, subtensor::*,
};
use sp_core::twox_128;
use sp_runtime::DispatchError;
use std::collections::BTreeSet;

const NETUID: u16 = 1;

fn dissolve(netuid: u16) -> Call<Runtime> {
    Call::root_dissolve_network { netuid }
}

/// A subnet with a miner, weights, an axon's worth of everything, after two epochs.
fn lively() -> Chain {
    let mut chain = Chain::new(DEMO);
    let register = Call::burned_register {
        netuid: NETUID,
        hotkey: key("Miner"),
    };
    assert_eq!(chain.call("Bob", register), Outcome::Done);
    let stake = Call::add_stake {
        hotkey: key("Third"),
        netuid: NETUID,
        amount_staked: 10_000_000_000,
    };
    assert_eq!(chain.call("Bob", stake), Outcome::Done);
    chain.run_to(60);
    let (dests, weights) = (vec![4], vec![1]);
    let set = Call::set_weights {
        netuid: NETUID,
        dests,
        weights,
        version_key: 0,
    };
    assert_eq!(chain.call("Weighmaster", set), Outcome::Done);
    let fields = vec![commitments::Data::Raw(
        b"model".to_vec().try_into().unwrap(),
    )];
    let fields = fields.try_into().unwrap();
    let info = Box::new(commitments::CommitmentInfo { fields });
    let commit = commitments::Call::set_commitment {
        netuid: NETUID,
        info,
    };
    assert_eq!(chain.call("Miner", commit), Outcome::Done);
    chain.run_to(121);
    let swap = Call::swap_hotkey {
        hotkey: key("Miner"),
        new_hotkey: key("Successor"),
        netuid: Some(NETUID),
    };
    chain.read(|| {
        frame_system::Pallet::<Runtime>::set_block_number(8_000);
        dispatch(RuntimeOrigin::signed(key("Bob")), swap).unwrap();
        frame_system::Pallet::<Runtime>::set_block_number(121);
    });
    assert!(chain.read(|| LastHotkeySwapOnNetuid::<Runtime>::iter().count()) > 0);
    chain
}

/// To the rao: each holding its part of the pool, and what is left on the account is recycled.
#[test]
fn stakers_share_the_pool_and_nothing_is_lost() {
    let mut chain = lively();
    let strangers = chain.call("Bob", dissolve(NETUID));
    assert_eq!(strangers, failed(DispatchError::BadOrigin));
    chain.read(|| {
        let account = Pallet::<Runtime>::subnet_account(NETUID).unwrap();
        let pot = u128::from(SubnetTAO::<Runtime>::get(NETUID));
        let protocols =
            SubnetAlphaIn::<Runtime>::get(NETUID) + SubnetProtocolAlpha::<Runtime>::get(NETUID);
        let holdings: Vec<_> = AlphaV2::<Runtime>::iter_keys()
            .map(|(hotkey, coldkey, netuid)| {
                let tokens = Pallet::<Runtime>::stake_of(&hotkey, &coldkey, netuid);
                (coldkey, u128::from(tokens))
            })
            .collect();
        let all = u128::from(protocols) + holdings.iter().map(|(_, tokens)| tokens).sum::<u128>();
        let balance = |who: &AccountId| u128::from(Balances::free_balance(who));
        let people = ["Alice", "Bob"].map(key);
        let before = people.each_ref().map(balance);
        let held = balance(&account);
        let issued = Balances::total_issuance();

        dispatch(RuntimeOrigin::root(), dissolve(NETUID)).unwrap();
        let mut paid = 0;
        for (who, before) in people.iter().zip(before) {
            let own = holdings.iter().filter(|(coldkey, _)| coldkey == who);
            let floors: Vec<u128> = own.map(|(_, tokens)| pot * tokens / all).collect();
            let got = balance(who) - before;
            // A rao more for the largest remainders.
            let most = floors.iter().sum::<u128>() + floors.len() as u128;
            assert!((floors.iter().sum()..=most).contains(&got), "{who}: {got}");
            assert!(got > 0);
            paid += got;
        }
        let recycled = u128::from(issued - Balances::total_issuance());
        assert!(recycled > pot * u128::from(protocols) / all / 2);
        assert_eq!(paid + recycled + balance(&account), held);
    });
}

#[test]
fn nothing_of_the_subnet_remains() {
    let mut chain = lively();
    let stored = entries(&mut chain);
    assert!(stored.len() > 100, "{}", stored.len());
    assert_eq!(chain.sudo(dissolve(NETUID)), Ok(()));
    assert!(
        chain
            .events()
            .contains(&RuntimeEvent::SubtensorModule(Event::NetworkRemoved(
                NETUID
            )))
    );
    let left: BTreeSet<String> = entries(&mut chain)
        .into_iter()
        .map(|(item, _)| item)
        .collect();
    // What the real chain keeps as well.
    let kept = [
        "RegisteredSubnetCounter",
        "RootProp",
        "SubnetEmissionEnabled",
    ];
    assert!(
        left.iter().all(|item| kept.contains(&item.as_str())),
        "{left:?}"
    );
    chain.run_to(250);
    assert_eq!(
        chain.sudo(dissolve(NETUID)),
        Err(Error::<Runtime>::SubnetNotExists.into())
    );
    assert_eq!(
        chain.sudo(dissolve(0)),
        Err(Error::<Runtime>::SubnetNotExists.into())
    );
    // Its number is free again.
    let register = Call::register_network {
        hotkey: key("OtherHot"),
    };
    assert_eq!(chain.call("Alice", register), Outcome::Done);
    chain.read(|| {
        assert_eq!(SubnetworkN::<Runtime>::get(NETUID), 1);
        assert_eq!(RegisteredSubnetCounter::<Runtime>::get(NETUID), 2);
    });
}

/// Stored entries with the subnet in their key: item and key.
fn entries(chain: &mut Chain) -> Vec<(String, Vec<u8>)> {
    let prefixed = chain.read(Runtime::metadata);
    let frame_metadata::RuntimeMetadata::V14(metadata) = prefixed.1 else {
        panic!("not V14")
    };
    let mut found = Vec::new();
    for pallet in metadata.pallets {
        if !["SubtensorModule", "Commitments"].contains(&pallet.name.as_str()) {
            continue;
        }
        for entry in pallet.storage.unwrap().entries {
            let frame_metadata::v14::StorageEntryType::Map { hashers, key, .. } = entry.ty else {
                continue;
            };
            let kinds = key_kinds(&metadata.types, key.id);
            let prefix = [
                twox_128(pallet.name.as_bytes()),
                twox_128(entry.name.as_bytes()),
            ];
            for key in chain.read(|| keys_under(&prefix.concat())) {
                if names_subnet(&key[32..], &hashers, &kinds) {
                    found.push((entry.name.clone(), key));
                }
            }
        }
    }
    found
}

/// The parts of a map's key: a number of this many bytes, or an account; others end the reading.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Netuid,
    Account,
    Other,
}

fn key_kinds(types: &scale_info::PortableRegistry, id: u32) -> Vec<Kind> {
    use scale_info::{TypeDef, TypeDefPrimitive::U16};
    let resolved = types.resolve(id).unwrap();
    match &resolved.type_def {
        TypeDef::Tuple(parts) => parts
            .fields
            .iter()
            .flat_map(|p| key_kinds(types, p.id))
            .collect(),
        TypeDef::Primitive(U16) => vec![Kind::Netuid],
        TypeDef::Composite(_) if resolved.path.segments.last().unwrap() == "AccountId32" => {
            vec![Kind::Account]
        }
        _ => vec![Kind::Other],
    }
}

/// Whether a number of 16 bits in the key is the subnet. Uids are such numbers too, but only after the
/// subnet that they belong to.
fn names_subnet(
    mut key: &[u8],
    hashers: &[frame_metadata::v14::StorageHasher],
    kinds: &[Kind],
) -> bool {
    use frame_metadata::v14::StorageHasher::{Blake2_128Concat, Twox64Concat};
    for (hasher, kind) in hashers.iter().zip(kinds) {
        let hash = match hasher {
            Blake2_128Concat => 16,
            Twox64Concat => 8,
            _ => 0,
        };
        match kind {
            Kind::Netuid => return key[hash..hash + 2] == NETUID.to_le_bytes(),
            Kind::Account => key = &key[hash + 32..],
            Kind::Other => return false,
        }
    }
    false
}

fn keys_under(prefix: &[u8]) -> Vec<Vec<u8>> {
    let next =
        |key: &Vec<u8>| sp_io::storage::next_key(key).filter(|next| next.starts_with(prefix));
    std::iter::successors(next(&prefix.to_vec()), next).collect()
}
