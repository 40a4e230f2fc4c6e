//! Who may change a subnet's settings, how often and when.

use super::*;
use crate::{AccountId, NetUid};
use frame_support::ensure;
use frame_system::{ensure_signed_or_root, pallet_prelude::OriginFor};
use sp_runtime::{DispatchError, DispatchResult};

/// What an owner's changes are counted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// One of the hyperparameters, by the chain's number for it.
    Hyperparameter(u8),
    WeightsVersionKey,
    /// Not limited.
    Free,
}

/// Number of a change of the version key among the kinds of transactions.
const SET_WEIGHTS_VERSION_KEY: u16 = 4;

impl<T: Config> Pallet<T> {
    /// The owner's coldkey, or none for root; anyone else is refused.
    pub fn owner_or_root(
        origin: OriginFor<T>,
        netuid: NetUid,
    ) -> Result<Option<AccountId>, DispatchError> {
        let who = ensure_signed_or_root(origin)?;
        let stranger = who.as_ref().is_some_and(|who| SubnetOwner::<T>::get(netuid) != *who);
        ensure!(!stranger, DispatchError::BadOrigin);
        Ok(who)
    }

    /// Applies a change by root, or by the owner within the limit; neither just before an epoch.
    pub fn change(
        origin: OriginFor<T>,
        netuid: NetUid,
        change: Change,
        apply: impl FnOnce() -> DispatchResult,
    ) -> DispatchResult {
        let owner = Self::owner_or_root(origin, netuid)?;
        if let Some(owner) = &owner {
            let passed = Self::change_limit_passed(owner, netuid, change);
            ensure!(passed, Error::<T>::TxRateLimitExceeded);
        }
        Self::ensure_window_open(netuid)?;
        apply()?;
        if let Some(owner) = &owner {
            Self::record_change(owner, netuid, change);
        }
        Ok(())
    }

    fn change_limit_passed(owner: &AccountId, netuid: NetUid, change: Change) -> bool {
        let tempo = u64::from(Tempo::<T>::get(netuid));
        let (last, epochs) = match change {
            Change::Hyperparameter(parameter) => (
                LastRateLimitedBlock::<T>::get(RateLimitKey::OwnerHyperparamUpdate(netuid, parameter)),
                OwnerHyperparamRateLimit::<T>::get().into(),
            ),
            Change::WeightsVersionKey => (
                TransactionKeyLastBlock::<T>::get((owner, netuid, SET_WEIGHTS_VERSION_KEY)),
                WeightsVersionKeyRateLimit::<T>::get(),
            ),
            Change::Free => return true,
        };
        last == 0 || Self::block().saturating_sub(last) >= tempo.saturating_mul(epochs)
    }

    fn record_change(owner: &AccountId, netuid: NetUid, change: Change) {
        let block = Self::block();
        match change {
            Change::Hyperparameter(parameter) => {
                let key = RateLimitKey::OwnerHyperparamUpdate(netuid, parameter);
                LastRateLimitedBlock::<T>::insert(key, block);
            }
            Change::WeightsVersionKey => {
                let key = (owner, netuid, SET_WEIGHTS_VERSION_KEY);
                TransactionKeyLastBlock::<T>::insert(key, block);
            }
            Change::Free => {}
        }
    }
}
