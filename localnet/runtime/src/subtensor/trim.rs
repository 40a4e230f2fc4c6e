//! Shrinking a subnet: the lowest neurons go, the rest move together, and uids change.

use super::*;
use crate::NetUid;
use frame_support::ensure;
use std::collections::BTreeMap;

impl<T: Config> Pallet<T> {
    /// Sets the most neurons to `places` and removes as many as that needs: those that earned least,
    /// but neither immune ones nor the owner's.
    pub fn trim_to(netuid: NetUid, places: u16) -> Result<(), Error<T>> {
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        let allowed = MinAllowedUids::<T>::get(netuid)..=MaxAllowedUids::<T>::get(netuid);
        ensure!(allowed.contains(&places), Error::<T>::InvalidValue);
        MaxAllowedUids::<T>::insert(netuid, places);
        let n = SubnetworkN::<T>::get(netuid);
        if n <= places {
            return Ok(());
        }
        let owners = Self::protected_uids(netuid);
        let stays = |uid: &u16| owners.contains(uid) || Self::is_immune(netuid, *uid);
        // Four in five at most may be immune, or nothing would be left to compete for.
        let immune = (0..n).filter(stays).count();
        let most = usize::from(places) * 4;
        ensure!(
            immune * 5 < most,
            Error::<T>::TrimmingWouldExceedMaxImmunePercentage
        );

        let emission = Emission::<T>::get(netuid);
        let earned = |uid: &u16| emission.get(usize::from(*uid)).copied().unwrap_or_default();
        let mut leaving: Vec<u16> = (0..n).filter(|uid| !stays(uid)).collect();
        leaving.sort_by_key(|uid| (earned(uid), std::cmp::Reverse(*uid)));
        leaving.truncate(usize::from(n.saturating_sub(places)));
        Self::remove_neurons(netuid, n, &leaving);
        Ok(())
    }

    fn remove_neurons(netuid: NetUid, n: u16, leaving: &[u16]) {
        for uid in leaving {
            let hotkey = Keys::<T>::take(netuid, uid);
            Uids::<T>::remove(netuid, &hotkey);
            IsNetworkMember::<T>::remove(&hotkey, netuid);
            LastHotkeyEmissionOnNetuid::<T>::remove(&hotkey, netuid);
            AlphaDividendsPerSubnet::<T>::remove(netuid, &hotkey);
            Axons::<T>::remove(netuid, &hotkey);
            NeuronCertificates::<T>::remove(netuid, &hotkey);
            Prometheus::<T>::remove(netuid, &hotkey);
            BlockAtRegistration::<T>::remove(netuid, uid);
        }
        let kept: Vec<u16> = (0..n).filter(|uid| !leaving.contains(uid)).collect();
        let moved: BTreeMap<u16, u16> = kept.iter().copied().zip(0..=u16::MAX).collect();
        Self::pack_columns(netuid, &kept);
        Self::pack_rows(netuid, n, &moved);
        for (old, new) in &moved {
            let hotkey = Keys::<T>::take(netuid, old);
            let block = BlockAtRegistration::<T>::take(netuid, old);
            Uids::<T>::insert(netuid, &hotkey, new);
            Keys::<T>::insert(netuid, new, hotkey);
            BlockAtRegistration::<T>::insert(netuid, new, block);
        }
        SubnetworkN::<T>::insert(netuid, u16::try_from(kept.len()).unwrap_or(u16::MAX));
    }

    fn pack_columns(netuid: NetUid, kept: &[u16]) {
        Active::<T>::mutate(netuid, |column| pack(column, kept));
        Emission::<T>::mutate(netuid, |column| pack(column, kept));
        Consensus::<T>::mutate(netuid, |column| pack(column, kept));
        Dividends::<T>::mutate(netuid, |column| pack(column, kept));
        ValidatorTrust::<T>::mutate(netuid, |column| pack(column, kept));
        ValidatorPermit::<T>::mutate(netuid, |column| pack(column, kept));
        StakeWeight::<T>::mutate(netuid, |column| pack(column, kept));
        for index in Self::storage_indexes(netuid) {
            Incentive::<T>::mutate(index, |column| pack(column, kept));
            LastUpdate::<T>::mutate(index, |column| pack(column, kept));
        }
    }

    /// Moves the rows of weights and bonds, and renames the uids inside them.
    fn pack_rows(netuid: NetUid, n: u16, moved: &BTreeMap<u16, u16>) {
        let rename = |row: Vec<(u16, u16)>| -> Vec<(u16, u16)> {
            row.into_iter()
                .filter_map(|(to, value)| Some((*moved.get(&to)?, value)))
                .collect()
        };
        for index in Self::storage_indexes(netuid) {
            for uid in 0..n {
                let (weights, bonds) =
                    (Weights::<T>::take(index, uid), Bonds::<T>::take(index, uid));
                if let Some(new) = moved.get(&uid) {
                    Weights::<T>::insert(index, new, rename(weights));
                    Bonds::<T>::insert(index, new, rename(bonds));
                }
            }
        }
    }
}

/// Keeps the values at these uids, in their order.
fn pack<V: Clone + Default>(column: &mut Vec<V>, kept: &[u16]) {
    let value = |uid: &u16| column.get(usize::from(*uid)).cloned().unwrap_or_default();
    *column = kept.iter().map(value).collect();
}
