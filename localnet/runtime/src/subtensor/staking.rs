//! Stake is added and taken at the price of the subnet's token.

use super::{market::Bid, *};
use crate::{AccountId, NetUid, ROOT, swap::Side};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};
use substrate_fixed::types::U64F64;

/// Smallest stake to add, or to leave with, in rao of TAO.
pub const MIN_STAKE: u64 = 2_000_000;

impl<T: Config> Pallet<T> {
    /// Stakes `amount` rao of TAO; how much of the token that bought.
    pub(super) fn do_add_stake(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
    ) -> Result<u64, DispatchError> {
        Self::ensure_tradable(Side::Buy, netuid, amount)?;
        Self::check_add(coldkey, hotkey, netuid, amount, (amount, false))?;
        let bid = Bid::market(Side::Buy);
        Self::buy(hotkey, coldkey, netuid, amount, bid)
    }

    /// Stakes what is possible before a token costs more than `limit`; unless a part is welcome, all of `amount` must
    /// be.
    pub(super) fn do_add_stake_limit(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        (limit, partial): (u64, bool),
    ) -> Result<u64, DispatchError> {
        Self::ensure_tradable(Side::Buy, netuid, amount)?;
        let most = Self::most_within(Side::Buy, netuid, limit)?;
        Self::check_add(coldkey, hotkey, netuid, amount, (most, partial))?;
        Self::become_delegate_of(hotkey, coldkey);
        let (amount, bid) = (amount.min(most), Bid::limit(limit));
        Self::buy(hotkey, coldkey, netuid, amount, bid)
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
        Self::ensure_tradable(Side::Sell, netuid, amount)?;
        Self::check_remove(coldkey, hotkey, netuid, amount, (amount, false))?;
        let bid = Bid::market(Side::Sell);
        Self::sell(hotkey, coldkey, netuid, amount, bid)?;
        Self::after_removal(hotkey, coldkey, netuid);
        Ok(())
    }

    /// Takes what is possible before a token brings less than `limit`; unless a part is welcome, all of `amount` must
    /// be.
    pub(super) fn do_remove_stake_limit(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        (limit, partial): (u64, bool),
    ) -> DispatchResult {
        Self::ensure_tradable(Side::Sell, netuid, amount)?;
        let most = Self::most_within(Side::Sell, netuid, limit)?;
        Self::check_remove(coldkey, hotkey, netuid, amount, (most, partial))?;
        let (amount, bid) = (amount.min(most), Bid::limit(limit));
        Self::sell(hotkey, coldkey, netuid, amount, bid)?;
        Self::after_removal(hotkey, coldkey, netuid);
        Ok(())
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
        let bid = Bid::market(Side::Buy);
        Self::buy(hotkey, coldkey, ROOT, received, bid).map(|_| ())
    }

    /// Rao of TAO that came of it.
    fn sell_all(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuids: Vec<NetUid>,
    ) -> Result<u64, DispatchError> {
        let mut received = 0u64;
        for netuid in netuids {
            let all = Self::stake_of(hotkey, coldkey, netuid);
            let sellable = Self::check_remove(coldkey, hotkey, netuid, all, (all, false)).is_ok();
            if SubtokenEnabled::<T>::get(netuid) && sellable {
                let bid = Bid::market(Side::Sell);
                let tao = Self::sell(hotkey, coldkey, netuid, all, bid)?;
                received = received.saturating_add(tao);
                Self::sell_small_nomination(hotkey, coldkey, netuid);
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

    /// Whether `amount` can be staked, of which a price limit lets `most` through.
    fn check_add(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        (most, partial): (u64, bool),
    ) -> DispatchResult {
        Self::check_open(netuid)?;
        let fee = Self::quote(Side::Buy, netuid, MIN_STAKE)
            .map_or_else(|_| Self::trading_fee(netuid, MIN_STAKE), |trade| trade.fee);
        let least = MIN_STAKE.saturating_add(fee);
        ensure!(amount >= least, Error::<T>::AmountTooLow);
        ensure!(partial || amount <= most, Error::<T>::SlippageTooHigh);
        let amount = amount.min(most);
        ensure!(
            amount <= Self::spendable(coldkey),
            Error::<T>::NotEnoughBalanceToStake
        );
        Self::ensure_known(hotkey)?;
        let trade = Self::quote(Side::Buy, netuid, amount)
            .map_err(|_| Error::<T>::InsufficientLiquidity)?;
        ensure!(trade.paid_in >= MIN_STAKE, Error::<T>::AmountTooLow);
        ensure!(trade.paid_out > 0, Error::<T>::InsufficientLiquidity);
        Ok(())
    }

    /// Whether `amount` can be taken, of which a price limit lets `most` through.
    fn check_remove(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
        (most, partial): (u64, bool),
    ) -> Result<(), Error<T>> {
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(amount > 0, Error::<T>::AmountTooLow);
        let staked = Self::stake_of(hotkey, coldkey, netuid);
        ensure!(amount <= staked, Error::<T>::NotEnoughStakeToWithdraw);
        let trade = Self::quote(Side::Sell, netuid, amount)
            .map_err(|_| Error::<T>::InsufficientLiquidity)?;
        let enough = amount == staked || trade.paid_out >= MIN_STAKE;
        ensure!(enough, Error::<T>::AmountTooLow);
        ensure!(partial || amount <= most, Error::<T>::SlippageTooHigh);
        Self::ensure_known(hotkey)
    }

    /// A hotkey that has too little stake left may not change its children any more.
    fn after_removal(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid) {
        Self::sell_small_nomination(hotkey, coldkey, netuid);
        if Self::stake_everywhere(hotkey) < StakeThreshold::<T>::get() {
            for netuid in Self::netuids() {
                PendingChildKeys::<T>::remove(netuid, hotkey);
            }
        }
    }

    /// Sells what another's coldkey has left on a hotkey if it is worth less than root demands; destroys it if nobody
    /// buys it.
    fn sell_small_nomination(hotkey: &AccountId, coldkey: &AccountId, netuid: NetUid) {
        let left = Self::stake_of(hotkey, coldkey, netuid);
        let least: u64 = U64F64::saturating_from_num(NominatorMinRequiredStake::<T>::get())
            .checked_div(Self::token_price(netuid))
            .unwrap_or_default()
            .saturating_to_num();
        if left == 0 || left >= least || Self::owns(coldkey, hotkey) {
            return;
        }
        let bid = Bid::market(Side::Sell);
        if Self::sell(hotkey, coldkey, netuid, left, bid).is_err() {
            let left = Self::stake_of(hotkey, coldkey, netuid);
            Self::debit_stake(hotkey, coldkey, netuid, left);
        }
    }

    /// A hotkey on which another's coldkey stakes is a delegate from then on.
    pub(super) fn become_delegate_of(hotkey: &AccountId, coldkey: &AccountId) {
        if Owner::<T>::get(hotkey) != *coldkey && !Delegates::<T>::contains_key(hotkey) {
            Delegates::<T>::insert(hotkey, Delegates::<T>::get(hotkey));
        }
    }

    /// Worth of the stake on a hotkey on all subnets together, in rao of TAO.
    pub fn stake_everywhere(hotkey: &AccountId) -> u64 {
        let worth = |netuid| {
            let tokens = U64F64::saturating_from_num(Self::stake_on(hotkey, netuid));
            tokens.saturating_mul(Self::token_price(netuid))
        };
        Self::netuids()
            .into_iter()
            .map(worth)
            .fold(U64F64::default(), U64F64::saturating_add)
            .saturating_to_num()
    }
}
