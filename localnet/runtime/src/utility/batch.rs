//! How calls are made inside another.

use super::pallet::*;
use super::{Admission, own};
use crate::AccountId;
use codec::{Decode, Encode};
use frame_support::{
    dispatch::{
        DispatchErrorWithPostInfo, DispatchResultWithPostInfo, GetDispatchInfo,
        extract_actual_weight,
    },
    ensure,
    traits::{IsSubType, IsType, OriginTrait, UnfilteredDispatchable},
    weights::Weight,
};
use frame_system::{RawOrigin, ensure_none, ensure_root, ensure_signed, pallet_prelude::OriginFor};
use sp_core::blake2_256;
use sp_runtime::{
    DispatchError,
    traits::{Dispatchable, TrailingZeroInput},
};

type CallOf<T> = <T as Config>::RuntimeCall;

/// What becomes of a batch when one of its calls fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnFailure {
    /// It ends there and keeps what was done.
    Stop,
    /// Nothing of it was done.
    Undo,
    /// It goes on.
    Continue,
}

impl OnFailure {
    /// Weight of a batch of `calls` without theirs: the real chain's measurement.
    pub fn weight(self, calls: usize) -> Weight {
        let (base, each) = match self {
            Self::Stop => (19_446_696, 5_450_264),
            Self::Undo => (13_428_230, 5_663_250),
            Self::Continue => (12_134_867, 5_477_293u64),
        };
        let calls = u64::try_from(calls).unwrap_or(u64::MAX);
        own::measured(each.saturating_mul(calls).saturating_add(base), 3983, 2, 0)
    }
}

impl<T: Config> Pallet<T> {
    pub(super) fn make_all(
        mut origin: OriginFor<T>,
        calls: Vec<CallOf<T>>,
        on_failure: OnFailure,
    ) -> DispatchResultWithPostInfo {
        ensure_someone::<T>(&origin)?;
        let n = calls.len();
        ensure!(n <= MOST_CALLS as usize, Error::<T>::TooManyCalls);
        if on_failure == OnFailure::Undo {
            forbid_batch_all::<T>(&mut origin);
        }
        let mut weight = Weight::zero();
        let mut failed = false;
        for (index, call) in calls.into_iter().enumerate() {
            let info = call.get_dispatch_info();
            let result = Self::make(origin.clone(), call);
            weight = weight.saturating_add(extract_actual_weight(&result, &info));
            let Err(failure) = result else {
                Self::deposit_event(Event::ItemCompleted);
                continue;
            };
            let error = failure.error;
            let used = weight.saturating_add(on_failure.weight(index.saturating_add(1)));
            match on_failure {
                OnFailure::Stop => {
                    let index = u32::try_from(index).unwrap_or(u32::MAX);
                    Self::deposit_event(Event::BatchInterrupted { index, error });
                    return Ok(Some(used).into());
                }
                OnFailure::Undo => return Err(failure_of(error, used)),
                OnFailure::Continue => {
                    failed = true;
                    Self::deposit_event(Event::ItemFailed { error });
                }
            }
        }
        Self::deposit_event(if failed {
            Event::BatchCompletedWithErrors
        } else {
            Event::BatchCompleted
        });
        Ok(Some(weight.saturating_add(on_failure.weight(n))).into())
    }

    pub(super) fn make_either(
        origin: OriginFor<T>,
        main: CallOf<T>,
        fallback: CallOf<T>,
    ) -> DispatchResultWithPostInfo {
        ensure_someone::<T>(&origin)?;
        let main_info = main.get_dispatch_info();
        let fallback_info = fallback.get_dispatch_info();
        let result = Self::make(origin.clone(), main);
        let weight = own::if_else().saturating_add(extract_actual_weight(&result, &main_info));
        let Err(main_failure) = result else {
            Self::deposit_event(Event::IfElseMainSuccess);
            return Ok(Some(weight).into());
        };
        let result = Self::make(origin, fallback);
        let weight = weight.saturating_add(extract_actual_weight(&result, &fallback_info));
        result.map_err(|failure| failure_of(failure.error, weight))?;
        let main_error = main_failure.error;
        Self::deposit_event(Event::IfElseFallbackCalled { main_error });
        Ok(Some(weight).into())
    }

    pub(super) fn make_as_derivative(
        mut origin: OriginFor<T>,
        index: u16,
        call: CallOf<T>,
    ) -> DispatchResultWithPostInfo {
        let who = ensure_signed(origin.clone())?;
        let seed = (b"modlpy/utilisuba", who, index).using_encoded(blake2_256);
        let pseudonym = AccountId::decode(&mut TrailingZeroInput::new(&seed))
            .map_err(|_| Error::<T>::InvalidDerivedAccount)?;
        origin.set_caller_from(RawOrigin::Signed(pseudonym));
        let info = call.get_dispatch_info();
        let result = Self::make(origin, call);
        let inner = extract_actual_weight(&result, &info);
        let weight = own::as_derivative().saturating_add(inner);
        result.map_err(|failure| failure_of(failure.error, weight))?;
        Ok(Some(weight).into())
    }

    /// Makes a call as if it came by itself; root's pass every filter.
    fn make(origin: OriginFor<T>, call: CallOf<T>) -> DispatchResultWithPostInfo {
        if ensure_root(origin.clone()).is_ok() {
            return call.dispatch_bypass_filter(origin);
        }
        if let Ok(who) = ensure_signed(origin.clone()) {
            T::Admission::check(&who, &call)?;
        }
        call.dispatch(origin)
    }
}

/// A batch comes from somebody or root.
fn ensure_someone<T: Config>(origin: &OriginFor<T>) -> Result<(), DispatchError> {
    ensure!(
        ensure_none(origin.clone()).is_err(),
        DispatchError::BadOrigin
    );
    Ok(())
}

/// All-or-none within all-or-none is refused.
fn forbid_batch_all<T: Config>(origin: &mut OriginFor<T>) {
    origin.add_filter(|call: &<T as frame_system::Config>::RuntimeCall| {
        let call = <T as Config>::RuntimeCall::from_ref(call);
        !matches!(call.is_sub_type(), Some(Call::batch_all { .. }))
    });
}

fn failure_of(error: DispatchError, weight: Weight) -> DispatchErrorWithPostInfo {
    DispatchErrorWithPostInfo {
        error,
        post_info: Some(weight).into(),
    }
}
