//! Hotkeys lend parts of their stake to other hotkeys, their children, on a subnet.

use super::*;
use crate::{AccountId, NetUid, ROOT};
use frame_support::ensure;
use sp_runtime::DispatchResult;
use std::collections::{BTreeMap, BTreeSet};

/// Most children of a hotkey on a subnet.
const MOST_CHILDREN: usize = 5;
/// Blocks between two changes of a hotkey's children on a subnet.
const CHILDREN_LIMIT: u64 = 150;
/// Number of these changes among the kinds of transactions that a key is limited in.
const SET_CHILDREN: u16 = 0;

/// Shares over u64::MAX and who has them.
type Shares = Vec<(u64, AccountId)>;

impl<T: Config> Pallet<T> {
    /// Schedules a hotkey's children on a subnet, for good or until it names others. Before the
    /// subnet's start they count at once.
    pub(super) fn do_set_children(
        coldkey: &AccountId,
        hotkey: AccountId,
        netuid: NetUid,
        children: Shares,
    ) -> DispatchResult {
        let last = TransactionKeyLastBlock::<T>::get((&hotkey, netuid, SET_CHILDREN));
        ensure!(
            Self::passed(last, CHILDREN_LIMIT),
            Error::<T>::TxRateLimitExceeded
        );
        ensure!(
            netuid != ROOT,
            Error::<T>::RegistrationNotPermittedOnRootSubnet
        );
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(
            Self::owns(coldkey, &hotkey),
            Error::<T>::NonAssociatedColdKey
        );
        Self::check_children(&hotkey, netuid, &children)?;
        let owner = SubnetOwnerHotkey::<T>::try_get(netuid).is_ok_and(|owner| owner == hotkey);
        let rich = || Self::stake_everywhere(&hotkey) >= StakeThreshold::<T>::get();
        ensure!(
            children.is_empty() || rich() || owner,
            Error::<T>::NotEnoughStakeToSetChildkeys
        );

        let block = Self::block();
        TransactionKeyLastBlock::<T>::insert((&hotkey, netuid, SET_CHILDREN), block);
        if !SubtokenEnabled::<T>::get(netuid) {
            Self::apply_children(netuid, &hotkey, children);
            return Ok(());
        }
        let effect = block.saturating_add(PendingChildKeyCooldown::<T>::get());
        PendingChildKeys::<T>::insert(netuid, &hotkey, (&children, effect));
        Self::deposit_event(Event::SetChildrenScheduled(
            hotkey, netuid, effect, children,
        ));
        Ok(())
    }

    /// Whether a hotkey may have these children.
    pub(super) fn check_children(
        hotkey: &AccountId,
        netuid: NetUid,
        children: &Shares,
    ) -> Result<(), Error<T>> {
        let keys: BTreeSet<&AccountId> = children.iter().map(|(_, child)| child).collect();
        ensure!(keys.len() == children.len(), Error::<T>::DuplicateChild);
        ensure!(!keys.contains(hotkey), Error::<T>::InvalidChild);
        ensure!(keys.len() <= MOST_CHILDREN, Error::<T>::TooManyChildren);
        Self::check_family(hotkey, netuid, children)
    }

    /// Whether children get no more than there is, and none of them is a parent.
    fn check_family(hotkey: &AccountId, netuid: NetUid, children: &Shares) -> Result<(), Error<T>> {
        let lent = children
            .iter()
            .fold(0u128, |sum, (share, _)| sum.saturating_add((*share).into()));
        ensure!(lent <= u128::from(u64::MAX), Error::<T>::ProportionOverflow);
        let parents = ParentKeys::<T>::get(hotkey, netuid);
        let is_parent = |key| parents.iter().any(|(_, parent)| parent == key);
        ensure!(
            !children.iter().any(|(_, child)| is_parent(child)),
            Error::<T>::ChildParentInconsistency
        );
        Ok(())
    }

    /// After an epoch: children whose time has come begin to count.
    pub(super) fn activate_children(netuid: NetUid) {
        let (block, started) = (Self::block(), SubtokenEnabled::<T>::get(netuid));
        let due: Vec<(AccountId, Shares)> = PendingChildKeys::<T>::iter_prefix(netuid)
            .filter(|(_, (_, effect))| *effect < block || !started)
            .map(|(hotkey, (children, _))| (hotkey, children))
            .collect();
        for (hotkey, children) in due {
            PendingChildKeys::<T>::remove(netuid, &hotkey);
            Self::apply_children(netuid, &hotkey, children);
        }
    }

    /// Makes children count. What has become impossible since it was scheduled is dropped without a
    /// word, as on the chain.
    fn apply_children(netuid: NetUid, hotkey: &AccountId, children: Shares) {
        let mut others = children.clone();
        others.retain(|(_, child)| child != hotkey);
        if Self::check_family(hotkey, netuid, &others).is_ok() {
            Self::link_children(netuid, hotkey, &others);
            Self::deposit_event(Event::SetChildren(hotkey.clone(), netuid, children));
        }
    }

    /// Writes both sides of the relation; the chain keeps a hotkey's own side in the order of the keys.
    fn link_children(netuid: NetUid, hotkey: &AccountId, children: &Shares) {
        let before = ChildKeys::<T>::get(hotkey, netuid);
        let children: BTreeMap<AccountId, u64> = children
            .iter()
            .map(|(share, child)| (child.clone(), *share))
            .collect();
        for (_, child) in before {
            if !children.contains_key(&child) {
                Self::set_parent(netuid, &child, hotkey, None);
            }
        }
        for (child, share) in &children {
            Self::set_parent(netuid, child, hotkey, Some(*share));
        }
        let children = children.into_iter().map(|(key, share)| (share, key));
        Self::put_children(netuid, hotkey, children.collect());
        let mut parents = ParentKeys::<T>::get(hotkey, netuid);
        parents.sort_by(|(_, one), (_, other)| one.cmp(other));
        Self::put_parents(netuid, hotkey, parents);
    }

    /// A hotkey takes over the family of another, which is then alone.
    pub(super) fn inherit_family(
        netuid: NetUid,
        old: &AccountId,
        new: &AccountId,
    ) -> Result<(), Error<T>> {
        let sorted = |mut all: Shares| {
            all.sort_by(|(_, one), (_, other)| one.cmp(other));
            all
        };
        let children = sorted(ChildKeys::<T>::get(old, netuid));
        let parents = sorted(ParentKeys::<T>::get(old, netuid));
        let related = children.iter().chain(&parents).any(|(_, key)| key == new);
        ensure!(!related, Error::<T>::InvalidChild);
        if let Ok((pending, effect)) = PendingChildKeys::<T>::try_get(netuid, old) {
            let grandparent = pending
                .iter()
                .any(|(_, child)| parents.iter().any(|(_, parent)| parent == child));
            let loops = pending.iter().any(|(_, child)| child == new);
            ensure!(!loops, Error::<T>::InvalidChild);
            ensure!(!grandparent, Error::<T>::ChildParentInconsistency);
            PendingChildKeys::<T>::remove(netuid, old);
            PendingChildKeys::<T>::insert(netuid, new, (pending, effect));
        }
        // What the new hotkey had of its own gives way.
        for (_, child) in ChildKeys::<T>::get(new, netuid) {
            Self::set_parent(netuid, &child, new, None);
        }
        for (_, parent) in ParentKeys::<T>::get(new, netuid) {
            Self::set_child(netuid, &parent, new, None);
        }
        for (share, child) in &children {
            Self::set_parent(netuid, child, old, None);
            Self::set_parent(netuid, child, new, Some(*share));
        }
        for (share, parent) in &parents {
            Self::set_child(netuid, parent, old, None);
            Self::set_child(netuid, parent, new, Some(*share));
        }
        Self::put_children(netuid, new, children);
        Self::put_parents(netuid, new, parents);
        // The chain keeps this one, empty.
        ChildKeys::<T>::insert(old, netuid, Shares::new());
        Self::put_parents(netuid, old, Vec::new());
        Ok(())
    }

    fn set_parent(netuid: NetUid, child: &AccountId, parent: &AccountId, share: Option<u64>) {
        let mut parents = ParentKeys::<T>::get(child, netuid);
        relate(&mut parents, parent, share);
        Self::put_parents(netuid, child, parents);
    }

    fn set_child(netuid: NetUid, parent: &AccountId, child: &AccountId, share: Option<u64>) {
        let mut children = ChildKeys::<T>::get(parent, netuid);
        relate(&mut children, child, share);
        Self::put_children(netuid, parent, children);
    }

    // The chain keeps no empty lists.

    fn put_children(netuid: NetUid, parent: &AccountId, children: Shares) {
        if children.is_empty() {
            ChildKeys::<T>::remove(parent, netuid);
        } else {
            ChildKeys::<T>::insert(parent, netuid, children);
        }
    }

    fn put_parents(netuid: NetUid, child: &AccountId, parents: Shares) {
        if parents.is_empty() {
            ParentKeys::<T>::remove(child, netuid);
        } else {
            ParentKeys::<T>::insert(child, netuid, parents);
        }
    }

    /// A new subnet's owner becomes the child of all root validators that did not refuse it.
    pub(super) fn adopt_owner(netuid: NetUid, owner_hotkey: &AccountId) {
        for validator in Self::hotkeys(ROOT) {
            let willing = AutoParentDelegationEnabled::<T>::get(&validator);
            if validator != *owner_hotkey && willing {
                let coldkey = Owner::<T>::get(&validator);
                let children = vec![(u64::MAX, owner_hotkey.clone())];
                // One that may not is left out, as on the chain.
                let _ = Self::do_set_children(&coldkey, validator, netuid, children);
            }
        }
    }
}

/// Gives a key a share in place of the one it had, or takes it off the list.
fn relate(list: &mut Shares, key: &AccountId, share: Option<u64>) {
    let known = list.iter_mut().find(|(_, other)| other == key);
    match (known, share) {
        (Some(entry), Some(share)) => entry.0 = share,
        (None, Some(share)) => list.push((share, key.clone())),
        (_, None) => list.retain(|(_, other)| other != key),
    }
}
