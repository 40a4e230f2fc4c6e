//! Safe mode: root stops everything but what keeps validators and the chain itself going.

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
    use frame_support::{pallet_prelude::*, traits::Contains};
    use frame_system::pallet_prelude::*;
    use sp_runtime::Saturating;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Calls that go through.
        type WhitelistedCalls: Contains<Self::RuntimeCall>;
        /// Blocks for which root's entry holds.
        type ForcedEnterDuration: Get<BlockNumberFor<Self>>;
        /// Blocks that root's extension adds.
        type ForcedExtendDuration: Get<BlockNumberFor<Self>>;
    }

    /// The last block of safe mode; absent outside of it.
    #[pallet::storage]
    pub type EnteredUntil<T: Config> = StorageValue<_, BlockNumberFor<T>, OptionQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(fn deposit_event)]
    pub enum Event<T: Config> {
        /// Only what is whitelisted goes through from here on.
        Entered {
            /// The last block of it.
            until: BlockNumberFor<T>,
        },
        /// It lasts longer.
        Extended {
            /// The last block of it now.
            until: BlockNumberFor<T>,
        },
        /// All calls go through again.
        Exited {
            /// Whether it ran out or was ended.
            reason: ExitReason,
        },
    }

    /// Why safe mode ended.
    #[derive(
        Copy,
        Clone,
        PartialEq,
        Eq,
        Debug,
        Encode,
        Decode,
        DecodeWithMemTracking,
        TypeInfo,
        MaxEncodedLen,
    )]
    pub enum ExitReason {
        /// Its last block has passed.
        Timeout,
        /// Root ended it.
        Force,
    }

    // The chain's names.
    #[allow(clippy::enum_variant_names)]
    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        #[pallet::constant_name(EnterDuration)]
        fn enter_duration() -> u32 {
            0
        }
        #[pallet::constant_name(ExtendDuration)]
        fn extend_duration() -> u32 {
            0
        }
        #[pallet::constant_name(EnterDepositAmount)]
        fn enter_deposit_amount() -> Option<u64> {
            None
        }
        #[pallet::constant_name(ExtendDepositAmount)]
        fn extend_deposit_amount() -> Option<u64> {
            None
        }
        #[pallet::constant_name(ReleaseDelay)]
        fn release_delay() -> Option<u32> {
            None
        }
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The chain is in safe mode.
        Entered,
        /// The chain is not in safe mode.
        Exited,
        /// Nobody but root may enter or extend.
        NotConfigured,
        /// There is no such deposit.
        NoDeposit,
        /// The account has made its deposit.
        AlreadyDeposited,
        /// The deposit can not be given back yet.
        CannotReleaseYet,
        /// The deposit could not be moved.
        CurrencyError,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(block: BlockNumberFor<T>) -> Weight {
            if EnteredUntil::<T>::get().is_some_and(|until| block > until) {
                EnteredUntil::<T>::kill();
                Self::deposit_event(Event::Exited {
                    reason: ExitReason::Timeout,
                });
            }
            Weight::zero()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Root enters safe mode.
        #[pallet::call_index(1)]
        #[pallet::weight((Weight::from_parts(10_000_000, 0), DispatchClass::Operational))]
        pub fn force_enter(origin: OriginFor<T>) -> DispatchResult {
            ensure_root(origin)?;
            ensure!(!EnteredUntil::<T>::exists(), Error::<T>::Entered);
            let now = frame_system::Pallet::<T>::block_number();
            let until = now.saturating_add(T::ForcedEnterDuration::get());
            EnteredUntil::<T>::put(until);
            Self::deposit_event(Event::Entered { until });
            Ok(())
        }

        /// Root extends safe mode.
        #[pallet::call_index(3)]
        #[pallet::weight((Weight::from_parts(10_000_000, 0), DispatchClass::Operational))]
        pub fn force_extend(origin: OriginFor<T>) -> DispatchResult {
            ensure_root(origin)?;
            let until = EnteredUntil::<T>::get().ok_or(Error::<T>::Exited)?;
            let until = until.saturating_add(T::ForcedExtendDuration::get());
            EnteredUntil::<T>::put(until);
            Self::deposit_event(Event::Extended { until });
            Ok(())
        }

        /// Root ends safe mode.
        #[pallet::call_index(4)]
        #[pallet::weight((Weight::from_parts(10_000_000, 0), DispatchClass::Operational))]
        pub fn force_exit(origin: OriginFor<T>) -> DispatchResult {
            ensure_root(origin)?;
            ensure!(EnteredUntil::<T>::exists(), Error::<T>::Exited);
            EnteredUntil::<T>::kill();
            Self::deposit_event(Event::Exited {
                reason: ExitReason::Force,
            });
            Ok(())
        }
    }

    impl<T: Config> Contains<T::RuntimeCall> for Pallet<T> {
        fn contains(call: &T::RuntimeCall) -> bool {
            !EnteredUntil::<T>::exists() || T::WhitelistedCalls::contains(call)
        }
    }
}
