//! Whom a newcomer replaces on a full subnet.

use super::*;
use crate::{AccountId, NetUid};
use std::collections::BTreeSet;

impl<T: Config> Pallet<T> {
    /// The neuron with the lowest emission, then the oldest, then the lowest uid: among those past
    /// their immunity if more than `MinNonImmuneUids` are, else among the immune ones. The owner's
    /// are never pruned.
    pub fn neuron_to_prune(netuid: NetUid) -> Option<u16> {
        let protected = Self::protected_uids(netuid);
        let emission = Emission::<T>::get(netuid);
        let rank = |uid: &u16| {
            let earned = emission.get(usize::from(*uid)).copied().unwrap_or_default();
            (earned, BlockAtRegistration::<T>::get(netuid, uid), *uid)
        };
        let (immune, free): (Vec<u16>, Vec<u16>) = (0..SubnetworkN::<T>::get(netuid))
            .filter(|uid| !protected.contains(uid))
            .partition(|uid| Self::is_immune(netuid, *uid));
        let enough = free.len() > usize::from(MinNonImmuneUids::<T>::get(netuid));
        if enough { free } else { immune }.into_iter().min_by_key(rank)
    }

    /// Uids of the owner that are never pruned: the owner's hotkey, then the owner coldkey's
    /// longest-registered ones, up to `ImmuneOwnerUidsLimit`.
    pub fn protected_uids(netuid: NetUid) -> BTreeSet<u16> {
        let limit = usize::from(ImmuneOwnerUidsLimit::<T>::get(netuid));
        let mut uids = Self::owned_uids(netuid);
        uids.sort_by_key(|(block, uid, _)| (*block, *uid));
        let mut uids: Vec<u16> = uids.into_iter().map(|(_, uid, _)| uid).take(limit).collect();
        if let Some(owner) = Self::owner_uid(netuid)
            && !uids.contains(&owner)
        {
            uids.insert(0, owner);
            uids.truncate(limit);
        }
        uids.into_iter().collect()
    }

    /// (registration block, uid, hotkey) of the owner coldkey's neurons.
    pub fn owned_uids(netuid: NetUid) -> Vec<(u64, u16, AccountId)> {
        OwnedHotkeys::<T>::get(SubnetOwner::<T>::get(netuid))
            .into_iter()
            .filter_map(|hotkey| {
                let uid = Uids::<T>::get(netuid, &hotkey)?;
                Some((BlockAtRegistration::<T>::get(netuid, uid), uid, hotkey))
            })
            .collect()
    }
}
