//! Who may change a subnet's settings, how often and when.

use super::*;
use crate::{AccountId, NetUid};
use frame_support::ensure;
use frame_system::{ensure_signed, ensure_signed_or_root, pallet_prelude::OriginFor};
use sp_runtime::{DispatchError, DispatchResult};
use yuma::schedule::MIN_TEMPO;

/// What an owner's changes are counted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// One of the hyperparameters, each counted by itself.
    Owned(Hyperparameter),
    WeightsVersionKey,
    MechanismCount,
    EmissionSplit,
    Trim,
    Tempo,
    /// Not limited.
    Free,
}

/// Blocks of a day.
const DAY: u64 = 7_200;
/// Blocks between two changes of the owner's hotkey.
const OWNER_HOTKEY_LIMIT: u64 = 7 * DAY;

impl Change {
    /// Its number among the kinds of transactions that a key is limited in.
    fn kind(self) -> Option<u16> {
        match self {
            Self::Owned(_) | Self::Free => None,
            Self::WeightsVersionKey => Some(4),
            Self::MechanismCount => Some(7),
            Self::EmissionSplit => Some(8),
            Self::Trim => Some(9),
            Self::Tempo => Some(11),
        }
    }

    /// Blocks between two of its kind.
    fn limit<T: Config>(self, netuid: NetUid) -> u64 {
        let tempo = u64::from(Tempo::<T>::get(netuid));
        match self {
            Self::Owned(_) => tempo.saturating_mul(OwnerHyperparamRateLimit::<T>::get().into()),
            Self::WeightsVersionKey => tempo.saturating_mul(WeightsVersionKeyRateLimit::<T>::get()),
            Self::MechanismCount | Self::EmissionSplit => DAY,
            Self::Trim => 30 * DAY,
            Self::Tempo => MIN_TEMPO.into(),
            Self::Free => 0,
        }
    }
}

impl<T: Config> Pallet<T> {
    /// The owner's coldkey, or none for root; anyone else is refused.
    pub fn owner_or_root(
        origin: OriginFor<T>,
        netuid: NetUid,
    ) -> Result<Option<AccountId>, DispatchError> {
        let who = ensure_signed_or_root(origin)?;
        let stranger = who
            .as_ref()
            .is_some_and(|who| SubnetOwner::<T>::get(netuid) != *who);
        ensure!(!stranger, DispatchError::BadOrigin);
        Ok(who)
    }

    /// The owner's coldkey; anyone else, root too, is refused.
    pub fn only_owner(origin: OriginFor<T>, netuid: NetUid) -> Result<AccountId, DispatchError> {
        let who = ensure_signed(origin)?;
        let owner = SubnetOwner::<T>::get(netuid) == who;
        ensure!(owner, DispatchError::BadOrigin);
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
            Self::ensure_limit_passed(owner, netuid, change)?;
        }
        Self::ensure_window_open(netuid)?;
        apply()?;
        if let Some(owner) = &owner {
            Self::record_change(owner, netuid, change);
        }
        Ok(())
    }

    /// Whether enough blocks have passed since the owner's last change of this kind; the first may
    /// always.
    pub fn ensure_limit_passed(
        owner: &AccountId,
        netuid: NetUid,
        change: Change,
    ) -> Result<(), Error<T>> {
        let last = match (change, change.kind()) {
            (Change::Owned(parameter), _) => {
                let key = RateLimitKey::OwnerHyperparamUpdate(netuid, parameter);
                LastRateLimitedBlock::<T>::get(key)
            }
            (_, Some(kind)) => TransactionKeyLastBlock::<T>::get((owner, netuid, kind)),
            (_, None) => 0,
        };
        let passed = Self::passed(last, change.limit::<T>(netuid));
        ensure!(passed, Error::<T>::TxRateLimitExceeded);
        Ok(())
    }

    pub(super) fn record_change(owner: &AccountId, netuid: NetUid, change: Change) {
        let block = Self::block();
        if let Change::Owned(parameter) = change {
            let key = RateLimitKey::OwnerHyperparamUpdate(netuid, parameter);
            LastRateLimitedBlock::<T>::insert(key, block);
        }
        if let Some(kind) = change.kind() {
            TransactionKeyLastBlock::<T>::insert((owner, netuid, kind), block);
        }
    }

    /// Makes a hotkey that of the owner, once a week, also for root.
    pub fn do_set_owner_hotkey(netuid: NetUid, hotkey: AccountId) -> DispatchResult {
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        let key = RateLimitKey::SetSNOwnerHotkey(netuid);
        let passed = Self::passed(LastRateLimitedBlock::<T>::get(&key), OWNER_HOTKEY_LIMIT);
        ensure!(passed, Error::<T>::TxRateLimitExceeded);
        Self::put_owner_hotkey(netuid, hotkey)?;
        LastRateLimitedBlock::<T>::insert(key, Self::block());
        Ok(())
    }

    pub(super) fn put_owner_hotkey(netuid: NetUid, hotkey: AccountId) -> DispatchResult {
        let system = super::accounts::is_subnet_account(&hotkey);
        ensure!(!system, Error::<T>::CannotUseSystemAccount);
        SubnetOwnerHotkey::<T>::insert(netuid, &hotkey);
        Self::deposit_event(Event::SubnetOwnerHotkeySet(netuid, hotkey));
        Ok(())
    }

    pub(super) fn passed(last: u64, limit: u64) -> bool {
        last == 0 || Self::block().saturating_sub(last) >= limit
    }
}
