//! Who stakes how much through whom.

use super::all_netuids;
use crate::{AccountId, AlphaBalance, NetUid, Runtime, TaoBalance, subtensor::*};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

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
        .flat_map(|netuid| hotkeys.iter().map(move |hotkey| of(hotkey, coldkey, netuid)))
        .filter(|info| info.stake.0 > 0)
        .collect()
}
