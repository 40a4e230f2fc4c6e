//! Stake that its holder destroys. The TAO behind it stays with the subnet.

use super::*;
use crate::{AccountId, NetUid, ROOT};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
    /// Destroys up to `amount` rao of a token as if it had never been issued.
    pub(super) fn do_recycle_alpha(
        coldkey: AccountId,
        hotkey: AccountId,
        amount: u64,
        netuid: NetUid,
    ) -> DispatchResult {
        let amount = Self::take_to_destroy(&coldkey, &hotkey, amount, netuid)?;
        SubnetAlphaOut::<T>::mutate(netuid, |alpha| *alpha = alpha.saturating_sub(amount));
        Self::deposit_event(Event::AlphaRecycled(coldkey, hotkey, amount, netuid));
        Ok(())
    }

    /// Destroys up to `amount` rao of a token, which still counts as issued.
    pub(super) fn do_burn_alpha(
        coldkey: AccountId,
        hotkey: AccountId,
        amount: u64,
        netuid: NetUid,
    ) -> DispatchResult {
        let amount = Self::take_to_destroy(&coldkey, &hotkey, amount, netuid)?;
        Self::deposit_event(Event::AlphaBurned(coldkey, hotkey, amount, netuid));
        Ok(())
    }

    /// Stakes TAO and burns the tokens at once, unless a token costs more than `limit`.
    pub(super) fn do_add_stake_burn(
        coldkey: AccountId,
        hotkey: AccountId,
        netuid: NetUid,
        amount: u64,
        limit: Option<u64>,
    ) -> DispatchResult {
        let alpha = match limit {
            Some(limit) => {
                Self::do_add_stake_limit(&coldkey, &hotkey, netuid, amount, (limit, false))?
            }
            None => Self::do_add_stake(&coldkey, &hotkey, netuid, amount)?,
        };
        Self::do_burn_alpha(coldkey, hotkey.clone(), alpha, netuid)?;
        Self::deposit_event(Event::AddStakeBurn {
            netuid,
            hotkey,
            amount,
            alpha,
        });
        Ok(())
    }

    fn take_to_destroy(
        coldkey: &AccountId,
        hotkey: &AccountId,
        amount: u64,
        netuid: NetUid,
    ) -> Result<u64, DispatchError> {
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(netuid != ROOT, Error::<T>::CannotBurnOrRecycleOnRootSubnet);
        ensure!(
            SubtokenEnabled::<T>::get(netuid),
            Error::<T>::SubtokenDisabled
        );
        Self::ensure_known(hotkey)?;
        let amount = amount.min(Self::stake_of(hotkey, coldkey, netuid));
        ensure!(
            SubnetAlphaOut::<T>::get(netuid) >= amount,
            Error::<T>::InsufficientLiquidity
        );
        Self::debit_stake(hotkey, coldkey, netuid, amount);
        Ok(amount)
    }
}
