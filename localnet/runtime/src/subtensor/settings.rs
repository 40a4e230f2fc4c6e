//! Settings that need more than a write.

use super::*;
use crate::{MechId, NetUid};
use frame_support::ensure;

/// Most mechanisms that any subnet may have.
const MOST_MECHANISMS: MechId = 16;
/// Most neurons over all mechanisms of a subnet.
const MOST_UIDS: u16 = 256;
/// Epochs that may lie between commit and reveal.
pub const REVEAL_PERIODS: std::ops::RangeInclusive<u64> = 1..=100;
/// Neurons of the owner that may be protected from pruning.
const OWNER_IMMUNE: std::ops::RangeInclusive<u16> = 1..=10;

impl<T: Config> Pallet<T> {
    pub(crate) fn set_reveal_period(netuid: NetUid, epochs: u64) -> Result<(), Error<T>> {
        ensure!(
            epochs <= *REVEAL_PERIODS.end(),
            Error::<T>::RevealPeriodTooLarge
        );
        ensure!(
            epochs >= *REVEAL_PERIODS.start(),
            Error::<T>::RevealPeriodTooSmall
        );
        RevealPeriodEpochs::<T>::insert(netuid, epochs);
        Self::deposit_event(Event::CommitRevealPeriodsSet(netuid, epochs));
        Ok(())
    }

    /// Bounds of liquid alpha over 65535; the upper one at least 2.5 % above zero, the lower one
    /// between that and the upper.
    pub fn set_alpha_values(netuid: NetUid, low: u16, high: u16) -> Result<(), Error<T>> {
        const LEAST: u16 = u16::MAX / 40;
        ensure!(
            LiquidAlphaOn::<T>::get(netuid),
            Error::<T>::LiquidAlphaDisabled
        );
        ensure!(high >= LEAST, Error::<T>::AlphaHighTooLow);
        ensure!(
            (LEAST..=high).contains(&low),
            Error::<T>::AlphaLowOutOfRange
        );
        AlphaValues::<T>::insert(netuid, (low, high));
        Ok(())
    }

    pub(crate) fn set_owner_immune_limit(netuid: NetUid, neurons: u16) -> Result<(), Error<T>> {
        ensure!(OWNER_IMMUNE.contains(&neurons), Error::<T>::InvalidValue);
        ImmuneOwnerUidsLimit::<T>::insert(netuid, neurons);
        Ok(())
    }

    pub(crate) fn set_max_mechanism_count(count: MechId) -> Result<(), Error<T>> {
        ensure!(
            (1..=MOST_MECHANISMS).contains(&count),
            Error::<T>::InvalidValue
        );
        MaxMechanismCount::<T>::put(count);
        Ok(())
    }

    /// Whether so many neurons in each of so many mechanisms are not too many.
    pub fn ensure_uids_fit(uids: u16, mechanisms: MechId) -> Result<(), Error<T>> {
        let all = uids.saturating_mul(mechanisms.into());
        ensure!(all <= MOST_UIDS, Error::<T>::TooManyUIDsPerMechanism);
        Ok(())
    }

    /// Sets the number of mechanisms; what is stored of removed ones goes with them.
    pub fn set_mechanism_count(netuid: NetUid, count: MechId) -> Result<(), Error<T>> {
        ensure!(
            NetworksAdded::<T>::get(netuid),
            Error::<T>::MechanismDoesNotExist
        );
        let most = MaxMechanismCount::<T>::get().min(MOST_MECHANISMS);
        ensure!((1..=most).contains(&count), Error::<T>::InvalidValue);
        Self::ensure_uids_fit(MaxAllowedUids::<T>::get(netuid), count)?;
        let before = MechanismCountCurrent::<T>::get(netuid);
        if before == count {
            return Ok(());
        }
        for removed in count..before {
            let index = Self::storage_index(netuid, removed);
            let _ = Weights::<T>::clear_prefix(index, u32::MAX, None);
            let _ = Bonds::<T>::clear_prefix(index, u32::MAX, None);
            let _ = WeightCommits::<T>::clear_prefix(index, u32::MAX, None);
            let _ = TimelockedWeightCommits::<T>::clear_prefix(index, u32::MAX, None);
            Incentive::<T>::remove(index);
            LastUpdate::<T>::remove(index);
        }
        MechanismCountCurrent::<T>::insert(netuid, count);
        MechanismEmissionSplit::<T>::remove(netuid);
        Ok(())
    }

    /// Sets the shares of mechanisms over 65535, which they add up to; equal parts without any.
    pub fn set_emission_split(netuid: NetUid, split: Option<Vec<u16>>) -> Result<(), Error<T>> {
        ensure!(
            NetworksAdded::<T>::get(netuid),
            Error::<T>::MechanismDoesNotExist
        );
        let Some(split) = split else {
            MechanismEmissionSplit::<T>::remove(netuid);
            return Ok(());
        };
        let count = usize::from(MechanismCountCurrent::<T>::get(netuid));
        ensure!((1..=count).contains(&split.len()), Error::<T>::InvalidValue);
        let total: u64 = split.iter().copied().map(u64::from).sum();
        ensure!(total == u64::from(u16::MAX), Error::<T>::InvalidValue);
        MechanismEmissionSplit::<T>::insert(netuid, split);
        Ok(())
    }
}
