//! One neuron, with or without its weights and bonds.

use super::{at, exists};
use crate::{AccountId, AlphaBalance, NetUid, Runtime, subtensor::*};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;

/// A neuron. Rank, trust and pruning score are not computed any more.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct NeuronInfo {
    hotkey: AccountId,
    coldkey: AccountId,
    uid: Compact<u16>,
    netuid: Compact<NetUid>,
    active: bool,
    axon_info: AxonInfo,
    prometheus_info: PrometheusInfo,
    stake: Vec<(AccountId, Compact<AlphaBalance>)>,
    rank: Compact<u16>,
    emission: Compact<AlphaBalance>,
    incentive: Compact<u16>,
    consensus: Compact<u16>,
    trust: Compact<u16>,
    validator_trust: Compact<u16>,
    dividends: Compact<u16>,
    last_update: Compact<u64>,
    validator_permit: bool,
    weights: Vec<(Compact<u16>, Compact<u16>)>,
    bonds: Vec<(Compact<u16>, Compact<u16>)>,
    pruning_score: Compact<u16>,
}

/// A neuron without weights and bonds.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct NeuronInfoLite {
    hotkey: AccountId,
    coldkey: AccountId,
    uid: Compact<u16>,
    netuid: Compact<NetUid>,
    active: bool,
    axon_info: AxonInfo,
    prometheus_info: PrometheusInfo,
    stake: Vec<(AccountId, Compact<AlphaBalance>)>,
    rank: Compact<u16>,
    emission: Compact<AlphaBalance>,
    incentive: Compact<u16>,
    consensus: Compact<u16>,
    trust: Compact<u16>,
    validator_trust: Compact<u16>,
    dividends: Compact<u16>,
    last_update: Compact<u64>,
    validator_permit: bool,
    pruning_score: Compact<u16>,
}

/// What is stored by uid, read once for all neurons of a subnet.
struct Columns {
    active: Vec<bool>,
    emission: Vec<u64>,
    incentive: Vec<u16>,
    consensus: Vec<u16>,
    validator_trust: Vec<u16>,
    dividends: Vec<u16>,
    last_update: Vec<u64>,
    permit: Vec<bool>,
}

impl Columns {
    fn of(netuid: NetUid) -> Self {
        Self {
            active: Active::<Runtime>::get(netuid),
            emission: Emission::<Runtime>::get(netuid),
            incentive: Incentive::<Runtime>::get(netuid),
            consensus: Consensus::<Runtime>::get(netuid),
            validator_trust: ValidatorTrust::<Runtime>::get(netuid),
            dividends: Dividends::<Runtime>::get(netuid),
            last_update: LastUpdate::<Runtime>::get(netuid),
            permit: ValidatorPermit::<Runtime>::get(netuid),
        }
    }

    fn lite(&self, netuid: NetUid, uid: u16, hotkey: AccountId) -> NeuronInfoLite {
        let coldkey = Owner::<Runtime>::get(&hotkey);
        let stake = Compact(Pallet::<Runtime>::stake_on(&hotkey, netuid));
        NeuronInfoLite {
            uid: Compact(uid),
            netuid: Compact(netuid),
            active: at(&self.active, uid),
            axon_info: Axons::<Runtime>::get(netuid, &hotkey).unwrap_or_default(),
            prometheus_info: Prometheus::<Runtime>::get(netuid, &hotkey).unwrap_or_default(),
            stake: vec![(coldkey.clone(), stake)],
            rank: Compact(0),
            emission: Compact(at(&self.emission, uid)),
            incentive: Compact(at(&self.incentive, uid)),
            consensus: Compact(at(&self.consensus, uid)),
            trust: Compact(0),
            validator_trust: Compact(at(&self.validator_trust, uid)),
            dividends: Compact(at(&self.dividends, uid)),
            last_update: Compact(at(&self.last_update, uid)),
            validator_permit: at(&self.permit, uid),
            pruning_score: Compact(u16::MAX),
            hotkey,
            coldkey,
        }
    }
}

fn with_rows(lite: NeuronInfoLite) -> NeuronInfo {
    let row = |row: Vec<(u16, u16)>| {
        row.into_iter().filter(|(_, v)| *v > 0).map(|(to, v)| (Compact(to), Compact(v))).collect()
    };
    let (netuid, uid) = (lite.netuid.0, lite.uid.0);
    NeuronInfo {
        hotkey: lite.hotkey,
        coldkey: lite.coldkey,
        uid: lite.uid,
        netuid: lite.netuid,
        active: lite.active,
        axon_info: lite.axon_info,
        prometheus_info: lite.prometheus_info,
        stake: lite.stake,
        rank: lite.rank,
        emission: lite.emission,
        incentive: lite.incentive,
        consensus: lite.consensus,
        trust: lite.trust,
        validator_trust: lite.validator_trust,
        dividends: lite.dividends,
        last_update: lite.last_update,
        validator_permit: lite.validator_permit,
        weights: row(Weights::<Runtime>::get(netuid, uid)),
        bonds: row(Bonds::<Runtime>::get(netuid, uid)),
        pruning_score: lite.pruning_score,
    }
}

/// The neurons of a subnet by uid; none of one that does not exist.
pub fn all_lite(netuid: NetUid) -> Vec<NeuronInfoLite> {
    if !exists(netuid) {
        return Vec::new();
    }
    let columns = Columns::of(netuid);
    let hotkeys = Pallet::<Runtime>::hotkeys(netuid);
    (0..).zip(hotkeys).map(|(uid, hotkey)| columns.lite(netuid, uid, hotkey)).collect()
}

pub fn all(netuid: NetUid) -> Vec<NeuronInfo> {
    all_lite(netuid).into_iter().map(with_rows).collect()
}

pub fn one_lite(netuid: NetUid, uid: u16) -> Option<NeuronInfoLite> {
    let hotkey = Keys::<Runtime>::try_get(netuid, uid).ok()?;
    exists(netuid).then(|| Columns::of(netuid).lite(netuid, uid, hotkey))
}

pub fn one(netuid: NetUid, uid: u16) -> Option<NeuronInfo> {
    one_lite(netuid, uid).map(with_rows)
}
