#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use sp_core::storage::Storage;
use sp_runtime::traits::Header as _;
use sp_runtime::{Digest, StateVersion};
use sp_state_machine::Backend;

use super::*;

type Values = BTreeMap<Vec<u8>, Vec<u8>>;
type Changes = Vec<(u8, Option<u8>)>;

fn key(short: u8) -> Vec<u8> {
    // Keys that share prefixes, so that branches are made and merged again.
    vec![short >> 6, short >> 3, short]
}

fn value(short: u8) -> Vec<u8> {
    // Some values above 32 bytes, which the trie stores in nodes of their own.
    vec![short; if short.is_multiple_of(3) { 40 } else { 3 }]
}

pub(super) fn genesis() -> SealedBlock {
    let mut storage = Storage::default();
    storage.top.insert(b"genesis".to_vec(), vec![1]);
    let (root, delta) = Nodes::genesis(&storage);
    let header = Header::new(0, H256::zero(), root, H256::zero(), Digest::default());
    SealedBlock {
        header,
        extrinsics: Vec::new(),
        delta,
    }
}

pub(super) fn next(chain: &Chain, changes: &Changes) -> SealedBlock {
    let head = chain.block(&chain.head().hash).unwrap();
    let state = chain.state(&head.hash).unwrap();
    let last: Values = changes
        .iter()
        .filter_map(|(k, v)| v.map(|v| (key(*k), value(v))))
        .collect();
    let gone: Vec<Vec<u8>> = changes
        .iter()
        .map(|(k, _)| key(*k))
        .filter(|key| !last.contains_key(key))
        .collect();
    let delta = last
        .iter()
        .map(|(k, v)| (k.as_slice(), Some(v.as_slice())))
        .chain(gone.iter().map(|k| (k.as_slice(), None)));
    let (root, transaction) = state.storage_root(delta, StateVersion::V1);
    let header = Header::new(
        head.header.number + 1,
        H256::zero(),
        root,
        head.hash,
        Digest::default(),
    );
    SealedBlock {
        header,
        extrinsics: Vec::new(),
        delta: TrieDelta::from_transaction(transaction),
    }
}

fn values(chain: &Chain, hash: &H256) -> Values {
    let state = chain.state(hash).unwrap();
    state
        .pairs(Default::default())
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

fn changes() -> impl Strategy<Value = Changes> {
    prop::collection::vec((any::<u8>(), prop::option::of(any::<u8>())), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is pruned or taken back, every kept state reads as it did, and no node outlives its states.
    #[test]
    fn states_stay_true(blocks in prop::collection::vec((changes(), 0u32..8), 1..40), keep in 1usize..12) {
        let mut chain = Chain::new(Vec::new(), genesis(), keep);
        let mut models = vec![(chain.head(), values(&chain, &chain.head().hash))];
        for (changes, retract) in &blocks {
            let block = next(&chain, changes);
            let head = chain.append(block);
            models.push((head, values(&chain, &head.hash)));
            if *retract < 3 {
                let before = chain.head().number;
                let fallen = chain.retract_to(before.saturating_sub(*retract)).len();
                models.truncate(models.len() - fallen);
            }
            prop_assert_eq!(chain.head(), models.last().unwrap().0);
            for (block, model) in models.iter().rev().take(chain.window.len()) {
                prop_assert_eq!(&values(&chain, &block.hash), model);
            }
        }
        let snapshot = chain.snapshot().unwrap();
        let live = snapshot.delta.inserted.len();
        let hashes = chain.hashes_between(0, chain.head().number).to_vec();
        let again = Chain::new(hashes, snapshot, keep);
        prop_assert_eq!(again.head(), chain.head());
        prop_assert_eq!(&values(&again, &again.head().hash), &models.last().unwrap().1);
        chain.discard_beyond(1);
        prop_assert_eq!(chain.node_count(), live);
    }
}

#[test]
fn old_states_are_discarded_by_name() {
    let mut chain = Chain::new(Vec::new(), genesis(), 3);
    let first = chain.append(next(&chain, &vec![(1, Some(1))]));
    for round in 2..6 {
        chain.append(next(&chain, &vec![(round, Some(round))]));
    }
    assert_eq!(
        chain.state(&first.hash).err(),
        Some(StateError::Discarded(first.hash))
    );
    assert_eq!(
        chain.state(&H256::zero()).err(),
        Some(StateError::Unknown(H256::zero()))
    );
    assert!(chain.state(&chain.head().hash).is_ok());
    assert_eq!(chain.at_number(1), Some(first));
}

#[test]
fn headers_outlive_states() {
    let mut chain = Chain::new(Vec::new(), genesis(), 3);
    for round in 1..9 {
        chain.append(next(&chain, &vec![(round, Some(round))]));
    }
    assert_eq!(chain.retract_to(7).len(), 1);
    for number in 0..8 {
        let block = chain.at_number(number).unwrap();
        assert_eq!(chain.header(&block.hash).unwrap().number, number);
        assert_eq!(chain.block(&block.hash).is_some(), number > 5, "{number}");
    }
    assert!(chain.header(&H256::zero()).is_none());
}

#[test]
fn large_bodies_shorten_the_window() {
    let mut chain = Chain::new(Vec::new(), genesis(), 500);
    let grow = |chain: &mut Chain, size: usize| {
        let mut block = next(chain, &Changes::default());
        block.extrinsics = vec![vec![0; size]];
        chain.append(block)
    };
    let first = grow(&mut chain, 10);
    for _ in 0..200 {
        grow(&mut chain, 1_000);
    }
    assert_eq!(
        chain.state(&first.hash).err(),
        Some(StateError::Discarded(first.hash))
    );
    assert!(
        chain.window.len() > 90 && chain.window.len() <= 101,
        "{}",
        chain.window.len()
    );
    // Blocks that may be taken back stay, however large.
    for _ in 0..SETTLED * 2 {
        grow(&mut chain, 50_000);
    }
    assert_eq!(chain.window.len(), SETTLED);
    let head = chain.head().number;
    assert_eq!(chain.retract_to(head - 10).len(), 10);
    assert_eq!(chain.bodies, (SETTLED - 10) * 50_000);
}
