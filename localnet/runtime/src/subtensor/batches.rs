//! Weights of several subnets, or several reveals of one, in a single call.

use super::*;
use crate::{AccountId, NetUid};
use codec::Compact;
use frame_support::ensure;
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult};

/// Lists of equal length that a batch of reveals is sent as.
pub(super) struct RevealLists<'a> {
    pub uids: &'a [Vec<u16>],
    pub values: &'a [Vec<u16>],
    pub salts: &'a [Vec<u16>],
    pub version_keys: &'a [u64],
}

impl RevealLists<'_> {
    pub fn have_equal_lengths(&self) -> bool {
        let n = self.uids.len();
        n == self.values.len() && n == self.salts.len() && n == self.version_keys.len()
    }

    /// The reveals, as many as the shortest list has.
    pub fn reveals(&self) -> Vec<Reveal> {
        let salts = self.salts.iter().zip(self.version_keys);
        let rows = self.uids.iter().zip(self.values).zip(salts);
        rows.map(|((uids, values), (salt, version_key))| Reveal {
            uids: uids.clone(),
            values: values.clone(),
            salt: salt.clone(),
            version_key: *version_key,
        })
        .collect()
    }
}

impl<T: Config> Pallet<T> {
    /// Sets weights on each subnet; one that fails does not undo the others.
    pub(super) fn do_batch_set(
        hotkey: AccountId,
        netuids: Vec<Compact<NetUid>>,
        weights: Vec<Vec<(Compact<u16>, Compact<u16>)>>,
        version_keys: Vec<Compact<u64>>,
    ) -> DispatchResult {
        let n = netuids.len();
        let equal = n == weights.len() && n == version_keys.len();
        ensure!(equal, Error::<T>::InputLengthsUnequal);
        let items = netuids.iter().zip(weights).zip(version_keys);
        let results = items.map(|((netuid, row), key)| {
            let (uids, values) = row.into_iter().map(|(uid, value)| (uid.0, value.0)).unzip();
            let result = Self::do_set_weights(&hotkey, netuid.0, 0, uids, values, key.0);
            (netuid.0, result)
        });
        Self::announce_failures(results.collect());
        Self::deposit_event(Event::BatchWeightsCompleted(netuids, hotkey));
        Ok(())
    }

    /// Commits to each subnet; one that fails does not undo the others.
    pub(super) fn do_batch_commit(
        hotkey: AccountId,
        netuids: Vec<Compact<NetUid>>,
        hashes: Vec<H256>,
    ) -> DispatchResult {
        let equal = netuids.len() == hashes.len();
        ensure!(equal, Error::<T>::InputLengthsUnequal);
        let items = netuids.iter().zip(hashes);
        let results = items.map(|(netuid, hash)| {
            let result = Self::do_commit(&hotkey, netuid.0, 0, hash);
            (netuid.0, result)
        });
        Self::announce_failures(results.collect());
        Self::deposit_event(Event::BatchWeightsCompleted(netuids, hotkey));
        Ok(())
    }

    fn announce_failures(results: Vec<(NetUid, DispatchResult)>) {
        let failed: Vec<(NetUid, DispatchError)> = results
            .into_iter()
            .filter_map(|(netuid, result)| Some((netuid, result.err()?)))
            .collect();
        if !failed.is_empty() {
            Self::deposit_event(Event::BatchCompletedWithErrors);
        }
        for (netuid, error) in failed {
            Self::deposit_event(Event::BatchWeightItemFailed(netuid, error));
        }
    }

    /// Reveals several commits to one subnet: all of them or none. Unlike a single reveal, commits
    /// before the revealed ones stay.
    pub(super) fn do_batch_reveal(
        hotkey: &AccountId,
        netuid: NetUid,
        lists: RevealLists<'_>,
    ) -> DispatchResult {
        let equal = lists.have_equal_lengths();
        ensure!(equal, Error::<T>::InputLengthsUnequal);
        let committed = CommitRevealWeightsEnabled::<T>::get(netuid);
        ensure!(committed, Error::<T>::CommitRevealDisabled);
        let mut commits =
            WeightCommits::<T>::get(netuid, hotkey).ok_or(Error::<T>::NoWeightsCommitFound)?;
        let expired = Self::drop_expired(netuid, &mut commits);

        let reveals = lists.reveals();
        let hashes: Vec<H256> = reveals.iter().map(|r| r.hash(hotkey, netuid)).collect();
        for hash in &hashes {
            let missing = if expired.contains(hash) {
                Error::<T>::ExpiredWeightCommit
            } else {
                Error::<T>::InvalidRevealCommitHashNotMatch
            };
            let found = commits.iter().find(|commit| commit.0 == *hash);
            let (_, epoch, ..) = found.ok_or(missing)?;
            ensure!(Self::is_due(netuid, *epoch), Error::<T>::RevealTooEarly);
        }
        for (reveal, hash) in reveals.into_iter().zip(&hashes) {
            // The same reveal twice finds its commit taken.
            let position = commits.iter().position(|commit| commit.0 == *hash);
            let position = position.ok_or(Error::<T>::InvalidRevealCommitHashNotMatch)?;
            commits.remove(position);
            let Reveal {
                uids,
                values,
                version_key,
                ..
            } = reveal;
            Self::store_weights(hotkey, netuid, 0, uids, values, version_key)?;
        }
        Self::keep_commits(hotkey, netuid, commits);
        Self::deposit_event(Event::WeightsBatchRevealed(hotkey.clone(), netuid, hashes));
        Ok(())
    }
}
