//! What follows from token prices: smoothed prices, each subnet's part of the block's TAO, the price of a new token.

use super::*;
use crate::{NetUid, ROOT};
use std::collections::BTreeMap;
use substrate_fixed::types::{I96F32, U64F64, U96F32};

impl<T: Config> Pallet<T> {
    /// Smoothed TAO per token; one where the token is one to one.
    pub(super) fn moving_price(netuid: NetUid) -> U64F64 {
        if netuid == ROOT || SubnetMechanism::<T>::get(netuid) == STABLE {
            U64F64::from_num(1)
        } else {
            U64F64::saturating_from_num(SubnetMovingPrice::<T>::get(netuid))
        }
    }

    /// Moves the smoothed price towards the price, at most one TAO; the older the subnet, the faster.
    pub(super) fn smooth_price(netuid: NetUid) {
        let one = U64F64::from_num(1);
        let start = FirstEmissionBlockNumber::<T>::get(netuid).unwrap_or_default();
        let age = Self::block().saturating_sub(start.saturating_sub(1));
        let age = U64F64::saturating_from_num(age);
        let halving = U64F64::saturating_from_num(EMAPriceHalvingBlocks::<T>::get(netuid));
        let part = age
            .checked_div(age.saturating_add(halving))
            .unwrap_or_default();
        let step = U64F64::saturating_from_num(SubnetMovingAlpha::<T>::get()).saturating_mul(part);
        let new = step.saturating_mul(Self::token_price(netuid).min(one));
        let old = one
            .saturating_sub(step)
            .saturating_mul(Self::moving_price(netuid));
        let smoothed = I96F32::saturating_from_num(new.saturating_add(old));
        SubnetMovingPrice::<T>::insert(netuid, smoothed);
    }

    /// Rao of a block's TAO for each of these subnets: by their smoothed prices, less the part of miners' earnings
    /// that went to the owner. What belongs to subnets without emission goes to the others.
    pub(super) fn tao_shares(subnets: &[NetUid], block_emission: u64) -> BTreeMap<NetUid, U96F32> {
        let by_price = normalized(
            subnets
                .iter()
                .map(|netuid| (*netuid, Self::moving_price(*netuid)))
                .collect(),
        );
        let kept = |(netuid, share): (&NetUid, &U64F64)| {
            let one = U64F64::from_num(1);
            let burned = U64F64::saturating_from_num(MinerBurned::<T>::get(netuid)).min(one);
            (*netuid, share.saturating_mul(one.saturating_sub(burned)))
        };
        let weighed: BTreeMap<_, _> = by_price.iter().map(kept).collect();
        let mut shares = if sum(&weighed) > 0 {
            normalized(weighed)
        } else {
            by_price
        };
        let enabled = |netuid: &NetUid| SubnetEmissionEnabled::<T>::get(netuid);
        if !subnets.iter().all(enabled) {
            for (netuid, share) in &mut shares {
                if !enabled(netuid) {
                    *share = U64F64::default();
                }
            }
            shares = normalized(shares);
        }
        let emission = U64F64::saturating_from_num(block_emission);
        let amount = |share: U64F64| U96F32::saturating_from_num(emission.saturating_mul(share));
        shares
            .into_iter()
            .map(|(netuid, share)| (netuid, amount(share)))
            .collect()
    }

    /// Median of the prices of all tokens that have one; one TAO where none has.
    pub(super) fn median_price() -> U64F64 {
        let mut prices: Vec<U64F64> = Self::netuids()
            .into_iter()
            .filter(|netuid| *netuid != ROOT)
            .map(Self::token_price)
            .filter(|price| *price > 0)
            .collect();
        prices.sort();
        let Some(last) = prices.len().checked_sub(1) else {
            return U64F64::from_num(1);
        };
        let at = |index: usize| prices.get(index).copied().unwrap_or_default();
        let (low, high) = (last / 2, prices.len() / 2);
        if low == high {
            at(high)
        } else {
            at(low).saturating_add(at(high)) / 2
        }
    }
}

fn sum(shares: &BTreeMap<NetUid, U64F64>) -> U64F64 {
    let add = |sum: U64F64, share: &U64F64| sum.saturating_add(*share);
    shares.values().fold(U64F64::default(), add)
}

/// Parts of one; all zero where there is nothing to share by.
fn normalized(shares: BTreeMap<NetUid, U64F64>) -> BTreeMap<NetUid, U64F64> {
    let all = sum(&shares);
    shares
        .into_iter()
        .map(|(netuid, share)| (netuid, share.checked_div(all).unwrap_or_default()))
        .collect()
}
