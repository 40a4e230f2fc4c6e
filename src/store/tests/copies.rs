//! What is remembered of pairs, and of who waits for its turn.

use std::time::Duration;

use super::database::Database;
use super::fixtures::*;
use crate::store::SubnetStore;
use crate::types::*;

fn pair(a: u8, b: u8) -> Pair {
    Pair::of(miner(a), miner(b)).unwrap()
}

fn record(rounds: u64, agreed: u64, evidence: f64) -> PairRecord {
    PairRecord {
        rounds,
        agreed,
        evidence,
        proven: evidence > 8.0,
        now: false,
    }
}

/// A round in which everybody was asked, judged with these records.
async fn judged(store: &SubnetStore, pairs: PairTable) {
    let exchange = exchange();
    let recorded = store.rounds().record(&exchange, Duration::ZERO).await;
    recorded.unwrap();
    let judgements = judgements(&exchange);
    let (round, none) = (exchange.challenge.id, ScoreTable::new());
    let judged = store.judgements();
    let judged = judged.record(round, &judgements, &none, &[], "cafe", &pairs);
    judged.await.unwrap();
}

async fn one<T>(db: &Database, sql: &'static str) -> T
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
{
    let found = sqlx::query_scalar(sql).fetch_one(db.store.pool()).await;
    found.unwrap()
}

#[tokio::test]
async fn records_of_pairs_go_on_where_they_were() {
    let (db, store) = entered().await;
    store.judgements().save_config("cafe", "").await.unwrap();
    let now = PairRecord {
        now: true,
        ..record(3, 2, 0.1 + 0.2)
    };
    judged(
        &store,
        PairTable::from([(pair(0, 1), now), (pair(2, 1), record(1, 1, 1.0))]),
    )
    .await;
    judged(&store, PairTable::from([(pair(0, 1), record(4, 2, 9.0))])).await;
    let copies = store.copies();
    let all = copies.among(&[miner(1), miner(0), miner(2)]).await.unwrap();
    let expected = [
        (pair(0, 1), record(4, 2, 9.0)),
        (pair(2, 1), record(1, 1, 1.0)),
    ];
    assert_eq!(all, PairTable::from(expected));
    let some = copies.among(&[miner(0), miner(1)]).await.unwrap();
    assert_eq!(some.len(), 1);
    // Who registered anew is another miner.
    let anew = MinerId {
        registered_at: 7,
        ..miner(1)
    };
    assert!(copies.among(&[miner(0), anew]).await.unwrap().is_empty());

    let first = "select count(*) from copy_pairs where first_judgement < last_judgement and agreed_judgement = first_judgement";
    assert_eq!(one::<i64>(&db, first).await, 1);
    let answer = "select answer from v_copies where proven";
    assert!(one::<String>(&db, answer).await.starts_with("Zwölf"));
    let with = "select with_answer from v_copies where proven and rounds = 4 and agreed = 2";
    assert_eq!(one::<String>(&db, with).await, "");
}

#[tokio::test]
async fn who_set_a_mask_is_a_neuron() {
    let (db, store) = entered().await;
    store.judgements().save_config("cafe", "").await.unwrap();
    judged(&store, PairTable::new()).await;
    let sources = "select count(*) from mask_scores m join neurons n on n.id = m.source_neuron_id
                   where n.registered_at = 100 and m.neuron_id <> n.id";
    let without = "select count(*) from mask_scores where source_neuron_id is null";
    let all = i64::try_from(exchange().responses.len()).unwrap();
    assert_eq!(one::<i64>(&db, sources).await, all - 1);
    assert_eq!(one::<i64>(&db, without).await, 1);
}

#[tokio::test]
async fn who_was_asked_waits_less_than_who_was_not_and_leavers_do_not_wait() {
    let (_db, store) = entered().await;
    let seated = [miner(0), miner(1), miner(200)];
    store
        .neurons()
        .record(&subnet(HEAD, &seated))
        .await
        .unwrap();
    let mut long_ago = exchange();
    long_ago.asked_at = std::time::SystemTime::now() - Duration::from_secs(600);
    store
        .rounds()
        .record(&long_ago, Duration::ZERO)
        .await
        .unwrap();
    let mut lately = exchange();
    lately.asked_at = std::time::SystemTime::now() - Duration::from_secs(300);
    lately.responses.retain(|r| r.seat.miner == miner(1));
    store
        .rounds()
        .record(&lately, Duration::ZERO)
        .await
        .unwrap();

    let waits = store.rounds().waits().await.unwrap();
    assert_eq!(waits.keys().copied().collect::<Vec<_>>(), seated);
    let seconds = |n: u8| waits[&miner(n)].as_secs();
    assert!(
        (595..1200).contains(&seconds(0)) && (295..590).contains(&seconds(1)),
        "{waits:?}"
    );
    assert!(seconds(200) < 290, "it came just now: {waits:?}");

    let stayed = [miner(1)];
    store
        .neurons()
        .record(&subnet(block(1001), &stayed))
        .await
        .unwrap();
    let waits = store.rounds().waits().await.unwrap();
    assert_eq!(waits.keys().copied().collect::<Vec<_>>(), stayed);
}
