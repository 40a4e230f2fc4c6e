//! The one door to a hotkey.
//!
//! Whoever signs waits for its turn, learns the next nonce, and gets signed bytes only after they are in the ledger.
//! There is no other way to a signature that the chain would take.

use std::fmt;
use std::sync::Arc;

use subtensor::calls::Call;
use subtensor::{Endpoint, next_nonce, sign};
use tokio::sync::{Mutex, MutexGuard};

use super::key::Key;
use crate::store::{Ledger, StoreError};
use crate::types::{BlockRef, Failure, Hotkey, RequestSigner, SignedPayload, WeightSet};
use crate::weights::ledger::{Evidence, next};

/// A hotkey that can sign. Clones share one turn.
#[derive(Clone)]
pub struct Signer {
    key: Arc<Key>,
    turn: Arc<Mutex<()>>,
}

impl Signer {
    pub(super) fn new(key: Key) -> Self {
        Self {
            key: Arc::new(key),
            turn: Arc::default(),
        }
    }

    pub fn hotkey(&self) -> Hotkey {
        self.key.hotkey()
    }

    /// What transports get: request signatures, nothing else.
    pub fn request_signer(&self) -> RequestSigner {
        self.key.request_signer()
    }

    /// Waits for the turn, which lasts until the door is dropped: keep it until the bytes are with a node, so that
    /// the next one's nonce counts them.
    ///
    /// The nonce is the chain's next one (pending transactions counted), or the one after the last that the ledger
    /// gave out to bytes which may still land, whichever is higher: a node that was restarted, or that lags, knows
    /// nothing of them.
    pub async fn door<'d>(
        &'d self,
        node: &'d Endpoint,
        ledger: Ledger<'d>,
    ) -> Result<Door<'d>, Failure> {
        let turn = self.turn.lock().await;
        let journal = ledger.next_nonce(self.hotkey()).await?;
        let chain = next_nonce(node, self.hotkey()).await?;
        Ok(Door {
            key: &self.key,
            node,
            ledger,
            nonce: chain.max(journal),
            _turn: turn,
        })
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.hotkey())
    }
}

/// The turn to sign with one hotkey.
pub struct Door<'d> {
    key: &'d Key,
    node: &'d Endpoint,
    ledger: Ledger<'d>,
    nonce: u64,
    _turn: MutexGuard<'d, ()>,
}

impl Door<'_> {
    /// Signs the call of a planned set, valid for `period` blocks from `anchor`, and writes the bytes into the ledger.
    /// When this returns they are on disk and no node has seen them.
    pub async fn sign(
        &mut self,
        set: &WeightSet,
        call: &Call,
        anchor: BlockRef,
        period: u64,
    ) -> Result<SignedPayload, Failure> {
        let payload = sign(self.node, self.key.pair(), call, self.nonce, anchor, period).await?;
        let Some(step) = next(set, Evidence::Signed(payload.clone())) else {
            let bug = format!(
                "weight set {} is {} and can't be signed",
                set.id.0, set.state
            );
            return Err(StoreError::Bug(bug).into());
        };
        self.ledger.apply(&step).await?;
        self.nonce += 1;
        Ok(payload)
    }
}
