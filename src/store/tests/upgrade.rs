//! A database of the last version opens and goes on.

use std::collections::BTreeMap;

use sqlx::PgPool;

use super::database::connect;
use super::fixtures::*;
use crate::store::{StoreError, SubnetStore};
use crate::types::*;

/// Written by version 0.1, which was killed while its last weights were in a block that was not final yet.
const DUMP: &str = include_str!("../../../tests/data/v0.1.sql");

/// As that version left it when it was killed between asking and judging.
const UNJUDGED: &str = "
    insert into public.rounds (scope_id, round, asked_at, deadline_us, kind, prompt, reference)
        select scope_id, '00000000-0000-4000-8000-000000000001', asked_at, deadline_us, kind, prompt, reference
        from public.rounds where id = 10;
    insert into public.responses
        select (select max(id) from public.rounds), scope_id, neuron_id, uid, queue_us, connect_us, first_byte_us,
               body_us, status, place, outcome, answer
        from public.responses where round_id = 10";

/// The views that people read.
const VIEWS: [&str; 4] = [
    "v_leaderboard",
    "v_miner_history",
    "v_epoch",
    "v_commit_log",
];

async fn old_database() -> String {
    let database = testbed_database::empty().await.unwrap();
    let pool = PgPool::connect(&database).await.unwrap();
    for sql in [DUMP, UNJUDGED] {
        sqlx::raw_sql(sql).execute(&pool).await.unwrap();
    }
    pool.close().await;
    database
}

type Views = BTreeMap<&'static str, Vec<serde_json::Value>>;

fn is_timeout(row: &serde_json::Value) -> bool {
    row["outcome"] == "timeout"
}

fn timeouts(views: &Views, took_ms: f64) -> usize {
    let rows = views["v_miner_history"].iter();
    rows.filter(|r| is_timeout(r) && r["took_ms"].as_f64() == Some(took_ms))
        .count()
}

/// What later versions added to the views, and how long a timeout took, which they mended.
fn without_news(views: &mut Views) {
    for row in views.get_mut("v_miner_history").unwrap() {
        let timeout = is_timeout(row);
        let row = row.as_object_mut().unwrap();
        row.retain(|key, _| {
            ![
                "question",
                "no_verdict",
                "family",
                "source",
                "reference",
                "truth",
            ]
            .contains(&key.as_str())
        });
        row.retain(|key, _| !(timeout && key == "took_ms"));
    }
    for row in views.get_mut("v_leaderboard").unwrap() {
        row.as_object_mut().unwrap().remove("error");
    }
}

async fn views(database: &str) -> Views {
    let pool = PgPool::connect(database).await.unwrap();
    let mut all = BTreeMap::new();
    for view in VIEWS {
        let sql = format!("select to_jsonb(v) from {view} v order by 1");
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(sql));
        all.insert(view, rows.fetch_all(&pool).await.unwrap());
    }
    pool.close().await;
    all
}

async fn migrated(database: &str) -> SubnetStore {
    let store = connect(database, 4).await.unwrap();
    store.subnets().await.unwrap().remove(0)
}

#[tokio::test]
async fn what_people_read_stays_and_the_ledger_goes_on() {
    let database = old_database().await;
    let mut before = views(&database).await;
    assert!(before.values().all(|rows| rows.len() >= 3), "{before:?}");
    let subnet = migrated(&database).await;
    let mut after = views(&database).await;
    assert_eq!(timeouts(&after, 1200.0), 6, "a timeout took its deadline");
    [&mut before, &mut after].into_iter().for_each(without_news);
    assert!(after == before, "a view shows something else than before");

    let ledger = subnet.ledger();
    let states: Vec<_> = ledger
        .history(9)
        .await
        .unwrap()
        .iter()
        .map(|s| s.state)
        .collect();
    assert_eq!(
        states,
        [
            LedgerState::InBlock,
            LedgerState::Applied,
            LedgerState::Applied
        ]
    );
    let us = Hotkey([9; 32]);
    ledger.adopt(us).await.unwrap();
    let open = ledger.open(us).await.unwrap().remove(0);
    let nonce = open.signed.as_ref().unwrap().nonce;
    assert_eq!(ledger.next_nonce(us).await.unwrap(), nonce + 1);

    // Its window is held, the next one is free, and it can be proven.
    let again = Intent {
        hotkey: us,
        ..open.intent.clone()
    };
    let taken = ledger.plan(&again, &ScoreTable::new()).await;
    assert!(matches!(taken, Err(StoreError::WindowTaken(w)) if w == again.window));
    let mut next = again.clone();
    next.window.epoch += 1;
    ledger.plan(&next, &ScoreTable::new()).await.unwrap();
    for to in [LedgerState::Finalized, LedgerState::Applied] {
        let set = ledger.latest(us, 2).await.unwrap().remove(1);
        let proven = Transition {
            id: set.id,
            from: set.state,
            to,
            reason: String::new(),
            signed: None,
            included: set.included,
        };
        ledger.apply(&proven).await.unwrap();
    }
}

#[tokio::test]
async fn a_round_that_was_left_over_is_judged() {
    let database = old_database().await;
    let subnet = migrated(&database).await;
    let left = due(&subnet).await.unwrap();
    assert_eq!((left.len(), left[0].responses.len()), (1, 4));
    let scores = subnet.scores().table().await.unwrap();
    assert_eq!(scores.len(), 4);
    // How sure they are was not recorded: taken for as unsure as they can be.
    for score in scores.values() {
        assert_eq!(score.variance, score.value * (1.0 - score.value));
        assert_eq!(score.effective, score.observations as f64);
    }
    let normalisers = subnet.scores().normalisers().await.unwrap();
    subnet.judgements().save_config("cafe", "").await.unwrap();
    let round = left[0].challenge.id;
    subnet
        .judgements()
        .record(round, &[], &scores, &normalisers, "cafe", &PairTable::new())
        .await
        .unwrap();
    assert_eq!(due(&subnet).await.unwrap(), []);
    let counts = subnet.rounds().counts().await.unwrap();
    assert_eq!((counts.rounds, counts.judgements), (11, 11));
}
