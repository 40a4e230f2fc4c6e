use std::time::Duration;

use serde_json::json;

use super::database::Database;
use super::fixtures::*;
use crate::config::DatabaseConfig;
use crate::store::{Event, Store, StoreError};
use crate::types::*;

#[tokio::test]
async fn two_worlds_share_a_database_and_nothing_else() {
    let db = Database::fresh().await;
    let one = db.store.enter(scope(1), HEAD).await.unwrap();
    assert_eq!(one.other_worlds, []);
    let one = one.subnet;
    one.judgements().save_config("cafe", "").await.unwrap();
    let round = exchange();
    one.rounds().record(&round, Duration::ZERO).await.unwrap();
    one.judgements()
        .record(
            round.challenge.id,
            &[],
            &averages(0.5, 1),
            &[normaliser(1.0)],
            "cafe",
            &PairTable::new(),
        )
        .await
        .unwrap();
    let recorded = one.rounds().record(&exchange(), Duration::ZERO).await;
    recorded.unwrap();

    // An earlier block of another chain is no rollback, and the same hotkeys are other miners there.
    let two = db.store.enter(scope(2), block(5)).await.unwrap();
    assert_eq!(two.other_worlds, [scope(1).genesis]);
    let two = two.subnet;
    assert_eq!(two.scores().table().await.unwrap(), ScoreTable::new());
    assert_eq!(two.scores().normalisers().await.unwrap(), []);
    assert_eq!(due(&two).await.unwrap(), []);
    assert_eq!(two.rounds().counts().await.unwrap().rounds, 0);
    // Nor can the other world's round be judged from here.
    assert!(matches!(
        two.judgements()
            .record(
                round.challenge.id,
                &[],
                &averages(0.9, 2),
                &[],
                "cafe",
                &PairTable::new()
            )
            .await,
        Err(StoreError::UnknownRound(_))
    ));
    assert!(matches!(
        two.neurons().record(&subnet(HEAD, &[miner(0)])).await,
        Err(StoreError::Bug(_))
    ));
    assert_eq!(one.scores().table().await.unwrap(), averages(0.5, 1));
    let told: i64 =
        sqlx::query_scalar("select count(*) from events where reason = 'another_world'")
            .fetch_one(db.store.pool())
            .await
            .unwrap();
    assert_eq!(told, 1);

    let scopes: Vec<Scope> = db
        .store
        .subnets()
        .await
        .unwrap()
        .iter()
        .map(|s| s.scope())
        .collect();
    assert_eq!(scopes.len(), 2);
    assert!(scopes.contains(&scope(1)) && scopes.contains(&scope(2)));
}

#[tokio::test]
async fn the_database_itself_refuses_a_mixed_row() {
    let (db, one) = entered().await;
    one.neurons()
        .record(&subnet(HEAD, &[miner(0)]))
        .await
        .unwrap();
    db.store.enter(scope(2), HEAD).await.unwrap();
    let mix = "insert into current_scores (scope_id, neuron_id, value, observations, variance, effective, judgement_id)
               select s.id, n.id, 0.5, 1, 0, 1, 1 from subnets s, neurons n where (s.id = n.scope_id) = $1";
    let mixed = sqlx::query(mix).bind(false).execute(db.store.pool()).await;
    assert!(
        mixed
            .unwrap_err()
            .into_database_error()
            .unwrap()
            .is_foreign_key_violation()
    );
    sqlx::query(mix)
        .bind(true)
        .execute(db.store.pool())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_head_behind_the_last_known_block_is_refused() {
    let (db, store) = entered().await;
    store
        .neurons()
        .record(&subnet(block(1200), &[miner(0)]))
        .await
        .unwrap();
    let refused = db.store.enter(scope(1), block(1199)).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::HeadBehind { last: 1200, .. }),
        "{refused}"
    );
    assert_eq!(refused.cause().exit_code(), 65);
    db.store.enter(scope(1), block(1200)).await.unwrap();
    db.store.enter(scope(1), block(1201)).await.unwrap();
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_an_older_one_migrated() {
    let db = Database::fresh().await;
    let options = || db.store.pool().connect_options().as_ref().clone();
    Store::connect(options(), &DatabaseConfig::default())
        .await
        .unwrap();
    sqlx::query(
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (9999, 'from the future', true, '\\x00', 0)",
    )
    .execute(db.store.pool())
    .await
    .unwrap();
    let refused = Store::connect(options(), &DatabaseConfig::default())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, StoreError::Newer { found: 9999, .. }),
        "{refused}"
    );
    assert_eq!(refused.cause().exit_code(), 65);

    sqlx::query("delete from _sqlx_migrations where version = 9999")
        .execute(db.store.pool())
        .await
        .unwrap();
    sqlx::query("update _sqlx_migrations set checksum = '\\x00' where version = 2")
        .execute(db.store.pool())
        .await
        .unwrap();
    let refused = Store::connect(options(), &DatabaseConfig::default())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, StoreError::Foreign { version: 2 }),
        "{refused}"
    );
}

#[tokio::test]
async fn seats_have_a_beginning_and_an_end() {
    let (db, store) = entered().await;
    store
        .neurons()
        .record(&subnet(block(1010), &[miner(0), miner(1)]))
        .await
        .unwrap();
    // The same again, and an older snapshot: nothing to write.
    store
        .neurons()
        .record(&subnet(block(1011), &[miner(0), miner(1)]))
        .await
        .unwrap();
    store
        .neurons()
        .record(&subnet(block(1005), &[miner(5)]))
        .await
        .unwrap();
    // Uid 1 passes to another hotkey, then miner 0 and 2 swap seats.
    store
        .neurons()
        .record(&subnet(block(1020), &[miner(0), miner(2)]))
        .await
        .unwrap();
    store
        .neurons()
        .record(&subnet(block(1030), &[miner(2), miner(0)]))
        .await
        .unwrap();
    let seats: Vec<(i32, i64, Option<i64>, Vec<u8>)> = sqlx::query_as(
        "select s.uid, s.from_block, s.until_block, n.hotkey from seats s join neurons n on n.id = s.neuron_id
         order by s.from_block, s.uid",
    )
    .fetch_all(db.store.pool())
    .await
    .unwrap();
    let seats: Vec<_> = seats
        .iter()
        .map(|(uid, from, until, h)| (*uid, *from, *until, h[0]))
        .collect();
    assert_eq!(
        seats,
        [
            (0, 1010, Some(1030), 0),
            (1, 1010, Some(1020), 1),
            (1, 1020, Some(1030), 2),
            (0, 1030, None, 2),
            (1, 1030, None, 0),
        ]
    );
}

#[tokio::test]
async fn an_epoch_is_recorded_once_with_its_largest_numbers() {
    let (db, store) = entered().await;
    let metagraph = subnet(HEAD, &[miner(0), miner(1)]).metagraph;
    store
        .epochs()
        .record(3, block(1021), &metagraph)
        .await
        .unwrap();
    store
        .epochs()
        .record(3, block(1022), &metagraph)
        .await
        .unwrap();
    let rows: Vec<(i64, String, i32)> =
        sqlx::query_as("select block, emission::text, incentive from chain_epochs order by uid")
            .fetch_all(db.store.pool())
            .await
            .unwrap();
    assert_eq!(rows, vec![(1021, u64::MAX.to_string(), 65535); 2]);
}

#[tokio::test]
async fn an_event_keeps_its_detail() {
    let (db, store) = entered().await;
    let event = Event {
        reason: Reason::NoScores,
        block: Some(7),
        detail: json!({ "why": "nul \0", "n": 3 }),
    };
    store.events().record(event).await.unwrap();
    let detail: serde_json::Value = sqlx::query_scalar(
        "select detail from events where kind = 'weights' and reason = 'no_scores'",
    )
    .fetch_one(db.store.pool())
    .await
    .unwrap();
    assert_eq!(detail, json!({ "why": "nul \u{fffd}", "n": 3 }));
}
