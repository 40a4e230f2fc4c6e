//! Setting weights. The order of the checks is the chain's: it decides which error a caller sees.

use super::{rules, *};
use crate::{AccountId, MechId, NetUid, NetUidStorageIndex, ROOT};
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
    /// `set_weights` from outside: refused where weights must be committed first.
    pub(super) fn do_set_weights(
        hotkey: &AccountId,
        netuid: NetUid,
        mechanism: MechId,
        uids: Vec<u16>,
        values: Vec<u16>,
        version_key: u64,
    ) -> DispatchResult {
        let committed = CommitRevealWeightsEnabled::<T>::get(netuid);
        ensure!(!committed, Error::<T>::CommitRevealEnabled);
        Self::store_weights(hotkey, netuid, mechanism, uids, values, version_key)
    }

    /// Checks and stores a vector, set directly or revealed. Revealed weights were rate limited, and
    /// counted as an update, when they were committed.
    pub(super) fn store_weights(
        hotkey: &AccountId,
        netuid: NetUid,
        mechanism: MechId,
        uids: Vec<u16>,
        values: Vec<u16>,
        version_key: u64,
    ) -> DispatchResult {
        let index = Self::storage_index(netuid, mechanism);
        let direct = !CommitRevealWeightsEnabled::<T>::get(netuid);
        let n = SubnetworkN::<T>::get(netuid);

        ensure!(netuid != ROOT, Error::<T>::CanNotSetRootNetworkWeights);
        ensure!(uids.len() == values.len(), Error::<T>::WeightVecNotEqualSize);
        Self::ensure_mechanism(netuid, mechanism)?;
        ensure!(uids.len() <= usize::from(n), Error::<T>::UidsLengthExceedUidsInSubNet);
        let uid = Self::uid(netuid, hotkey)?;
        ensure!(Self::has_stake_to_weigh(hotkey, netuid), Error::<T>::NotEnoughStakeToSetWeights);
        let required_key = WeightsVersionKey::<T>::get(netuid);
        ensure!(version_key >= required_key, Error::<T>::IncorrectWeightVersionKey);
        ensure!(!direct || Self::may_weigh(netuid, index, uid), Error::<T>::SettingWeightsTooFast);
        let own = rules::is_self_weight(uid, &uids, &values);
        ensure!(own || Self::has_permit(netuid, uid), Error::<T>::NeuronNoValidatorPermit);
        ensure!(!rules::has_duplicates(&uids), Error::<T>::DuplicateUids);
        let known = uids.iter().all(|uid| Keys::<T>::contains_key(netuid, uid));
        ensure!(known, Error::<T>::UidVecContainInvalidOne);
        let shortest = MinAllowedWeights::<T>::get(netuid).min(n);
        ensure!(own || values.len() >= usize::from(shortest), Error::<T>::WeightVecLengthIsLow);

        let row: Vec<(u16, u16)> = uids.into_iter().zip(rules::max_upscale(&values)).collect();
        Weights::<T>::insert(index, uid, row);
        if direct {
            Self::set_last_update(index, uid, Self::block());
        }
        Self::deposit_event(Event::WeightsSet(index, uid));
        Ok(())
    }

    /// Whether the rate limit has passed since the last update; one never updated may always.
    pub(crate) fn may_weigh(netuid: NetUid, index: NetUidStorageIndex, uid: u16) -> bool {
        let last = Self::last_update(index, uid);
        let waited = Self::block().saturating_sub(last);
        last == 0 || waited >= WeightsSetRateLimit::<T>::get(netuid)
    }

    fn has_permit(netuid: NetUid, uid: u16) -> bool {
        let permits = ValidatorPermit::<T>::get(netuid);
        Self::owner_uid(netuid) == Some(uid)
            || permits.get(usize::from(uid)).copied().unwrap_or_default()
    }
}
