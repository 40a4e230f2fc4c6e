//! What hotkeys keep of dividends: as delegates, and as children.

use super::*;
use crate::{AccountId, NetUid, ROOT};
use frame_support::ensure;
use sp_runtime::DispatchResult;

/// Number of changes of a childkey take among the kinds of transactions that a key is limited in.
const SET_CHILDKEY_TAKE: u16 = 1;

impl<T: Config> Pallet<T> {
    pub(super) fn do_decrease_take(
        coldkey: AccountId,
        hotkey: AccountId,
        take: u16,
    ) -> DispatchResult {
        Self::check_take_owner(&coldkey, &hotkey)?;
        let lower = Delegates::<T>::try_get(&hotkey).map_or(true, |now| take < now);
        ensure!(
            lower && take >= MinDelegateTake::<T>::get(),
            Error::<T>::DelegateTakeTooLow
        );
        Self::put_take(&hotkey, take);
        Self::deposit_event(Event::TakeDecreased(coldkey, hotkey, take));
        Ok(())
    }

    pub(super) fn do_increase_take(
        coldkey: AccountId,
        hotkey: AccountId,
        take: u16,
    ) -> DispatchResult {
        Self::check_take_owner(&coldkey, &hotkey)?;
        let higher = Delegates::<T>::try_get(&hotkey).map_or(true, |now| take > now);
        ensure!(higher, Error::<T>::DelegateTakeTooLow);
        ensure!(
            take <= MaxDelegateTake::<T>::get(),
            Error::<T>::DelegateTakeTooHigh
        );
        let key = RateLimitKey::LastTxBlockDelegateTake(hotkey.clone());
        let last = LastRateLimitedBlock::<T>::get(key);
        ensure!(
            Self::is_past(last, TxDelegateTakeRateLimit::<T>::get()),
            Error::<T>::DelegateTxRateLimitExceeded
        );
        Self::put_take(&hotkey, take);
        Self::deposit_event(Event::TakeIncreased(coldkey, hotkey, take));
        Ok(())
    }

    fn put_take(hotkey: &AccountId, take: u16) {
        Delegates::<T>::insert(hotkey, take);
        let key = RateLimitKey::LastTxBlockDelegateTake(hotkey.clone());
        LastRateLimitedBlock::<T>::insert(key, Self::block());
    }

    /// Whether more than `limit` blocks have passed since a block; none is 0.
    pub(super) fn is_past(last: u64, limit: u64) -> bool {
        limit == 0 || last == 0 || Self::block().saturating_sub(last) > limit
    }

    fn check_take_owner(coldkey: &AccountId, hotkey: &AccountId) -> Result<(), Error<T>> {
        Self::ensure_known(hotkey)?;
        ensure!(
            Self::owns(coldkey, hotkey),
            Error::<T>::NonAssociatedColdKey
        );
        Ok(())
    }

    /// What the pool asks of a call that changes a take.
    pub(super) fn check_take(who: &AccountId, call: &Call<T>) -> Result<(), Error<T>> {
        let (Call::increase_take { hotkey, take } | Call::decrease_take { hotkey, take }) = call
        else {
            return Ok(());
        };
        ensure!(
            *take >= MinDelegateTake::<T>::get(),
            Error::<T>::DelegateTakeTooLow
        );
        ensure!(
            *take <= MaxDelegateTake::<T>::get(),
            Error::<T>::DelegateTakeTooHigh
        );
        Self::check_take_owner(who, hotkey)
    }

    pub(super) fn do_set_childkey_take(
        coldkey: &AccountId,
        hotkey: AccountId,
        netuid: NetUid,
        take: u16,
    ) -> DispatchResult {
        ensure!(
            Self::owns(coldkey, &hotkey),
            Error::<T>::NonAssociatedColdKey
        );
        let takes = Self::min_childkey_take(netuid)..=MaxChildkeyTake::<T>::get();
        ensure!(takes.contains(&take), Error::<T>::InvalidChildkeyTake);
        let last = TransactionKeyLastBlock::<T>::get((&hotkey, netuid, SET_CHILDKEY_TAKE));
        ensure!(
            take <= Self::childkey_take(&hotkey, netuid)
                || Self::passed(last, TxChildkeyTakeRateLimit::<T>::get()),
            Error::<T>::TxChildkeyTakeRateLimitExceeded
        );
        let key = (&hotkey, netuid, SET_CHILDKEY_TAKE);
        TransactionKeyLastBlock::<T>::insert(key, Self::block());
        ChildkeyTake::<T>::insert(&hotkey, netuid, take);
        Self::deposit_event(Event::ChildKeyTakeSet(hotkey, take));
        Ok(())
    }

    fn min_childkey_take(netuid: NetUid) -> u16 {
        MinChildkeyTake::<T>::get().max(MinChildkeyTakePerSubnet::<T>::get(netuid))
    }

    /// What a child keeps of the dividends it earns for parents of another owner, over 65535.
    pub fn childkey_take(hotkey: &AccountId, netuid: NetUid) -> u16 {
        ChildkeyTake::<T>::get(hotkey, netuid).max(Self::min_childkey_take(netuid))
    }

    /// Whether a root validator becomes the parent of new subnets' owners.
    pub(super) fn do_set_auto_parent_delegation(
        coldkey: &AccountId,
        hotkey: AccountId,
        enabled: bool,
    ) -> DispatchResult {
        ensure!(
            Self::owns(coldkey, &hotkey),
            Error::<T>::NonAssociatedColdKey
        );
        Self::uid(ROOT, &hotkey)?;
        AutoParentDelegationEnabled::<T>::insert(&hotkey, enabled);
        Self::deposit_event(Event::AutoParentDelegationEnabledSet { hotkey, enabled });
        Ok(())
    }
}
