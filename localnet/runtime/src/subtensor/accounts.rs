//! Whose key is whose, and the accounts in which subnets keep their TAO.

use super::*;
use crate::{AccountId, NetUid, ROOT};
use frame_support::{
    PalletId, ensure,
    traits::{
        Imbalance,
        fungible::{Balanced, Credit, Inspect, Mutate},
        tokens::{Fortitude::Polite, Preservation},
    },
};
use sp_runtime::{DispatchError, traits::AccountIdConversion};

/// TAO that was issued and lies on no account yet.
pub(super) type TaoCredit<T> = Credit<AccountId, <T as Config>::Currency>;

/// Owner of the subnets' accounts.
pub(super) const SUBNETS: PalletId = PalletId(*b"subtensr");

impl<T: Config> Pallet<T> {
    /// Binds a new hotkey to its coldkey; a known hotkey keeps its owner.
    pub fn ensure_hotkey(coldkey: &AccountId, hotkey: &AccountId) -> Result<(), DispatchError> {
        ensure!(
            !is_subnet_account(hotkey),
            Error::<T>::CannotUseSystemAccount
        );
        if !Owner::<T>::contains_key(hotkey) {
            Owner::<T>::insert(hotkey, coldkey);
            OwnedHotkeys::<T>::mutate(coldkey, |keys| remember(keys, hotkey));
            StakingHotkeys::<T>::mutate(coldkey, |keys| remember(keys, hotkey));
        }
        Ok(())
    }

    pub(crate) fn owns(coldkey: &AccountId, hotkey: &AccountId) -> bool {
        Owner::<T>::contains_key(hotkey) && Owner::<T>::get(hotkey) == *coldkey
    }

    /// Account that holds a subnet's TAO.
    pub fn subnet_account(netuid: NetUid) -> Option<AccountId> {
        (netuid == ROOT || NetworksAdded::<T>::contains_key(netuid))
            .then(|| SUBNETS.into_sub_account_truncating(netuid))
    }

    /// TAO that a coldkey can spend if its account may close, in rao.
    pub fn spendable(coldkey: &AccountId) -> u64 {
        T::Currency::reducible_balance(coldkey, Preservation::Expendable, Polite)
    }

    /// Moves up to `amount` rao into a subnet, leaving the payer's account open; what was moved.
    pub fn pay_subnet(
        netuid: NetUid,
        payer: &AccountId,
        amount: u64,
    ) -> Result<u64, DispatchError> {
        if amount == 0 {
            return Ok(0);
        }
        let account = Self::subnet_account(netuid).ok_or(Error::<T>::SubnetNotExists)?;
        let amount = amount.min(T::Currency::reducible_balance(
            payer,
            Preservation::Preserve,
            Polite,
        ));
        ensure!(amount > 0, Error::<T>::InsufficientBalance);
        T::Currency::transfer(payer, &account, amount, Preservation::Preserve)?;
        Ok(amount)
    }

    /// Moves rao out of a subnet.
    pub fn pay_from_subnet(
        netuid: NetUid,
        to: &AccountId,
        amount: u64,
    ) -> Result<(), DispatchError> {
        let account = Self::subnet_account(netuid).ok_or(Error::<T>::SubnetNotExists)?;
        ensure!(
            amount <= Self::spendable(&account),
            Error::<T>::InsufficientBalance
        );
        T::Currency::transfer(&account, to, amount, Preservation::Expendable)?;
        Ok(())
    }

    /// Creates TAO on an account, never beyond the maximum supply; what was created, in rao.
    pub fn mint(to: &AccountId, amount: u64) -> u64 {
        Self::place(to, Self::issue(amount))
    }

    /// TAO that exists until it is dropped or placed, never beyond the maximum supply.
    pub(super) fn issue(amount: u64) -> TaoCredit<T> {
        let room = yuma::emission::MAX_SUPPLY.saturating_sub(T::Currency::total_issuance());
        T::Currency::issue(amount.min(room))
    }

    /// Puts issued TAO on an account; what was put there, in rao.
    pub(super) fn place(to: &AccountId, credit: TaoCredit<T>) -> u64 {
        let amount = credit.peek();
        if amount > 0 && T::Currency::resolve(to, credit).is_ok() {
            TotalIssuance::<T>::mutate(|total| *total = total.saturating_add(amount));
            amount
        } else {
            0
        }
    }
}

/// Whether an account is that of a subnet: no key may take it.
pub(super) fn is_subnet_account(account: &AccountId) -> bool {
    PalletId::try_from_sub_account::<NetUid>(account).is_some_and(|(pallet, _)| pallet == SUBNETS)
}

/// Adds a key to a list unless it is there.
pub(super) fn remember(keys: &mut Vec<AccountId>, key: &AccountId) {
    if !keys.contains(key) {
        keys.push(key.clone());
    }
}
