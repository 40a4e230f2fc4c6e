//! Stake goes from one place to another: to another hotkey, coldkey or subnet.

use super::staking::{MIN_STAKE, PRICE};
use super::*;
use crate::{AccountId, NetUid};
use frame_support::{
    ensure,
    traits::{fungible::Mutate, tokens::Preservation},
};
use sp_runtime::{DispatchError, DispatchResult};

/// Where stake lies: whose it is, on which hotkey, on which subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub coldkey: &'a AccountId,
    pub hotkey: &'a AccountId,
    pub netuid: NetUid,
}

impl<'a> Place<'a> {
    pub fn of(coldkey: &'a AccountId, hotkey: &'a AccountId, netuid: NetUid) -> Self {
        Self {
            coldkey,
            hotkey,
            netuid,
        }
    }
}

/// On what conditions stake goes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Terms {
    /// Least price, in rao, of a token in tokens of the other subnet, and whether a part is welcome.
    pub limit: Option<(u64, bool)>,
    /// Whether the subnets must allow transfers.
    pub transfer: bool,
}

impl Terms {
    /// Those of a gift to another coldkey.
    pub const TRANSFER: Self = Self {
        limit: None,
        transfer: true,
    };
}

impl<T: Config> Pallet<T> {
    /// Moves stake of a hotkey from one subnet to another.
    pub(super) fn do_swap_stake(
        coldkey: AccountId,
        hotkey: AccountId,
        (from, to): (NetUid, NetUid),
        amount: u64,
        limit: Option<(u64, bool)>,
    ) -> DispatchResult {
        let place = |netuid| Place::of(&coldkey, &hotkey, netuid);
        let terms = Terms {
            limit,
            transfer: false,
        };
        let moved = Self::carry(place(from), place(to), amount, terms)?;
        Self::deposit_event(Event::StakeSwapped(coldkey, hotkey, from, to, moved));
        Ok(())
    }

    /// Moves up to `amount` rao of a token; how much TAO that was, in rao.
    pub(super) fn carry(
        from: Place,
        to: Place,
        amount: u64,
        terms: Terms,
    ) -> Result<u64, DispatchError> {
        let amount = amount.min(Self::stake_of(from.hotkey, from.coldkey, from.netuid));
        Self::check_places(from, to)?;
        let crosses = from.netuid != to.netuid;
        let refused = crosses && terms.limit.is_some_and(|(limit, _)| limit > PRICE);
        if crosses {
            ensure!(amount > MIN_STAKE, Error::<T>::AmountTooLow);
            let partial = terms.limit.is_none_or(|(_, partial)| partial);
            ensure!(partial || !refused, Error::<T>::SlippageTooHigh);
        }
        if terms.transfer {
            for netuid in [from.netuid, to.netuid] {
                ensure!(
                    TransferToggle::<T>::get(netuid),
                    Error::<T>::TransferDisallowed
                );
            }
        }
        match (crosses, refused) {
            (true, true) => Self::carry_across(from, to, 0),
            (true, false) => Self::carry_across(from, to, amount),
            (false, _) => Self::carry_within(from, to, amount),
        }
    }

    fn check_places(from: Place, to: Place) -> Result<(), Error<T>> {
        ensure!(from != to, Error::<T>::SameNetuid);
        for place in [from, to] {
            ensure!(
                NetworksAdded::<T>::get(place.netuid),
                Error::<T>::SubnetNotExists
            );
        }
        for place in [from, to] {
            ensure!(
                SubtokenEnabled::<T>::get(place.netuid),
                Error::<T>::SubtokenDisabled
            );
        }
        Self::ensure_known(from.hotkey)?;
        Self::ensure_known(to.hotkey)
    }

    /// Sells and buys again; what is too little to stake stays TAO.
    fn carry_across(from: Place, to: Place, amount: u64) -> Result<u64, DispatchError> {
        Self::sell(from.hotkey, from.coldkey, from.netuid, amount)?;
        if from.coldkey != to.coldkey {
            let reachable = amount <= Self::spendable(from.coldkey);
            ensure!(reachable, Error::<T>::InsufficientBalance);
            let close = Preservation::Expendable;
            T::Currency::transfer(from.coldkey, to.coldkey, amount, close)?;
        }
        if amount >= MIN_STAKE {
            Self::become_delegate_of(to.hotkey, to.coldkey);
            Self::buy(to.hotkey, to.coldkey, to.netuid, amount)?;
        }
        Ok(amount)
    }

    fn carry_within(from: Place, to: Place, amount: u64) -> Result<u64, DispatchError> {
        ensure!(amount >= MIN_STAKE, Error::<T>::AmountTooLow);
        let netuid = from.netuid;
        Self::debit_stake(from.hotkey, from.coldkey, netuid, amount);
        Self::credit_stake(to.hotkey, to.coldkey, netuid, amount);
        LastColdkeyHotkeyStakeBlock::<T>::insert(to.coldkey, to.hotkey, Self::block());
        let (coldkey, hotkey) = (from.coldkey.clone(), from.hotkey.clone());
        let removed = Event::StakeRemoved(coldkey, hotkey, amount, amount, netuid, 0);
        Self::deposit_event(removed);
        let (coldkey, hotkey) = (to.coldkey.clone(), to.hotkey.clone());
        let added = Event::StakeAdded(coldkey, hotkey, amount, amount, netuid, 0);
        Self::deposit_event(added);
        Ok(amount)
    }
}
