//! Weights encrypted to a future round of the drand beacon, revealed by the chain itself.

use super::{commit_reveal::MAX_WAITING, *};
use crate::{AccountId, MechId, NetUid, TimelockedBytes, drand};
use codec::Encode;
use frame_support::ensure;
use sp_runtime::{
    DispatchResult,
    traits::{BlakeTwo256, Hash},
};
use std::collections::VecDeque;

/// A ciphertext and where it came from: hotkey, commit block, bytes, drand round.
type Commit = (AccountId, u64, TimelockedBytes, u64);

impl<T: Config> Pallet<T> {
    pub(super) fn do_commit_timelocked(
        hotkey: &AccountId,
        netuid: NetUid,
        mechanism: MechId,
        ciphertext: TimelockedBytes,
        round: u64,
        version: u16,
    ) -> DispatchResult {
        Self::ensure_mechanism(netuid, mechanism)?;
        let index = Self::storage_index(netuid, mechanism);
        let committed = CommitRevealWeightsEnabled::<T>::get(netuid);
        ensure!(committed, Error::<T>::CommitRevealDisabled);
        let accepted = CommitRevealWeightsVersion::<T>::get();
        ensure!(
            version == accepted,
            Error::<T>::IncorrectCommitRevealVersion
        );
        let uid = Self::check_commit(hotkey, netuid, index)?;
        let (block, epoch) = (Self::block(), Self::current_epoch(netuid));
        let hash = BlakeTwo256::hash(&ciphertext);
        TimelockedWeightCommits::<T>::try_mutate(index, epoch, |commits| {
            let waiting = commits.iter().filter(|commit| commit.0 == *hotkey).count();
            ensure!(waiting < MAX_WAITING, Error::<T>::TooManyUnrevealedCommits);
            commits.push_back((hotkey.clone(), block, ciphertext, round));
            Ok::<_, Error<T>>(())
        })?;
        let event = Event::TimelockedWeightsCommitted(hotkey.clone(), index, hash, round);
        Self::deposit_event(event);
        Self::set_last_update(index, uid, block);
        Ok(())
    }

    /// Reveals what is due in this block. A commit whose round has not been published waits for the
    /// rest of its epoch; one that does not decrypt or does not pass the checks is dropped without
    /// a word, as on the chain.
    pub(super) fn reveal_timelocked(netuid: NetUid) {
        let period = RevealPeriodEpochs::<T>::get(netuid);
        let now = Self::current_epoch(netuid);
        let due = now.saturating_sub(period);
        for mechanism in 0..MechanismCountCurrent::<T>::get(netuid) {
            let index = Self::storage_index(netuid, mechanism);
            let epochs: Vec<u64> = TimelockedWeightCommits::<T>::iter_key_prefix(index).collect();
            for missed in epochs.into_iter().filter(|epoch| *epoch < due) {
                TimelockedWeightCommits::<T>::remove(index, missed);
            }
            if now < period {
                continue;
            }
            let mut waiting = VecDeque::new();
            for commit in TimelockedWeightCommits::<T>::take(index, due) {
                match drand::Pulses::<T>::get(commit.3) {
                    Some(pulse) => Self::reveal_one(netuid, mechanism, commit, &pulse),
                    None => waiting.push_back(commit),
                }
            }
            if !waiting.is_empty() {
                TimelockedWeightCommits::<T>::insert(index, due, waiting);
            }
        }
    }

    fn reveal_one(netuid: NetUid, mechanism: MechId, commit: Commit, pulse: &drand::Pulse) {
        let (hotkey, _, ciphertext, round) = commit;
        let weights = ::timelock::decrypt(&ciphertext, &pulse.signature)
            .ok()
            .and_then(|bytes| ::timelock::Weights::from_bytes(&bytes))
            .filter(|weights| weights.hotkey == hotkey.encode());
        let Some(::timelock::Weights {
            uids,
            values,
            version_key,
            ..
        }) = weights
        else {
            log::debug!("commit of {hotkey} for round {round} on {netuid} does not open: dropped");
            return;
        };
        match Self::store_weights(&hotkey, netuid, mechanism, uids, values, version_key) {
            Ok(()) => {
                let index = Self::storage_index(netuid, mechanism);
                Self::deposit_event(Event::TimelockedWeightsRevealed(index, hotkey));
            }
            Err(error) => log::debug!("weights revealed by {hotkey} on {netuid}: {error:?}"),
        }
    }
}
