//! Extrinsics that wait for a block.
//!
//! An entry is *ready* when each tag it requires is provided by another ready entry, and *future* otherwise. Tags come
//! from the runtime's own validation (for a signed extrinsic: account and nonce), so the pool knows nothing of accounts.

mod status;

use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use sp_core::H256;
use sp_runtime::transaction_validity::ValidTransaction;
use tokio::sync::mpsc;

pub use status::{Status, Watchers};

use crate::author::Candidate;
use crate::chain::BlockRef;

type Tag = Vec<u8>;

/// Bounds of the pool.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Ready and future extrinsics together.
    pub entries: usize,
    /// Of all extrinsics together, as encoded.
    pub bytes: usize,
    /// Extrinsics that wait for another one.
    pub future: usize,
}

impl Default for Limits {
    /// A real node's default is 8,192 entries in 20 MiB.
    fn default() -> Self {
        Self {
            entries: 8_192,
            bytes: 20 << 20,
            future: 1_024,
        }
    }
}

/// Blocks for which an entry may wait for another that never came.
const PATIENCE: u32 = 64;

/// Why an extrinsic was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PoolError {
    /// The same bytes wait already; their hash.
    #[error("already imported")]
    AlreadyImported(H256),
    /// Another extrinsic provides the same tag (for a signed one: the nonce) with no lower priority.
    #[error("priority {new} is not above {old}")]
    TooLowPriority { old: u64, new: u64 },
    /// The pool is full of what isn't worth less.
    #[error("no room")]
    ImmediatelyDropped,
    /// A block came in between, so that the validation may no longer hold.
    #[error("validated at a block that is no longer the head")]
    HeadMoved,
}

#[derive(Debug)]
struct Entry {
    bytes: Arc<[u8]>,
    priority: u64,
    requires: BTreeSet<Tag>,
    provides: Vec<Tag>,
    valid_until: u64,
    sequence: u64,
    arrived_at: u32,
    checked_at: u32,
    ready: bool,
}

/// The pool. Every change keeps `by_tag`, `waiting` and each entry's `ready` in step with the entries.
#[derive(Debug)]
pub struct Pool {
    entries: HashMap<H256, Entry>,
    by_tag: HashMap<Tag, H256>,
    waiting: HashMap<Tag, HashSet<H256>>,
    bytes: usize,
    sequence: u64,
    limits: Limits,
    head: BlockRef,
    /// Who follows an extrinsic, told by the pool and, of finality, by the node.
    pub watchers: Watchers,
}

impl Pool {
    /// An empty pool at the chain's head.
    pub fn new(head: BlockRef, limits: Limits) -> Self {
        Self {
            entries: HashMap::new(),
            by_tag: HashMap::new(),
            waiting: HashMap::new(),
            bytes: 0,
            sequence: 0,
            limits,
            head,
            watchers: Watchers::default(),
        }
    }

    /// Whether an extrinsic of this hash waits here.
    pub fn contains(&self, hash: &H256) -> bool {
        self.entries.contains_key(hash)
    }

    /// Whether some ready entry provides `tag`.
    pub fn provides(&self, tag: &[u8]) -> bool {
        self.by_tag
            .get(tag)
            .and_then(|hash| self.entries.get(hash))
            .is_some_and(|entry| entry.ready)
    }

    /// Ready and future entries.
    pub fn counts(&self) -> (usize, usize) {
        let ready = self.entries.values().filter(|entry| entry.ready).count();
        (ready, self.entries.len() - ready)
    }

    /// Takes in an extrinsic that the runtime found valid at the block `at`.
    ///
    /// # Errors
    /// See [`PoolError`]; after [`PoolError::HeadMoved`] the caller validates again.
    pub fn insert(
        &mut self,
        candidate: Candidate,
        valid: ValidTransaction,
        at: H256,
        watcher: Option<mpsc::Sender<Status>>,
    ) -> Result<(), PoolError> {
        let Candidate { hash, bytes } = candidate;
        if self.entries.contains_key(&hash) {
            return Err(PoolError::AlreadyImported(hash));
        }
        if at != self.head.hash {
            return Err(PoolError::HeadMoved);
        }
        let rivals: HashSet<H256> = valid
            .provides
            .iter()
            .filter_map(|tag| self.by_tag.get(tag).copied())
            .collect();
        let strongest = rivals
            .iter()
            .filter_map(|rival| self.entries.get(rival))
            .map(|entry| entry.priority)
            .max();
        if let Some(old) = strongest
            && valid.priority <= old
        {
            return Err(PoolError::TooLowPriority {
                old,
                new: valid.priority,
            });
        }
        let requires: BTreeSet<Tag> = valid.requires.into_iter().collect();
        let looks_ready = requires.iter().all(|tag| self.provides(tag));
        self.make_room(bytes.len(), valid.priority, looks_ready)?;
        for rival in rivals {
            self.remove(&rival);
            self.watchers.end(&rival, Status::Usurped(hash));
        }
        // Making room may have taken out what this one builds on.
        let ready = requires.iter().all(|tag| self.provides(tag));

        self.bytes += bytes.len();
        self.sequence += 1;
        for tag in &valid.provides {
            self.by_tag.insert(tag.clone(), hash);
        }
        for tag in &requires {
            self.waiting.entry(tag.clone()).or_default().insert(hash);
        }
        let entry = Entry {
            bytes,
            priority: valid.priority,
            requires,
            provides: valid.provides,
            valid_until: u64::from(self.head.number).saturating_add(valid.longevity),
            sequence: self.sequence,
            arrived_at: self.head.number,
            checked_at: self.head.number,
            ready: false,
        };
        self.entries.insert(hash, entry);
        if let Some(watcher) = watcher {
            self.watchers.add(hash, watcher);
        }
        if ready {
            self.promote(hash);
        } else {
            self.watchers.tell(&hash, Status::Future);
        }
        Ok(())
    }

    fn make_room(&mut self, size: usize, priority: u64, ready: bool) -> Result<(), PoolError> {
        if !ready && self.counts().1 >= self.limits.future {
            self.drop_oldest_future();
        }
        while self.entries.len() >= self.limits.entries || self.bytes + size > self.limits.bytes {
            // The weakest goes, the youngest of equals; never to let in one that is no stronger.
            let weakest = self
                .entries
                .iter()
                .min_by_key(|(_, entry)| (entry.priority, std::cmp::Reverse(entry.sequence)))
                .map(|(hash, entry)| (*hash, entry.priority));
            match weakest {
                Some((hash, weakest)) if weakest < priority => {
                    self.remove(&hash);
                    self.watchers.end(&hash, Status::Dropped);
                }
                _ => return Err(PoolError::ImmediatelyDropped),
            }
        }
        Ok(())
    }

    /// Who waits longest for what never comes makes room: nobody can keep others out by waiting.
    fn drop_oldest_future(&mut self) {
        let waiting = self.entries.iter().filter(|(_, entry)| !entry.ready);
        let oldest = waiting.min_by_key(|(_, entry)| entry.sequence);
        if let Some(hash) = oldest.map(|(hash, _)| *hash) {
            self.remove(&hash);
            self.watchers.end(&hash, Status::Dropped);
        }
    }

    /// The ready entries, each after those it requires, otherwise by priority and then by arrival.
    pub fn ready(&self) -> Vec<Candidate> {
        let mut blocked: HashMap<H256, usize> = HashMap::new();
        let mut heap = BinaryHeap::new();
        let rank =
            |hash: &H256, entry: &Entry| (entry.priority, std::cmp::Reverse(entry.sequence), *hash);
        for (hash, entry) in self.entries.iter().filter(|(_, entry)| entry.ready) {
            if entry.requires.is_empty() {
                heap.push(rank(hash, entry));
            } else {
                blocked.insert(*hash, entry.requires.len());
            }
        }
        let mut ordered = Vec::new();
        while let Some((_, _, hash)) = heap.pop() {
            let Some(entry) = self.entries.get(&hash) else {
                continue;
            };
            ordered.push(Candidate {
                hash,
                bytes: entry.bytes.clone(),
            });
            for dependent in entry
                .provides
                .iter()
                .filter_map(|tag| self.waiting.get(tag))
                .flatten()
            {
                if let Some(open) = blocked.get_mut(dependent) {
                    *open -= 1;
                    if *open == 0
                        && let Some(entry) = self.entries.get(dependent)
                    {
                        heap.push(rank(dependent, entry));
                    }
                }
            }
        }
        ordered
    }

    /// The head moved to `head`: what it holds leaves the pool, and so does what can't be part of a later block.
    pub fn on_block(&mut self, head: BlockRef, included: &[H256], invalid: &[H256]) {
        self.head = head;
        for hash in included {
            // First whoever waits for it is told to wait no more: its leaving mustn't count as a loss.
            if let Some(provided) = self.entries.get(hash).map(|entry| entry.provides.clone()) {
                self.satisfied(&provided);
                self.remove(hash);
            }
            self.watchers.in_block(*hash, head);
        }
        let gone = |entry: &Entry| {
            let waited = head.number.saturating_sub(entry.arrived_at);
            entry.valid_until < u64::from(head.number) || !entry.ready && waited > PATIENCE
        };
        let expired: Vec<H256> = self
            .entries
            .iter()
            .filter(|(_, entry)| gone(entry))
            .map(|(hash, _)| *hash)
            .collect();
        self.drop_invalid(invalid.iter().chain(&expired));
    }

    /// The head went back to `head`: nothing in the pool has been checked there.
    pub fn on_retract(&mut self, head: BlockRef, fallen: &[BlockRef]) -> Vec<Candidate> {
        self.head = head;
        self.watchers.retracted(fallen);
        let all = self
            .entries
            .iter()
            .map(|(hash, entry)| (entry.sequence, *hash, entry.bytes.clone()));
        let mut all: Vec<_> = all.collect();
        all.sort();
        self.entries.clear();
        self.by_tag.clear();
        self.waiting.clear();
        self.bytes = 0;
        all.into_iter()
            .map(|(_, hash, bytes)| Candidate { hash, bytes })
            .collect()
    }

    /// Removes entries that the runtime no longer accepts.
    pub fn drop_invalid<'a>(&mut self, hashes: impl IntoIterator<Item = &'a H256>) {
        for hash in hashes {
            self.remove(hash);
            self.watchers.end(hash, Status::Invalid);
        }
    }

    /// At most `count` entries that were last validated more than `age` blocks ago, longest ago first; they count as
    /// checked from now on.
    pub fn due_for_check(&mut self, age: u32, count: usize) -> Vec<Candidate> {
        let limit = self.head.number.saturating_sub(age);
        let mut due: Vec<_> = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.checked_at < limit)
            .map(|(h, e)| (e.checked_at, *h))
            .collect();
        due.sort();
        due.truncate(count);
        let head = self.head.number;
        due.into_iter()
            .filter_map(|(_, hash)| {
                let entry = self.entries.get_mut(&hash)?;
                entry.checked_at = head;
                Some(Candidate {
                    hash,
                    bytes: entry.bytes.clone(),
                })
            })
            .collect()
    }

    /// Marks an entry ready, and every entry that was only waiting for it.
    fn promote(&mut self, hash: H256) {
        let mut next = vec![hash];
        while let Some(hash) = next.pop() {
            let Some(entry) = self.entries.get_mut(&hash) else {
                continue;
            };
            entry.ready = true;
            self.watchers.tell(&hash, Status::Ready);
            let provided = self
                .entries
                .get(&hash)
                .map(|entry| &entry.provides)
                .into_iter()
                .flatten();
            let dependents = provided
                .filter_map(|tag| self.waiting.get(tag))
                .flatten()
                .copied();
            next.extend(dependents.filter(|dependent| {
                self.entries.get(dependent).is_some_and(|entry| {
                    !entry.ready && entry.requires.iter().all(|tag| self.provides(tag))
                })
            }));
        }
    }

    /// Takes an entry out; whoever waited for it is future from now on.
    fn remove(&mut self, hash: &H256) -> Option<Entry> {
        let entry = self.entries.remove(hash)?;
        self.bytes -= entry.bytes.len();
        for tag in &entry.requires {
            if let Some(waiting) = self.waiting.get_mut(tag) {
                waiting.remove(hash);
                if waiting.is_empty() {
                    self.waiting.remove(tag);
                }
            }
        }
        let mut lost = Vec::new();
        for tag in &entry.provides {
            if self.by_tag.get(tag) == Some(hash) {
                self.by_tag.remove(tag);
                lost.push(tag.clone());
            }
        }
        while let Some(tag) = lost.pop() {
            for dependent in self.waiting.get(&tag).into_iter().flatten() {
                if let Some(entry) = self.entries.get_mut(dependent)
                    && std::mem::take(&mut entry.ready)
                {
                    lost.extend(entry.provides.iter().cloned());
                }
            }
        }
        Some(entry)
    }

    /// These tags are part of the state now: nobody waits for them any more.
    fn satisfied(&mut self, tags: &[Tag]) {
        for tag in tags {
            for hash in self.waiting.remove(tag).into_iter().flatten() {
                let Some(entry) = self.entries.get_mut(&hash) else {
                    continue;
                };
                entry.requires.remove(tag);
                let freed = !entry.ready
                    && self
                        .entries
                        .get(&hash)
                        .is_some_and(|entry| entry.requires.iter().all(|tag| self.provides(tag)));
                if freed {
                    self.promote(hash);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
