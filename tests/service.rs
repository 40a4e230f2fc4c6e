//! The validator as a process on the local chain: kills, restarts, and stops.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::time::Duration;

use common::{Database, Scene};
use testbed::{Child, Error};

const PATIENCE: Duration = Duration::from_secs(90);

fn validator(scene: &Scene, database: &Database, n: usize) -> Child {
    let config = scene.config("//weighmaster");
    scene.validator(&format!("validator-{n}"), &config, database)
}

/// `kill -9` in the middle of a round, and between planning and inclusion: at most that round is lost, and no window
/// ever gets a second payload.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_validator_goes_on_where_it_was() -> Result<(), Error> {
    let database = Database::fresh().await;
    let scene = Scene::open(&[
        ("miner-01", "honest"),
        ("miner-02", "terse"),
        ("miner-03", "silent"),
    ])
    .await;

    // A silent miner holds every round open for 0.8 s of its 1 s: a kill hits the middle of one.
    let mut running = validator(&scene, &database, 0);
    running.wait_for("round round=", 2, PATIENCE).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    running.kill().await;
    let before = counts(&database).await;
    assert!(before.rounds >= 3, "{before:?}");
    assert!(before.rounds - before.judgements <= 1, "{before:?}");

    let mut running = validator(&scene, &database, 1);
    running.wait_for("planning weights", 0, PATIENCE).await?;
    running.kill().await;
    let after = counts(&database).await;
    assert!(
        after.rounds >= before.rounds && after.judgements >= before.judgements,
        "{before:?} → {after:?}"
    );

    let mut running = validator(&scene, &database, 2);
    running.wait_for("state=\"applied\"", 1, PATIENCE).await?;
    let status = running.terminate(Duration::from_secs(8)).await?;
    assert!(status.success(), "{status}\n{}", running.log());

    let end = counts(&database).await;
    assert!(end.rounds - end.judgements <= 1, "{end:?}");
    let subnet = &database.store.subnets().await.unwrap()[0];
    let ledger = subnet.ledger().history(100).await.unwrap();
    let mut landed = BTreeMap::new();
    for set in ledger.iter().filter(|set| set.included.is_some()) {
        *landed
            .entry((set.intent.window.epoch, set.intent.window.slot))
            .or_insert(0) += 1;
    }
    assert!(landed.len() >= 2, "{ledger:?}");
    assert!(
        landed.values().all(|n| *n == 1),
        "two payloads landed in one window: {landed:?}"
    );
    let scores = subnet.scores().table().await.unwrap();
    assert_eq!(scores.len(), 3, "{scores:?}");
    Ok(())
}

async fn counts(database: &Database) -> weighmaster::store::Counts {
    let subnet = &database.store.subnets().await.unwrap()[0];
    subnet.rounds().counts().await.unwrap()
}
