//! A subnet's main settings, in the two older forms.

use super::{all_netuids, exists};
use crate::{AccountId, NetUid, Runtime, TaoBalance, subtensor::*};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

/// Modality, connections and emission are not in use any more.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct SubnetInfo {
    netuid: Compact<NetUid>,
    rho: Compact<u16>,
    kappa: Compact<u16>,
    difficulty: Compact<u64>,
    immunity_period: Compact<u16>,
    max_allowed_validators: Compact<u16>,
    min_allowed_weights: Compact<u16>,
    max_weights_limit: Compact<u16>,
    scaling_law_power: Compact<u16>,
    subnetwork_n: Compact<u16>,
    max_allowed_uids: Compact<u16>,
    blocks_since_last_step: Compact<u64>,
    tempo: Compact<u16>,
    network_modality: Compact<u16>,
    network_connect: Vec<[u16; 2]>,
    emission_values: Compact<u64>,
    burn: Compact<TaoBalance>,
    owner: AccountId,
}

/// [`SubnetInfo`] with the subnet's identity.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct SubnetInfov2 {
    netuid: Compact<NetUid>,
    rho: Compact<u16>,
    kappa: Compact<u16>,
    difficulty: Compact<u64>,
    immunity_period: Compact<u16>,
    max_allowed_validators: Compact<u16>,
    min_allowed_weights: Compact<u16>,
    max_weights_limit: Compact<u16>,
    scaling_law_power: Compact<u16>,
    subnetwork_n: Compact<u16>,
    max_allowed_uids: Compact<u16>,
    blocks_since_last_step: Compact<u64>,
    tempo: Compact<u16>,
    network_modality: Compact<u16>,
    network_connect: Vec<[u16; 2]>,
    emission_value: Compact<u64>,
    burn: Compact<TaoBalance>,
    owner: AccountId,
    identity: Option<SubnetIdentityV3>,
}

pub fn v1(netuid: NetUid) -> Option<SubnetInfo> {
    exists(netuid).then(|| SubnetInfo {
        netuid: Compact(netuid),
        rho: Compact(Rho::<Runtime>::get(netuid)),
        kappa: Compact(Kappa::<Runtime>::get(netuid)),
        difficulty: Compact(Difficulty::<Runtime>::get(netuid)),
        immunity_period: Compact(ImmunityPeriod::<Runtime>::get(netuid)),
        max_allowed_validators: Compact(MaxAllowedValidators::<Runtime>::get(netuid)),
        min_allowed_weights: Compact(MinAllowedWeights::<Runtime>::get(netuid)),
        max_weights_limit: Compact(u16::MAX),
        scaling_law_power: Compact(ScalingLawPower::<Runtime>::get(netuid)),
        subnetwork_n: Compact(SubnetworkN::<Runtime>::get(netuid)),
        max_allowed_uids: Compact(MaxAllowedUids::<Runtime>::get(netuid)),
        blocks_since_last_step: Compact(BlocksSinceLastStep::<Runtime>::get(netuid)),
        tempo: Compact(Tempo::<Runtime>::get(netuid)),
        network_modality: Compact(0),
        network_connect: Vec::new(),
        emission_values: Compact(0),
        burn: Compact(Burn::<Runtime>::get(netuid)),
        owner: SubnetOwner::<Runtime>::get(netuid),
    })
}

pub fn v2(netuid: NetUid) -> Option<SubnetInfov2> {
    v1(netuid).map(|info| SubnetInfov2 {
        netuid: info.netuid,
        rho: info.rho,
        kappa: info.kappa,
        difficulty: info.difficulty,
        immunity_period: info.immunity_period,
        max_allowed_validators: info.max_allowed_validators,
        min_allowed_weights: info.min_allowed_weights,
        max_weights_limit: info.max_weights_limit,
        scaling_law_power: info.scaling_law_power,
        subnetwork_n: info.subnetwork_n,
        max_allowed_uids: info.max_allowed_uids,
        blocks_since_last_step: info.blocks_since_last_step,
        tempo: info.tempo,
        network_modality: info.network_modality,
        network_connect: info.network_connect,
        emission_value: info.emission_values,
        burn: info.burn,
        owner: info.owner,
        identity: SubnetIdentitiesV3::<Runtime>::get(netuid),
    })
}

/// Netuids in order, as these two answers list them.
pub fn sorted() -> impl Iterator<Item = NetUid> {
    let mut netuids = all_netuids();
    netuids.sort_unstable();
    netuids.into_iter()
}
