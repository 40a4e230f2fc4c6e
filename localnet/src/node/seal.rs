//! Sealing blocks, announcing them, and taking them back.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use codec::Decode;
use sp_state_machine::Backend;

use super::{Heads, Node};
use crate::author::{self, BuildError, Candidate, Ingredients};
use crate::chain::{BlockRef, DataDir, DataDirError, MAX_RETRACT, State, StateError};

/// Entries of the pool validated again per block, and after how many blocks each.
const RECHECK: (usize, u32) = (32, 16);

/// A block never spends longer than this on extrinsics; what is left waits.
const APPLY_FOR: Duration = Duration::from_secs(2);

/// Why no block was sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The runtime can't make one.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// It is built and can't be kept.
    #[error(transparent)]
    Disk(#[from] DataDirError),
    /// The head's state is gone: a fault of this program.
    #[error(transparent)]
    State(#[from] StateError),
    /// Another call makes many at once.
    #[error("blocks are being made in a hurry already: wait for the other call")]
    Forwarding,
}

/// Why the head can't go back.
#[derive(Debug, thiserror::Error)]
pub enum RetractError {
    /// Older blocks are final, settled on disk, or more than the chain remembers; or none was to go back.
    #[error(
        "at most {possible} blocks can be taken back now, not {asked}: older ones are final or settled on disk"
    )]
    TooDeep {
        /// Blocks that were to be taken back.
        asked: u32,
        /// Blocks that could be.
        possible: u32,
    },
    /// Going back can't be kept.
    #[error(transparent)]
    Disk(#[from] DataDirError),
}

/// Whether a block is one of many made at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    Clocked,
    Hurried,
}

/// A raw storage key with its new value, or `None` to remove it.
pub type Override = (Vec<u8>, Option<Vec<u8>>);

impl Node {
    /// Seals one block and announces it. With `overrides`, the block also writes them.
    pub fn seal(&self, overrides: Vec<Override>) -> Result<BlockRef, SealError> {
        let mut disk = self.disk.lock();
        let head = self.seal_next(&mut disk, overrides, Pace::Clocked)?;
        self.announce();
        Ok(head)
    }

    /// Seals `count` blocks, each a block time after the other on the chain's clock, and announces the last.
    ///
    /// # Errors
    /// [`SealError::Forwarding`] while another one runs. It ends early when the node closes.
    pub fn fast_forward(&self, count: u32) -> Result<BlockRef, SealError> {
        let Some(_turn) = self.forwarding.try_lock() else {
            return Err(SealError::Forwarding);
        };
        let mut disk = self.disk.lock();
        let mut sealed = Ok(self.chain.read().head());
        for left in (0..count).rev() {
            // The last one is up to date, for whoever looks at it.
            let pace = if left == 0 {
                Pace::Clocked
            } else {
                Pace::Hurried
            };
            sealed = self.seal_next(&mut disk, Vec::new(), pace);
            if sealed.is_err() || self.closing.load(Ordering::Relaxed) {
                break;
            }
        }
        if let Some(disk) = disk.as_ref() {
            disk.sync()?;
        }
        self.announce();
        sealed
    }

    /// Whether many blocks are being made at once.
    pub fn is_forwarding(&self) -> bool {
        self.forwarding.is_locked()
    }

    fn seal_next(
        &self,
        disk: &mut Option<DataDir>,
        overrides: Vec<Override>,
        pace: Pace,
    ) -> Result<BlockRef, SealError> {
        let candidates = self.pool.lock().ready();
        let draft = {
            let chain = self.chain.read();
            let head = chain.head().hash;
            let parent = chain.block(&head).ok_or(StateError::Unknown(head))?;
            let state = chain.state(&head)?;
            let time_ms = self.clock.next(timestamp(&state), self.pace.block_time);
            let deadline = Instant::now() + APPLY_FOR;
            let number = parent.header.number.saturating_add(1);
            let own = self.drand.as_ref().map_or_else(Vec::new, |drand| {
                drand.pulses(&state, number, time_ms, pace == Pace::Hurried)
            });
            author::build(
                &state,
                &parent.header,
                &Ingredients {
                    time_ms,
                    own,
                    overrides,
                    deadline,
                },
                &candidates,
            )?
        };
        if let Some(disk) = disk.as_mut() {
            disk.append(&draft.block)?;
            // Whoever watches an extrinsic hears of the block at once.
            if pace == Pace::Clocked || !draft.included.is_empty() {
                disk.sync()?;
            }
        }
        let head = self.chain.write().append(draft.block);
        let due = {
            let mut pool = self.pool.lock();
            pool.on_block(head, &draft.included, &draft.invalid);
            pool.due_for_check(RECHECK.1, RECHECK.0)
        };
        self.recheck(due, head);
        if let Some(disk) = disk.as_mut() {
            disk.rotate_if_due(&self.chain.read())?;
        }
        Ok(head)
    }

    /// Drops from the pool what the runtime no longer accepts at `head`.
    fn recheck(&self, due: Vec<Candidate>, head: BlockRef) {
        let invalid: Vec<_> = due
            .iter()
            .filter(|candidate| matches!(self.validate(&candidate.bytes, head.hash), Ok(Err(_))))
            .map(|candidate| candidate.hash)
            .collect();
        if !invalid.is_empty() {
            self.pool.lock().drop_invalid(&invalid);
        }
    }

    /// Tells subscribers where the chain is, unless heads are stalled.
    pub fn announce(&self) {
        if self.faults.stall_heads.load(Ordering::Relaxed) {
            return;
        }
        let (best, finalized) = {
            let chain = self.chain.read();
            let best = chain.head();
            (
                best,
                chain
                    .at_number(best.number.saturating_sub(self.pace.finality_lag))
                    .unwrap_or(best),
            )
        };
        let told = self.heads.send_replace_finalized(best, finalized);
        self.pool.lock().watchers.finalized(told.finalized.number);
    }

    /// Waits for a block in the making and makes sure that it is on disk.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
        if let Some(disk) = self.disk.lock().as_ref()
            && let Err(error) = disk.sync()
        {
            tracing::error!(%error, "the last blocks may not be on disk");
        }
    }

    /// Takes the last `depth` blocks back; their extrinsics return to the pool.
    pub fn retract(&self, depth: u32) -> Result<BlockRef, RetractError> {
        let mut disk = self.disk.lock();
        let head = self.chain.read().head();
        let floor = self
            .heads()
            .finalized
            .number
            .max(disk.as_ref().map_or(0, DataDir::retract_floor));
        let possible = head.number.saturating_sub(floor).min(MAX_RETRACT);
        if depth == 0 || depth > possible {
            return Err(RetractError::TooDeep {
                asked: depth,
                possible,
            });
        }
        if let Ok(time) = self.with_state(Some(head.hash), timestamp) {
            self.clock.not_before(time.saturating_add(1));
        }
        let target = head.number - depth;
        if let Some(disk) = disk.as_mut() {
            disk.retract_to(target)?;
        }
        let (fallen, head) = {
            let mut chain = self.chain.write();
            (chain.retract_to(target), chain.head())
        };
        let refs: Vec<_> = fallen
            .iter()
            .map(|block| BlockRef {
                number: block.header.number,
                hash: block.hash,
            })
            .collect();
        let waiting = self.pool.lock().on_retract(head, &refs);
        let again = fallen.into_iter().rev().flat_map(|block| block.extrinsics);
        for bytes in again.chain(
            waiting
                .into_iter()
                .map(|candidate| candidate.bytes.to_vec()),
        ) {
            self.resubmit(bytes);
        }
        self.announce();
        Ok(head)
    }
}

/// Announcing never takes finality back.
trait Announce {
    fn send_replace_finalized(&self, best: BlockRef, finalized: BlockRef) -> Heads;
}

impl Announce for tokio::sync::watch::Sender<Heads> {
    fn send_replace_finalized(&self, best: BlockRef, finalized: BlockRef) -> Heads {
        let mut told = Heads { best, finalized };
        self.send_if_modified(|heads| {
            if heads.finalized.number > told.finalized.number {
                told.finalized = heads.finalized;
            }
            let moved = *heads != told;
            *heads = told;
            moved
        });
        told
    }
}

/// The time that a state's last block was made at, milliseconds.
fn timestamp(state: &State<'_>) -> u64 {
    state
        .storage(&author::clock_key())
        .ok()
        .flatten()
        .and_then(|value| u64::decode(&mut &value[..]).ok())
        .unwrap_or(0)
}
