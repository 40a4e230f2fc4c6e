//! Errors in the codes and words of a Substrate node, which clients match on.

use jsonrpsee::types::{ErrorCode, ErrorObjectOwned};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

use crate::chain::StateError;
use crate::node::{CallError, SubmitError};
use crate::pool::PoolError;

/// The answer of a method.
pub type Answer<T> = Result<T, ErrorObjectOwned>;

fn error(code: i32, message: impl Into<String>, data: Option<String>) -> ErrorObjectOwned {
    ErrorObjectOwned::owned(code, message, data)
}

/// −32602: the parameters don't mean anything.
pub fn invalid_params(message: impl std::fmt::Display) -> ErrorObjectOwned {
    error(
        ErrorCode::InvalidParams.code(),
        "Invalid params",
        Some(message.to_string()),
    )
}

/// −32603, for what is this node's own failure.
pub fn internal(message: impl std::fmt::Display) -> ErrorObjectOwned {
    error(ErrorCode::InternalError.code(), message.to_string(), None)
}

/// 4002: more was asked for than one call gives.
pub fn too_many(value: usize, max: usize) -> ErrorObjectOwned {
    error(
        4002,
        format!("count exceeds maximum value. value: {value}, max: {max}"),
        None,
    )
}

/// 4003: a state can't be read, or a runtime call failed in it.
pub fn state(problem: StateError) -> ErrorObjectOwned {
    error(4003, format!("Client error: {problem}"), None)
}

/// 4003, as [`state`].
pub fn call(problem: CallError) -> ErrorObjectOwned {
    error(4003, format!("Client error: {problem}"), None)
}

/// 4003 in the words of the methods that ask the runtime about itself: both SDKs turn to an archive on them.
pub fn about_runtime(problem: CallError) -> ErrorObjectOwned {
    match problem {
        CallError::State(StateError::Discarded(hash)) => error(
            4003,
            format!(
                "Client error: Api called for an unknown Block: State already discarded for {hash:?}"
            ),
            None,
        ),
        other => call(other),
    }
}

/// The 1000s: why an extrinsic was refused.
pub fn submit(problem: SubmitError) -> ErrorObjectOwned {
    match problem {
        SubmitError::Format(reason) => error(1001, format!("Extrinsic has invalid format: {reason}"), None),
        SubmitError::Invalid(TransactionValidityError::Invalid(InvalidTransaction::Custom(code))) => {
            error(1010, "Invalid Transaction", Some(format!("Custom error: {code}")))
        }
        SubmitError::Invalid(TransactionValidityError::Invalid(invalid)) => {
            let reason: &'static str = invalid.into();
            error(1010, "Invalid Transaction", Some(reason.to_owned()))
        }
        SubmitError::Invalid(TransactionValidityError::Unknown(unknown)) => {
            error(1011, "Unknown Transaction Validity", Some(format!("{unknown:?}")))
        }
        SubmitError::Pool(PoolError::AlreadyImported(hash)) => {
            error(1013, "Transaction Already Imported", Some(format!("{hash:?}")))
        }
        SubmitError::Pool(PoolError::TooLowPriority { old, new }) => error(
            1014,
            format!("Priority is too low: ({old} vs {new})"),
            Some(
                "The transaction has too low priority to replace another transaction already in the pool."
                    .to_owned(),
            ),
        ),
        SubmitError::Pool(PoolError::ImmediatelyDropped | PoolError::HeadMoved) => error(
            1016,
            "Immediately Dropped",
            Some("The transaction couldn't enter the pool because of the limit".to_owned()),
        ),
        SubmitError::Call(problem) => {
            error(1002, format!("Runtime error: {problem}"), Some(problem.to_string()))
        }
    }
}
