//! A whole subnet in one answer, all of it or the fields that a client selects.
//!
//! Both forms have the same fields in the same order, and a client selects by position, so one table
//! below makes both structs and both readers.

use super::{compact, exists, subnet_state};
use crate::{
    AccountId, AlphaBalance, MechId, NetUid, NetUidStorageIndex, Runtime, TaoBalance, commitments,
    subtensor::*,
};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;
use substrate_fixed::types::I96F32;

macro_rules! metagraph {
    (
        |$source:ident|
        always { $( $field:ident: $type:ty = $value:expr; )+ }
        selective { $( $extra:ident: $extra_type:ty = $extra_value:expr; )+ }
    ) => {
        /// A subnet at one block.
        #[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
        pub struct Metagraph {
            netuid: Compact<NetUid>,
            $( $field: $type, )+
        }

        /// The selected fields of a subnet at one block.
        #[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
        pub struct SelectiveMetagraph {
            netuid: Compact<NetUid>,
            $( $field: Option<$type>, )+
            $( $extra: Option<$extra_type>, )+
        }

        fn read($source: &Source) -> Metagraph {
            Metagraph { netuid: Compact($source.netuid), $( $field: $value, )+ }
        }

        /// Field 0 is the netuid itself.
        fn read_selected($source: &Source, wanted: &[u16]) -> SelectiveMetagraph {
            let mut position = 0u16;
            let mut next = || {
                position = position.saturating_add(1);
                wanted.contains(&position)
            };
            $( let $field = next().then(|| $value); )+
            $( let $extra = next().then(|| $extra_value); )+
            let netuid = if wanted.contains(&0) { $source.netuid } else { 0 };
            SelectiveMetagraph { netuid: Compact(netuid), $( $field, )+ $( $extra, )+ }
        }
    };
}

/// Which subnet and mechanism to read, and what several fields need.
struct Source {
    netuid: NetUid,
    index: NetUidStorageIndex,
    hotkeys: Vec<AccountId>,
    coldkeys: Vec<AccountId>,
    stakes: Vec<(u64, u64, u64)>,
}

impl Source {
    fn of(netuid: NetUid, index: NetUidStorageIndex) -> Self {
        let hotkeys = Pallet::<Runtime>::hotkeys(netuid);
        let coldkeys = hotkeys.iter().map(Owner::<Runtime>::get).collect();
        let stakes = subnet_state::stakes(&hotkeys, netuid);
        Self {
            netuid,
            index,
            hotkeys,
            coldkeys,
            stakes,
        }
    }

    /// Blocks since the last epoch that wrote results.
    fn since_step(&self) -> u64 {
        let last = LastMechansimStepBlock::<Runtime>::get(self.netuid);
        Pallet::<Runtime>::block().saturating_sub(last)
    }

    fn per_hotkey(&self, value: impl Fn(&AccountId) -> u64) -> Vec<(AccountId, Compact<u64>)> {
        self.hotkeys
            .iter()
            .map(|hotkey| (hotkey.clone(), Compact(value(hotkey))))
            .collect()
    }

    /// Uids with a permit and more stake than the threshold, by stake.
    fn validators(&self) -> Vec<Compact<u16>> {
        let threshold = StakeThreshold::<Runtime>::get();
        let permits = ValidatorPermit::<Runtime>::get(self.netuid);
        let mut validators: Vec<(u64, u16)> = (0..=u16::MAX)
            .zip(self.stakes.iter().zip(permits))
            .filter(|(_, (stake, permit))| *permit && stake.2 > threshold)
            .map(|(uid, (stake, _))| (stake.2, uid))
            .collect();
        validators.sort_by_key(|(stake, _)| *stake);
        compact(validators.into_iter().map(|(_, uid)| uid))
    }

    fn commitments(&self) -> Vec<(AccountId, Vec<Compact<u8>>)> {
        let all = commitments::Pallet::<Runtime>::all(self.netuid);
        all.into_iter()
            .map(|(who, bytes)| (who, compact(bytes)))
            .collect()
    }
}

metagraph! {
    |at|
    always {
        name: Vec<Compact<u8>> = compact(Pallet::<Runtime>::subnet_name(at.netuid));
        symbol: Vec<Compact<u8>> = compact(TokenSymbol::<Runtime>::get(at.netuid));
        identity: Option<SubnetIdentityV3> = SubnetIdentitiesV3::<Runtime>::get(at.netuid);
        network_registered_at: Compact<u64> = Compact(NetworkRegisteredAt::<Runtime>::get(at.netuid));
        owner_hotkey: AccountId = SubnetOwnerHotkey::<Runtime>::get(at.netuid);
        owner_coldkey: AccountId = SubnetOwner::<Runtime>::get(at.netuid);
        block: Compact<u64> = Compact(Pallet::<Runtime>::block());
        tempo: Compact<u16> = Compact(Tempo::<Runtime>::get(at.netuid));
        last_step: Compact<u64> = Compact(LastMechansimStepBlock::<Runtime>::get(at.netuid));
        blocks_since_last_step: Compact<u64> = Compact(at.since_step());
        subnet_emission: Compact<u64> = Compact(0);
        alpha_in: Compact<AlphaBalance> = Compact(SubnetAlphaIn::<Runtime>::get(at.netuid));
        alpha_out: Compact<AlphaBalance> = Compact(SubnetAlphaOut::<Runtime>::get(at.netuid));
        tao_in: Compact<TaoBalance> = Compact(SubnetTAO::<Runtime>::get(at.netuid));
        alpha_out_emission: Compact<AlphaBalance> = Compact(SubnetAlphaOutEmission::<Runtime>::get(at.netuid));
        alpha_in_emission: Compact<AlphaBalance> = Compact(SubnetAlphaInEmission::<Runtime>::get(at.netuid));
        tao_in_emission: Compact<TaoBalance> = Compact(SubnetTaoInEmission::<Runtime>::get(at.netuid));
        pending_alpha_emission: Compact<AlphaBalance> = Compact(Pallet::<Runtime>::pending_tokens(at.netuid));
        pending_root_emission: Compact<TaoBalance> = Compact(0);
        subnet_volume: Compact<u128> = Compact(SubnetVolume::<Runtime>::get(at.netuid));
        moving_price: I96F32 = SubnetMovingPrice::<Runtime>::get(at.netuid);
        rho: Compact<u16> = Compact(Rho::<Runtime>::get(at.netuid));
        kappa: Compact<u16> = Compact(Kappa::<Runtime>::get(at.netuid));
        min_allowed_weights: Compact<u16> = Compact(MinAllowedWeights::<Runtime>::get(at.netuid));
        max_weights_limit: Compact<u16> = Compact(u16::MAX);
        weights_version: Compact<u64> = Compact(WeightsVersionKey::<Runtime>::get(at.netuid));
        weights_rate_limit: Compact<u64> = Compact(WeightsSetRateLimit::<Runtime>::get(at.netuid));
        activity_cutoff: Compact<u64> = Compact(Pallet::<Runtime>::activity_cutoff(at.netuid));
        max_validators: Compact<u16> = Compact(MaxAllowedValidators::<Runtime>::get(at.netuid));
        num_uids: Compact<u16> = Compact(SubnetworkN::<Runtime>::get(at.netuid));
        max_uids: Compact<u16> = Compact(MaxAllowedUids::<Runtime>::get(at.netuid));
        burn: Compact<TaoBalance> = Compact(Burn::<Runtime>::get(at.netuid));
        difficulty: Compact<u64> = Compact(Difficulty::<Runtime>::get(at.netuid));
        registration_allowed: bool = NetworkRegistrationAllowed::<Runtime>::get(at.netuid);
        pow_registration_allowed: bool = NetworkPowRegistrationAllowed::<Runtime>::get(at.netuid);
        immunity_period: Compact<u16> = Compact(ImmunityPeriod::<Runtime>::get(at.netuid));
        min_difficulty: Compact<u64> = Compact(MinDifficulty::<Runtime>::get(at.netuid));
        max_difficulty: Compact<u64> = Compact(MaxDifficulty::<Runtime>::get(at.netuid));
        min_burn: Compact<TaoBalance> = Compact(MinBurn::<Runtime>::get(at.netuid));
        max_burn: Compact<TaoBalance> = Compact(MaxBurn::<Runtime>::get(at.netuid));
        adjustment_alpha: Compact<u64> = Compact(AdjustmentAlpha::<Runtime>::get(at.netuid));
        adjustment_interval: Compact<u16> = Compact(AdjustmentInterval::<Runtime>::get(at.netuid));
        target_regs_per_interval: Compact<u16> = Compact(TargetRegistrationsPerInterval::<Runtime>::get(at.netuid));
        max_regs_per_block: Compact<u16> = Compact(MaxRegistrationsPerBlock::<Runtime>::get(at.netuid));
        serving_rate_limit: Compact<u64> = Compact(ServingRateLimit::<Runtime>::get(at.netuid));
        commit_reveal_weights_enabled: bool = CommitRevealWeightsEnabled::<Runtime>::get(at.netuid);
        commit_reveal_period: Compact<u64> = Compact(RevealPeriodEpochs::<Runtime>::get(at.netuid));
        liquid_alpha_enabled: bool = LiquidAlphaOn::<Runtime>::get(at.netuid);
        alpha_high: Compact<u16> = Compact(AlphaValues::<Runtime>::get(at.netuid).1);
        alpha_low: Compact<u16> = Compact(AlphaValues::<Runtime>::get(at.netuid).0);
        bonds_moving_avg: Compact<u64> = Compact(BondsMovingAverage::<Runtime>::get(at.netuid));
        hotkeys: Vec<AccountId> = at.hotkeys.clone();
        coldkeys: Vec<AccountId> = at.coldkeys.clone();
        identities: Vec<Option<ChainIdentityV2>> = at.coldkeys.iter().map(IdentitiesV2::<Runtime>::get).collect();
        axons: Vec<AxonInfo> = at.hotkeys.iter().map(|key| Axons::<Runtime>::get(at.netuid, key).unwrap_or_default()).collect();
        active: Vec<bool> = Active::<Runtime>::get(at.netuid);
        validator_permit: Vec<bool> = ValidatorPermit::<Runtime>::get(at.netuid);
        pruning_score: Vec<Compact<u16>> = Vec::new();
        last_update: Vec<Compact<u64>> = compact(LastUpdate::<Runtime>::get(at.index));
        emission: Vec<Compact<AlphaBalance>> = compact(Emission::<Runtime>::get(at.netuid));
        dividends: Vec<Compact<u16>> = compact(Dividends::<Runtime>::get(at.netuid));
        incentives: Vec<Compact<u16>> = compact(Incentive::<Runtime>::get(at.index));
        consensus: Vec<Compact<u16>> = compact(Consensus::<Runtime>::get(at.netuid));
        trust: Vec<Compact<u16>> = Vec::new();
        rank: Vec<Compact<u16>> = Vec::new();
        block_at_registration: Vec<Compact<u64>> = subnet_state::registered_at(at.netuid, &at.hotkeys);
        alpha_stake: Vec<Compact<AlphaBalance>> = compact(at.stakes.iter().map(|stake| stake.0));
        tao_stake: Vec<Compact<TaoBalance>> = compact(at.stakes.iter().map(|stake| stake.1));
        total_stake: Vec<Compact<TaoBalance>> = compact(at.stakes.iter().map(|stake| stake.2));
        tao_dividends_per_hotkey: Vec<(AccountId, Compact<TaoBalance>)> = at.per_hotkey(|_| 0);
        alpha_dividends_per_hotkey: Vec<(AccountId, Compact<AlphaBalance>)> = at.per_hotkey(|key| AlphaDividendsPerSubnet::<Runtime>::get(at.netuid, key));
    }
    selective {
        validators: Vec<Compact<u16>> = at.validators();
        commitments: Vec<(AccountId, Vec<Compact<u8>>)> = at.commitments();
    }
}

pub fn full(netuid: NetUid) -> Option<Metagraph> {
    exists(netuid).then(|| read(&Source::of(netuid, netuid)))
}

/// With the incentives and updates of one mechanism, under its storage index.
pub fn of_mechanism(netuid: NetUid, mechanism: MechId) -> Option<Metagraph> {
    Pallet::<Runtime>::ensure_mechanism(netuid, mechanism).ok()?;
    let index = Pallet::<Runtime>::storage_index(netuid, mechanism);
    let graph = read(&Source::of(netuid, index));
    Some(Metagraph {
        netuid: Compact(index),
        ..graph
    })
}

pub fn selected(netuid: NetUid, fields: &[u16]) -> Option<SelectiveMetagraph> {
    exists(netuid).then(|| read_selected(&Source::of(netuid, netuid), fields))
}

pub fn selected_of_mechanism(
    netuid: NetUid,
    mechanism: MechId,
    fields: &[u16],
) -> Option<SelectiveMetagraph> {
    let index = Pallet::<Runtime>::storage_index(netuid, mechanism);
    let read = || read_selected(&Source::of(netuid, index), fields);
    exists(netuid).then(|| SelectiveMetagraph {
        netuid: Compact(netuid),
        ..read()
    })
}
