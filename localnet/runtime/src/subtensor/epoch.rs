//! Between storage and the `yuma` crate: reads one mechanism's input, writes what came out.

use super::*;
use crate::{AccountId, MechId, NetUid};
use std::collections::BTreeMap;
use yuma::{Commit, CommitKind, Input, LiquidAlpha, Neuron, Output, Params, mechanisms};

/// What a neuron earned in an epoch, in rao of the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Earning {
    pub hotkey: AccountId,
    pub server: u64,
    pub validator: u64,
}

impl<T: Config> Pallet<T> {
    /// Runs the epoch of all mechanisms of a subnet over `emission` rao and stores the results.
    pub(super) fn run_epoch(netuid: NetUid, emission: u64) -> Vec<Earning> {
        let count = MechanismCountCurrent::<T>::get(netuid);
        let split = MechanismEmissionSplit::<T>::get(netuid);
        let parts = mechanisms::split_emission(emission, count, split.as_deref());
        let outputs: Vec<(Output, u64)> = (0..count)
            .zip(parts)
            .map(|(mechanism, part)| {
                let output = yuma::epoch(&Self::epoch_input(netuid, mechanism, part));
                Self::store_mechanism(netuid, mechanism, &output);
                (output, part)
            })
            .collect();
        let merged = mechanisms::merge(&outputs, emission);
        let earned = merged
            .server_emission
            .iter()
            .zip(&merged.validator_emission);
        let earnings = Self::hotkeys(netuid)
            .into_iter()
            .zip(earned)
            .map(|(hotkey, (server, validator))| Earning {
                hotkey,
                server: *server,
                validator: *validator,
            })
            .collect();
        Self::store_subnet(netuid, merged);
        earnings
    }

    fn epoch_input(netuid: NetUid, mechanism: MechId, emission: u64) -> Input {
        let index = Self::storage_index(netuid, mechanism);
        let mut commits = Self::waiting_commits(index);
        let tao_weight = TaoWeight::<T>::get();
        let permits = ValidatorPermit::<T>::get(netuid);
        let neuron = |(uid, hotkey): (u16, AccountId)| {
            let (alpha, tao) = Self::inherited_stake(&hotkey, netuid);
            Neuron {
                stake: yuma::total_stake(alpha, tao, tao_weight),
                last_update: Self::last_update(index, uid),
                registered_at: BlockAtRegistration::<T>::get(netuid, uid),
                validator_permit: permits.get(usize::from(uid)).copied().unwrap_or_default(),
                weights: Weights::<T>::get(index, uid),
                bonds: Bonds::<T>::get(index, uid),
                commits: commits.remove(&hotkey).unwrap_or_default(),
            }
        };
        let neurons = (0..=u16::MAX)
            .zip(Self::hotkeys(netuid))
            .map(neuron)
            .collect();
        Input {
            params: Self::epoch_params(netuid),
            current_block: Self::block(),
            last_mechanism_step: LastMechansimStepBlock::<T>::get(netuid),
            epoch_index: SubnetEpochIndex::<T>::get(netuid),
            owner_uid: Self::owner_uid(netuid),
            emission,
            neurons,
        }
    }

    fn epoch_params(netuid: NetUid) -> Params {
        let (low, high) = AlphaValues::<T>::get(netuid);
        let steepness = AlphaSigmoidSteepness::<T>::get(netuid);
        let liquid = LiquidAlpha {
            low,
            high,
            steepness,
        };
        Params {
            tempo: Tempo::<T>::get(netuid),
            activity_cutoff: Self::activity_cutoff(netuid),
            stake_threshold: StakeThreshold::<T>::get(),
            max_allowed_validators: MaxAllowedValidators::<T>::get(netuid),
            kappa: Kappa::<T>::get(netuid),
            bonds_penalty: BondsPenalty::<T>::get(netuid),
            bonds_moving_average: BondsMovingAverage::<T>::get(netuid),
            yuma3: Yuma3On::<T>::get(netuid),
            liquid_alpha: LiquidAlphaOn::<T>::get(netuid).then_some(liquid),
            reveal_period: CommitRevealWeightsEnabled::<T>::get(netuid)
                .then(|| RevealPeriodEpochs::<T>::get(netuid)),
        }
    }

    /// Commits that wait for their reveal, by hotkey.
    fn waiting_commits(index: u16) -> BTreeMap<AccountId, Vec<Commit>> {
        let mut commits: BTreeMap<AccountId, Vec<Commit>> = BTreeMap::new();
        for (hotkey, queue) in WeightCommits::<T>::iter_prefix(index) {
            let queue = queue.into_iter();
            let hashed = queue.map(|(_, epoch, block, _)| Commit {
                kind: CommitKind::Hash,
                epoch,
                block,
            });
            commits.entry(hotkey).or_default().extend(hashed);
        }
        for (epoch, queue) in TimelockedWeightCommits::<T>::iter_prefix(index) {
            for (hotkey, block, ..) in queue {
                let commit = Commit {
                    kind: CommitKind::Timelocked,
                    epoch,
                    block,
                };
                commits.entry(hotkey).or_default().push(commit);
            }
        }
        commits
    }

    fn store_mechanism(netuid: NetUid, mechanism: MechId, output: &Output) {
        let index = Self::storage_index(netuid, mechanism);
        Incentive::<T>::insert(index, &output.incentive);
        for (uid, bonds) in (0..=u16::MAX).zip(&output.bonds) {
            Bonds::<T>::insert(index, uid, bonds);
        }
        let emissions = output.server_emission.clone();
        Self::deposit_event(Event::IncentiveAlphaEmittedToMiners {
            netuid: index,
            emissions,
        });
    }

    fn store_subnet(netuid: NetUid, output: Output) {
        Active::<T>::insert(netuid, output.active);
        Emission::<T>::insert(netuid, output.emission);
        Consensus::<T>::insert(netuid, output.consensus);
        Dividends::<T>::insert(netuid, output.dividends);
        ValidatorTrust::<T>::insert(netuid, output.validator_trust);
        ValidatorPermit::<T>::insert(netuid, output.validator_permit);
        StakeWeight::<T>::insert(netuid, output.stake_weight);
    }
}
