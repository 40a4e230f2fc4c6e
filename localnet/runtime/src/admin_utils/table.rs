//! How an entry of the call table becomes a call of the pallet.

/// Each entry: documentation, index and weight class, name and arguments, who may make it, what it does.
///
/// ```text
/// /// Blocks between two axon announcements.
/// 3 ADMIN sudo_set_serving_rate_limit(netuid: NetUid, serving_rate_limit: u64)
///     by owner(netuid, H::ServingRateLimit) => …a DispatchResult…;
/// ```
///
/// `by root()`, `by root_in_window(netuid)` and `by owner(netuid, …)` are functions of the pallet that
/// check the origin and then let the change happen.
macro_rules! admin_calls {
    ($(
        $(#[$doc:meta])*
        $index:literal $weight:ident $name:ident ( $($argument:ident : $type:ty),* $(,)? )
            by $who:ident ( $($on:expr),* ) => $change:expr;
    )*) => {
        #[frame_support::pallet_macros::pallet_section]
        mod admin_calls {
            #[pallet::call]
            impl<T: Config> Pallet<T> { $(
                $(#[$doc])*
                #[pallet::call_index($index)]
                #[pallet::weight($weight)]
                pub fn $name(origin: OriginFor<T>, $($argument: $type),*) -> DispatchResult {
                    Self::$who(origin, $($on,)* || $change)
                }
            )* }
        }
    };
}

pub(super) use admin_calls;
