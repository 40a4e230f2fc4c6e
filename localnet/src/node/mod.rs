//! A running chain: blocks and states, the pool, and what has been announced of them.
//!
//! ```text
//! submit ─► pool ─► seal (timer or dev_*) ─► disk ─► chain ─► announce ─► subscribers
//! ```
//!
//! Readers see the chain up to the announced head, never further.

mod beacon;
mod clock;
mod faults;
mod screen;
mod seal;
mod start;
mod submit;

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use parking_lot::{Mutex, RwLock};
use sp_core::H256;
use tokio::sync::watch;

use crate::chain::{BlockRef, Chain, DataDir, State, StateError};
use crate::exec::{self, ExecError};
use crate::pool::Pool;

pub use beacon::DrandSigner;
pub use clock::Clock;
pub use faults::{Faults, PlannedAnswer};
pub use seal::{RetractError, SealError};
pub use start::{DEMO_WORLD, StartError, Wish, open};
pub use submit::SubmitError;

/// What subscribers have heard: both only move on together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    /// The highest block that clients may know of.
    pub best: BlockRef,
    /// The highest block that is never taken back; [`Pace::finality_lag`] below the best one, or higher.
    pub finalized: BlockRef,
}

/// How the chain runs.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Time between two blocks; on the chain's clock also when blocks are made faster.
    pub block_time: Duration,
    /// Blocks between the best and the finalized one.
    pub finality_lag: u32,
}

/// Why a call at a block failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// There is no such block, or its state is gone.
    #[error(transparent)]
    State(#[from] StateError),
    /// The runtime gave no answer.
    #[error(transparent)]
    Exec(#[from] ExecError),
}

/// The node. Locks are taken in the order `disk`, `pool`, `chain`, and never across an await.
#[derive(Debug)]
pub struct Node {
    chain: RwLock<Chain>,
    pool: Mutex<Pool>,
    disk: Mutex<Option<DataDir>>,
    heads: watch::Sender<Heads>,
    /// Held by whoever makes many blocks at once.
    forwarding: Mutex<()>,
    closing: AtomicBool,
    /// Where blocks take their time from.
    pub(crate) clock: Clock,
    /// How often blocks are made, and when they are final.
    pub(crate) pace: Pace,
    /// What a test makes this node do wrong.
    pub(crate) faults: Faults,
    /// Unless somebody else's pulses open commits.
    pub(crate) drand: Option<DrandSigner>,
}

impl Node {
    /// A node over a loaded chain; everything loaded counts as announced.
    pub fn new(
        chain: Chain,
        disk: Option<DataDir>,
        pace: Pace,
        drand: Option<DrandSigner>,
    ) -> Self {
        let best = chain.head();
        let finalized = chain
            .at_number(best.number.saturating_sub(pace.finality_lag))
            .unwrap_or(best);
        Self {
            pool: Mutex::new(Pool::new(best, crate::pool::Limits::default())),
            chain: RwLock::new(chain),
            disk: Mutex::new(disk),
            heads: watch::Sender::new(Heads { best, finalized }),
            forwarding: Mutex::new(()),
            closing: AtomicBool::new(false),
            clock: Clock::default(),
            pace,
            faults: Faults::default(),
            drand,
        }
    }

    /// What has been announced.
    pub fn heads(&self) -> Heads {
        *self.heads.borrow()
    }

    /// Hears of every announcement, or of the latest where several came at once.
    pub fn subscribe(&self) -> watch::Receiver<Heads> {
        self.heads.subscribe()
    }

    /// The hash of block 0.
    pub fn genesis(&self) -> H256 {
        self.chain.read().genesis()
    }

    /// The announced canonical block at `number`.
    pub fn block_at(&self, number: u32) -> Option<BlockRef> {
        let best = self.heads().best;
        if number > best.number {
            None
        } else {
            self.chain.read().at_number(number)
        }
    }

    /// Reads a block of the window.
    pub fn with_block<R>(
        &self,
        hash: &H256,
        read: impl FnOnce(&crate::chain::Block) -> R,
    ) -> Option<R> {
        self.chain.read().block(hash).map(read)
    }

    /// A block's header; of blocks whose state is gone too, unless they are very old.
    pub fn header(&self, hash: &H256) -> Option<localnet_runtime::Header> {
        self.chain.read().header(hash).cloned()
    }

    /// Reads the state after a block, by default the best one.
    pub fn with_state<R>(
        &self,
        at: Option<H256>,
        read: impl FnOnce(&State<'_>) -> R,
    ) -> Result<R, StateError> {
        let hash = at.unwrap_or_else(|| self.heads().best.hash);
        let chain = self.chain.read();
        let state = chain.state(&hash)?;
        Ok(read(&state))
    }

    /// Calls a runtime API function at a block, by default the best one.
    pub fn call(&self, at: Option<H256>, method: &str, data: &[u8]) -> Result<Vec<u8>, CallError> {
        Ok(self.with_state(at, |state| exec::query(state, method, data))??)
    }

    /// Reads the state after a block, by default the best one, through the pallets.
    pub fn read<R>(&self, at: Option<H256>, read: impl FnOnce() -> R) -> Result<R, CallError> {
        Ok(self.with_state(at, |state| exec::read(state, read))??)
    }

    /// Runs `read` on the pool.
    pub fn with_pool<R>(&self, read: impl FnOnce(&Pool) -> R) -> R {
        read(&self.pool.lock())
    }

    /// Discards all but the last `keep` states, as a node with a small window would have.
    pub fn discard_states(&self, keep: usize) {
        self.chain.write().discard_beyond(keep);
    }

    /// How many trie nodes are in memory.
    pub fn node_count(&self) -> usize {
        self.chain.read().node_count()
    }
}
