//! Places on root are free; on a full root the one with the least stake gives way.

use super::*;
use crate::{AccountId, ROOT};
use frame_support::ensure;
use sp_runtime::DispatchResult;

/// What a new delegate keeps of dividends, over 65535.
const DEFAULT_TAKE: u16 = 11_796;

impl<T: Config> Pallet<T> {
    pub(super) fn do_root_register(coldkey: &AccountId, hotkey: &AccountId) -> DispatchResult {
        ensure!(
            NetworksAdded::<T>::get(ROOT),
            Error::<T>::RootNetworkDoesNotExist
        );
        ensure!(
            RegistrationsThisBlock::<T>::get(ROOT) < MaxRegistrationsPerBlock::<T>::get(ROOT),
            Error::<T>::TooManyRegistrationsThisBlock
        );
        let most = TargetRegistrationsPerInterval::<T>::get(ROOT).saturating_mul(3);
        ensure!(
            RegistrationsThisInterval::<T>::get(ROOT) < most,
            Error::<T>::TooManyRegistrationsThisInterval
        );
        ensure!(
            !Uids::<T>::contains_key(ROOT, hotkey),
            Error::<T>::HotKeyAlreadyRegisteredInSubNet
        );
        Self::ensure_hotkey(coldkey, hotkey)?;
        let uid = if SubnetworkN::<T>::get(ROOT) < MaxAllowedUids::<T>::get(ROOT) {
            Self::append_neuron(ROOT, hotkey)
        } else {
            let uid = Self::poorest_on_root(hotkey)?;
            Self::replace_neuron(ROOT, uid, hotkey);
            uid
        };
        if !Delegates::<T>::contains_key(hotkey) {
            Delegates::<T>::insert(hotkey, DEFAULT_TAKE);
        }
        RegistrationsThisInterval::<T>::mutate(ROOT, |count| *count = count.saturating_add(1));
        RegistrationsThisBlock::<T>::mutate(ROOT, |count| *count = count.saturating_add(1));
        Self::deposit_event(Event::NeuronRegistered(ROOT, uid, hotkey.clone()));
        Ok(())
    }

    /// The place with the least stake, if the newcomer has more.
    fn poorest_on_root(newcomer: &AccountId) -> Result<u16, Error<T>> {
        let stakes = (0..).zip(Self::hotkeys(ROOT));
        let (stake, uid) = stakes
            .map(|(uid, hotkey)| (Self::stake_on(&hotkey, ROOT), uid))
            .min()
            .ok_or(Error::<T>::StakeTooLowForRoot)?;
        ensure!(
            stake < Self::stake_on(newcomer, ROOT),
            Error::<T>::StakeTooLowForRoot
        );
        Ok(uid)
    }
}
