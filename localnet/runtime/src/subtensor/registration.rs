//! Neurons register by paying the burn; each registration raises it, each block lowers it.

use super::{market::Bid, *};
use crate::{AccountId, NetUid, ROOT, swap::Side};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};
use substrate_fixed::types::U64F64;

impl<T: Config> Pallet<T> {
    pub(super) fn do_register(
        coldkey: &AccountId,
        netuid: NetUid,
        hotkey: &AccountId,
    ) -> DispatchResult {
        ensure!(
            netuid != ROOT,
            Error::<T>::RegistrationNotPermittedOnRootSubnet
        );
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(
            NetworkRegistrationAllowed::<T>::get(netuid),
            Error::<T>::SubNetRegistrationDisabled
        );
        ensure!(
            !Uids::<T>::contains_key(netuid, hotkey),
            Error::<T>::HotKeyAlreadyRegisteredInSubNet
        );
        let price = Burn::<T>::get(netuid);
        ensure!(
            price <= Self::spendable(coldkey),
            Error::<T>::NotEnoughBalanceToStake
        );
        Self::ensure_hotkey(coldkey, hotkey)?;
        ensure!(
            Self::owns(coldkey, hotkey),
            Error::<T>::NonAssociatedColdKey
        );
        let place = Self::free_place(netuid)?;

        let paid = Self::pay_subnet(netuid, coldkey, price)?;
        // The payment buys tokens, which are then destroyed.
        let bought = Self::trade_tao(netuid, paid, Bid::market(Side::Buy))?.paid_out;
        SubnetAlphaOut::<T>::mutate(netuid, |tokens| *tokens = tokens.saturating_sub(bought));
        Self::record_flow(netuid, paid, true);

        let uid = match place {
            Some(uid) => {
                Self::replace_neuron(netuid, uid, hotkey);
                uid
            }
            None => Self::append_neuron(netuid, hotkey),
        };
        Self::raise_burn(netuid);
        RegistrationsThisBlock::<T>::mutate(netuid, |count| *count = count.saturating_add(1));
        let recycled = RAORecycledForRegistration::<T>::get(netuid).saturating_add(price);
        RAORecycledForRegistration::<T>::insert(netuid, recycled);
        Self::deposit_event(Event::RAORecycledForRegistrationSet(netuid, recycled));
        Self::deposit_event(Event::NeuronRegistered(netuid, uid, hotkey.clone()));
        Ok(())
    }

    /// `do_register`, refused if the price is above the payer's limit, in rao.
    pub(super) fn do_register_limit(
        coldkey: &AccountId,
        netuid: NetUid,
        hotkey: &AccountId,
        limit: u64,
    ) -> DispatchResult {
        ensure!(
            netuid != ROOT,
            Error::<T>::RegistrationNotPermittedOnRootSubnet
        );
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(
            Burn::<T>::get(netuid) <= limit,
            Error::<T>::RegistrationPriceLimitExceeded
        );
        Self::do_register(coldkey, netuid, hotkey)
    }

    /// The uid to take over on a full subnet, none where the next uid is free.
    fn free_place(netuid: NetUid) -> Result<Option<u16>, DispatchError> {
        let places = MaxAllowedUids::<T>::get(netuid);
        ensure!(places != 0, Error::<T>::NoNeuronIdAvailable);
        if SubnetworkN::<T>::get(netuid) < places {
            return Ok(None);
        }
        let pruned = Self::neuron_to_prune(netuid).ok_or(Error::<T>::NoNeuronIdAvailable)?;
        Ok(Some(pruned))
    }

    fn raise_burn(netuid: NetUid) {
        let factor = BurnIncreaseMult::<T>::get(netuid).max(U64F64::from_num(1));
        let raised = U64F64::from_num(Burn::<T>::get(netuid)).saturating_mul(factor);
        Self::set_burn(netuid, raised.saturating_to_num());
    }

    fn set_burn(netuid: NetUid, burn: u64) {
        let bounded = burn
            .max(MinBurn::<T>::get(netuid))
            .min(MaxBurn::<T>::get(netuid));
        Burn::<T>::insert(netuid, bounded);
    }

    /// Start of a block: prices decay, counters of the block start again.
    pub(super) fn decay_burns() {
        let decays = Self::block() > 1;
        for netuid in Self::netuids() {
            let half_life = BurnHalfLife::<T>::get(netuid);
            let burn = Burn::<T>::get(netuid);
            let decayed = if decays && half_life > 0 {
                decay::times(burn, decay::factor(half_life))
            } else {
                burn
            };
            Self::set_burn(netuid, decayed);
            RegistrationsThisBlock::<T>::insert(netuid, 0);
        }
        // Root's own limit is one of each of its epochs, which never run and so stay due.
        if Self::schedule(ROOT).due(Self::block()) {
            RegistrationsThisInterval::<T>::insert(ROOT, 0);
        }
    }
}

/// Decay in 32 fractional bits, rounded down at each step as on the chain.
pub(super) mod decay {
    const ONE: u64 = 1 << 32;

    pub fn times(value: u64, factor: u64) -> u64 {
        u64::try_from((u128::from(value) * u128::from(factor)) >> 32).unwrap_or(u64::MAX)
    }

    /// The largest factor whose `half_life`-th power is at most one half.
    pub fn factor(half_life: u16) -> u64 {
        let (mut low, mut high) = (0, ONE);
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if power(middle, half_life) > ONE / 2 {
                high = middle
            } else {
                low = middle
            }
        }
        low
    }

    fn power(mut base: u64, mut exponent: u16) -> u64 {
        let mut result = ONE;
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = times(result, base);
            }
            exponent >>= 1;
            base = times(base, base);
        }
        result
    }
}
