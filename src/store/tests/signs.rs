//! Signs of life, skipped epochs, and the age of scores.
use std::time::Duration;

use serde_json::json;

use super::fixtures::*;
use crate::store::{Event, Vitals};
use crate::types::*;

#[tokio::test]
async fn signs_of_life_are_those_of_the_last_snapshot() {
    let (db, store) = entered().await;
    let health = store.health();
    assert_eq!(health.read().await.unwrap(), Vitals::default());
    health.parked("no seat \0").await.unwrap();
    let parked = health.read().await.unwrap();
    assert_eq!(parked.parked.as_deref(), Some("no seat \u{fffd}"));
    assert_eq!(parked.snapshot, None);

    let mut us = neuron(0, miner(0));
    us.last_update = 990;
    let subnet = subnet(block(1010), &[miner(0)]);
    health.seen(&subnet, &us).await.unwrap();
    sqlx::query("update health set seen_at = now() - interval '90 s'")
        .execute(db.store.pool())
        .await
        .unwrap();
    let vitals = health.read().await.unwrap();
    let snapshot = vitals.snapshot.unwrap();
    assert_eq!(vitals.parked, None, "a snapshot says that it runs");
    assert_eq!(
        (snapshot.block, snapshot.last_update, snapshot.tempo),
        (1010, 990, 60)
    );
    assert!(snapshot.age >= Duration::from_secs(90), "{snapshot:?}");

    health.parked("gone").await.unwrap();
    let vitals = health.read().await.unwrap();
    assert!(vitals.parked.is_some() && vitals.snapshot.is_some());
}

#[tokio::test]
async fn scores_age_from_the_last_judgement_that_moved_one() {
    let (db, store) = entered().await;
    assert_eq!(store.scores().age().await.unwrap(), None);
    store.judgements().save_config("cafe", "").await.unwrap();
    for moved in [averages(0.5, 1), ScoreTable::new()] {
        let round = exchange();
        store.rounds().record(&round, Duration::ZERO).await.unwrap();
        let (judgements, pairs, id) = (store.judgements(), PairTable::new(), round.challenge.id);
        let recorded = judgements.record(id, &[], &moved, &[], "cafe", &pairs);
        recorded.await.unwrap();
    }
    sqlx::query("update judgements set judged_at = now() - interval '1 hour' where id = 1")
        .execute(db.store.pool())
        .await
        .unwrap();
    let age = store.scores().age().await.unwrap().unwrap();
    assert!(age >= Duration::from_secs(3600), "{age:?}");
    let judged = store.health().read().await.unwrap().judged.unwrap();
    assert!(judged < Duration::from_secs(600), "{judged:?}");
}

#[tokio::test]
async fn skipped_epochs_are_those_without_a_weight_set() {
    let (_db, store) = entered().await;
    let say = async |reason, epoch: u64| {
        let event = Event {
            reason,
            block: Some(epoch * 10),
            detail: json!({ "epoch": epoch, "detail": format!("why {epoch}") }),
        };
        store.events().record(event).await.unwrap();
    };
    let metagraph = subnet(HEAD, &[miner(0)]).metagraph;
    assert_eq!(store.epochs().newest().await.unwrap(), None);
    // The first epoch fired before the service came; of the third nothing was said.
    for epoch in 4..=7 {
        let recorded = store.epochs();
        recorded
            .record(epoch, block(epoch * 10), &metagraph)
            .await
            .unwrap();
    }
    assert_eq!(store.epochs().newest().await.unwrap(), Some(7));
    say(Reason::NoScores, 5).await;
    say(Reason::TooLateForEpoch, 5).await;
    say(Reason::NoScores, 7).await;
    // Something else about weights is no skipped epoch.
    let event = Event {
        reason: Reason::WeightsOld,
        block: None,
        detail: json!({ "blocks": 5 }),
    };
    store.events().record(event).await.unwrap();
    let skipped = store.events().skipped(10).await.unwrap();
    let told: Vec<_> = skipped
        .iter()
        .map(|s| (s.epoch, s.reason, s.detail.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (7, Reason::NoScores, "why 7"),
            (6, Reason::ServiceAway, ""),
            (5, Reason::TooLateForEpoch, "why 5"),
            (5, Reason::NoScores, "why 5"),
        ]
    );
    assert_eq!(store.events().skipped(1).await.unwrap().len(), 1);
}
