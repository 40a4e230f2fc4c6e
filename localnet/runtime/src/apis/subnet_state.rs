//! All neurons of a subnet as columns.

use super::{all_netuids, compact, exists};
use crate::{AccountId, AlphaBalance, NetUid, Runtime, TaoBalance, subtensor::*};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

/// Pruning score, trust and rank are not computed any more and empty.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct SubnetState {
    netuid: Compact<NetUid>,
    hotkeys: Vec<AccountId>,
    coldkeys: Vec<AccountId>,
    active: Vec<bool>,
    validator_permit: Vec<bool>,
    pruning_score: Vec<Compact<u16>>,
    last_update: Vec<Compact<u64>>,
    emission: Vec<Compact<AlphaBalance>>,
    dividends: Vec<Compact<u16>>,
    incentives: Vec<Compact<u16>>,
    consensus: Vec<Compact<u16>>,
    trust: Vec<Compact<u16>>,
    rank: Vec<Compact<u16>>,
    block_at_registration: Vec<Compact<u64>>,
    alpha_stake: Vec<Compact<AlphaBalance>>,
    tao_stake: Vec<Compact<TaoBalance>>,
    total_stake: Vec<Compact<TaoBalance>>,
    emission_history: Vec<Vec<Compact<AlphaBalance>>>,
}

/// (token, TAO on root, both weighed) stake of each hotkey in rao.
pub fn stakes(hotkeys: &[AccountId], netuid: NetUid) -> Vec<(u64, u64, u64)> {
    let weight = TaoWeight::<Runtime>::get();
    hotkeys
        .iter()
        .map(|hotkey| {
            let (alpha, tao) = Pallet::<Runtime>::inherited_stake(hotkey, netuid);
            (
                alpha,
                tao,
                yuma::total_stake(alpha, tao, weight).saturating_to_num(),
            )
        })
        .collect()
}

pub fn registered_at(netuid: NetUid, hotkeys: &[AccountId]) -> Vec<Compact<u64>> {
    let uids = (0..=u16::MAX).zip(hotkeys);
    compact(uids.map(|(uid, _)| BlockAtRegistration::<Runtime>::get(netuid, uid)))
}

pub fn of(netuid: NetUid) -> Option<SubnetState> {
    if !exists(netuid) {
        return None;
    }
    let hotkeys = Pallet::<Runtime>::hotkeys(netuid);
    let stakes = stakes(&hotkeys, netuid);
    let history = |netuid| {
        compact(
            hotkeys
                .iter()
                .map(|key| LastHotkeyEmissionOnNetuid::<Runtime>::get(key, netuid)),
        )
    };
    Some(SubnetState {
        netuid: Compact(netuid),
        coldkeys: hotkeys.iter().map(Owner::<Runtime>::get).collect(),
        active: Active::<Runtime>::get(netuid),
        validator_permit: ValidatorPermit::<Runtime>::get(netuid),
        pruning_score: Vec::new(),
        last_update: compact(LastUpdate::<Runtime>::get(netuid)),
        emission: compact(Emission::<Runtime>::get(netuid)),
        dividends: compact(Dividends::<Runtime>::get(netuid)),
        incentives: compact(Incentive::<Runtime>::get(netuid)),
        consensus: compact(Consensus::<Runtime>::get(netuid)),
        trust: Vec::new(),
        rank: Vec::new(),
        block_at_registration: registered_at(netuid, &hotkeys),
        alpha_stake: compact(stakes.iter().map(|stake| stake.0)),
        tao_stake: compact(stakes.iter().map(|stake| stake.1)),
        total_stake: compact(stakes.iter().map(|stake| stake.2)),
        emission_history: all_netuids().into_iter().map(history).collect(),
        hotkeys,
    })
}
