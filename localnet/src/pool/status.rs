//! Who hears what became of an extrinsic.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use sp_core::H256;
use tokio::sync::mpsc;

use crate::chain::BlockRef;

/// A step in an extrinsic's life, in the form that clients read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Waits for another extrinsic, as one with a later nonce does.
    Future,
    /// May go into the next block.
    Ready,
    /// In this block, which may fall away.
    InBlock(H256),
    /// The block that held it fell away: it is back in the pool, or hears that it is invalid.
    Retracted(H256),
    /// In this block for good.
    Finalized(H256),
    /// This extrinsic took its place, by a higher priority.
    Usurped(H256),
    /// Made room for a stronger one, or had waited longest where too many wait.
    Dropped,
    /// The runtime no longer accepts it, or what it waits for never came.
    Invalid,
}

/// The open subscriptions by extrinsic, and which block holds it while that block isn't final.
///
/// A subscriber that doesn't read loses later steps, and one that left is forgotten at the next step.
#[derive(Debug, Default)]
pub struct Watchers {
    by_extrinsic: HashMap<H256, Vec<mpsc::Sender<Status>>>,
    included: BTreeMap<u32, Vec<(H256, H256)>>,
}

impl Watchers {
    /// Steps a subscriber may fall behind.
    pub const BACKLOG: usize = 32;

    pub(super) fn add(&mut self, extrinsic: H256, watcher: mpsc::Sender<Status>) {
        self.by_extrinsic
            .entry(extrinsic)
            .or_default()
            .push(watcher);
    }

    pub(super) fn tell(&mut self, extrinsic: &H256, status: Status) {
        if let Some(watchers) = self.by_extrinsic.get_mut(extrinsic) {
            watchers.retain(|watcher| watcher.try_send(status).is_ok());
            if watchers.is_empty() {
                self.by_extrinsic.remove(extrinsic);
            }
        }
    }

    pub(super) fn end(&mut self, extrinsic: &H256, status: Status) {
        self.tell(extrinsic, status);
        self.by_extrinsic.remove(extrinsic);
    }

    pub(super) fn in_block(&mut self, extrinsic: H256, block: BlockRef) {
        self.tell(&extrinsic, Status::InBlock(block.hash));
        if self.by_extrinsic.contains_key(&extrinsic) {
            self.included
                .entry(block.number)
                .or_default()
                .push((extrinsic, block.hash));
        }
    }

    pub(super) fn retracted(&mut self, fallen: &[BlockRef]) {
        for block in fallen {
            for (extrinsic, hash) in self.included.remove(&block.number).unwrap_or_default() {
                self.tell(&extrinsic, Status::Retracted(hash));
            }
        }
    }

    /// All blocks up to `number` are final.
    pub fn finalized(&mut self, number: u32) {
        while let Some(block) = self.included.first_entry()
            && *block.key() <= number
        {
            for (extrinsic, hash) in block.remove() {
                self.end(&extrinsic, Status::Finalized(hash));
            }
        }
    }
}
