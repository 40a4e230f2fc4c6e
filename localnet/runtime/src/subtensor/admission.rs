//! What the transaction pool asks before it takes a call: reasons that would make it fail, known in
//! advance, so that free calls cannot fill blocks.

use super::{batches::RevealLists, *};
use crate::{AccountId, NetUid, NetUidStorageIndex, drand};
use frame_support::ensure;
use std::collections::BTreeSet;

impl<T: Config> Pallet<T> {
    /// The reason for which a call would fail, if it is one that the pool checks.
    pub fn check_admission(who: &AccountId, call: &Call<T>) -> Result<(), Error<T>> {
        Self::check_lengths(call)?;
        for netuid in Self::weighed(call) {
            let enough = Self::has_stake_to_weigh(who, netuid);
            ensure!(enough, Error::<T>::NotEnoughStakeToSetWeights);
        }
        Self::check_commit_reveal(who, call)?;
        Self::check_rate(who, call)?;
        Self::check_take(who, call)?;
        Self::check_serving(who, call)
    }

    fn check_lengths(call: &Call<T>) -> Result<(), Error<T>> {
        let equal = match call {
            Call::batch_commit_weights {
                netuids,
                commit_hashes,
            } => netuids.len() == commit_hashes.len(),
            Call::batch_set_weights {
                netuids,
                weights,
                version_keys,
            } => netuids.len() == weights.len() && netuids.len() == version_keys.len(),
            Call::batch_reveal_weights { .. } => {
                Self::reveal_lists(call).is_some_and(|(_, lists)| lists.have_equal_lengths())
            }
            _ => true,
        };
        ensure!(equal, Error::<T>::InputLengthsUnequal);
        Ok(())
    }

    /// Subnets on which a call sets, commits or reveals weights.
    fn weighed(call: &Call<T>) -> BTreeSet<NetUid> {
        match call {
            Call::batch_commit_weights { netuids, .. }
            | Call::batch_set_weights { netuids, .. } => {
                netuids.iter().map(|netuid| netuid.0).collect()
            }
            Call::batch_reveal_weights { netuid, .. } => BTreeSet::from([*netuid]),
            _ => Self::weighs(call)
                .map(|(netuid, _)| netuid)
                .into_iter()
                .collect(),
        }
    }

    fn check_commit_reveal(who: &AccountId, call: &Call<T>) -> Result<(), Error<T>> {
        match call {
            Call::reveal_weights {
                netuid,
                uids,
                values,
                salt,
                version_key,
            } => Self::check_reveal_call(who, *netuid, 0, (uids, values, salt, *version_key)),
            Call::reveal_mechanism_weights {
                netuid,
                mecid,
                uids,
                values,
                salt,
                version_key,
            } => Self::check_reveal_call(who, *netuid, *mecid, (uids, values, salt, *version_key)),
            Call::commit_timelocked_weights { reveal_round, .. }
            | Call::commit_timelocked_mechanism_weights { reveal_round, .. }
            | Call::commit_crv3_mechanism_weights { reveal_round, .. } => {
                let past = *reveal_round < drand::LastStoredRound::<T>::get();
                ensure!(!past, Error::<T>::InvalidRevealRound);
                Ok(())
            }
            _ => match Self::reveal_lists(call) {
                Some((netuid, lists)) => Self::check_reveal_lists(who, netuid, lists),
                None => Ok(()),
            },
        }
    }

    fn reveal_lists(call: &Call<T>) -> Option<(NetUid, RevealLists<'_>)> {
        let Call::batch_reveal_weights {
            netuid,
            uids_list: uids,
            values_list: values,
            salts_list: salts,
            version_keys,
        } = call
        else {
            return None;
        };
        let lists = RevealLists {
            uids,
            values,
            salts,
            version_keys,
        };
        Some((*netuid, lists))
    }

    fn check_reveal_lists(
        who: &AccountId,
        netuid: NetUid,
        lists: RevealLists<'_>,
    ) -> Result<(), Error<T>> {
        let committed = WeightCommits::<T>::contains_key(netuid, who);
        ensure!(committed, Error::<T>::NoWeightsCommitFound);
        lists.reveals().iter().try_for_each(|reveal| {
            Self::check_reveal(who, netuid, netuid, reveal.hash(who, netuid))
        })
    }

    /// Subnet and storage index of a call that sets, commits or reveals weights.
    fn weighs(call: &Call<T>) -> Option<(NetUid, NetUidStorageIndex)> {
        match call {
            Call::set_weights { netuid, .. }
            | Call::commit_weights { netuid, .. }
            | Call::reveal_weights { netuid, .. }
            | Call::commit_timelocked_weights { netuid, .. } => Some((*netuid, *netuid)),
            Call::set_mechanism_weights { netuid, mecid, .. }
            | Call::commit_mechanism_weights { netuid, mecid, .. }
            | Call::reveal_mechanism_weights { netuid, mecid, .. }
            | Call::commit_timelocked_mechanism_weights { netuid, mecid, .. }
            | Call::commit_crv3_mechanism_weights { netuid, mecid, .. } => {
                Some((*netuid, Self::storage_index(*netuid, *mecid)))
            }
            _ => None,
        }
    }

    fn check_reveal_call(
        who: &AccountId,
        netuid: NetUid,
        mechanism: u8,
        (uids, values, salt, version_key): (&[u16], &[u16], &[u16], u64),
    ) -> Result<(), Error<T>> {
        let index = Self::storage_index(netuid, mechanism);
        let (uids, values, salt) = (uids.to_vec(), values.to_vec(), salt.to_vec());
        let hash = Reveal {
            uids,
            values,
            salt,
            version_key,
        }
        .hash(who, index);
        Self::check_reveal(who, netuid, index, hash)
    }

    /// Timelocked commits are not asked here: the chain lets them into a block before it refuses.
    fn check_rate(who: &AccountId, call: &Call<T>) -> Result<(), Error<T>> {
        let too_fast = match call {
            Call::set_weights { .. } | Call::set_mechanism_weights { .. } => {
                Error::<T>::SettingWeightsTooFast
            }
            Call::commit_weights { .. } | Call::commit_mechanism_weights { .. } => {
                Error::<T>::CommittingWeightsTooFast
            }
            Call::register_network { .. } => {
                let passed = Self::network_rate_limit_passed();
                ensure!(passed, Error::<T>::NetworkTxRateLimitExceeded);
                return Ok(());
            }
            _ => return Ok(()),
        };
        let Some((netuid, index)) = Self::weighs(call) else {
            return Ok(());
        };
        let sets = matches!(too_fast, Error::SettingWeightsTooFast);
        let refused_anyway = sets && CommitRevealWeightsEnabled::<T>::get(netuid);
        match Self::uid(netuid, who) {
            Ok(uid) if !refused_anyway => {
                ensure!(Self::may_weigh(netuid, index, uid), too_fast);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn check_serving(who: &AccountId, call: &Call<T>) -> Result<(), Error<T>> {
        match call {
            Call::serve_axon {
                netuid,
                ip,
                port,
                ip_type,
                ..
            }
            | Call::serve_axon_tls {
                netuid,
                ip,
                port,
                ip_type,
                ..
            } => {
                let (ip, port, ip_type) = (*ip, *port, *ip_type);
                let axon = AxonInfo {
                    ip,
                    port,
                    ip_type,
                    ..AxonInfo::default()
                };
                Self::check_axon(who, *netuid, &axon)
            }
            Call::serve_prometheus {
                netuid,
                ip,
                port,
                ip_type,
                ..
            } => {
                let (ip, port, ip_type) = (*ip, *port, *ip_type);
                let info = PrometheusInfo {
                    ip,
                    port,
                    ip_type,
                    ..PrometheusInfo::default()
                };
                Self::check_prometheus(who, *netuid, &info)
            }
            _ => Ok(()),
        }
    }
}

/// Codes under which clients see these reasons.
impl<T> Error<T> {
    pub(crate) fn pool_code(&self) -> u8 {
        match self {
            Self::AmountTooLow | Self::NotEnoughStakeToSetWeights => 1,
            Self::NotEnoughBalanceToStake => 2,
            Self::SubnetNotExists => 3,
            Self::HotKeyAccountNotExists => 4,
            Self::NotEnoughStakeToWithdraw => 5,
            Self::CommittingWeightsTooFast
            | Self::SettingWeightsTooFast
            | Self::NetworkTxRateLimitExceeded => 6,
            Self::InsufficientLiquidity => 7,
            Self::SlippageTooHigh => 8,
            Self::TransferDisallowed => 9,
            Self::HotKeyNotRegisteredInNetwork => 10,
            Self::InvalidIpAddress => 11,
            Self::ServingRateLimitExceeded => 12,
            Self::InvalidPort => 13,
            Self::InvalidRevealRound => 15,
            Self::NoWeightsCommitFound => 16,
            Self::RevealTooEarly => 17,
            Self::InputLengthsUnequal => 18,
            Self::HotKeyNotRegisteredInSubNet => 19,
            Self::NonAssociatedColdKey => 25,
            Self::DelegateTakeTooLow => 26,
            Self::DelegateTakeTooHigh => 27,
            _ => 255,
        }
    }
}
