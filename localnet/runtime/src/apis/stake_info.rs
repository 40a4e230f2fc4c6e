//! Who stakes how much through whom.

use super::all_netuids;
use crate::{AccountId, AlphaBalance, NetUid, Runtime, TaoBalance, subtensor::*};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;
use std::collections::{BTreeMap, BTreeSet};

/// A coldkey's stake on a hotkey, in rao of the subnet's token. Locks and drains are not in use.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct StakeInfo {
    hotkey: AccountId,
    coldkey: AccountId,
    netuid: Compact<NetUid>,
    stake: Compact<AlphaBalance>,
    locked: Compact<u64>,
    emission: Compact<AlphaBalance>,
    tao_emission: Compact<TaoBalance>,
    drain: Compact<u64>,
    is_registered: bool,
}

pub fn of(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid) -> StakeInfo {
    StakeInfo {
        hotkey: hotkey.clone(),
        coldkey: coldkey.clone(),
        netuid: Compact(netuid),
        stake: Compact(Pallet::<Runtime>::stake_of(hotkey, coldkey, netuid)),
        locked: Compact(0),
        emission: Compact(AlphaDividendsPerSubnet::<Runtime>::get(netuid, hotkey)),
        tao_emission: Compact(0),
        drain: Compact(0),
        is_registered: Uids::<Runtime>::contains_key(netuid, hotkey),
    }
}

/// All of a coldkey's stakes that are not zero.
pub fn of_coldkey(coldkey: &AccountId) -> Vec<StakeInfo> {
    let hotkeys = StakingHotkeys::<Runtime>::get(coldkey);
    all_netuids()
        .into_iter()
        .flat_map(|netuid| {
            hotkeys
                .iter()
                .map(move |hotkey| of(hotkey, coldkey, netuid))
        })
        .filter(|info| info.stake.0 > 0)
        .collect()
}

/// The same of many, each looked up once: who asks chooses the list.
pub fn of_coldkeys(coldkeys: Vec<AccountId>) -> Vec<(AccountId, Vec<StakeInfo>)> {
    let mut known: BTreeMap<AccountId, Vec<StakeInfo>> = BTreeMap::new();
    let stakes = |coldkey: AccountId| {
        let stakes = known
            .entry(coldkey.clone())
            .or_insert_with(|| of_coldkey(&coldkey))
            .clone();
        (coldkey, stakes)
    };
    coldkeys.into_iter().map(stakes).collect()
}

/// What a coldkey may take off a subnet, in rao of its token: all of it, since nothing is locked.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct StakeAvailability {
    total: Compact<AlphaBalance>,
    locked: Compact<AlphaBalance>,
    available: Compact<AlphaBalance>,
}

/// By coldkey and subnet, on some subnets or all. Who asks for none, or more than there are, gets none.
pub fn availability(
    coldkeys: Vec<AccountId>,
    netuids: Option<Vec<NetUid>>,
) -> BTreeMap<AccountId, BTreeMap<NetUid, StakeAvailability>> {
    let mut existing = all_netuids();
    if let Some(mut asked) = netuids {
        asked.sort_unstable();
        asked.dedup();
        let too_many = asked.len() > existing.len();
        existing.retain(|netuid| !too_many && asked.contains(netuid));
    }
    let on = |coldkey: &AccountId, netuid: NetUid| {
        let hotkeys = StakingHotkeys::<Runtime>::get(coldkey);
        let total = hotkeys.iter().fold(0u64, |sum, hotkey| {
            sum.saturating_add(Pallet::<Runtime>::stake_of(hotkey, coldkey, netuid))
        });
        (total > 0).then_some((
            netuid,
            StakeAvailability {
                total: Compact(total),
                locked: Compact(0),
                available: Compact(total),
            },
        ))
    };
    let coldkeys: BTreeSet<AccountId> = coldkeys.into_iter().collect();
    coldkeys
        .into_iter()
        .map(|coldkey| {
            let subnets = existing.iter().filter_map(|netuid| on(&coldkey, *netuid));
            let subnets = subnets.collect();
            (coldkey, subnets)
        })
        .collect()
}
