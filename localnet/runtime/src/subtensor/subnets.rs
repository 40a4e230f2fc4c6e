//! How subnets come to be and start.

use super::*;
use crate::{AccountId, NetUid, ROOT};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};
use substrate_fixed::types::{I64F64, U64F64};

impl<T: Config> Pallet<T> {
    /// All subnets, root included, in the order of storage.
    pub fn netuids() -> Vec<NetUid> {
        NetworksAdded::<T>::iter()
            .filter_map(|(netuid, added)| added.then_some(netuid))
            .collect()
    }

    /// Registers a subnet, on a full network in the place of the one that is worth least. The price of the moment goes
    /// into its pool, with as many tokens that one costs what the median of all subnets does.
    pub(super) fn do_register_network(
        coldkey: &AccountId,
        hotkey: &AccountId,
        identity: Option<SubnetIdentityV3>,
    ) -> DispatchResult {
        let known = Owner::<T>::contains_key(hotkey);
        ensure!(
            !known || Self::owns(coldkey, hotkey),
            Error::<T>::NonAssociatedColdKey
        );
        ensure!(
            !super::accounts::is_subnet_account(hotkey),
            Error::<T>::CannotUseSystemAccount
        );
        let block = Self::block();
        ensure!(
            block >= NetworkRegistrationStartBlock::<T>::get(),
            Error::<T>::SubNetRegistrationDisabled
        );
        ensure!(
            Self::network_rate_limit_passed(),
            Error::<T>::NetworkTxRateLimitExceeded
        );
        let subnets = Self::netuids()
            .into_iter()
            .filter(|netuid| *netuid != ROOT)
            .count();
        let place = if subnets < usize::from(SubnetLimit::<T>::get()) {
            None
        } else {
            Some(Self::subnet_to_prune().ok_or(Error::<T>::SubnetLimitReached)?)
        };
        let price = Self::network_price();
        ensure!(
            price <= Self::spendable(coldkey),
            Error::<T>::CannotAffordLockCost
        );

        if let Some(pruned) = place {
            Self::do_dissolve(pruned)?;
        }
        let netuid = place.unwrap_or_else(Self::next_netuid);
        let token_price = Self::median_price();
        Self::create_network(netuid, coldkey, hotkey)?;
        let locked = Self::pay_subnet(netuid, coldkey, price)?;
        NetworkLastLockCost::<T>::put(locked);
        LastRateLimitedBlock::<T>::insert(RateLimitKey::NetworkLastRegistered, block);
        // TAO flows in once root has let it in; tokens are paid from the start call on.
        SubnetEmissionEnabled::<T>::insert(netuid, false);
        SubnetLocked::<T>::insert(netuid, locked);
        let tao = locked.max(NetworkMinLockCost::<T>::get());
        Self::fill_pool(netuid, tao, token_price);
        if let Some(identity) = identity {
            ensure!(identity.is_short_enough(), Error::<T>::InvalidIdentity);
            SubnetIdentitiesV3::<T>::insert(netuid, identity);
            Self::deposit_event(Event::SubnetIdentitySet(netuid));
        }
        Self::deposit_event(Event::SubnetOwnerHotkeySet(netuid, hotkey.clone()));
        Self::adopt_owner(netuid, hotkey);
        Self::deposit_event(Event::NetworkAdded(netuid, DYNAMIC));
        Ok(())
    }

    /// Puts TAO and tokens into a new subnet's pool.
    pub fn fill_pool(netuid: NetUid, tao: u64, token_price: U64F64) {
        let tokens = U64F64::saturating_from_num(tao)
            .checked_div(token_price)
            .unwrap_or_default();
        SubnetTAO::<T>::insert(netuid, tao);
        SubnetAlphaIn::<T>::insert(netuid, tokens.saturating_to_num::<u64>());
        TotalStake::<T>::mutate(|total| *total = total.saturating_add(tao));
    }

    /// A subnet with the settings of a fresh one and its owner's hotkey as uid 0.
    pub fn create_network(
        netuid: NetUid,
        coldkey: &AccountId,
        hotkey: &AccountId,
    ) -> DispatchResult {
        let tempo = Tempo::<T>::get(netuid);
        NetworksAdded::<T>::insert(netuid, true);
        SubnetworkN::<T>::insert(netuid, 0);
        SubnetMechanism::<T>::insert(netuid, DYNAMIC);
        Self::set_first_epoch(netuid, tempo);
        TotalNetworks::<T>::mutate(|count| *count = count.saturating_add(1));
        NetworkRegisteredAt::<T>::insert(netuid, Self::block());
        RegisteredSubnetCounter::<T>::mutate(netuid, |count| *count = count.saturating_add(1));

        NetworkRegistrationAllowed::<T>::insert(netuid, true);
        MaxAllowedUids::<T>::insert(netuid, 256);
        MaxAllowedValidators::<T>::insert(netuid, 64);
        MinAllowedWeights::<T>::insert(netuid, 1);
        ImmunityPeriod::<T>::insert(netuid, 5000);
        for event in [
            Event::RegistrationAllowed(netuid, true),
            Event::MaxAllowedUidsSet(netuid, 256),
            Event::MaxAllowedValidatorsSet(netuid, 64),
            Event::MinAllowedWeightSet(netuid, 1),
            Event::ImmunityPeriodSet(netuid, 5000),
        ] {
            Self::deposit_event(event);
        }
        Yuma3On::<T>::insert(netuid, true);
        // A dissolved subnet under this netuid may have left it off.
        SubnetEmissionEnabled::<T>::insert(netuid, true);
        Burn::<T>::insert(netuid, crate::RAO_PER_TAO);
        Kappa::<T>::insert(netuid, Kappa::<T>::get(netuid));
        ActivityCutoff::<T>::insert(netuid, ActivityCutoff::<T>::get(netuid));
        RegistrationsThisInterval::<T>::insert(netuid, 0);

        Self::ensure_hotkey(coldkey, hotkey)?;
        SubnetOwner::<T>::insert(netuid, coldkey);
        SubnetOwnerHotkey::<T>::insert(netuid, hotkey);
        Self::append_neuron(netuid, hotkey);
        TokenSymbol::<T>::insert(netuid, Self::free_symbol(netuid));
        SubnetAlphaOut::<T>::insert(netuid, 0);
        SubnetVolume::<T>::insert(netuid, 0);
        Ok(())
    }

    /// Sets the tempo of a new subnet; netuids start apart, so that epochs don't pile up in a block.
    pub fn set_first_epoch(netuid: NetUid, tempo: u16) {
        Tempo::<T>::insert(netuid, tempo);
        let apart = u64::from(netuid) % u64::from(tempo).max(1);
        LastEpochBlock::<T>::insert(netuid, Self::block().saturating_sub(apart));
    }

    pub(super) fn do_start_call(coldkey: &AccountId, netuid: NetUid) -> DispatchResult {
        ensure!(NetworksAdded::<T>::get(netuid), Error::<T>::SubnetNotExists);
        ensure!(
            SubnetOwner::<T>::get(netuid) == *coldkey,
            DispatchError::BadOrigin
        );
        ensure!(
            FirstEmissionBlockNumber::<T>::get(netuid).is_none(),
            Error::<T>::FirstEmissionBlockNumberAlreadySet
        );
        let earliest =
            NetworkRegisteredAt::<T>::get(netuid).saturating_add(StartCallDelay::<T>::get());
        ensure!(
            Self::block() >= earliest,
            Error::<T>::NeedWaitingMoreBlocksToStarCall
        );
        Self::start(netuid);
        Ok(())
    }

    /// Emission from the next block on, and staking from now on.
    pub fn start(netuid: NetUid) {
        let first = Self::block().saturating_add(1);
        FirstEmissionBlockNumber::<T>::insert(netuid, first);
        SubtokenEnabled::<T>::insert(netuid, true);
        Self::deposit_event(Event::FirstEmissionBlockNumberSet(netuid, first));
    }

    /// Price of a subnet in rao: doubles at each registration, then falls back to the minimum.
    pub fn network_price() -> u64 {
        let last = NetworkLastLockCost::<T>::get();
        let since = LastRateLimitedBlock::<T>::get(RateLimitKey::NetworkLastRegistered);
        let factor = if since == 0 { 1 } else { 2 };
        // The less a block mints, the faster it falls.
        let minted = yuma::emission::block_emission(TotalIssuance::<T>::get());
        let halved = I64F64::saturating_from_num(minted)
            .saturating_div(I64F64::from_num(crate::RAO_PER_TAO))
            .saturating_mul(I64F64::saturating_from_num(
                NetworkLockReductionInterval::<T>::get(),
            ));
        let per_block = last
            .checked_div(halved.saturating_to_num())
            .unwrap_or_default();
        let fallen = per_block.saturating_mul(Self::block().saturating_sub(since));
        last.saturating_mul(factor)
            .saturating_sub(fallen)
            .max(NetworkMinLockCost::<T>::get())
    }

    pub(super) fn network_rate_limit_passed() -> bool {
        let limit = NetworkRateLimit::<T>::get();
        let last = LastRateLimitedBlock::<T>::get(RateLimitKey::NetworkLastRegistered);
        limit == 0 || last == 0 || Self::block().saturating_sub(last) >= limit
    }

    /// The subnet with the lowest smoothed price, of equals the oldest, out of those that are old enough to go.
    pub fn subnet_to_prune() -> Option<NetUid> {
        let immunity = NetworkImmunityPeriod::<T>::get();
        let mortal = |netuid: &NetUid| {
            let registered = NetworkRegisteredAt::<T>::get(netuid);
            *netuid != ROOT && Self::block() >= registered.saturating_add(immunity)
        };
        let worth = |netuid: &NetUid| {
            (
                Self::moving_price(*netuid),
                NetworkRegisteredAt::<T>::get(netuid),
            )
        };
        Self::netuids().into_iter().filter(mortal).min_by_key(worth)
    }

    fn next_netuid() -> NetUid {
        let taken = Self::netuids();
        (1..NetUid::MAX)
            .find(|netuid| !taken.contains(netuid))
            .unwrap_or(NetUid::MAX)
    }
}

impl<T: Config> Pallet<T> {
    /// The name its owner gave it, else one made of its netuid.
    pub fn subnet_name(netuid: NetUid) -> Vec<u8> {
        let named = SubnetIdentitiesV3::<T>::get(netuid).map(|identity| identity.subnet_name);
        named
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| match netuid {
                ROOT => b"root".to_vec(),
                _ => format!("subnet {netuid}").into_bytes(),
            })
    }
}
