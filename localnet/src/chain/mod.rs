//! The chain as this node holds it: blocks and states of a window below the head, the hashes of all blocks.
//!
//! ```text
//! genesis ………………………… ┄┄┄┄┄┄┄┄┄┄┄┄ tail ═══════════════════════ head
//!    hashes only      headers       headers, bodies, states
//! ```

mod disk;
mod error;
mod nodes;
mod segment;

use std::collections::{HashMap, VecDeque};

use localnet_runtime::Header;
use sp_core::H256;

pub use disk::{DataDir, Origin};
pub use error::DataDirError;
pub use nodes::{Nodes, State, StateHasher, TrieDelta};

/// How many blocks below the head keep their state, like a pruned node with a generous window.
pub const STATE_WINDOW: usize = 4_096;

/// How many headers are kept of blocks whose state is gone: some 150 bytes each.
const OLD_HEADERS: usize = 65_536;

/// Bytes of all bodies in the window; fewer states are kept where blocks are large.
const BODIES: usize = if cfg!(test) { 100_000 } else { 256 << 20 };

/// How far a fork may be taken back: the trie nodes a block wrote are remembered for so many blocks.
pub const MAX_RETRACT: u32 = 64;

/// Blocks of which the oldest is not taken back any more.
const SETTLED: usize = MAX_RETRACT as usize + 1;

/// A sealed block together with what it did to the state.
#[derive(Debug, Clone, PartialEq, Eq, codec::Encode, codec::Decode)]
pub struct SealedBlock {
    pub header: Header,
    /// Each extrinsic as sent: length-prefixed SCALE bytes.
    pub extrinsics: Vec<Vec<u8>>,
    pub delta: TrieDelta,
}

/// A block inside the window.
#[derive(Debug)]
pub struct Block {
    pub hash: H256,
    pub header: Header,
    pub extrinsics: Vec<Vec<u8>>,
    inserted: Vec<nodes::NodeKey>,
    removed: Vec<nodes::NodeKey>,
}

/// Why a block's state can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// No block of this chain has the hash.
    #[error("UnknownBlock: Header was not found in the database: {0:?}")]
    Unknown(H256),
    /// The block is older than the states that are kept.
    #[error("UnknownBlock: State already discarded for {0:?}")]
    Discarded(H256),
}

/// Number and hash of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockRef {
    pub number: u32,
    pub hash: H256,
}

/// Blocks and states in memory. Invariant: the window is never empty, its numbers are consecutive, and its last block
/// is the head.
#[derive(Debug)]
pub struct Chain {
    nodes: Nodes,
    window: VecDeque<Block>,
    /// Of the blocks just below the window, oldest first.
    old_headers: VecDeque<(H256, Header)>,
    /// Numbers of the blocks whose header is known.
    by_hash: HashMap<H256, u32>,
    hashes: Vec<H256>,
    keep: usize,
    /// Bytes of the window's extrinsics.
    bodies: usize,
    head: BlockRef,
}

impl Block {
    fn body(&self) -> usize {
        self.extrinsics.iter().map(Vec::len).sum()
    }
}

impl Chain {
    /// A chain whose oldest known state is that of `base`, with the hashes of all blocks below it.
    ///
    /// `keep` is the number of states that stay readable; `usize::MAX` keeps all.
    pub fn new(older: Vec<H256>, base: SealedBlock, keep: usize) -> Self {
        let hash = base.header.hash();
        let mut chain = Self {
            nodes: Nodes::default(),
            window: VecDeque::new(),
            old_headers: VecDeque::new(),
            by_hash: HashMap::new(),
            hashes: older,
            keep: keep.max(1),
            bodies: 0,
            head: BlockRef {
                number: base.header.number,
                hash,
            },
        };
        chain.push(hash, base);
        chain
    }

    /// Adds a block above the head and discards the oldest state beyond the window.
    pub fn append(&mut self, block: SealedBlock) -> BlockRef {
        let hash = block.header.hash();
        self.push(hash, block);
        self.discard_beyond(self.keep);
        while self.keep < usize::MAX && self.bodies > BODIES && self.window.len() > SETTLED {
            self.discard_beyond(self.window.len().saturating_sub(1));
        }
        self.head
    }

    fn push(&mut self, hash: H256, sealed: SealedBlock) {
        let number = sealed.header.number;
        let inserted = sealed
            .delta
            .inserted
            .iter()
            .map(|(key, _)| key.clone())
            .collect();
        self.nodes.insert(sealed.delta.inserted);
        let block = Block {
            hash,
            header: sealed.header,
            extrinsics: sealed.extrinsics,
            inserted,
            removed: sealed.delta.removed,
        };
        self.bodies = self.bodies.saturating_add(block.body());
        self.window.push_back(block);
        self.by_hash.insert(hash, number);
        self.hashes.push(hash);
        self.head = BlockRef { number, hash };
        // Only a block that may still be taken back needs to know what it wrote.
        if let Some(settled) = self.window.len().checked_sub(SETTLED)
            && let Some(block) = self.window.get_mut(settled)
        {
            block.inserted = Vec::new();
        }
    }

    /// Discards states until at most `keep` are left; bodies go with them, headers stay for long.
    pub fn discard_beyond(&mut self, keep: usize) {
        while self.window.len() > keep.max(1) {
            if let Some(oldest) = self.window.pop_front() {
                self.bodies = self.bodies.saturating_sub(oldest.body());
                self.old_headers.push_back((oldest.hash, oldest.header));
            }
            if self.old_headers.len() > OLD_HEADERS
                && let Some((forgotten, _)) = self.old_headers.pop_front()
            {
                self.by_hash.remove(&forgotten);
            }
            if let Some(next) = self.window.front_mut() {
                let replaced = std::mem::take(&mut next.removed);
                self.nodes.forget(&replaced);
            }
        }
    }

    /// Takes the head back to `number` and returns the blocks that fell away, newest first.
    ///
    /// Does nothing for a number that is outside the window or deeper than [`MAX_RETRACT`].
    pub fn retract_to(&mut self, number: u32) -> Vec<Block> {
        let depth = self.head.number.saturating_sub(number);
        if depth > MAX_RETRACT || depth as usize >= self.window.len() {
            return Vec::new();
        }
        let mut fallen = Vec::new();
        for _ in 0..depth {
            let Some(block) = self.window.pop_back() else {
                break;
            };
            self.by_hash.remove(&block.hash);
            self.bodies = self.bodies.saturating_sub(block.body());
            self.hashes.pop();
            self.nodes.forget(&block.inserted);
            fallen.push(block);
        }
        if let Some(last) = self.window.back() {
            self.head = BlockRef {
                number: last.header.number,
                hash: last.hash,
            };
        }
        fallen
    }

    /// The last block.
    pub fn head(&self) -> BlockRef {
        self.head
    }

    /// The hash of block 0.
    pub fn genesis(&self) -> H256 {
        self.hashes.first().copied().unwrap_or_default()
    }

    /// Number and hash of the canonical block at `number`.
    pub fn at_number(&self, number: u32) -> Option<BlockRef> {
        self.hashes.get(number as usize).map(|hash| BlockRef {
            number,
            hash: *hash,
        })
    }

    /// A block of the window.
    pub fn block(&self, hash: &H256) -> Option<&Block> {
        let number = *self.by_hash.get(hash)?;
        let first = self.window.front()?.header.number;
        self.window.get(number.checked_sub(first)? as usize)
    }

    /// The header of a block of the window, or of one whose state went not long ago.
    pub fn header(&self, hash: &H256) -> Option<&Header> {
        if let Some(block) = self.block(hash) {
            return Some(&block.header);
        }
        let number = *self.by_hash.get(hash)?;
        let (_, oldest) = self.old_headers.front()?;
        let at = number.checked_sub(oldest.number)?;
        Some(&self.old_headers.get(at as usize)?.1)
    }

    /// The state after the block `hash`.
    ///
    /// # Errors
    /// [`StateError::Discarded`] for a block below the window, [`StateError::Unknown`] for any other hash.
    pub fn state(&self, hash: &H256) -> Result<State<'_>, StateError> {
        match self.block(hash) {
            Some(block) => Ok(self.nodes.at(block.header.state_root)),
            None if self.hashes.contains(hash) => Err(StateError::Discarded(*hash)),
            None => Err(StateError::Unknown(*hash)),
        }
    }

    /// How many trie nodes are in memory.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The hashes of the blocks from `from` up to, without, `until`.
    pub fn hashes_between(&self, from: u32, until: u32) -> &[H256] {
        self.hashes
            .get(from as usize..until as usize)
            .unwrap_or_default()
    }

    /// The head as a block that a chain can begin with: all its live nodes and nothing replaced.
    pub fn snapshot(&self) -> Option<SealedBlock> {
        let head = self.window.back()?;
        let pending = self.window.iter().skip(1).flat_map(|block| &block.removed);
        Some(SealedBlock {
            header: head.header.clone(),
            extrinsics: head.extrinsics.clone(),
            delta: TrieDelta {
                inserted: self.nodes.live(pending),
                removed: Vec::new(),
            },
        })
    }
}

#[cfg(test)]
mod disk_tests;
#[cfg(test)]
mod tests;
