//! Symbols of subnets' tokens: a fixed list, each in use once.

use super::*;
use crate::NetUid;
use frame_support::ensure;
use frame_system::pallet_prelude::OriginFor;
use sp_runtime::DispatchResult;

/// The chain's symbols in its order, root's first. One of them is white space outside ASCII.
fn all() -> impl Iterator<Item = &'static str> {
    let symbols = include_str!("symbols.txt").split([' ', '\n']);
    symbols.filter(|symbol| !symbol.is_empty())
}

impl<T: Config> Pallet<T> {
    /// The netuid's own symbol, the next free one if that is taken, root's if all are.
    pub(super) fn free_symbol(netuid: NetUid) -> Vec<u8> {
        let free = |symbol: &&str| Self::ensure_symbol_free(symbol.as_bytes()).is_ok();
        let own = all().nth(usize::from(netuid)).or(all().next());
        let symbol = own.filter(free).or_else(|| all().skip(1).find(free));
        let symbol = symbol.or(all().next()).unwrap_or_default();
        symbol.as_bytes().to_vec()
    }

    /// Owner or root gives a subnet another symbol of the list.
    pub(super) fn do_update_symbol(
        origin: OriginFor<T>,
        netuid: NetUid,
        symbol: Vec<u8>,
    ) -> DispatchResult {
        Self::owner_or_root(origin, netuid)?;
        let known = all().skip(1).any(|known| known.as_bytes() == symbol);
        ensure!(known, Error::<T>::SymbolDoesNotExist);
        Self::ensure_symbol_free(&symbol)?;
        TokenSymbol::<T>::insert(netuid, &symbol);
        Self::deposit_event(Event::SymbolUpdated { netuid, symbol });
        Ok(())
    }

    fn ensure_symbol_free(symbol: &[u8]) -> Result<(), Error<T>> {
        let taken = TokenSymbol::<T>::iter_values().any(|used| used == symbol);
        ensure!(!taken, Error::<T>::SymbolAlreadyInUse);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_the_chains() {
        let symbols: std::collections::BTreeSet<&str> = super::all().collect();
        assert_eq!((super::all().count(), symbols.len()), (439, 439));
        assert_eq!(
            super::all().nth(19),
            Some("t"),
            "the small tau is not root's"
        );
        assert_eq!(super::all().last(), Some("ධ"));
    }
}
