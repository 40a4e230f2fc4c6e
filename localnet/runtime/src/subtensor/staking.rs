//! Staking one to one: a rao of TAO for a rao of the subnet's token.

use super::*;
use crate::{AccountId, NetUid, RAO_PER_TAO, ROOT};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

/// Smallest stake to add, or to leave with, in rao.
pub const MIN_STAKE: u64 = 2_000_000;

/// Price of every token, in rao of TAO for a whole token.
pub const PRICE: u64 = RAO_PER_TAO;

impl<T: Config> Pallet<T> {
    /// Stakes `amount` rao of TAO; how much of the token that bought.
    pub(super) fn do_add_stake(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
    ) -> Result<u64, DispatchError> {
        Self::check_add(coldkey, hotkey, netuid, amount)?;
        Self::buy(hotkey, coldkey, netuid, amount)
    }

    /// `do_add_stake` unless a token costs more than `limit`.
    pub(super) fn do_add_stake_limit(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        (limit, partial): (u64, bool),
    ) -> Result<u64, DispatchError> {
        Self::check_open(netuid)?;
        ensure!(amount >= MIN_STAKE, Error::<T>::AmountTooLow);
        let affordable = limit >= PRICE;
        ensure!(partial || affordable, Error::<T>::SlippageTooHigh);
        let amount = if affordable { amount } else { 0 };
        ensure!(
            amount <= Self::spendable(coldkey),
            Error::<T>::NotEnoughBalanceToStake
        );
        Self::ensure_known(hotkey)?;
        // What is left to buy is nothing, which is too little.
        ensure!(affordable, Error::<T>::AmountTooLow);
        Self::become_delegate_of(hotkey, coldkey);
        Self::buy(hotkey, coldkey, netuid, amount)
    }

    /// Takes up to `amount`, what is there if that is less.
    pub(super) fn do_remove_stake(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
    ) -> DispatchResult {
        ensure!(
            SubtokenEnabled::<T>::get(netuid),
            Error::<T>::SubtokenDisabled
        );
        let amount = amount.min(Self::stake_of(hotkey, coldkey, netuid));
        Self::check_remove(coldkey, hotkey, netuid, amount, true)?;
        Self::sell(hotkey, coldkey, netuid, amount)?;
        Self::after_removal(hotkey, coldkey, netuid)
    }

    /// Takes exactly `amount` unless a token brings less than `limit`; then nothing, if a part of it is
    /// welcome.
    pub(super) fn do_remove_stake_limit(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        (limit, partial): (u64, bool),
    ) -> DispatchResult {
        let pays = limit <= PRICE;
        Self::check_remove(coldkey, hotkey, netuid, amount, partial || pays)?;
        Self::sell(hotkey, coldkey, netuid, if pays { amount } else { 0 })?;
        Self::after_removal(hotkey, coldkey, netuid)
    }

    /// Takes all stake off a hotkey on a subnet.
    pub(super) fn do_remove_stake_full_limit(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        limit: Option<u64>,
    ) -> DispatchResult {
        let all = Self::stake_of(hotkey, coldkey, netuid);
        match limit {
            Some(limit) => {
                Self::do_remove_stake_limit(coldkey, hotkey, netuid, all, (limit, false))
            }
            None => Self::do_remove_stake(coldkey, hotkey, netuid, all),
        }
    }

    /// Takes all stake off a hotkey, wherever that is possible.
    pub(super) fn do_unstake_all(coldkey: &AccountId, hotkey: &AccountId) -> DispatchResult {
        Self::ensure_known(hotkey)?;
        Self::sell_all(coldkey, hotkey, Self::netuids()).map(|_| ())
    }

    /// Stakes on root what a hotkey held on subnets.
    pub(super) fn do_unstake_all_alpha(coldkey: &AccountId, hotkey: &AccountId) -> DispatchResult {
        Self::ensure_known(hotkey)?;
        let mut subnets = Self::netuids();
        subnets.retain(|netuid| *netuid != ROOT);
        let received = Self::sell_all(coldkey, hotkey, subnets)?;
        ensure!(received > 0, Error::<T>::AmountTooLow);
        Self::buy(hotkey, coldkey, ROOT, received).map(|_| ())
    }

    fn sell_all(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuids: Vec<NetUid>,
    ) -> Result<u64, DispatchError> {
        let mut received = 0u64;
        for netuid in netuids {
            let all = Self::stake_of(hotkey, coldkey, netuid);
            let sellable = Self::check_remove(coldkey, hotkey, netuid, all, true).is_ok();
            if SubtokenEnabled::<T>::get(netuid) && sellable {
                Self::sell(hotkey, coldkey, netuid, all)?;
                received = received.saturating_add(all);
            }
        }
        Ok(received)
    }

    fn check_open(netuid: NetUid) -> Result<(), Error<T>> {
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(
            SubtokenEnabled::<T>::get(netuid),
            Error::<T>::SubtokenDisabled
        );
        Ok(())
    }

    pub(super) fn ensure_known(hotkey: &AccountId) -> Result<(), Error<T>> {
        ensure!(
            Owner::<T>::contains_key(hotkey),
            Error::<T>::HotKeyAccountNotExists
        );
        Ok(())
    }

    fn check_add(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
    ) -> Result<(), Error<T>> {
        Self::check_open(netuid)?;
        ensure!(amount >= MIN_STAKE, Error::<T>::AmountTooLow);
        ensure!(
            amount <= Self::spendable(coldkey),
            Error::<T>::NotEnoughBalanceToStake
        );
        Self::ensure_known(hotkey)
    }

    fn check_remove(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        price_is_right: bool,
    ) -> Result<(), Error<T>> {
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(amount > 0, Error::<T>::AmountTooLow);
        let staked = Self::stake_of(hotkey, coldkey, netuid);
        ensure!(amount <= staked, Error::<T>::NotEnoughStakeToWithdraw);
        let enough = amount == staked || amount >= MIN_STAKE;
        ensure!(enough, Error::<T>::AmountTooLow);
        ensure!(price_is_right, Error::<T>::SlippageTooHigh);
        Self::ensure_known(hotkey)
    }

    /// Pays TAO of a coldkey into a subnet and credits it with the tokens; how many.
    pub(super) fn buy(
        hotkey: &AccountId,
        coldkey: &AccountId,
        netuid: NetUid,
        amount: u64,
    ) -> Result<u64, DispatchError> {
        let paid = Self::pay_subnet(netuid, coldkey, amount)?;
        Self::issue_stake(hotkey, coldkey, netuid, paid);
        Self::record_flow(netuid, paid, true);
        LastColdkeyHotkeyStakeBlock::<T>::insert(coldkey, hotkey, Self::block());
        let event = Event::StakeAdded(coldkey.clone(), hotkey.clone(), paid, paid, netuid, 0);
        Self::deposit_event(event);
        Ok(paid)
    }

    /// Destroys tokens of a coldkey and pays it their TAO out of the subnet.
    pub(super) fn sell(
        hotkey: &AccountId,
        coldkey: &AccountId,
        netuid: NetUid,
        amount: u64,
    ) -> DispatchResult {
        Self::debit_stake(hotkey, coldkey, netuid, amount);
        Self::pay_from_subnet(netuid, coldkey, amount)?;
        SubnetTAO::<T>::mutate(netuid, |tao| *tao = tao.saturating_sub(amount));
        SubnetAlphaOut::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_sub(amount));
        SubnetVolume::<T>::mutate(netuid, |volume| {
            *volume = volume.saturating_add(amount.into())
        });
        TotalStake::<T>::mutate(|total| *total = total.saturating_sub(amount));
        Self::record_flow(netuid, amount, false);
        LastColdkeyHotkeyStakeBlock::<T>::insert(coldkey, hotkey, Self::block());
        let event = Event::StakeRemoved(coldkey.clone(), hotkey.clone(), amount, amount, netuid, 0);
        Self::deposit_event(event);
        Ok(())
    }

    /// A hotkey that has too little stake left may not change its children any more.
    fn after_removal(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid) -> DispatchResult {
        let left = Self::stake_of(hotkey, coldkey, netuid);
        let small = left > 0 && left < NominatorMinRequiredStake::<T>::get();
        if small && !Self::owns(coldkey, hotkey) {
            Self::sell(hotkey, coldkey, netuid, left)?;
        }
        if Self::stake_everywhere(hotkey) < StakeThreshold::<T>::get() {
            for netuid in Self::netuids() {
                PendingChildKeys::<T>::remove(netuid, hotkey);
            }
        }
        Ok(())
    }

    /// A hotkey on which another's coldkey stakes is a delegate from then on.
    pub(super) fn become_delegate_of(hotkey: &AccountId, coldkey: &AccountId) {
        if Owner::<T>::get(hotkey) != *coldkey && !Delegates::<T>::contains_key(hotkey) {
            Delegates::<T>::insert(hotkey, Delegates::<T>::get(hotkey));
        }
    }

    /// Stake on a hotkey on all subnets together, in rao.
    pub fn stake_everywhere(hotkey: &AccountId) -> u64 {
        Self::netuids().into_iter().fold(0u64, |sum, netuid| {
            sum.saturating_add(Self::stake_on(hotkey, netuid))
        })
    }

    /// Tokens for TAO that the subnet has already received.
    pub fn issue_stake(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid, amount: u64) {
        SubnetTAO::<T>::mutate(netuid, |tao| *tao = tao.saturating_add(amount));
        SubnetAlphaOut::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_add(amount));
        SubnetVolume::<T>::mutate(netuid, |volume| {
            *volume = volume.saturating_add(amount.into())
        });
        TotalStake::<T>::mutate(|total| *total = total.saturating_add(amount));
        Self::credit_stake(hotkey, coldkey, netuid, amount);
    }

    /// Counts TAO that users moved into a subnet, or out of it.
    pub(super) fn record_flow(netuid: NetUid, amount: u64, inward: bool) {
        let amount = i64::try_from(amount).unwrap_or(i64::MAX);
        SubnetTaoFlow::<T>::mutate(netuid, |flow| {
            *flow = if inward {
                flow.saturating_add(amount)
            } else {
                flow.saturating_sub(amount)
            };
        });
    }
}
