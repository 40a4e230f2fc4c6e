//! Weights hidden behind a hash, revealed by their setter in a later epoch.

use super::*;
use crate::{AccountId, MechId, NetUid, NetUidStorageIndex};
use frame_support::ensure;
use sp_core::H256;
use sp_runtime::{
    DispatchResult,
    traits::{BlakeTwo256, Hash},
};
use std::collections::VecDeque;

/// (hash, commit epoch, commit block, unused) in order of commit.
pub(super) type Commits = VecDeque<(H256, u64, u64, u64)>;

/// Commits that a hotkey may have waiting.
pub(super) const MAX_WAITING: usize = 10;

/// What a reveal brings: the vector and the salt that its hash was made with.
#[derive(Debug, Clone)]
pub struct Reveal {
    /// Who is weighed, each once.
    pub uids: Vec<u16>,
    /// The weights of them in their order; the chain scales the largest to 65535.
    pub values: Vec<u16>,
    /// Keeps others from guessing the vector; empty if they may.
    pub salt: Vec<u16>,
    /// At least the subnet's `WeightsVersionKey`.
    pub version_key: u64,
}

impl Reveal {
    /// The hash under which this vector is committed by a hotkey.
    pub fn hash(&self, hotkey: &AccountId, index: NetUidStorageIndex) -> H256 {
        let Self {
            uids,
            values,
            salt,
            version_key,
        } = self;
        BlakeTwo256::hash_of(&(hotkey, index, uids, values, salt, version_key))
    }
}

impl<T: Config> Pallet<T> {
    pub(super) fn do_commit(
        hotkey: &AccountId,
        netuid: NetUid,
        mechanism: MechId,
        hash: H256,
    ) -> DispatchResult {
        Self::ensure_mechanism(netuid, mechanism)?;
        let index = Self::storage_index(netuid, mechanism);
        let uid = Self::check_commit(hotkey, netuid, index)?;
        let (block, epoch) = (Self::block(), Self::current_epoch(netuid));
        WeightCommits::<T>::try_mutate(index, hotkey, |commits| {
            let commits = commits.get_or_insert_default();
            Self::drop_expired(netuid, commits);
            ensure!(
                commits.len() < MAX_WAITING,
                Error::<T>::TooManyUnrevealedCommits
            );
            commits.push_back((hash, epoch, block, 0));
            Ok::<_, Error<T>>(())
        })?;
        Self::deposit_event(Event::WeightsCommitted(hotkey.clone(), index, hash));
        Self::set_last_update(index, uid, block);
        Ok(())
    }

    /// Checks that all commits share; the committer's uid.
    pub(super) fn check_commit(
        hotkey: &AccountId,
        netuid: NetUid,
        index: NetUidStorageIndex,
    ) -> Result<u16, Error<T>> {
        let committed = CommitRevealWeightsEnabled::<T>::get(netuid);
        ensure!(committed, Error::<T>::CommitRevealDisabled);
        let uid = Self::uid(netuid, hotkey)?;
        ensure!(
            Self::may_weigh(netuid, index, uid),
            Error::<T>::CommittingWeightsTooFast
        );
        Ok(uid)
    }

    pub(super) fn do_reveal(
        hotkey: &AccountId,
        netuid: NetUid,
        mechanism: MechId,
        reveal: Reveal,
    ) -> DispatchResult {
        let committed = CommitRevealWeightsEnabled::<T>::get(netuid);
        ensure!(committed, Error::<T>::CommitRevealDisabled);
        let index = Self::storage_index(netuid, mechanism);
        let hash = reveal.hash(hotkey, index);
        Self::take_commit(hotkey, netuid, index, hash)?;
        let Reveal {
            uids,
            values,
            version_key,
            ..
        } = reveal;
        Self::store_weights(hotkey, netuid, mechanism, uids, values, version_key)?;
        Self::deposit_event(Event::WeightsRevealed(hotkey.clone(), index, hash));
        Ok(())
    }

    /// Removes a commit that may be revealed now, and all before it.
    fn take_commit(
        hotkey: &AccountId,
        netuid: NetUid,
        index: NetUidStorageIndex,
        hash: H256,
    ) -> Result<(), Error<T>> {
        let mut commits =
            WeightCommits::<T>::get(index, hotkey).ok_or(Error::<T>::NoWeightsCommitFound)?;
        let expired = Self::drop_expired(netuid, &mut commits).contains(&hash);
        let found = commits.iter().position(|commit| commit.0 == hash);
        let missing = match (expired, commits.is_empty()) {
            (true, _) => Error::<T>::ExpiredWeightCommit,
            (false, true) => Error::<T>::NoWeightsCommitFound,
            (false, false) => Error::<T>::InvalidRevealCommitHashNotMatch,
        };
        let position = found.ok_or(missing)?;
        let in_time = commits
            .get(position)
            .is_some_and(|commit| Self::is_due(netuid, commit.1));
        ensure!(in_time, Error::<T>::RevealTooEarly);
        commits.drain(..=position);
        Self::keep_commits(hotkey, index, commits);
        Ok(())
    }

    /// Takes commits whose reveal has been missed off the front; their hashes.
    pub(super) fn drop_expired(netuid: NetUid, commits: &mut Commits) -> Vec<H256> {
        let mut expired = Vec::new();
        while let Some((hash, epoch, ..)) = commits.front()
            && Self::is_expired(netuid, *epoch)
        {
            expired.push(*hash);
            commits.pop_front();
        }
        expired
    }

    /// Stores what is left of a hotkey's commits; nothing where nothing is.
    pub(super) fn keep_commits(hotkey: &AccountId, index: NetUidStorageIndex, commits: Commits) {
        if commits.is_empty() {
            WeightCommits::<T>::remove(index, hotkey);
        } else {
            WeightCommits::<T>::insert(index, hotkey, commits);
        }
    }

    /// Whether a reveal would find its commit in time; the pool asks before it queues one.
    pub(crate) fn check_reveal(
        hotkey: &AccountId,
        netuid: NetUid,
        index: NetUidStorageIndex,
        hash: H256,
    ) -> Result<(), Error<T>> {
        let commits =
            WeightCommits::<T>::get(index, hotkey).ok_or(Error::<T>::NoWeightsCommitFound)?;
        let commit = commits.iter().find(|commit| commit.0 == hash);
        let (_, epoch, ..) = commit.ok_or(Error::<T>::NoWeightsCommitFound)?;
        ensure!(Self::is_due(netuid, *epoch), Error::<T>::RevealTooEarly);
        Ok(())
    }

    /// Whether commits of an epoch are to be revealed now.
    pub(super) fn is_due(netuid: NetUid, epoch: u64) -> bool {
        Self::current_epoch(netuid) == epoch.saturating_add(RevealPeriodEpochs::<T>::get(netuid))
    }

    /// Whether the reveal of commits of an epoch has been missed.
    fn is_expired(netuid: NetUid, epoch: u64) -> bool {
        Self::current_epoch(netuid) > epoch.saturating_add(RevealPeriodEpochs::<T>::get(netuid))
    }
}
