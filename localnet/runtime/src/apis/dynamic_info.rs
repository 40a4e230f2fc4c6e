//! A subnet's pool and pace.

use super::{compact, exists};
use crate::{AccountId, AlphaBalance, NetUid, Runtime, TaoBalance, subtensor::*};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;
use substrate_fixed::types::I96F32;

#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct DynamicInfo {
    netuid: Compact<NetUid>,
    owner_hotkey: AccountId,
    owner_coldkey: AccountId,
    subnet_name: Vec<Compact<u8>>,
    token_symbol: Vec<Compact<u8>>,
    tempo: Compact<u16>,
    last_step: Compact<u64>,
    blocks_since_last_step: Compact<u64>,
    emission: Compact<u64>,
    alpha_in: Compact<AlphaBalance>,
    alpha_out: Compact<AlphaBalance>,
    tao_in: Compact<TaoBalance>,
    alpha_out_emission: Compact<AlphaBalance>,
    alpha_in_emission: Compact<AlphaBalance>,
    tao_in_emission: Compact<TaoBalance>,
    pending_alpha_emission: Compact<AlphaBalance>,
    pending_root_emission: Compact<TaoBalance>,
    subnet_volume: Compact<u128>,
    network_registered_at: Compact<u64>,
    subnet_identity: Option<SubnetIdentityV3>,
    moving_price: I96F32,
}

pub fn of(netuid: NetUid) -> Option<DynamicInfo> {
    let last_step = LastMechansimStepBlock::<Runtime>::get(netuid);
    exists(netuid).then(|| DynamicInfo {
        netuid: Compact(netuid),
        owner_hotkey: SubnetOwnerHotkey::<Runtime>::get(netuid),
        owner_coldkey: SubnetOwner::<Runtime>::get(netuid),
        subnet_name: compact(Pallet::<Runtime>::subnet_name(netuid)),
        token_symbol: compact(TokenSymbol::<Runtime>::get(netuid)),
        tempo: Compact(Tempo::<Runtime>::get(netuid)),
        last_step: Compact(last_step),
        blocks_since_last_step: Compact(Pallet::<Runtime>::block().saturating_sub(last_step)),
        emission: Compact(0),
        alpha_in: Compact(SubnetAlphaIn::<Runtime>::get(netuid)),
        alpha_out: Compact(SubnetAlphaOut::<Runtime>::get(netuid)),
        tao_in: Compact(SubnetTAO::<Runtime>::get(netuid)),
        alpha_out_emission: Compact(SubnetAlphaOutEmission::<Runtime>::get(netuid)),
        alpha_in_emission: Compact(SubnetAlphaInEmission::<Runtime>::get(netuid)),
        tao_in_emission: Compact(SubnetTaoInEmission::<Runtime>::get(netuid)),
        pending_alpha_emission: Compact(Pallet::<Runtime>::pending_tokens(netuid)),
        pending_root_emission: Compact(0),
        subnet_volume: Compact(SubnetVolume::<Runtime>::get(netuid)),
        network_registered_at: Compact(NetworkRegisteredAt::<Runtime>::get(netuid)),
        subnet_identity: SubnetIdentitiesV3::<Runtime>::get(netuid),
        moving_price: SubnetMovingPrice::<Runtime>::get(netuid),
    })
}
