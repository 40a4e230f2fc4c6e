//! Who may make a change and what it is checked for. The order is the real chain's.

use super::pallet::{Config, Error, Pallet};
use crate::subtensor::{self, Change, Hyperparameter, NetworksAdded, Pallet as Subtensor};
use crate::{NetUid, ROOT};
use codec::FullCodec;
use frame_support::{StorageMap, StorageValue, ensure};
use frame_system::{ensure_root, pallet_prelude::OriginFor};
use sp_runtime::DispatchResult;

/// Most neurons that any subnet may have.
const MOST_UIDS: u16 = 256;

impl<T: Config> Pallet<T> {
    /// Nobody is asked: the call refuses all.
    pub(super) fn anyone(
        _: OriginFor<T>,
        change: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        change()
    }

    pub(super) fn root(
        origin: OriginFor<T>,
        change: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        ensure_root(origin)?;
        change()
    }

    /// Root, but not just before an epoch of the subnet.
    pub(super) fn root_in_window(
        origin: OriginFor<T>,
        netuid: NetUid,
        change: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        ensure_root(origin)?;
        Subtensor::<T>::ensure_window_open(netuid)?;
        change()
    }

    pub(super) fn owner_or_root(
        origin: OriginFor<T>,
        netuid: NetUid,
        change: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        Subtensor::<T>::owner_or_root(origin, netuid)?;
        change()
    }

    /// Root, or the owner as often as the limit on `kind` allows; neither just before an epoch.
    pub(super) fn limited(
        origin: OriginFor<T>,
        netuid: NetUid,
        kind: Change,
        change: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        Subtensor::<T>::change(origin, netuid, kind, change)
    }

    /// `limited` for one of the hyperparameters.
    pub(super) fn owner(
        origin: OriginFor<T>,
        netuid: NetUid,
        parameter: Hyperparameter,
        change: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        Self::limited(origin, netuid, Change::Owned(parameter), change)
    }

    /// `owner`, refused with `error` unless the value is `within` bounds, which root is free of.
    pub(super) fn bounded_owner(
        origin: OriginFor<T>,
        netuid: NetUid,
        parameter: Hyperparameter,
        within: bool,
        error: Error<T>,
        change: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        let within = within || ensure_root(origin.clone()).is_ok();
        Self::owner(origin, netuid, parameter, || {
            ensure!(within, error);
            change()
        })
    }

    pub(super) fn ensure_exists(netuid: NetUid) -> Result<(), Error<T>> {
        let exists = NetworksAdded::<T>::get(netuid);
        ensure!(exists, Error::<T>::SubnetDoesNotExist);
        Ok(())
    }

    /// Whether this is a network other than root's.
    pub(super) fn ensure_subnet(netuid: NetUid) -> Result<(), Error<T>> {
        Self::ensure_exists(netuid)?;
        ensure!(netuid != ROOT, Error::<T>::NotPermittedOnRootSubnet);
        Ok(())
    }

    pub(super) fn check_max_uids(netuid: NetUid, most: u16) -> DispatchResult {
        Self::ensure_exists(netuid)?;
        let least = subtensor::MinAllowedUids::<T>::get(netuid);
        ensure!(
            most >= least,
            Error::<T>::MaxAllowedUidsLessThanMinAllowedUids
        );
        let current = subtensor::SubnetworkN::<T>::get(netuid);
        ensure!(
            current <= most,
            Error::<T>::MaxAllowedUIdsLessThanCurrentUIds
        );
        ensure!(
            most <= MOST_UIDS,
            Error::<T>::MaxAllowedUidsGreaterThanDefaultMaxAllowedUids
        );
        let mechanisms = subtensor::MechanismCountCurrent::<T>::get(netuid);
        Ok(Subtensor::<T>::ensure_uids_fit(most, mechanisms)?)
    }

    /// Writes a setting of the whole chain and announces it.
    pub(super) fn put<S, V>(value: V, event: fn(V) -> subtensor::Event<T>) -> DispatchResult
    where
        S: StorageValue<V>,
        V: FullCodec + Copy,
    {
        S::put(value);
        Subtensor::<T>::deposit_event(event(value));
        Ok(())
    }

    /// Writes a subnet's setting and announces it.
    pub(super) fn set<S, V>(
        netuid: NetUid,
        value: V,
        event: fn(NetUid, V) -> subtensor::Event<T>,
    ) -> DispatchResult
    where
        S: StorageMap<NetUid, V>,
        V: FullCodec + Copy,
    {
        S::insert(netuid, value);
        Subtensor::<T>::deposit_event(event(netuid, value));
        Ok(())
    }

    /// `set`, for a subnet that exists.
    pub(super) fn set_existing<S, V>(
        netuid: NetUid,
        value: V,
        event: fn(NetUid, V) -> subtensor::Event<T>,
    ) -> DispatchResult
    where
        S: StorageMap<NetUid, V>,
        V: FullCodec + Copy,
    {
        Self::ensure_exists(netuid)?;
        Self::set::<S, V>(netuid, value, event)
    }
}
