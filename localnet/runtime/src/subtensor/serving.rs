//! Neurons announce where they serve.

use super::*;
use crate::{AccountId, NetUid};
use frame_support::{ensure, traits::Get};

impl<T: Config> Pallet<T> {
    pub(super) fn do_serve_axon(
        hotkey: &AccountId,
        netuid: NetUid,
        axon: AxonInfo,
        certificate: Option<Vec<u8>>,
    ) -> Result<(), Error<T>> {
        Self::check_axon(hotkey, netuid, &axon)?;
        // A certificate that does not parse is dropped and the axon served without one.
        if let Some(certificate) = certificate.as_deref().and_then(parse_certificate) {
            NeuronCertificates::<T>::insert(netuid, hotkey, certificate);
        }
        Axons::<T>::insert(netuid, hotkey, AxonInfo { block: Self::block(), ..axon });
        Self::deposit_event(Event::AxonServed(netuid, hotkey.clone()));
        Ok(())
    }

    /// Whether an announcement would be accepted now.
    pub(crate) fn check_axon(
        hotkey: &AccountId,
        netuid: NetUid,
        axon: &AxonInfo,
    ) -> Result<(), Error<T>> {
        let registered = Uids::<T>::contains_key(netuid, hotkey);
        ensure!(registered, Error::<T>::HotKeyNotRegisteredInNetwork);
        ensure!(matches!(axon.ip_type, 4 | 6), Error::<T>::InvalidIpType);
        let loopback = T::AllowLoopbackAxons::get();
        ensure!(acceptable_ip(axon.ip_type, axon.ip, loopback), Error::<T>::InvalidIpAddress);
        let last = Axons::<T>::get(netuid, hotkey).map_or(0, |axon| axon.block);
        ensure!(Self::may_serve(netuid, last), Error::<T>::ServingRateLimitExceeded);
        ensure!(axon.port != 0, Error::<T>::InvalidPort);
        Ok(())
    }

    pub(super) fn do_serve_prometheus(
        hotkey: &AccountId,
        netuid: NetUid,
        info: PrometheusInfo,
    ) -> Result<(), Error<T>> {
        Self::check_prometheus(hotkey, netuid, &info)?;
        Prometheus::<T>::insert(netuid, hotkey, PrometheusInfo { block: Self::block(), ..info });
        Self::deposit_event(Event::PrometheusServed(netuid, hotkey.clone()));
        Ok(())
    }

    /// Whether an announcement would be accepted now.
    pub(crate) fn check_prometheus(
        hotkey: &AccountId,
        netuid: NetUid,
        info: &PrometheusInfo,
    ) -> Result<(), Error<T>> {
        ensure!(matches!(info.ip_type, 4 | 6), Error::<T>::InvalidIpType);
        let loopback = T::AllowLoopbackAxons::get();
        let acceptable = info.ip != 0 && acceptable_ip(info.ip_type, info.ip, loopback);
        ensure!(acceptable, Error::<T>::InvalidIpAddress);
        let registered = Uids::<T>::contains_key(netuid, hotkey);
        ensure!(registered, Error::<T>::HotKeyNotRegisteredInNetwork);
        let last = Prometheus::<T>::get(netuid, hotkey).map_or(0, |info| info.block);
        ensure!(Self::may_serve(netuid, last), Error::<T>::ServingRateLimitExceeded);
        ensure!(info.port != 0, Error::<T>::InvalidPort);
        Ok(())
    }

    fn may_serve(netuid: NetUid, last: u64) -> bool {
        let limit = ServingRateLimit::<T>::get(netuid);
        limit == 0 || last == 0 || Self::block().saturating_sub(last) >= limit
    }
}

/// The chain's rule: not 127.0.0.1 or ::1, not all ones, nothing too wide for its family. Zero
/// passes: it takes an axon off the map.
fn acceptable_ip(ip_type: u8, ip: u128, loopback: bool) -> bool {
    const LOOPBACK_V4: u128 = 0x7f00_0001;
    match ip_type {
        4 => ip < u128::from(u32::MAX) && (loopback || ip != LOOPBACK_V4),
        _ => ip != u128::MAX && (loopback || ip != 1),
    }
}

fn parse_certificate(bytes: &[u8]) -> Option<NeuronCertificate> {
    let (algorithm, key) = bytes.split_first()?;
    let public_key = key.to_vec().try_into().ok()?;
    Some(NeuronCertificate { public_key, algorithm: *algorithm })
}
