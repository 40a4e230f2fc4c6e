use strum::IntoEnumIterator;

use super::fixtures::*;
use crate::store::{StoreError, SubnetStore};
use crate::types::LedgerState::*;
use crate::types::*;

const US: Hotkey = Hotkey([9; 32]);

fn window(epoch: u64, slot: Slot) -> Window {
    Window {
        scope: scope(1),
        epoch,
        slot,
    }
}

fn vector() -> WeightVector {
    let entries = vec![(Uid(3), 65535), (Uid(400), 1)];
    WeightVector::new(MechanismId(0), entries, u64::MAX, 500, 1).unwrap()
}

fn seats() -> Vec<Seat> {
    let seat = |uid, n| Seat {
        uid: Uid(uid),
        miner: miner(n),
    };
    vec![seat(3, 1), seat(400, 7)]
}

fn payload(nonce: u64) -> SignedPayload {
    SignedPayload {
        bytes: vec![1, 2, 3, nonce as u8],
        hash: [nonce as u8; 32],
        nonce,
        era: Era {
            birth: 1000,
            death: 1064,
        },
    }
}

fn intent(window: Window) -> Intent {
    Intent {
        window,
        hotkey: US,
        vector: vector(),
        seats: seats(),
        fire_block: 1020,
        planned_at: 1000,
    }
}

async fn plan(store: &SubnetStore, w: Window) -> Result<WeightSetId, StoreError> {
    store.ledger().plan(&intent(w), &averages(0.5, 3)).await
}

fn step(id: WeightSetId, from: LedgerState, to: LedgerState) -> Transition {
    Transition {
        id,
        from,
        to,
        reason: String::new(),
        signed: None,
        included: None,
    }
}

async fn sign(
    store: &SubnetStore,
    id: WeightSetId,
    payload: SignedPayload,
) -> Result<(), StoreError> {
    let signed = Transition {
        signed: Some(payload),
        ..step(id, Planned, Signed)
    };
    store.ledger().apply(&signed).await
}

/// Walks a planned set along the path up to `to`.
async fn walk(store: &SubnetStore, id: WeightSetId, nonce: u64, to: LedgerState) {
    let path = [Planned, Signed, Broadcast, InBlock, Finalized, Applied];
    let end = path.iter().position(|s| *s == to).unwrap();
    for pair in path[..=end].windows(2) {
        if pair[1] == Signed {
            sign(store, id, payload(nonce)).await.unwrap();
        } else {
            let in_block = matches!(pair[1], InBlock | Finalized | Applied);
            let moved = Transition {
                included: in_block.then_some(block(1007)),
                ..step(id, pair[0], pair[1])
            };
            store.ledger().apply(&moved).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_set_comes_back_as_it_was_written() {
    let (_db, store) = entered().await;
    let id = plan(&store, window(5, Slot::Early)).await.unwrap();
    let planned = store.ledger().open(US).await.unwrap().remove(0);
    assert_eq!((planned.id, planned.state), (id, Planned));
    assert_eq!((planned.signed, planned.included), (None, None));

    walk(&store, id, 4, Applied).await;
    assert!(store.ledger().open(US).await.unwrap().is_empty());
    let set = store.ledger().latest(US, 1).await.unwrap().remove(0);
    assert_eq!((set.id, set.state), (id, Applied));
    assert_eq!(set.intent, intent(window(5, Slot::Early)));
    assert_eq!(set.signed, Some(payload(4)));
    assert_eq!(set.included, Some(block(1007)));
    assert_eq!(store.ledger().latest(US, 5).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_window_holds_one_payload_that_could_land() {
    let (_db, store) = entered().await;
    // In every state that stands or could still land, and freed by every other.
    for (epoch, state) in (1..).zip(LedgerState::all(|s| s.holds_window)) {
        let w = window(epoch, Slot::Early);
        let id = plan(&store, w).await.unwrap();
        walk(&store, id, 1, state).await;
        assert!(
            matches!(plan(&store, w).await, Err(StoreError::WindowTaken(taken)) if taken == w),
            "beside {state:?}"
        );
        // The other slot and the next epoch are other windows.
        let late = plan(&store, window(epoch, Slot::Late)).await.unwrap();
        let freed = step(late, Planned, Superseded);
        store.ledger().apply(&freed).await.unwrap();
    }
    for (epoch, state) in (11..).zip(LedgerState::all(|s| !s.holds_window)) {
        let w = window(epoch, Slot::Early);
        let id = plan(&store, w).await.unwrap();
        walk(&store, id, 1, Broadcast).await;
        let freed = step(id, Broadcast, state);
        store.ledger().apply(&freed).await.unwrap();
        let again = plan(&store, w).await.unwrap();
        sign(&store, again, payload(1)).await.unwrap();
        // Nor can the freed one come back beside it.
        let back = store.ledger().apply(&step(id, state, Broadcast)).await;
        assert!(
            matches!(back, Err(StoreError::WindowTaken(_))),
            "{state:?} came back"
        );
    }
}

#[tokio::test]
async fn rivals_for_a_window_get_one_plan() {
    let (_db, store) = entered().await;
    let w = window(5, Slot::Early);
    let (a, b, c) = tokio::join!(plan(&store, w), plan(&store, w), plan(&store, w));
    assert_eq!([a, b, c].into_iter().filter(Result::is_ok).count(), 1);
}

#[tokio::test]
async fn a_refused_payload_that_is_still_valid_binds_the_nonce() {
    let (_db, store) = entered().await;
    let w = window(5, Slot::Early);
    let first = plan(&store, w).await.unwrap();
    sign(&store, first, payload(7)).await.unwrap();
    let refused = step(first, Signed, Rejected);
    store.ledger().apply(&refused).await.unwrap();
    let second = plan(&store, w).await.unwrap();
    let error = sign(&store, second, payload(8)).await.unwrap_err();
    assert!(
        matches!(error, StoreError::CouldStillLand { earlier, nonce: 7, era_death: 1064 } if earlier == first),
        "{error}"
    );
    sign(&store, second, payload(7)).await.unwrap();

    // Past its era it binds nobody.
    let refused = step(second, Signed, Rejected);
    store.ledger().apply(&refused).await.unwrap();
    let later = Intent {
        fire_block: 1100,
        planned_at: 1064,
        ..intent(w)
    };
    let third = store
        .ledger()
        .plan(&later, &averages(0.5, 3))
        .await
        .unwrap();
    sign(&store, third, payload(8)).await.unwrap();
}

#[tokio::test]
async fn a_move_is_compare_and_set() {
    let (_db, store) = entered().await;
    let ledger = store.ledger();
    let id = plan(&store, window(5, Slot::Early)).await.unwrap();
    walk(&store, id, 1, Broadcast).await;
    let stale = ledger.apply(&step(id, Signed, Broadcast)).await;
    assert!(matches!(
        stale,
        Err(StoreError::Moved {
            expected: Signed,
            found: Broadcast,
            ..
        })
    ));
    assert!(matches!(
        sign(&store, id, payload(2)).await,
        Err(StoreError::Moved {
            expected: Planned,
            ..
        })
    ));
    let nobody = ledger
        .apply(&step(WeightSetId(999), Signed, Broadcast))
        .await;
    assert!(matches!(nobody, Err(StoreError::UnknownWeightSet(_))));

    // Two rivals see the same state: one moves it.
    let included = Transition {
        included: Some(block(1003)),
        ..step(id, Broadcast, InBlock)
    };
    let expired = step(id, Broadcast, Expired);
    let (a, b) = tokio::join!(ledger.apply(&included), ledger.apply(&expired));
    assert!(a.is_ok() != b.is_ok());
}

#[tokio::test]
async fn the_block_that_last_took_weights_is_known_whatever_came_since() {
    let (_db, store) = entered().await;
    let ledger = store.ledger();
    assert_eq!(ledger.last_landed(US).await.unwrap(), None);
    let landed = plan(&store, window(5, Slot::Early)).await.unwrap();
    walk(&store, landed, 1, InBlock).await;
    assert_eq!(ledger.last_landed(US).await.unwrap(), Some(1007));
    let settled = Transition {
        included: Some(block(1007)),
        ..step(landed, InBlock, Finalized)
    };
    ledger.apply(&settled).await.unwrap();

    // A call that failed in a later block set nothing; many that were never signed don't hide what landed.
    let failed = plan(&store, window(6, Slot::Early)).await.unwrap();
    walk(&store, failed, 2, Broadcast).await;
    let in_block = Transition {
        included: Some(block(1020)),
        ..step(failed, Broadcast, DispatchFailed)
    };
    ledger.apply(&in_block).await.unwrap();
    assert_eq!(ledger.latest(US, 1).await.unwrap()[0].state, DispatchFailed);
    for _ in 0..20 {
        let never = plan(&store, window(7, Slot::Early)).await.unwrap();
        let dropped = step(never, Planned, Superseded);
        ledger.apply(&dropped).await.unwrap();
    }
    assert_eq!(ledger.last_landed(US).await.unwrap(), Some(1007));
    assert_eq!(ledger.last_landed(Hotkey([99; 32])).await.unwrap(), None);
}

#[tokio::test]
async fn a_retracted_block_is_forgotten() {
    let (_db, store) = entered().await;
    let ledger = store.ledger();
    let id = plan(&store, window(5, Slot::Early)).await.unwrap();
    walk(&store, id, 1, InBlock).await;
    let before = ledger.open(US).await.unwrap().remove(0);
    assert_eq!(before.included, Some(block(1007)));
    let retracted = Transition {
        reason: "retracted".into(),
        ..step(id, InBlock, Broadcast)
    };
    ledger.apply(&retracted).await.unwrap();
    let set = ledger.open(US).await.unwrap().remove(0);
    assert_eq!((set.state, set.included), (Broadcast, None));
    assert_eq!(
        (set.reason.as_str(), set.signed),
        ("retracted", Some(payload(1)))
    );
    // In a block without a block is refused by the database.
    assert!(ledger.apply(&step(id, Broadcast, InBlock)).await.is_err());
}

/// What the program knows of a state and what the database knows are one.
#[tokio::test]
async fn sql_and_rust_agree_on_the_states() {
    let (db, store) = entered().await;
    let rows: Vec<(String, bool, bool, bool, bool)> = sqlx::query_as(
        "select state, is_open, may_land, holds_window, is_lost from ledger_states order by state",
    )
    .fetch_all(db.store.pool())
    .await
    .unwrap();
    let mut known: Vec<_> = LedgerState::iter()
        .map(|state| {
            let s = state.standing();
            (
                state.to_string(),
                s.is_open,
                s.may_land,
                s.holds_window,
                s.is_lost,
            )
        })
        .collect();
    known.sort();
    assert_eq!(rows, known);

    // The column beside a state can't say otherwise.
    let id = plan(&store, window(5, Slot::Early)).await.unwrap();
    for (sql, holds) in [
        (
            "update weight_sets set holds_window = false where id = $1",
            false,
        ),
        (
            "update weight_sets set holds_window = true where id = $1",
            true,
        ),
        (
            "update weight_sets set state = 'no_such_state' where id = $1",
            false,
        ),
    ] {
        let done = sqlx::query(sql).bind(id.0).execute(db.store.pool()).await;
        assert_eq!(done.is_ok(), holds, "{sql}");
    }
}

#[tokio::test]
async fn the_journal_knows_nonces_that_a_node_may_have_forgotten() {
    let (db, store) = entered().await;
    assert_eq!(store.ledger().next_nonce(US).await.unwrap(), 0);
    let id = plan(&store, window(5, Slot::Late)).await.unwrap();
    assert_eq!(
        store.ledger().next_nonce(US).await.unwrap(),
        0,
        "nothing is signed"
    );
    walk(&store, id, 7, Broadcast).await;
    assert_eq!(store.ledger().next_nonce(US).await.unwrap(), 8);
    // On every subnet of this chain, and for this hotkey only.
    let other_subnet = Scope {
        netuid: Netuid(2),
        ..scope(1)
    };
    let other_subnet = db.store.enter(other_subnet, HEAD).await.unwrap().subnet;
    assert_eq!(other_subnet.ledger().next_nonce(US).await.unwrap(), 8);
    let other_world = db.store.enter(scope(2), HEAD).await.unwrap().subnet;
    assert_eq!(other_world.ledger().next_nonce(US).await.unwrap(), 0);
    assert_eq!(store.ledger().next_nonce(Hotkey([8; 32])).await.unwrap(), 0);
    // What expired did not use its nonce: the chain's count is right again.
    let expired = step(id, Broadcast, Expired);
    store.ledger().apply(&expired).await.unwrap();
    assert_eq!(store.ledger().next_nonce(US).await.unwrap(), 0);
}

#[tokio::test]
async fn each_hotkey_has_windows_and_entries_of_its_own() {
    let (db, store) = entered().await;
    let ledger = store.ledger();
    let w = window(5, Slot::Late);
    plan(&store, w).await.unwrap();
    let other = Intent {
        hotkey: Hotkey([8; 32]),
        ..intent(w)
    };
    ledger.plan(&other, &averages(0.5, 3)).await.unwrap();
    assert_eq!(ledger.open(US).await.unwrap().len(), 1);
    assert_eq!(ledger.history(9).await.unwrap().len(), 2);

    // Entries of a version that did not name who signs belong to the first who serves the scope.
    let forget = "update weight_sets set hotkey = null where hotkey = $1";
    let us = US.0.to_vec();
    sqlx::query(forget)
        .bind(us)
        .execute(db.store.pool())
        .await
        .unwrap();
    assert_eq!(ledger.open(US).await.unwrap().len(), 0);
    ledger.adopt(US).await.unwrap();
    assert_eq!(ledger.open(US).await.unwrap().len(), 1);
    assert_eq!(ledger.open(Hotkey([8; 32])).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_plan_that_contradicts_itself_is_refused() {
    let (_db, store) = entered().await;
    let other = Window {
        scope: scope(2),
        ..window(5, Slot::Early)
    };
    for (w, seats) in [
        (other, seats()),
        (window(5, Slot::Early), vec![]),
        (window(5, Slot::Early), seats()[1..].to_vec()),
    ] {
        let broken = Intent { seats, ..intent(w) };
        let refused = store.ledger().plan(&broken, &averages(0.5, 3)).await;
        assert!(matches!(refused, Err(StoreError::Bug(_))));
    }
}
