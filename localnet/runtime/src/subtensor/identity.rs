//! What coldkeys say about themselves and owners about their subnets.

use super::*;
use crate::{AccountId, NetUid};
use frame_support::ensure;
use sp_runtime::DispatchResult;

/// Longest short text, such as a name, in bytes.
const SHORT: usize = 256;
/// Longest long text, such as a description, in bytes.
const LONG: usize = 1024;

impl<T: Config> Pallet<T> {
    /// Only coldkeys with a registered hotkey may.
    pub(super) fn do_set_identity(coldkey: AccountId, identity: ChainIdentityV2) -> DispatchResult {
        let registered = OwnedHotkeys::<T>::get(&coldkey)
            .iter()
            .any(|hotkey| IsNetworkMember::<T>::iter_prefix_values(hotkey).any(|member| member));
        ensure!(registered, Error::<T>::HotKeyNotRegisteredInNetwork);
        ensure!(identity.is_short_enough(), Error::<T>::InvalidIdentity);
        IdentitiesV2::<T>::insert(&coldkey, identity);
        Self::deposit_event(Event::ChainIdentitySet(coldkey));
        Ok(())
    }

    pub(super) fn do_set_subnet_identity(
        coldkey: &AccountId,
        netuid: NetUid,
        identity: SubnetIdentityV3,
    ) -> DispatchResult {
        let owner = SubnetOwner::<T>::get(netuid) == *coldkey;
        ensure!(owner, Error::<T>::NotSubnetOwner);
        ensure!(identity.is_short_enough(), Error::<T>::InvalidIdentity);
        SubnetIdentitiesV3::<T>::insert(netuid, identity);
        Self::deposit_event(Event::SubnetIdentitySet(netuid));
        Ok(())
    }
}

impl ChainIdentityV2 {
    /// Whether each text is within the chain's bounds.
    fn is_short_enough(&self) -> bool {
        let short = [&self.name, &self.url, &self.github_repo, &self.discord];
        fit(&short, SHORT) && fit(&[&self.image, &self.description, &self.additional], LONG)
    }
}

impl SubnetIdentityV3 {
    /// Whether each text is within the chain's bounds.
    pub(super) fn is_short_enough(&self) -> bool {
        let long = [
            &self.github_repo,
            &self.subnet_contact,
            &self.subnet_url,
            &self.description,
            &self.logo_url,
            &self.additional,
        ];
        fit(&[&self.subnet_name, &self.discord], SHORT) && fit(&long, LONG)
    }
}

fn fit(texts: &[&Vec<u8>], most: usize) -> bool {
    texts.iter().all(|text| text.len() <= most)
}
