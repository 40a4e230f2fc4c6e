//! The trie nodes of every kept state, in one map.
//!
//! Blocks share most of their nodes, so a node lives once under its position and hash, counted by how many times it was
//! written and not yet forgotten. A block only ever adds nodes; what it takes out of its parent's trie stays readable
//! until the parent's state is discarded.

use std::collections::HashMap;

use sp_core::storage::Storage;
use sp_core::{Blake2Hasher, H256, Hasher};
use sp_runtime::StateVersion;
use sp_state_machine::{
    Backend, BackendTransaction, DefaultError, TrieBackend, TrieBackendBuilder, TrieBackendStorage,
};
use sp_trie::{DBValue, prefixed_key};

/// The hasher of every state on this chain.
pub type StateHasher = Blake2Hasher;

/// A readable state: all storage as it was after one block.
pub type State<'a> = TrieBackend<&'a Nodes, StateHasher>;

/// Position and hash of a trie node.
pub type NodeKey = Vec<u8>;

/// What one block did to the trie: nodes written, and nodes of the parent's trie it no longer uses.
#[derive(Debug, Default, Clone, PartialEq, Eq, codec::Encode, codec::Decode)]
pub struct TrieDelta {
    /// In order of their keys.
    pub inserted: Vec<(NodeKey, DBValue)>,
    /// Still read by the parent's state; in order too.
    pub removed: Vec<NodeKey>,
}

impl TrieDelta {
    /// Splits a backend transaction into what is written and what is dropped, in a fixed order.
    pub fn from_transaction(mut transaction: BackendTransaction<StateHasher>) -> Self {
        let mut delta = Self::default();
        for (key, (value, count)) in transaction.drain() {
            match count {
                1.. => delta.inserted.push((key, value)),
                0 => {}
                _ => delta.removed.push(key),
            }
        }
        delta.inserted.sort();
        delta.removed.sort();
        delta
    }
}

/// Every node of every kept state.
#[derive(Debug)]
pub struct Nodes {
    map: HashMap<NodeKey, (DBValue, u32)>,
    empty_root: H256,
}

impl Default for Nodes {
    fn default() -> Self {
        Self {
            map: HashMap::new(),
            empty_root: StateHasher::hash(&[0]),
        }
    }
}

impl Nodes {
    /// The state under `root`; the caller knows that it is kept.
    pub fn at(&self, root: H256) -> State<'_> {
        TrieBackendBuilder::new(self, root).build()
    }

    /// Builds the trie of a genesis storage: its root and the nodes.
    pub fn genesis(storage: &Storage) -> (H256, TrieDelta) {
        let empty = Self::default();
        let (root, transaction) = empty.at(empty.empty_root).full_storage_root(
            storage
                .top
                .iter()
                .map(|(key, value)| (key.as_slice(), Some(value.as_slice()))),
            storage.children_default.values().map(|child| {
                (
                    &child.child_info,
                    child
                        .data
                        .iter()
                        .map(|(key, value)| (key.as_slice(), Some(value.as_slice()))),
                )
            }),
            StateVersion::V1,
        );
        (root, TrieDelta::from_transaction(transaction))
    }

    /// Takes in what a block wrote.
    pub fn insert(&mut self, inserted: Vec<(NodeKey, DBValue)>) {
        for (key, value) in inserted {
            self.map.entry(key).or_insert_with(|| (value, 0)).1 += 1;
        }
    }

    /// Forgets one writing of each of these nodes.
    pub fn forget<'a>(&mut self, keys: impl IntoIterator<Item = &'a NodeKey>) {
        for key in keys {
            if let Some(node) = self.map.get_mut(key) {
                node.1 -= 1;
                if node.1 == 0 {
                    self.map.remove(key);
                }
            }
        }
    }

    /// The nodes still in use once each of `pending` (nodes already replaced, but readable for older states) is left out.
    pub fn live<'a>(
        &self,
        pending: impl IntoIterator<Item = &'a NodeKey>,
    ) -> Vec<(NodeKey, DBValue)> {
        let mut replaced: HashMap<&NodeKey, u32> = HashMap::new();
        for key in pending {
            *replaced.entry(key).or_default() += 1;
        }
        let mut live: Vec<_> = self
            .map
            .iter()
            .filter(|(key, (_, count))| *count > replaced.get(key).copied().unwrap_or(0))
            .map(|(key, (value, _))| (key.clone(), value.clone()))
            .collect();
        live.sort();
        live
    }

    /// How many nodes are held.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}

impl TrieBackendStorage<StateHasher> for Nodes {
    fn get(
        &self,
        key: &H256,
        prefix: (&[u8], Option<u8>),
    ) -> Result<Option<DBValue>, DefaultError> {
        if *key == self.empty_root {
            return Ok(Some(vec![0]));
        }
        Ok(self
            .map
            .get(&prefixed_key::<StateHasher>(key, prefix))
            .map(|(value, _)| value.clone()))
    }
}
