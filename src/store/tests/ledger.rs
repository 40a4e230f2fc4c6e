use super::fixtures::*;
use crate::store::{StoreError, SubnetStore};
use crate::types::LedgerState::*;
use crate::types::*;

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

async fn plan(store: &SubnetStore, w: Window) -> Result<WeightSetId, StoreError> {
    store
        .plan(w, &vector(), &seats(), 1020, 1000, &averages(0.5, 3))
        .await
}

/// Walks a planned set along the path up to `to`.
async fn walk(store: &SubnetStore, id: WeightSetId, nonce: u64, to: LedgerState) {
    let path = [Planned, Signed, Broadcast, InBlock, Finalized, Applied];
    let end = path.iter().position(|s| *s == to).unwrap();
    for step in path[..=end].windows(2) {
        if step[1] == Signed {
            store.sign(id, &payload(nonce)).await.unwrap();
        } else {
            let included = (step[1] == InBlock).then_some(block(1007));
            store
                .advance(id, step[0], step[1], "", included)
                .await
                .unwrap();
        }
    }
}

#[tokio::test]
async fn a_set_comes_back_as_it_was_written() {
    let (_db, store) = entered().await;
    let id = plan(&store, window(5, Slot::Early)).await.unwrap();
    let planned = store.open().await.unwrap().remove(0);
    assert_eq!((planned.id, planned.state), (id, Planned));
    assert_eq!((planned.signed, planned.included), (None, None));

    walk(&store, id, 4, Applied).await;
    assert!(store.open().await.unwrap().is_empty());
    let set = store.last_applied().await.unwrap().unwrap();
    assert_eq!(set.window, window(5, Slot::Early));
    assert_eq!((set.vector, set.seats), (vector(), seats()));
    assert_eq!((set.fire_block, set.planned_at), (1020, 1000));
    assert_eq!(set.signed, Some(payload(4)));
    assert_eq!(set.included, Some(block(1007)));
    assert_eq!(store.latest(5).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_window_holds_one_payload_that_could_land() {
    let (_db, store) = entered().await;
    // In every state that stands or could still land, and freed by every other.
    for (epoch, state) in [
        (1, Planned),
        (2, Signed),
        (3, Broadcast),
        (4, InBlock),
        (5, Finalized),
        (6, Applied),
    ] {
        let w = window(epoch, Slot::Early);
        let id = plan(&store, w).await.unwrap();
        walk(&store, id, 1, state).await;
        assert!(
            matches!(plan(&store, w).await, Err(StoreError::WindowTaken(taken)) if taken == w),
            "beside {state:?}"
        );
        // The other slot and the next epoch are other windows.
        let late = plan(&store, window(epoch, Slot::Late)).await.unwrap();
        store
            .advance(late, Planned, Superseded, "test", None)
            .await
            .unwrap();
    }
    for (epoch, state) in [
        (11, Rejected),
        (12, DispatchFailed),
        (13, Expired),
        (14, Superseded),
    ] {
        let w = window(epoch, Slot::Early);
        let id = plan(&store, w).await.unwrap();
        walk(&store, id, 1, Broadcast).await;
        store
            .advance(id, Broadcast, state, "test", None)
            .await
            .unwrap();
        let again = plan(&store, w).await.unwrap();
        store.sign(again, &payload(1)).await.unwrap();
        // Nor can the freed one come back beside it.
        let back = store.advance(id, state, Broadcast, "", None).await;
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
    store.sign(first, &payload(7)).await.unwrap();
    store
        .advance(first, Signed, Rejected, "pool full", None)
        .await
        .unwrap();
    let second = plan(&store, w).await.unwrap();
    let refused = store.sign(second, &payload(8)).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::CouldStillLand { earlier, nonce: 7, era_death: 1064 } if earlier == first),
        "{refused}"
    );
    store.sign(second, &payload(7)).await.unwrap();

    // Past its era it binds nobody.
    store
        .advance(second, Signed, Rejected, "pool full", None)
        .await
        .unwrap();
    let third = store
        .plan(w, &vector(), &seats(), 1100, 1064, &averages(0.5, 3))
        .await
        .unwrap();
    store.sign(third, &payload(8)).await.unwrap();
}

#[tokio::test]
async fn advance_is_compare_and_set() {
    let (_db, store) = entered().await;
    let id = plan(&store, window(5, Slot::Early)).await.unwrap();
    walk(&store, id, 1, Broadcast).await;
    let stale = store.advance(id, Signed, Broadcast, "", None).await;
    assert!(matches!(
        stale,
        Err(StoreError::Moved {
            expected: Signed,
            found: Broadcast,
            ..
        })
    ));
    assert!(matches!(
        store.sign(id, &payload(2)).await,
        Err(StoreError::Moved {
            expected: Planned,
            ..
        })
    ));
    let nobody = store
        .advance(WeightSetId(999), Signed, Broadcast, "", None)
        .await;
    assert!(matches!(nobody, Err(StoreError::UnknownWeightSet(_))));

    // Two rivals see the same state: one moves it.
    let (a, b) = tokio::join!(
        store.advance(id, Broadcast, InBlock, "", Some(block(1003))),
        store.advance(id, Broadcast, Expired, "", None)
    );
    assert!(a.is_ok() != b.is_ok());
}

#[tokio::test]
async fn a_retracted_block_is_forgotten() {
    let (_db, store) = entered().await;
    let id = plan(&store, window(5, Slot::Early)).await.unwrap();
    walk(&store, id, 1, InBlock).await;
    assert_eq!(store.open().await.unwrap()[0].included, Some(block(1007)));
    store
        .advance(id, InBlock, Broadcast, "retracted", None)
        .await
        .unwrap();
    let set = store.open().await.unwrap().remove(0);
    assert_eq!((set.state, set.included), (Broadcast, None));
    assert_eq!(set.reason, "retracted");
    // In a block without a block is refused by the database.
    assert!(
        store
            .advance(id, Broadcast, InBlock, "", None)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_plan_that_contradicts_itself_is_refused() {
    let (_db, store) = entered().await;
    let other = Window {
        scope: scope(2),
        ..window(5, Slot::Early)
    };
    let table = averages(0.5, 3);
    for (w, seats) in [
        (other, seats()),
        (window(5, Slot::Early), vec![]),
        (window(5, Slot::Early), seats()[1..].to_vec()),
    ] {
        let refused = store.plan(w, &vector(), &seats, 1020, 1000, &table).await;
        assert!(matches!(refused, Err(StoreError::Bug(_))));
    }
}
