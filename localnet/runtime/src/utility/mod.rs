//! Several calls in one transaction, or one call in another's name.
//!
//! Not the stock pallet: on the real chain a batch of free calls is free, so that a hotkey without
//! funds can send one, and what the pool would ask of a call by itself is asked of it here too, so that
//! a batch gets nobody around a check.

mod batch;
mod own;

pub use pallet::*;

use crate::AccountId;
use sp_runtime::DispatchResult;

/// What is asked of a signed call before it is dispatched, by itself or inside another.
pub trait Admission<Call> {
    /// Refuses the call for the reason that a client would see.
    fn check(who: &AccountId, call: &Call) -> DispatchResult;
}

// The pallet's macro converts results that need none.
#[allow(clippy::useless_conversion)]
#[frame_support::pallet]
pub mod pallet {
    use super::{Admission, batch::OnFailure, own};
    use crate::AccountId;
    use frame_support::{
        dispatch::{DispatchClass, GetDispatchInfo, Pays, PostDispatchInfo},
        pallet_prelude::*,
        traits::{IsSubType, OriginTrait, UnfilteredDispatchable},
    };
    use frame_system::pallet_prelude::*;
    use sp_runtime::traits::Dispatchable;

    /// Most calls of a batch: a third of the largest allocation over the size reserved for a call.
    pub const MOST_CALLS: u32 = 33_554_432 / 3 / 1024;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config:
        frame_system::Config<AccountId = AccountId, RuntimeEvent: From<Event>>
    {
        /// Any call of the runtime.
        type RuntimeCall: Parameter
            + Dispatchable<RuntimeOrigin = Self::RuntimeOrigin, PostInfo = PostDispatchInfo>
            + GetDispatchInfo
            + From<frame_system::Call<Self>>
            + UnfilteredDispatchable<RuntimeOrigin = Self::RuntimeOrigin>
            + IsSubType<Call<Self>>
            + IsType<<Self as frame_system::Config>::RuntimeCall>;
        /// Any origin of the runtime.
        type PalletsOrigin: Parameter
            + Into<<Self as frame_system::Config>::RuntimeOrigin>
            + IsType<<<Self as frame_system::Config>::RuntimeOrigin as OriginTrait>::PalletsOrigin>;
        /// What is asked of each call.
        type Admission: Admission<<Self as Config>::RuntimeCall>;
    }

    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event {
        /// A batch stopped at this call.
        BatchInterrupted {
            /// From 0; the calls before it took effect, those after it were not made.
            index: u32,
            /// Why it failed.
            error: DispatchError,
        },
        /// All calls of a batch took effect.
        BatchCompleted,
        /// All calls of a batch were made, and some failed.
        BatchCompletedWithErrors,
        /// The next call of a batch, in its order, took effect.
        ItemCompleted,
        /// The next call of a batch, in its order, failed, and the batch went on.
        ItemFailed {
            /// Why.
            error: DispatchError,
        },
        /// A call was made in another's name.
        DispatchedAs {
            /// How it ended: its failure is none of the call that carried it.
            result: DispatchResult,
        },
        /// The first of two calls took effect, and the second was not made.
        IfElseMainSuccess,
        /// The first of two calls failed, and the second took effect.
        IfElseFallbackCalled {
            /// Why the first failed.
            main_error: DispatchError,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The batch holds more calls than may be.
        TooManyCalls,
        /// No account follows from this index.
        InvalidDerivedAccount,
    }

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        /// Most calls of a batch.
        #[pallet::constant_name(batched_calls_limit)]
        fn batched_calls_limit() -> u32 {
            MOST_CALLS
        }
    }

    /// Weight of a call that carries others: its own and theirs; free if all of them are.
    fn carrying<T: Config>(
        own: Weight,
        calls: &[<T as Config>::RuntimeCall],
    ) -> (Weight, DispatchClass, Pays) {
        let mut weight = own;
        let mut pays = Pays::No;
        for info in calls.iter().map(GetDispatchInfo::get_dispatch_info) {
            weight = weight.saturating_add(info.call_weight);
            if info.pays_fee == Pays::Yes {
                pays = Pays::Yes;
            }
        }
        (weight, DispatchClass::Normal, pays)
    }

    /// Weight of a call that carries one other and pays.
    fn with(own: Weight, call: &impl GetDispatchInfo) -> (Weight, DispatchClass) {
        let inner = call.get_dispatch_info().call_weight;
        (own.saturating_add(inner), DispatchClass::Normal)
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Makes calls until one fails; what was done before stays.
        #[pallet::call_index(0)]
        #[pallet::weight(carrying::<T>(OnFailure::Stop.weight(calls.len()), calls))]
        pub fn batch(
            origin: OriginFor<T>,
            calls: Vec<<T as Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            Self::make_all(origin, calls, OnFailure::Stop)
        }

        /// Makes a call as an account derived from the signer's and a number.
        #[pallet::call_index(1)]
        #[pallet::weight(with(own::as_derivative(), &**call))]
        pub fn as_derivative(
            origin: OriginFor<T>,
            index: u16,
            call: Box<<T as Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            Self::make_as_derivative(origin, index, *call)
        }

        /// Makes all calls or none.
        #[pallet::call_index(2)]
        #[pallet::weight(carrying::<T>(OnFailure::Undo.weight(calls.len()), calls))]
        pub fn batch_all(
            origin: OriginFor<T>,
            calls: Vec<<T as Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            Self::make_all(origin, calls, OnFailure::Undo)
        }

        /// Root makes a call in anyone's name; a failure is an event.
        #[pallet::call_index(3)]
        #[pallet::weight(with(own::dispatch_as(), &**call))]
        pub fn dispatch_as(
            origin: OriginFor<T>,
            as_origin: Box<T::PalletsOrigin>,
            call: Box<<T as Config>::RuntimeCall>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            let result = call.dispatch_bypass_filter((*as_origin).into());
            let result = result.map(|_| ()).map_err(|failure| failure.error);
            Self::deposit_event(Event::DispatchedAs { result });
            Ok(())
        }

        /// Makes each call, whatever becomes of the others.
        #[pallet::call_index(4)]
        #[pallet::weight(carrying::<T>(OnFailure::Continue.weight(calls.len()), calls))]
        pub fn force_batch(
            origin: OriginFor<T>,
            calls: Vec<<T as Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            Self::make_all(origin, calls, OnFailure::Continue)
        }

        /// Root makes a call of a weight it names.
        #[pallet::call_index(5)]
        #[pallet::weight((*weight, DispatchClass::Normal))]
        pub fn with_weight(
            origin: OriginFor<T>,
            call: Box<<T as Config>::RuntimeCall>,
            weight: Weight,
        ) -> DispatchResult {
            ensure_root(origin)?;
            // Root's word for it is enough.
            let _ = weight;
            let root = frame_system::RawOrigin::Root.into();
            let result = call.dispatch_bypass_filter(root);
            result.map(|_| ()).map_err(|failure| failure.error)
        }

        /// Makes a call, and another if the first fails.
        #[pallet::call_index(6)]
        #[pallet::weight({
            let (weight, class) = with(own::if_else(), &**main);
            (weight.saturating_add(fallback.get_dispatch_info().call_weight), class)
        })]
        pub fn if_else(
            origin: OriginFor<T>,
            main: Box<<T as Config>::RuntimeCall>,
            fallback: Box<<T as Config>::RuntimeCall>,
        ) -> DispatchResultWithPostInfo {
            Self::make_either(origin, *main, *fallback)
        }

        /// Root makes a call in anyone's name; a failure is one of this call.
        #[pallet::call_index(7)]
        #[pallet::weight(with(own::dispatch_as_fallible(), &**call))]
        pub fn dispatch_as_fallible(
            origin: OriginFor<T>,
            as_origin: Box<T::PalletsOrigin>,
            call: Box<<T as Config>::RuntimeCall>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            let result = call.dispatch_bypass_filter((*as_origin).into());
            result.map_err(|failure| failure.error)?;
            Self::deposit_event(Event::DispatchedAs { result: Ok(()) });
            Ok(())
        }
    }
}
