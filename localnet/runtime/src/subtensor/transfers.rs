//! Stake goes from one place to another: to another hotkey, coldkey or subnet.

use super::{market::Bid, staking::MIN_STAKE, *};
use crate::{AccountId, NetUid, RAO_PER_TAO, ROOT, swap::Side};
use frame_support::{
    ensure,
    traits::{fungible::Mutate, tokens::Preservation},
};
use sp_runtime::{DispatchError, DispatchResult};
use substrate_fixed::types::U64F64;

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
        let crosses = from.netuid != to.netuid;
        let most = match terms.limit {
            Some((limit, _)) if crosses => Self::most_across(from.netuid, to.netuid, limit)?,
            _ => amount,
        };
        Self::check_places(from, to)?;
        if crosses {
            let tao = Self::quote(Side::Sell, from.netuid, amount)
                .map_err(|_| Error::<T>::InsufficientLiquidity)?
                .paid_out;
            ensure!(tao > MIN_STAKE, Error::<T>::AmountTooLow);
            let partial = terms.limit.is_none_or(|(_, partial)| partial);
            ensure!(partial || amount <= most, Error::<T>::SlippageTooHigh);
        }
        if terms.transfer {
            for netuid in [from.netuid, to.netuid] {
                ensure!(
                    TransferToggle::<T>::get(netuid),
                    Error::<T>::TransferDisallowed
                );
            }
        }
        if crosses {
            Self::carry_across(from, to, amount.min(most))
        } else {
            Self::carry_within(from, to, amount)
        }
    }

    /// The most tokens that can cross before one of the first subnet brings less than `limit` rao of the second's
    /// token. Between two pools both are taken for unweighted.
    fn most_across(from: NetUid, to: NetUid, limit: u64) -> Result<u64, DispatchError> {
        let stable = |netuid| netuid == ROOT || SubnetMechanism::<T>::get(netuid) == STABLE;
        match (stable(from), stable(to)) {
            (true, true) => Ok(if limit > RAO_PER_TAO { 0 } else { u64::MAX }),
            (true, false) if limit == 0 => Ok(u64::MAX),
            (true, false) => {
                let one = U64F64::from_num(RAO_PER_TAO);
                let price = one
                    .checked_div(U64F64::from_num(limit))
                    .unwrap_or_default()
                    .saturating_mul(one);
                Self::most_within(Side::Buy, to, price.saturating_to_num())
            }
            (false, true) => Self::most_within(Side::Sell, from, limit),
            (false, false) => Ok(Self::most_between_pools(from, to, limit)),
        }
    }

    fn most_between_pools(from: NetUid, to: NetUid, limit: u64) -> u64 {
        let reserves = |netuid| {
            let (tao, tokens) = (SubnetTAO::<T>::get(netuid), SubnetAlphaIn::<T>::get(netuid));
            (U64F64::from_num(tao), U64F64::from_num(tokens))
        };
        let divide = |of: U64F64, by: U64F64| of.checked_div(by).unwrap_or_default();
        let ((tao, tokens), (other_tao, other_tokens)) = (reserves(from), reserves(to));
        if [tao, tokens, other_tao, other_tokens].contains(&U64F64::default()) {
            return 0;
        }
        let price = divide(Self::token_price(from), Self::token_price(to));
        let limit = crate::swap::price(limit);
        if limit > price {
            return 0;
        }
        if limit == 0 {
            return u64::MAX;
        }
        let both = tao.saturating_add(other_tao);
        let wanted = other_tokens.saturating_mul(divide(tao, both));
        divide(wanted, limit)
            .saturating_sub(tokens.saturating_mul(divide(other_tao, both)))
            .saturating_to_num()
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

    /// Sells and buys again, for one fee; what is too little to stake stays TAO.
    fn carry_across(from: Place, to: Place, amount: u64) -> Result<u64, DispatchError> {
        let bid = |side, free| match free {
            true => Bid::free(side),
            false => Bid::market(side),
        };
        let buys_for_the_fee = from.netuid == ROOT;
        let selling = bid(Side::Sell, buys_for_the_fee);
        let tao = Self::sell(from.hotkey, from.coldkey, from.netuid, amount, selling)?;
        if from.coldkey != to.coldkey {
            let reachable = tao <= Self::spendable(from.coldkey);
            ensure!(reachable, Error::<T>::InsufficientBalance);
            let close = Preservation::Expendable;
            T::Currency::transfer(from.coldkey, to.coldkey, tao, close)?;
        }
        if tao >= MIN_STAKE {
            Self::become_delegate_of(to.hotkey, to.coldkey);
            let buying = bid(Side::Buy, !buys_for_the_fee);
            Self::buy(to.hotkey, to.coldkey, to.netuid, tao, buying)?;
        }
        Ok(tao)
    }

    fn carry_within(from: Place, to: Place, amount: u64) -> Result<u64, DispatchError> {
        let netuid = from.netuid;
        let tao: u64 = Self::token_price(netuid)
            .saturating_mul(U64F64::saturating_from_num(amount))
            .saturating_to_num();
        ensure!(tao >= MIN_STAKE, Error::<T>::AmountTooLow);
        Self::debit_stake(from.hotkey, from.coldkey, netuid, amount);
        Self::credit_stake(to.hotkey, to.coldkey, netuid, amount);
        LastColdkeyHotkeyStakeBlock::<T>::insert(to.coldkey, to.hotkey, Self::block());
        let (coldkey, hotkey) = (from.coldkey.clone(), from.hotkey.clone());
        let removed = Event::StakeRemoved(coldkey, hotkey, tao, amount, netuid, 0);
        Self::deposit_event(removed);
        let (coldkey, hotkey) = (to.coldkey.clone(), to.hotkey.clone());
        let added = Event::StakeAdded(coldkey, hotkey, tao, amount, netuid, 0);
        Self::deposit_event(added);
        Ok(tao)
    }
}
