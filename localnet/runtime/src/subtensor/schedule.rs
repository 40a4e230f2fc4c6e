//! The stateful schedule of epochs, kept in storage between blocks.

use super::*;
use crate::NetUid;
use frame_support::ensure;
use sp_runtime::DispatchError;
use std::collections::BTreeSet;
use yuma::schedule::{Schedule, Step};

impl<T: Config> Pallet<T> {
    /// Where a subnet's epochs stand in the present state.
    pub fn schedule(netuid: NetUid) -> Schedule {
        Schedule {
            tempo: Tempo::<T>::get(netuid),
            last_epoch_block: LastEpochBlock::<T>::get(netuid),
            pending_epoch_at: PendingEpochAt::<T>::get(netuid),
            blocks_since_last_step: BlocksSinceLastStep::<T>::get(netuid),
            subnet_epoch_index: SubnetEpochIndex::<T>::get(netuid),
        }
    }

    /// The epoch that a call in this block counts for.
    pub fn current_epoch(netuid: NetUid) -> u64 {
        Self::schedule(netuid).epoch_index_with_lookahead(Self::block())
    }

    /// Lets a block pass for a subnet; true if its epoch runs now.
    pub(super) fn step_schedule(netuid: NetUid, room: bool) -> bool {
        let block = Self::block();
        let mut schedule = Self::schedule(netuid);
        let step = schedule.step(block, room);
        LastEpochBlock::<T>::insert(netuid, schedule.last_epoch_block);
        PendingEpochAt::<T>::insert(netuid, schedule.pending_epoch_at);
        BlocksSinceLastStep::<T>::insert(netuid, schedule.blocks_since_last_step);
        SubnetEpochIndex::<T>::insert(netuid, schedule.subnet_epoch_index);
        if step == Step::Deferred {
            let to_block = schedule.pending_epoch_at;
            Self::deposit_event(Event::EpochDeferred {
                netuid,
                from_block: block,
                to_block,
            });
        }
        step == Step::Fired
    }

    /// Subnets whose epoch is due in this block but has to wait for the next.
    pub(super) fn deferred(subnets: &[NetUid]) -> BTreeSet<NetUid> {
        let room = usize::from(MaxEpochsPerBlock::<T>::get());
        let due = |netuid: &&NetUid| Self::schedule(**netuid).due(Self::block());
        subnets.iter().filter(due).skip(room).copied().collect()
    }

    /// Sets the tempo and starts a new cycle now.
    pub fn set_tempo_and_restart(netuid: NetUid, tempo: u16) {
        Tempo::<T>::insert(netuid, tempo);
        LastEpochBlock::<T>::insert(netuid, Self::block());
        Self::deposit_event(Event::TempoSet(netuid, tempo));
    }

    /// Hyperparameters hold still just before an epoch, so that nobody changes the rules of weights
    /// that are already being set.
    pub fn ensure_window_open(netuid: NetUid) -> Result<(), DispatchError> {
        let frozen = Self::schedule(netuid).frozen(Self::block(), AdminFreezeWindow::<T>::get());
        ensure!(
            !frozen,
            Error::<T>::AdminActionProhibitedDuringWeightsWindow
        );
        Ok(())
    }

    /// Blocks after its last update from which a neuron counts as inactive.
    pub fn activity_cutoff(netuid: NetUid) -> u64 {
        let factor = ActivityCutoffFactorMilli::<T>::get(netuid);
        yuma::Params::cutoff_blocks(factor, Tempo::<T>::get(netuid))
    }
}
