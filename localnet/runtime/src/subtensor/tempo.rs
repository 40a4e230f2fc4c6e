//! What an owner decides about the schedule: the tempo, how long weights count, an epoch out of turn.

use super::*;
use crate::NetUid;
use frame_support::ensure;
use frame_system::pallet_prelude::OriginFor;
use sp_runtime::DispatchResult;
use yuma::schedule::{MAX_TEMPO, MIN_TEMPO};

/// Bounds of the activity cutoff, in thousandths of the tempo.
pub const CUTOFF_FACTORS: std::ops::RangeInclusive<u32> = 1_000..=50_000;

impl<T: Config> Pallet<T> {
    pub(super) fn do_set_tempo(origin: OriginFor<T>, netuid: NetUid, tempo: u16) -> DispatchResult {
        let owner = Self::only_owner(origin, netuid)?;
        let allowed = (MIN_TEMPO..=MAX_TEMPO).contains(&tempo);
        ensure!(allowed, Error::<T>::TempoOutOfBounds);
        Self::ensure_window_open(netuid)?;
        Self::ensure_limit_passed(&owner, netuid, Change::Tempo)?;
        Self::set_tempo_and_restart(netuid, tempo);
        Self::record_change(&owner, netuid, Change::Tempo);
        Ok(())
    }

    /// Root is bound neither by the window nor by the limit.
    pub(super) fn do_set_activity_cutoff_factor(
        origin: OriginFor<T>,
        netuid: NetUid,
        factor_milli: u32,
    ) -> DispatchResult {
        let change = Change::Owned(Hyperparameter::ActivityCutoffFactorMilli);
        let owner = Self::owner_or_root(origin, netuid)?;
        let allowed = CUTOFF_FACTORS.contains(&factor_milli);
        ensure!(allowed, Error::<T>::ActivityCutoffFactorMilliOutOfBounds);
        if let Some(owner) = &owner {
            Self::ensure_window_open(netuid)?;
            Self::ensure_limit_passed(owner, netuid, change)?;
            Self::record_change(owner, netuid, change);
        }
        ActivityCutoffFactorMilli::<T>::insert(netuid, factor_milli);
        Self::deposit_event(Event::ActivityCutoffFactorMilliSet {
            netuid,
            factor_milli,
        });
        Ok(())
    }

    /// An epoch `AdminFreezeWindow` blocks ahead, and no changes until then. Refused with commit-reveal,
    /// whose reveals are timed by the regular epochs.
    pub(super) fn do_trigger_epoch(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
        let change = Change::Owned(Hyperparameter::TriggerEpoch);
        let by = Self::only_owner(origin, netuid)?;
        let committed = CommitRevealWeightsEnabled::<T>::get(netuid);
        ensure!(!committed, Error::<T>::DynamicTempoBlockedByCommitReveal);
        let mut schedule = Self::schedule(netuid);
        let pending = schedule.pending_epoch_at != 0;
        ensure!(!pending, Error::<T>::EpochTriggerAlreadyPending);
        let scheduled = schedule.trigger(Self::block(), AdminFreezeWindow::<T>::get());
        ensure!(scheduled, Error::<T>::AutoEpochAlreadyImminent);
        Self::ensure_limit_passed(&by, netuid, change)?;
        let fires_at = schedule.pending_epoch_at;
        PendingEpochAt::<T>::insert(netuid, fires_at);
        Self::record_change(&by, netuid, change);
        Self::deposit_event(Event::EpochTriggered {
            netuid,
            by,
            fires_at,
        });
        Ok(())
    }
}
