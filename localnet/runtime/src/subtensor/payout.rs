//! Pays an epoch: the owner's cut, miners, validators and those who stake on them.

use super::{emission::Pending, epoch::Earning, *};
use crate::{AccountId, NetUid, ROOT};
use std::collections::{BTreeMap, BTreeSet};
use substrate_fixed::types::U96F32;

impl<T: Config> Pallet<T> {
    pub(super) fn pay_out(netuid: NetUid, pending: Pending) {
        let earnings = Self::run_epoch(netuid, pending.server.saturating_add(pending.validator));
        let served = earnings.iter().any(|earning| earning.server > 0);
        // Where nobody earned as a miner, validators get that half too.
        let for_validators = if served {
            pending.validator
        } else {
            pending.validator.saturating_add(pending.server)
        };
        let dividends = Self::dividends(netuid, &earnings);
        let dividends = Self::without_root(netuid, dividends);
        Self::pay_owner(netuid, pending.owner);
        Self::pay_miners(netuid, earnings);
        Self::pay_validators(netuid, for_validators, dividends);
    }

    fn pay_owner(netuid: NetUid, cut: u64) {
        let (coldkey, hotkey) = (
            SubnetOwner::<T>::try_get(netuid),
            SubnetOwnerHotkey::<T>::try_get(netuid),
        );
        if let (Ok(coldkey), Ok(hotkey)) = (coldkey, hotkey) {
            Self::credit_stake(&hotkey, &coldkey, netuid, cut);
        }
    }

    /// Miners' earnings become stake. The owner's own miners are not paid: that is what makes
    /// pointing weights at the owner a burn.
    fn pay_miners(netuid: NetUid, earnings: Vec<Earning>) {
        let mut owned: BTreeSet<AccountId> = Self::owned_uids(netuid)
            .into_iter()
            .map(|(_, _, hotkey)| hotkey)
            .collect();
        owned.extend(SubnetOwnerHotkey::<T>::try_get(netuid));
        let recycled = RecycleOrBurn::<T>::get(netuid) == RecycleOrBurnEnum::Recycle;
        let (mut total, mut withheld) = (0u64, 0u64);
        for Earning { hotkey, server, .. } in earnings {
            total = total.saturating_add(server);
            if owned.contains(&hotkey) {
                withheld = withheld.saturating_add(server);
            } else {
                Self::credit_stake(&hotkey, &Owner::<T>::get(&hotkey), netuid, server);
            }
        }
        if recycled {
            SubnetAlphaOut::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_sub(withheld));
        }
        MinerBurned::<T>::insert(netuid, ratio(withheld, total));
    }

    /// Shares `amount` among validators by their dividends: the take to the validator's owner, the
    /// rest to all who stake on it.
    fn pay_validators(netuid: NetUid, amount: u64, dividends: BTreeMap<AccountId, U96F32>) {
        let total = dividends
            .values()
            .fold(U96F32::default(), |sum, d| sum.saturating_add(*d));
        let _ = AlphaDividendsPerSubnet::<T>::clear_prefix(netuid, u32::MAX, None);
        for (hotkey, dividend) in dividends {
            let share = dividend.checked_div(total).unwrap_or_default();
            let earned = U96F32::saturating_from_num(amount).saturating_mul(share);
            let take = ratio(Delegates::<T>::get(&hotkey).into(), u16::MAX.into());
            let kept = take.saturating_mul(earned);
            let shared: u64 = earned.saturating_sub(kept).saturating_to_num();
            let owner = Owner::<T>::get(&hotkey);
            Self::credit_stake(&hotkey, &owner, netuid, kept.saturating_to_num());
            Self::grow_stake(&hotkey, netuid, shared);
            AlphaDividendsPerSubnet::<T>::insert(netuid, &hotkey, shared);
            let staked = Self::stake_on(&hotkey, netuid);
            TotalHotkeyAlphaLastEpoch::<T>::insert(hotkey, netuid, staked);
        }
    }

    /// Validators' earnings by hotkey, after parents got their part of what their children earned.
    fn dividends(netuid: NetUid, earnings: &[Earning]) -> BTreeMap<AccountId, U96F32> {
        let mut dividends: BTreeMap<AccountId, U96F32> = BTreeMap::new();
        for Earning {
            hotkey, validator, ..
        } in earnings
        {
            for (receiver, amount) in Self::among_parents(netuid, hotkey, *validator) {
                let sum = dividends.entry(receiver).or_default();
                *sum = sum.saturating_add(U96F32::saturating_from_num(amount));
            }
        }
        dividends
    }

    /// Splits a validator's earnings among its parents by the stake they lend, less its take from parents of another
    /// owner and what is destroyed of their part; the rest is its own.
    fn among_parents(netuid: NetUid, hotkey: &AccountId, earned: u64) -> Vec<(AccountId, u64)> {
        let owner = Owner::<T>::get(hotkey);
        let take = ratio(Self::childkey_take(hotkey, netuid).into(), u16::MAX.into());
        let burned = ratio(CKBurn::<T>::get(), u64::MAX);
        let lent: Vec<(AccountId, U96F32)> = ParentKeys::<T>::get(hotkey, netuid)
            .into_iter()
            .map(|(part, parent)| {
                let stake = Self::weighted_stake(&parent, netuid);
                (parent, stake.saturating_mul(ratio(part, u64::MAX)))
            })
            .collect();
        let own = ChildKeys::<T>::get(hotkey, netuid)
            .iter()
            .fold(U96F32::from(1u8), |own, (part, _)| {
                own.saturating_sub(ratio(*part, u64::MAX))
            });
        let own: u64 = Self::weighted_stake(hotkey, netuid)
            .saturating_mul(own)
            .saturating_to_num();
        let total = lent
            .iter()
            .fold(U96F32::saturating_from_num(own), |sum, (_, stake)| {
                sum.saturating_add(*stake)
            });
        let mut rest = U96F32::saturating_from_num(earned);
        let mut parts = Vec::new();
        for (parent, stake) in lent {
            let mut part = U96F32::saturating_from_num(earned)
                .saturating_mul(stake.checked_div(total).unwrap_or_default());
            rest = rest.saturating_sub(part);
            if Owner::<T>::get(&parent) != owner {
                let (burned, taken) = (burned.saturating_mul(part), take.saturating_mul(part));
                part = part.saturating_sub(burned).saturating_sub(taken);
                rest = rest.saturating_add(taken);
                let burned = burned.saturating_to_num();
                SubnetAlphaOut::<T>::mutate(netuid, |tokens| {
                    *tokens = tokens.saturating_sub(burned)
                });
            }
            parts.push((parent, part.saturating_to_num()));
        }
        parts.push((hotkey.clone(), rest.saturating_to_num()));
        parts
    }

    /// The part of each validator's dividends that its token stake earned, without what its TAO on
    /// root did.
    fn without_root(
        netuid: NetUid,
        mut dividends: BTreeMap<AccountId, U96F32>,
    ) -> BTreeMap<AccountId, U96F32> {
        for (hotkey, dividend) in &mut dividends {
            let root = Self::weighted_root(hotkey);
            let all = Self::weighted_stake(hotkey, netuid);
            let by_root = dividend.saturating_mul(root.checked_div(all).unwrap_or_default());
            *dividend = dividend.saturating_sub(by_root);
        }
        dividends
    }

    fn weighted_root(hotkey: &AccountId) -> U96F32 {
        let root = U96F32::saturating_from_num(Self::stake_on(hotkey, ROOT));
        root.saturating_mul(ratio(TaoWeight::<T>::get(), u64::MAX))
    }

    fn weighted_stake(hotkey: &AccountId, netuid: NetUid) -> U96F32 {
        let alpha = U96F32::saturating_from_num(Self::stake_on(hotkey, netuid));
        alpha.saturating_add(Self::weighted_root(hotkey))
    }
}

/// A part of a whole; zero of nothing.
fn ratio(part: u64, whole: u64) -> U96F32 {
    U96F32::saturating_from_num(part)
        .checked_div(U96F32::saturating_from_num(whole))
        .unwrap_or_default()
}
