#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

const LIMITS: Limits = Limits {
    entries: 6,
    bytes: 1_000,
    future: 3,
};

fn head(number: u32) -> BlockRef {
    BlockRef {
        number,
        hash: H256::from_low_u64_be(number.into()),
    }
}

fn tag(account: u8, nonce: u8) -> Tag {
    vec![account, nonce]
}

fn hash(id: u64) -> H256 {
    H256::from_low_u64_be(1_000_000 + id)
}

/// What the runtime says of an extrinsic of `account` with `nonce` while the state expects `expected`.
fn valid(account: u8, nonce: u8, expected: u8, priority: u64) -> ValidTransaction {
    ValidTransaction {
        priority,
        requires: (nonce > expected)
            .then(|| tag(account, nonce - 1))
            .into_iter()
            .collect(),
        provides: vec![tag(account, nonce)],
        longevity: 64,
        propagate: true,
    }
}

fn insert(pool: &mut Pool, id: u64, valid: ValidTransaction) -> Result<(), PoolError> {
    let candidate = Candidate {
        hash: hash(id),
        bytes: vec![0; 10].into(),
    };
    let at = pool.head.hash;
    pool.insert(candidate, valid, at, None)
}

fn ready(pool: &Pool) -> Vec<u64> {
    pool.ready()
        .iter()
        .map(|candidate| candidate.hash.to_low_u64_be() - 1_000_000)
        .collect()
}

#[test]
fn nonces_in_order_then_priority_then_arrival() {
    let mut pool = Pool::new(head(0), LIMITS);
    insert(&mut pool, 1, valid(1, 1, 0, 5)).unwrap();
    assert_eq!(ready(&pool), [] as [u64; 0]);
    insert(&mut pool, 2, valid(2, 0, 0, 3)).unwrap();
    insert(&mut pool, 3, valid(3, 0, 0, 3)).unwrap();
    insert(&mut pool, 4, valid(1, 0, 0, 4)).unwrap();
    assert_eq!(ready(&pool), [4, 1, 2, 3]);
    assert!(pool.provides(&tag(1, 1)) && !pool.provides(&tag(1, 2)));
}

#[test]
fn duplicates_and_weaker_rivals_are_refused() {
    let mut pool = Pool::new(head(0), LIMITS);
    insert(&mut pool, 1, valid(1, 0, 0, 5)).unwrap();
    assert_eq!(
        insert(&mut pool, 1, valid(1, 0, 0, 5)),
        Err(PoolError::AlreadyImported(hash(1)))
    );
    let same = insert(&mut pool, 2, valid(1, 0, 0, 5));
    assert_eq!(same, Err(PoolError::TooLowPriority { old: 5, new: 5 }));
    insert(&mut pool, 3, valid(1, 0, 0, 6)).unwrap();
    assert_eq!(ready(&pool), [3]);
}

#[test]
fn a_validation_at_an_old_head_does_not_count() {
    let mut pool = Pool::new(head(0), LIMITS);
    pool.on_block(head(1), &[], &[]);
    let candidate = Candidate {
        hash: hash(1),
        bytes: vec![0].into(),
    };
    let late = pool.insert(candidate, valid(1, 0, 0, 1), head(0).hash, None);
    assert_eq!(late, Err(PoolError::HeadMoved));
}

#[test]
fn a_full_pool_keeps_the_strongest() {
    let mut pool = Pool::new(head(0), LIMITS);
    for account in 0..6 {
        insert(
            &mut pool,
            account.into(),
            valid(account, 0, 0, 10 + u64::from(account)),
        )
        .unwrap();
    }
    assert_eq!(
        insert(&mut pool, 7, valid(7, 0, 0, 10)),
        Err(PoolError::ImmediatelyDropped)
    );
    insert(&mut pool, 8, valid(8, 0, 0, 11)).unwrap();
    assert!(!pool.contains(&hash(0)) && pool.contains(&hash(8)));
    for (id, account) in [(20, 20), (21, 21)] {
        let future = insert(&mut pool, id, valid(account, 5, 0, 99));
        assert!(future.is_ok());
    }
}

#[test]
fn what_was_waited_for_in_a_block_is_waited_for_no_more() {
    let mut pool = Pool::new(head(0), LIMITS);
    insert(&mut pool, 1, valid(1, 0, 0, 1)).unwrap();
    insert(&mut pool, 2, valid(1, 1, 0, 1)).unwrap();
    insert(&mut pool, 3, valid(1, 2, 0, 1)).unwrap();
    pool.on_block(head(1), &[hash(1)], &[]);
    assert_eq!(ready(&pool), [2, 3]);
    pool.on_block(head(2), &[], &[hash(2)]);
    assert_eq!(ready(&pool), [] as [u64; 0]);
    assert!(pool.contains(&hash(3)));
}

#[test]
fn the_mortal_die() {
    let mut pool = Pool::new(head(0), LIMITS);
    insert(&mut pool, 1, valid(1, 0, 0, 1)).unwrap();
    pool.on_block(head(64), &[], &[]);
    assert_eq!(ready(&pool), [1]);
    pool.on_block(head(65), &[], &[]);
    assert!(!pool.contains(&hash(1)));
}

#[test]
fn a_watcher_hears_every_step() {
    let mut pool = Pool::new(head(0), LIMITS);
    let (watcher, mut steps) = mpsc::channel(Watchers::BACKLOG);
    let candidate = Candidate {
        hash: hash(2),
        bytes: vec![0].into(),
    };
    pool.insert(candidate, valid(1, 1, 0, 1), head(0).hash, Some(watcher))
        .unwrap();
    insert(&mut pool, 1, valid(1, 0, 0, 1)).unwrap();
    pool.on_block(head(1), &[hash(1), hash(2)], &[]);
    pool.watchers.finalized(0);
    pool.watchers.finalized(1);
    let mut heard = Vec::new();
    while let Ok(step) = steps.try_recv() {
        heard.push(step);
    }
    let block = head(1).hash;
    assert_eq!(
        heard,
        [
            Status::Future,
            Status::Ready,
            Status::InBlock(block),
            Status::Finalized(block)
        ]
    );
    assert_eq!(serde_json::to_string(&Status::Ready).unwrap(), "\"ready\"");
    assert!(
        serde_json::to_string(&Status::InBlock(block))
            .unwrap()
            .starts_with("{\"inBlock\":\"0x")
    );
}

proptest! {
    /// After any history, an entry counts as ready exactly when the order of the ready can place it.
    #[test]
    fn ready_means_placeable(steps in prop::collection::vec((0u8..5, 0u8..4, 0u8..5, 0u64..4), 1..60)) {
        let mut pool = Pool::new(head(0), Limits { entries: 12, bytes: 1_000, future: 8 });
        let mut number = 0;
        for (id, (what, account, nonce, priority)) in steps.into_iter().enumerate() {
            match what {
                0..=2 => {
                    let _ = insert(&mut pool, id as u64, valid(account, nonce, 0, priority));
                }
                3 => {
                    number += 1;
                    let first: Vec<H256> = pool.ready().iter().take(2).map(|c| c.hash).collect();
                    pool.on_block(head(number), &first, &[]);
                }
                _ => {
                    let any: Vec<H256> = pool.entries.keys().take(1).copied().collect();
                    pool.drop_invalid(&any);
                }
            }
            let flagged: HashSet<H256> =
                pool.entries.iter().filter(|(_, entry)| entry.ready).map(|(hash, _)| *hash).collect();
            let placed: HashSet<H256> = pool.ready().iter().map(|candidate| candidate.hash).collect();
            prop_assert_eq!(flagged, placed);
            prop_assert_eq!(pool.bytes, pool.entries.len() * 10);
            prop_assert!(pool.entries.len() <= 12);
        }
    }
}

#[test]
fn nobody_keeps_others_out_by_waiting() {
    let mut pool = Pool::new(head(0), LIMITS);
    for id in 0..3 {
        insert(&mut pool, id, valid(1, 10 + id as u8, 0, 1)).unwrap();
    }
    // A fourth that waits takes the place of the one that has waited longest.
    insert(&mut pool, 3, valid(2, 1, 0, 1)).unwrap();
    assert!(!pool.contains(&hash(0)) && pool.contains(&hash(1)) && pool.contains(&hash(3)));
    assert_eq!(pool.counts(), (0, 3));
    insert(&mut pool, 4, valid(2, 0, 0, 1)).unwrap();
    assert_eq!(ready(&pool), [4, 3]);
    pool.on_block(head(PATIENCE), &[], &[]);
    assert_eq!(pool.counts(), (2, 2));
    pool.on_block(head(PATIENCE + 1), &[], &[]);
    assert!(!pool.contains(&hash(1)), "in vain");
}
