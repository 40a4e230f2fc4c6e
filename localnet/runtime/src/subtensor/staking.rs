//! Staking one to one: a rao of TAO for a rao of the subnet's token.

use super::*;
use crate::{AccountId, NetUid, ROOT};
use frame_support::ensure;
use sp_runtime::DispatchResult;

/// Smallest stake to add, or to leave with, in rao.
pub const MIN_STAKE: u64 = 2_000_000;

impl<T: Config> Pallet<T> {
    pub(super) fn do_add_stake(
        coldkey: &AccountId,
        hotkey: &AccountId,
        netuid: NetUid,
        amount: u64,
    ) -> DispatchResult {
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(
            SubtokenEnabled::<T>::get(netuid),
            Error::<T>::SubtokenDisabled
        );
        ensure!(amount >= MIN_STAKE, Error::<T>::AmountTooLow);
        ensure!(
            amount <= Self::spendable(coldkey),
            Error::<T>::NotEnoughBalanceToStake
        );
        ensure!(
            Owner::<T>::contains_key(hotkey),
            Error::<T>::HotKeyAccountNotExists
        );

        let paid = Self::pay_subnet(netuid, coldkey, amount)?;
        Self::issue_stake(hotkey, coldkey, netuid, paid);
        LastColdkeyHotkeyStakeBlock::<T>::insert(coldkey, hotkey, Self::block());
        Self::record_flow(netuid, paid, true);
        let event = Event::StakeAdded(coldkey.clone(), hotkey.clone(), paid, paid, netuid, 0);
        Self::deposit_event(event);
        Ok(())
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
        let staked = Self::stake_of(hotkey, coldkey, netuid);
        let amount = amount.min(staked);
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        let too_low = amount == 0 || (amount < staked && amount < MIN_STAKE);
        ensure!(!too_low, Error::<T>::AmountTooLow);
        ensure!(
            Owner::<T>::contains_key(hotkey),
            Error::<T>::HotKeyAccountNotExists
        );

        Self::debit_stake(hotkey, coldkey, netuid, amount);
        Self::pay_from_subnet(netuid, coldkey, amount)?;
        SubnetTAO::<T>::mutate(netuid, |tao| *tao = tao.saturating_sub(amount));
        SubnetAlphaOut::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_sub(amount));
        SubnetVolume::<T>::mutate(netuid, |volume| {
            *volume = volume.saturating_add(amount.into())
        });
        TotalStake::<T>::mutate(|total| *total = total.saturating_sub(amount));
        Self::record_flow(netuid, amount, false);
        let event = Event::StakeRemoved(coldkey.clone(), hotkey.clone(), amount, amount, netuid, 0);
        Self::deposit_event(event);
        Ok(())
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

    /// (token stake, TAO stake on root) of a hotkey on a subnet, after what it lends to its
    /// children and borrows from its parents; in rao.
    pub fn inherited_stake(hotkey: &AccountId, netuid: NetUid) -> (u64, u64) {
        let children = ChildKeys::<T>::get(hotkey, netuid);
        let parents = ParentKeys::<T>::get(hotkey, netuid);
        let after = |network: NetUid| {
            let own = Self::stake_on(hotkey, network);
            let lent = children
                .iter()
                .fold(0u64, |sum, (p, _)| sum.saturating_add(part(own, *p)));
            let borrowed = parents.iter().fold(0u64, |sum, (p, parent)| {
                sum.saturating_add(part(Self::stake_on(parent, network), *p))
            });
            own.saturating_sub(lent).saturating_add(borrowed)
        };
        (after(netuid), after(ROOT))
    }

    /// Whether a hotkey has the stake that setting weights needs; the owner's needs none.
    pub fn has_stake_to_weigh(hotkey: &AccountId, netuid: NetUid) -> bool {
        let owner = Self::owner_uid(netuid);
        if owner.is_some() && Uids::<T>::get(netuid, hotkey) == owner {
            return true;
        }
        let (alpha, tao) = Self::inherited_stake(hotkey, netuid);
        yuma::total_stake(alpha, tao, TaoWeight::<T>::get()) >= StakeThreshold::<T>::get()
    }
}

/// A share over u64::MAX of an amount, cut to 32 fractional bits of the share as on the chain.
fn part(amount: u64, proportion: u64) -> u64 {
    let share = (u128::from(proportion) << 32) / u128::from(u64::MAX);
    u64::try_from((u128::from(amount) * share) >> 32).unwrap_or(u64::MAX)
}
