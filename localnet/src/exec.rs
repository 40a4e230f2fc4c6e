//! Running the runtime on a state.
//!
//! The runtime is native code: a panic in it, which a wasm node would see as a trap, is caught here and becomes an
//! error; call arguments that nest too deeply are refused before the runtime decodes them on this thread's stack.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use codec::{Decode, DecodeLimit};
use localnet_runtime::{Block, RuntimeCall, UncheckedExtrinsic, api, upgrade};
use sp_state_machine::{Ext, OverlayedChanges};

use crate::chain::{State, StateHasher};

/// Changes on top of a state.
pub type Overlay = OverlayedChanges<StateHasher>;

/// How deep a call may nest, as `frame_support::MAX_EXTRINSIC_DEPTH`.
pub const MAX_DEPTH: u32 = 256;

/// Why a runtime call gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExecError {
    /// The runtime has no API function of this name.
    #[error("Execution failed: Other: Exported method {0} is not found")]
    NoSuchMethod(String),
    /// The runtime panicked, or its frame on the overlay is out of step; the first 200 characters of why.
    #[error("Execution failed: Execution aborted due to trap: {0}")]
    Trapped(String),
    /// What this API function takes isn't SCALE of its type, or nests deeper than [`MAX_DEPTH`].
    #[error("Execution failed: Other: the arguments of {0} can't be decoded")]
    BadArguments(String),
}

thread_local! {
    static IN_RUNTIME: Cell<bool> = const { Cell::new(false) };
}

/// Keeps panics of the runtime, which are answers to bad input, out of the log; others are printed as ever.
pub fn quiet_runtime_panics() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if IN_RUNTIME.get() {
            tracing::debug!("runtime trap: {info}");
        } else {
            default(info);
        }
    }));
}

/// Calls a runtime API function on a state and throws its changes away.
pub fn query(state: &State<'_>, method: &str, data: &[u8]) -> Result<Vec<u8>, ExecError> {
    check_arguments(method, data)?;
    call(state, &mut Overlay::default(), method, data)
}

/// Reads a state through the pallets' own storage types and functions; changes are thrown away.
///
/// # Errors
/// [`ExecError::Trapped`] where `read` panics.
pub fn read<R>(state: &State<'_>, read: impl FnOnce() -> R) -> Result<R, ExecError> {
    let mut overlay = Overlay::default();
    let mut ext = Ext::new(&mut overlay, state, None);
    IN_RUNTIME.set(true);
    let result = catch_unwind(AssertUnwindSafe(|| {
        sp_externalities::set_and_run_with_externalities(&mut ext, read)
    }));
    IN_RUNTIME.set(false);
    result.map_err(|_| ExecError::Trapped("reading storage".to_owned()))
}

/// Calls a runtime API function; its changes go to `overlay`.
///
/// After an error the overlay may hold half of a call's changes: wrap it in a transaction, or drop it.
pub fn call(
    state: &State<'_>,
    overlay: &mut Overlay,
    method: &str,
    data: &[u8],
) -> Result<Vec<u8>, ExecError> {
    let trapped = |reason: &str| ExecError::Trapped(reason.to_owned());
    overlay
        .enter_runtime()
        .map_err(|_| trapped("the runtime is already running"))?;
    let result = {
        let mut ext = Ext::new(overlay, state, None);
        IN_RUNTIME.set(true);
        let result = catch_unwind(AssertUnwindSafe(|| {
            sp_externalities::set_and_run_with_externalities(&mut ext, || {
                api::dispatch(method, data).map(|answer| upgrade::answer(method, answer))
            })
        }));
        IN_RUNTIME.set(false);
        result
    };
    overlay
        .exit_runtime()
        .map_err(|_| trapped("the runtime left its frame"))?;
    match result {
        Ok(Some(output)) => Ok(output),
        Ok(None) => Err(ExecError::NoSuchMethod(method.to_owned())),
        Err(panic) => {
            let message = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("no message");
            Err(trapped(&message.chars().take(200).collect::<String>()))
        }
    }
}

/// Decodes an extrinsic as it came over the wire, all of it and no deeper than [`MAX_DEPTH`].
pub fn decode_extrinsic(bytes: &[u8]) -> Result<UncheckedExtrinsic, codec::Error> {
    UncheckedExtrinsic::decode_all_with_depth_limit(MAX_DEPTH, &mut &bytes[..])
}

/// The functions that take a call, an extrinsic or a block, whose nesting an attacker chooses.
fn check_arguments(method: &str, data: &[u8]) -> Result<(), ExecError> {
    fn fits<T: Decode>(mut data: &[u8]) -> bool {
        T::decode_with_depth_limit(MAX_DEPTH, &mut data).is_ok()
    }
    let fine = match method {
        "Core_execute_block" | "BlockBuilder_check_inherents" => fits::<Block>(data),
        "BlockBuilder_apply_extrinsic"
        | "TransactionPaymentApi_query_info"
        | "TransactionPaymentApi_query_fee_details" => fits::<UncheckedExtrinsic>(data),
        "TransactionPaymentCallApi_query_call_info"
        | "TransactionPaymentCallApi_query_call_fee_details" => fits::<RuntimeCall>(data),
        "TaggedTransactionQueue_validate_transaction" => data
            .split_first()
            .is_some_and(|(_, rest)| fits::<UncheckedExtrinsic>(rest)),
        _ => true,
    };
    if fine {
        Ok(())
    } else {
        Err(ExecError::BadArguments(method.to_owned()))
    }
}
