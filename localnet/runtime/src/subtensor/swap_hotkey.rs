//! A coldkey gives the place of one of its hotkeys to a new one: uid, stake, family, what it serves.

use super::*;
use crate::{AccountId, NetUid, ROOT};
use frame_support::{
    ensure,
    traits::{
        fungible::{Balanced, Inspect},
        tokens::{Fortitude, Precision, Preservation},
    },
};
use sp_runtime::DispatchResult;

/// Price of a swap on all subnets, in rao.
pub(super) const COST: u64 = 100_000_000;
/// Price of a swap on one subnet, in rao.
pub(super) const SUBNET_COST: u64 = 1_000_000;
/// Blocks between two swaps of a coldkey on a subnet.
pub(super) const INTERVAL: u64 = 7_200;

impl<T: Config> Pallet<T> {
    /// Swaps on one subnet, or on all; stake may stay with the old hotkey.
    pub(super) fn do_swap_hotkey(
        coldkey: &AccountId,
        old: &AccountId,
        new: &AccountId,
        netuid: Option<NetUid>,
        keep_stake: bool,
    ) -> DispatchResult {
        Self::check_swap(coldkey, old, new, netuid)?;
        for key in [
            RateLimitKey::LastTxBlock,
            RateLimitKey::LastTxBlockDelegateTake,
            RateLimitKey::LastTxBlockChildKeyTake,
        ] {
            let last = LastRateLimitedBlock::<T>::get(key(old.clone()));
            LastRateLimitedBlock::<T>::insert(key(new.clone()), last);
        }
        match netuid {
            Some(netuid) => Self::swap_on_one(coldkey, old, new, netuid, keep_stake)?,
            None => Self::swap_on_all(coldkey, old, new, keep_stake)?,
        }
        let key = RateLimitKey::LastTxBlock(coldkey.clone());
        LastRateLimitedBlock::<T>::insert(key, Self::block());
        let (coldkey, old_hotkey, new_hotkey) = (coldkey.clone(), old.clone(), new.clone());
        Self::deposit_event(match netuid {
            Some(netuid) => Event::HotkeySwappedOnSubnet {
                coldkey,
                old_hotkey,
                new_hotkey,
                netuid,
            },
            None => Event::HotkeySwapped {
                coldkey,
                old_hotkey,
                new_hotkey,
            },
        });
        Ok(())
    }

    fn check_swap(
        coldkey: &AccountId,
        old: &AccountId,
        new: &AccountId,
        netuid: Option<NetUid>,
    ) -> Result<(), Error<T>> {
        let foreign = Owner::<T>::contains_key(new) && !Self::owns(coldkey, new);
        ensure!(
            Self::owns(coldkey, old) && !foreign,
            Error::<T>::NonAssociatedColdKey
        );
        ensure!(old != new, Error::<T>::NewHotKeyIsSameWithOld);
        let last = LastRateLimitedBlock::<T>::get(RateLimitKey::LastTxBlock(coldkey.clone()));
        ensure!(
            Self::is_past(last, TxRateLimit::<T>::get()),
            Error::<T>::HotKeySetTxRateLimitExceeded
        );
        let member = match netuid {
            Some(netuid) => IsNetworkMember::<T>::contains_key(new, netuid),
            None => IsNetworkMember::<T>::iter_prefix_values(new).any(|member| member),
        };
        ensure!(!member, Error::<T>::HotKeyAlreadyRegisteredInSubNet);
        let touches_root = netuid.is_none_or(|netuid| netuid == ROOT);
        ensure!(
            !touches_root || Self::stake_on(new, ROOT) == 0,
            Error::<T>::NewHotKeyNotCleanForRootSwap
        );
        Ok(())
    }

    fn swap_on_one(
        coldkey: &AccountId,
        old: &AccountId,
        new: &AccountId,
        netuid: NetUid,
        keep_stake: bool,
    ) -> DispatchResult {
        let last = LastHotkeySwapOnNetuid::<T>::get(netuid, coldkey);
        ensure!(
            last.saturating_add(INTERVAL) < Self::block(),
            Error::<T>::HotKeySwapOnSubnetIntervalNotPassed
        );
        Self::pay_swap(coldkey, new, SUBNET_COST)?;
        Owner::<T>::insert(new, coldkey);
        OwnedHotkeys::<T>::mutate(coldkey, |keys| super::accounts::remember(keys, new));
        Self::swap_places(old, new, netuid, keep_stake)?;
        LastHotkeySwapOnNetuid::<T>::insert(netuid, coldkey, Self::block());
        Ok(())
    }

    fn swap_on_all(
        coldkey: &AccountId,
        old: &AccountId,
        new: &AccountId,
        keep_stake: bool,
    ) -> DispatchResult {
        let netuids = Self::netuids();
        let affected: Vec<NetUid> = netuids
            .iter()
            .copied()
            .filter(|netuid| {
                IsNetworkMember::<T>::get(old, netuid)
                    || !ChildKeys::<T>::get(old, netuid).is_empty()
            })
            .collect();
        for netuid in &affected {
            let last = LastHotkeySwapOnNetuid::<T>::get(netuid, coldkey);
            ensure!(
                last == 0 || last.saturating_add(INTERVAL) < Self::block(),
                Error::<T>::HotKeySwapOnSubnetIntervalNotPassed
            );
        }
        Self::pay_swap(coldkey, new, COST)?;
        Owner::<T>::remove(old);
        Owner::<T>::insert(new, coldkey);
        OwnedHotkeys::<T>::mutate(coldkey, |keys| {
            super::accounts::remember(keys, new);
            keys.retain(|key| key != old);
        });
        let stakers: Vec<AccountId> = AlphaV2::<T>::iter_key_prefix((old,))
            .map(|(coldkey, _)| coldkey)
            .collect();
        for netuid in netuids {
            Self::swap_places(old, new, netuid, keep_stake)?;
        }
        for key in [
            RateLimitKey::LastTxBlock,
            RateLimitKey::LastTxBlockDelegateTake,
            RateLimitKey::LastTxBlockChildKeyTake,
        ] {
            LastRateLimitedBlock::<T>::remove(key(old.clone()));
        }
        if Delegates::<T>::contains_key(old) {
            Delegates::<T>::insert(new, Delegates::<T>::take(old));
        }
        for staker in stakers.iter().filter(|_| !keep_stake) {
            StakingHotkeys::<T>::mutate(staker, |keys| {
                if keys.contains(old) {
                    keys.retain(|key| key != old && key != new);
                    keys.push(new.clone());
                }
            });
        }
        for netuid in affected {
            LastHotkeySwapOnNetuid::<T>::insert(netuid, coldkey, Self::block());
        }
        Ok(())
    }

    /// Recycles a swap's price.
    fn pay_swap(coldkey: &AccountId, new: &AccountId, cost: u64) -> DispatchResult {
        ensure!(
            !super::accounts::is_subnet_account(new),
            Error::<T>::CannotUseSystemAccount
        );
        ensure!(
            cost <= Self::spendable(coldkey),
            Error::<T>::NotEnoughBalanceToPaySwapHotKey
        );
        let (polite, open) = (Fortitude::Polite, Preservation::Preserve);
        ensure!(
            cost <= T::Currency::reducible_balance(coldkey, open, polite),
            Error::<T>::InsufficientBalance
        );
        let (exact, close) = (Precision::Exact, Preservation::Expendable);
        // What is withdrawn and dropped is no longer in existence.
        let _ = T::Currency::withdraw(coldkey, cost, exact, close, Fortitude::Force)
            .map_err(|_| Error::<T>::BalanceWithdrawalError)?;
        TotalIssuance::<T>::mutate(|total| *total = total.saturating_sub(cost));
        Ok(())
    }

    fn swap_places(
        old: &AccountId,
        new: &AccountId,
        netuid: NetUid,
        keep_stake: bool,
    ) -> DispatchResult {
        let member = IsNetworkMember::<T>::take(old, netuid);
        IsNetworkMember::<T>::insert(new, netuid, member);
        if member {
            Self::swap_neuron(old, new, netuid);
        }
        if ChildkeyTake::<T>::contains_key(old, netuid) {
            ChildkeyTake::<T>::insert(new, netuid, ChildkeyTake::<T>::take(old, netuid));
        }
        Self::inherit_family(netuid, old, new)?;
        Self::rename_pending_child(netuid, old, new);
        if SubnetOwnerHotkey::<T>::try_get(netuid).is_ok_and(|owner| owner == *old) {
            Self::put_owner_hotkey(netuid, new.clone())?;
        }
        if !keep_stake {
            Self::swap_stakes(old, new, netuid);
        }
        Ok(())
    }

    fn swap_neuron(old: &AccountId, new: &AccountId, netuid: NetUid) {
        if let Some(uid) = Uids::<T>::take(netuid, old) {
            Uids::<T>::insert(netuid, new, uid);
            Keys::<T>::insert(netuid, uid, new);
        }
        if let Some(info) = Prometheus::<T>::take(netuid, old) {
            Prometheus::<T>::insert(netuid, new, info);
        }
        if let Some(info) = Axons::<T>::take(netuid, old) {
            Axons::<T>::insert(netuid, new, info);
        }
        for index in Self::storage_indexes(netuid) {
            if let Some(commits) = WeightCommits::<T>::take(index, old) {
                WeightCommits::<T>::insert(index, new, commits);
            }
        }
        if let Some(certificate) = NeuronCertificates::<T>::take(netuid, old) {
            NeuronCertificates::<T>::insert(netuid, new, certificate);
        }
    }

    fn rename_pending_child(netuid: NetUid, old: &AccountId, new: &AccountId) {
        let pending: Vec<_> = PendingChildKeys::<T>::iter_prefix(netuid).collect();
        for (parent, (mut children, effect)) in pending {
            if let Some(at) = children.iter().position(|(_, child)| child == old) {
                let (share, _) = children.remove(at);
                children.push((share, new.clone()));
                PendingChildKeys::<T>::insert(netuid, parent, (children, effect));
            }
        }
    }

    fn swap_stakes(old: &AccountId, new: &AccountId, netuid: NetUid) {
        let staked = TotalHotkeyAlphaLastEpoch::<T>::take(old, netuid);
        TotalHotkeyAlphaLastEpoch::<T>::mutate(new, netuid, |sum| {
            *sum = sum.saturating_add(staked)
        });
        let earned = AlphaDividendsPerSubnet::<T>::take(netuid, old);
        AlphaDividendsPerSubnet::<T>::mutate(netuid, new, |sum| *sum = sum.saturating_add(earned));
        let stakers: std::collections::BTreeSet<AccountId> = AlphaV2::<T>::iter_key_prefix((old,))
            .filter(|(_, of)| *of == netuid)
            .map(|(coldkey, _)| coldkey)
            .collect();
        for coldkey in stakers {
            let stake = Self::stake_of(old, &coldkey, netuid);
            Self::debit_stake(old, &coldkey, netuid, stake);
            Self::credit_stake(new, &coldkey, netuid, stake);
        }
        if netuid == ROOT && AutoParentDelegationEnabled::<T>::contains_key(old) {
            let enabled = AutoParentDelegationEnabled::<T>::take(old);
            AutoParentDelegationEnabled::<T>::insert(new, enabled);
        }
    }
}
