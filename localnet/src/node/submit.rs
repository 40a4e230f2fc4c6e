//! Taking extrinsics into the pool.

use codec::{Decode, Encode};
use sp_core::{H256, hashing::blake2_256};
use sp_runtime::transaction_validity::{
    TransactionSource, TransactionValidity, TransactionValidityError, ValidTransaction,
};
use tokio::sync::mpsc;

use super::screen::screen;
use super::{CallError, Node};
use crate::author::Candidate;
use crate::exec::{self, ExecError};
use crate::pool::{PoolError, Status};

/// Why an extrinsic was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The bytes aren't an extrinsic, or its call nests deeper than [`exec::MAX_DEPTH`].
    #[error("Extrinsic has invalid format: {0}")]
    Format(String),
    /// The runtime, or this node before it, won't have it.
    #[error("{0:?}")]
    Invalid(TransactionValidityError),
    /// It is valid, and the pool has no place for it.
    #[error(transparent)]
    Pool(#[from] PoolError),
    /// The runtime couldn't be asked.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// Validations tried when blocks keep coming in between.
const ATTEMPTS: usize = 4;

impl Node {
    /// Validates an extrinsic at the best block and takes it into the pool; `watcher` hears what becomes of it.
    pub fn submit(
        &self,
        bytes: Vec<u8>,
        watcher: Option<mpsc::Sender<Status>>,
    ) -> Result<H256, SubmitError> {
        let extrinsic = exec::decode_extrinsic(&bytes)
            .map_err(|error| SubmitError::Format(error.to_string()))?;
        let hash = H256(blake2_256(&bytes));
        if self.pool.lock().contains(&hash) {
            return Err(PoolError::AlreadyImported(hash).into());
        }
        // The head itself: after a fork it may not be announced yet.
        let head = self.chain.read().head().hash;
        self.read(Some(head), || screen(&extrinsic, bytes.len()))?
            .map_err(SubmitError::Invalid)?;
        let candidate = Candidate {
            hash,
            bytes: bytes.into(),
        };
        for _ in 0..ATTEMPTS {
            let at = self.chain.read().head().hash;
            let valid = self
                .validate(&candidate.bytes, at)?
                .map_err(SubmitError::Invalid)?;
            match self
                .pool
                .lock()
                .insert(candidate.clone(), valid, at, watcher.clone())
            {
                Err(PoolError::HeadMoved) => {}
                Ok(()) => return Ok(hash),
                Err(error) => return Err(error.into()),
            }
        }
        Err(PoolError::ImmediatelyDropped.into())
    }

    /// Takes in again what a fork threw out of its block; whoever watches it hears if it is no longer valid.
    pub(super) fn resubmit(&self, bytes: Vec<u8>) {
        let hash = H256(blake2_256(&bytes));
        if let Err(error) = self.submit(bytes, None) {
            tracing::debug!(?hash, %error, "not valid after the fork");
            self.pool.lock().drop_invalid([&hash]);
        }
    }

    /// What the runtime says of an extrinsic at a block.
    pub(super) fn validate(
        &self,
        bytes: &[u8],
        at: H256,
    ) -> Result<Result<ValidTransaction, TransactionValidityError>, CallError> {
        const METHOD: &str = "TaggedTransactionQueue_validate_transaction";
        let mut data = TransactionSource::External.encode();
        data.extend_from_slice(bytes);
        data.extend(at.encode());
        let answer = self.call(Some(at), METHOD, &data)?;
        TransactionValidity::decode(&mut &answer[..]).map_err(|_| {
            ExecError::Trapped(format!("{METHOD}: the answer can't be decoded")).into()
        })
    }
}
