//! Stake as shares of a pool: each hotkey on a subnet holds one amount, coldkeys hold shares of it,
//! so that paying dividends to all of them is one write.

use super::accounts::remember;
use super::{AlphaV2, Config, Pallet, SafeFloat, StakingHotkeys, TotalHotkeyAlpha, TotalHotkeySharesV2};
use crate::{AccountId, NetUid};

impl<T: Config> Pallet<T> {
    /// Stake on a hotkey, from all coldkeys, in rao of the subnet's token.
    pub fn stake_on(hotkey: &AccountId, netuid: NetUid) -> u64 {
        TotalHotkeyAlpha::<T>::get(hotkey, netuid)
    }

    /// A coldkey's stake on a hotkey, in rao of the subnet's token.
    pub fn stake_of(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid) -> u64 {
        let share = AlphaV2::<T>::get((hotkey, coldkey, netuid));
        let all = TotalHotkeySharesV2::<T>::get(hotkey, netuid);
        SafeFloat::from(Self::stake_on(hotkey, netuid)).mul_div(share, all).map_or(0, u64::from)
    }

    /// Adds to a hotkey's stake in the name of all its stakers.
    pub fn grow_stake(hotkey: &AccountId, netuid: NetUid, amount: u64) {
        Self::set_pool(hotkey, netuid, Self::stake_on(hotkey, netuid).saturating_add(amount));
    }

    /// Adds to a coldkey's stake.
    pub fn credit_stake(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid, amount: u64) {
        if amount == 0 {
            return;
        }
        StakingHotkeys::<T>::mutate(coldkey, |hotkeys| remember(hotkeys, hotkey));
        let all = TotalHotkeySharesV2::<T>::get(hotkey, netuid);
        let bought = Self::shares_for(hotkey, netuid, amount);
        let share = AlphaV2::<T>::get((hotkey, coldkey, netuid));
        Self::set_share(hotkey, coldkey, netuid, share.add(bought).unwrap_or(share));
        Self::set_shares(hotkey, netuid, all.add(bought).unwrap_or(all));
        Self::grow_stake(hotkey, netuid, amount);
    }

    /// Takes from a coldkey's stake; nothing if it has less.
    pub fn debit_stake(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid, amount: u64) {
        if amount == 0 || Self::stake_of(hotkey, coldkey, netuid) < amount {
            return;
        }
        let all = TotalHotkeySharesV2::<T>::get(hotkey, netuid);
        let sold = Self::shares_for(hotkey, netuid, amount);
        let share = AlphaV2::<T>::get((hotkey, coldkey, netuid));
        Self::set_share(hotkey, coldkey, netuid, share.sub(sold).unwrap_or(share));
        Self::set_shares(hotkey, netuid, all.sub(sold).unwrap_or(all));
        Self::set_pool(hotkey, netuid, Self::stake_on(hotkey, netuid).saturating_sub(amount));
    }

    /// Shares that an amount is worth now; one each in a pool without shares.
    fn shares_for(hotkey: &AccountId, netuid: NetUid, amount: u64) -> SafeFloat {
        let all = TotalHotkeySharesV2::<T>::get(hotkey, netuid);
        let amount = SafeFloat::from(amount);
        if all.is_zero() {
            return amount;
        }
        amount.mul_div(all, SafeFloat::from(Self::stake_on(hotkey, netuid))).unwrap_or_default()
    }

    // The chain keeps no zeros: an absent entry and a zero must not be told apart.

    fn set_pool(hotkey: &AccountId, netuid: NetUid, amount: u64) {
        match amount {
            0 => TotalHotkeyAlpha::<T>::remove(hotkey, netuid),
            _ => TotalHotkeyAlpha::<T>::insert(hotkey, netuid, amount),
        }
    }

    fn set_share(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid, share: SafeFloat) {
        let key = (hotkey, coldkey, netuid);
        if share.is_zero() { AlphaV2::<T>::remove(key) } else { AlphaV2::<T>::insert(key, share) }
    }

    fn set_shares(hotkey: &AccountId, netuid: NetUid, shares: SafeFloat) {
        if shares.is_zero() {
            TotalHotkeySharesV2::<T>::remove(hotkey, netuid);
        } else {
            TotalHotkeySharesV2::<T>::insert(hotkey, netuid, shares);
        }
    }
}
