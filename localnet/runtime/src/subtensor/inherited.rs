//! Stake that counts for a hotkey: its own, less what it lends to children, and what parents lend.

use super::*;
use crate::{AccountId, NetUid, ROOT};

impl<T: Config> Pallet<T> {
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
