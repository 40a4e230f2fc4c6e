//! Places on a subnet: who holds which uid, and what is stored per uid.

use super::*;
use crate::{AccountId, MechId, NetUid, NetUidStorageIndex};
use frame_support::ensure;
use sp_runtime::SaturatedConversion;

/// Distance between the storage indexes of two mechanisms of a subnet.
const MECHANISM_STRIDE: u16 = 4096;

impl<T: Config> Pallet<T> {
    pub(crate) fn block() -> u64 {
        frame_system::Pallet::<T>::block_number().saturated_into()
    }

    /// Key of what is stored per mechanism.
    pub fn storage_index(netuid: NetUid, mechanism: MechId) -> NetUidStorageIndex {
        u16::from(mechanism)
            .saturating_mul(MECHANISM_STRIDE)
            .saturating_add(netuid)
    }

    pub(super) fn storage_indexes(netuid: NetUid) -> impl Iterator<Item = NetUidStorageIndex> {
        (0..MechanismCountCurrent::<T>::get(netuid)).map(move |m| Self::storage_index(netuid, m))
    }

    pub(crate) fn ensure_mechanism(netuid: NetUid, mechanism: MechId) -> Result<(), Error<T>> {
        let exists =
            NetworksAdded::<T>::get(netuid) && mechanism < MechanismCountCurrent::<T>::get(netuid);
        ensure!(exists, Error::<T>::MechanismDoesNotExist);
        Ok(())
    }

    pub(crate) fn uid(netuid: NetUid, hotkey: &AccountId) -> Result<u16, Error<T>> {
        Uids::<T>::get(netuid, hotkey).ok_or(Error::<T>::HotKeyNotRegisteredInSubNet)
    }

    pub(super) fn owner_uid(netuid: NetUid) -> Option<u16> {
        let hotkey = SubnetOwnerHotkey::<T>::try_get(netuid).ok()?;
        Uids::<T>::get(netuid, hotkey)
    }

    /// In the order of their uids, from 0.
    pub fn hotkeys(netuid: NetUid) -> Vec<AccountId> {
        (0..SubnetworkN::<T>::get(netuid))
            .map(|uid| Keys::<T>::get(netuid, uid))
            .collect()
    }

    pub(super) fn is_immune(netuid: NetUid, uid: u16) -> bool {
        let age = Self::block().saturating_sub(BlockAtRegistration::<T>::get(netuid, uid));
        age < u64::from(ImmunityPeriod::<T>::get(netuid))
    }

    pub(super) fn last_update(index: NetUidStorageIndex, uid: u16) -> u64 {
        LastUpdate::<T>::get(index)
            .get(usize::from(uid))
            .copied()
            .unwrap_or_default()
    }

    pub(super) fn set_last_update(index: NetUidStorageIndex, uid: u16, block: u64) {
        LastUpdate::<T>::mutate(index, |all| put(all, uid, block));
    }

    /// Gives a hotkey the next uid.
    pub fn append_neuron(netuid: NetUid, hotkey: &AccountId) -> u16 {
        let uid = SubnetworkN::<T>::get(netuid);
        SubnetworkN::<T>::insert(netuid, uid.saturating_add(1));
        Emission::<T>::mutate(netuid, |all| put(all, uid, 0));
        Consensus::<T>::mutate(netuid, |all| put(all, uid, 0));
        Dividends::<T>::mutate(netuid, |all| put(all, uid, 0));
        ValidatorTrust::<T>::mutate(netuid, |all| put(all, uid, 0));
        ValidatorPermit::<T>::mutate(netuid, |all| put(all, uid, false));
        for index in Self::storage_indexes(netuid) {
            Incentive::<T>::mutate(index, |all| put(all, uid, 0));
        }
        Self::seat(netuid, uid, hotkey);
        uid
    }

    /// Gives the uid of a pruned neuron to another hotkey; nothing of the old one remains.
    pub fn replace_neuron(netuid: NetUid, uid: u16, hotkey: &AccountId) {
        let old = Keys::<T>::get(netuid, uid);
        Uids::<T>::remove(netuid, &old);
        IsNetworkMember::<T>::remove(&old, netuid);
        Axons::<T>::remove(netuid, &old);
        NeuronCertificates::<T>::remove(netuid, &old);
        Prometheus::<T>::remove(netuid, &old);
        Self::clear_scores(netuid, uid);
        Self::seat(netuid, uid, hotkey);
    }

    /// Forgets the bonds of all validators in a hotkey's neuron, where the subnet allows that.
    pub fn reset_bonds(netuid: NetUid, hotkey: &AccountId) {
        let Some(uid) = Uids::<T>::get(netuid, hotkey).filter(|_| BondsResetOn::<T>::get(netuid))
        else {
            return;
        };
        for index in Self::storage_indexes(netuid) {
            for validator in 0..SubnetworkN::<T>::get(netuid) {
                Bonds::<T>::mutate(index, validator, |row| {
                    row.iter_mut()
                        .filter(|(to, _)| *to == uid)
                        .for_each(|(_, bond)| *bond = 0);
                });
            }
        }
    }

    fn seat(netuid: NetUid, uid: u16, hotkey: &AccountId) {
        let block = Self::block();
        Keys::<T>::insert(netuid, uid, hotkey);
        Uids::<T>::insert(netuid, hotkey, uid);
        IsNetworkMember::<T>::insert(hotkey, netuid, true);
        BlockAtRegistration::<T>::insert(netuid, uid, block);
        Active::<T>::mutate(netuid, |all| put(all, uid, true));
        for index in Self::storage_indexes(netuid) {
            Self::set_last_update(index, uid, block);
        }
    }

    /// Forgets what was earned, set and bonded by a uid, and zeroes what others set on it.
    fn clear_scores(netuid: NetUid, uid: u16) {
        Emission::<T>::mutate(netuid, |all| overwrite(all, uid, 0));
        Consensus::<T>::mutate(netuid, |all| overwrite(all, uid, 0));
        Dividends::<T>::mutate(netuid, |all| overwrite(all, uid, 0));
        StakeWeight::<T>::mutate(netuid, |all| overwrite(all, uid, 0));
        ValidatorTrust::<T>::mutate(netuid, |all| overwrite(all, uid, 0));
        ValidatorPermit::<T>::mutate(netuid, |all| overwrite(all, uid, false));
        for index in Self::storage_indexes(netuid) {
            Incentive::<T>::mutate(index, |all| overwrite(all, uid, 0));
            Bonds::<T>::remove(index, uid);
            Weights::<T>::remove(index, uid);
            let rows: Vec<u16> = Weights::<T>::iter_key_prefix(index).collect();
            for row in rows {
                Weights::<T>::mutate(index, row, |weights| {
                    weights
                        .iter_mut()
                        .filter(|(to, _)| *to == uid)
                        .for_each(|(_, w)| *w = 0);
                });
            }
        }
    }
}

/// Writes the value at a uid, growing the vector to it.
pub(super) fn put<V: Clone + Default>(all: &mut Vec<V>, uid: u16, value: V) {
    let position = usize::from(uid);
    if all.len() <= position {
        all.resize(position.saturating_add(1), V::default());
    }
    overwrite(all, uid, value);
}

/// Writes the value at a uid if there is one.
fn overwrite<V>(all: &mut [V], uid: u16, value: V) {
    if let Some(place) = all.get_mut(usize::from(uid)) {
        *place = value;
    }
}
