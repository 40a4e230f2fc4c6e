//! A database that is silent, far, behind a pooler, or not yet there.

use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::database::Database;
use super::fixtures::*;
use super::relay::Relay;
use crate::config::{DatabaseConfig, Seconds};
use crate::store::{Store, StoreError};
use crate::types::{Cause, Caused};

fn config() -> DatabaseConfig {
    DatabaseConfig {
        max_connections: 3,
        deadline_s: Seconds::from_millis(1_000),
        ..DatabaseConfig::default()
    }
}

async fn options() -> PgConnectOptions {
    let db = Database::fresh().await;
    db.store.pool().connect_options().as_ref().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_database_is_transient_and_its_connections_are_thrown_away() {
    let (options, relay) = (options().await, Relay::new());
    relay.carry(&options);
    let store = Store::connect(relay.through(&options), &config())
        .await
        .unwrap();
    let subnet = store.enter(scope(1), HEAD).await.unwrap().subnet;
    let record = async || subnet.rounds().record(&exchange(), Duration::ZERO).await;
    record().await.unwrap();

    // In the middle of a transaction, which has its connection already.
    let mut tx = store.pool.begin().await.unwrap();
    relay.set_dead(true);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let started = Instant::now();
    let silent = sqlx::query("select 1").execute(&mut tx).await.unwrap_err();
    assert!(silent.to_string().contains("no answer for 1 s"), "{silent}");
    assert!(started.elapsed() < Duration::from_secs(10));
    drop(tx);
    // With whatever the pool has left, and with new ones.
    let refused = record().await.unwrap_err();
    assert_eq!(refused.cause(), Cause::Transient, "{refused}");

    // Others come through again, while those from before never do.
    relay.set_dead(false);
    let started = Instant::now();
    while let Err(e) = record().await {
        assert_eq!(e.cause(), Cause::Transient, "{e}");
        assert!(started.elapsed() < Duration::from_secs(60), "{e}");
    }
    assert_eq!(subnet.rounds().counts().await.unwrap().rounds, 2);
    // Nor does anybody wait for them at the end.
    let _held = store.pool.begin().await.unwrap();
    relay.set_dead(true);
    let started = Instant::now();
    store.close().await;
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_takes_too_long_is_ended_on_the_server_too() {
    let store = Store::connect(options().await, &config()).await.unwrap();
    let slow = sqlx::query("select pg_sleep(60)")
        .execute(&store.pool)
        .await;
    let slow = StoreError::from_sqlx("sleeping", slow.unwrap_err());
    assert_eq!(slow.cause(), Cause::Transient, "{slow}");
    let started = Instant::now();
    let sleeping = "select count(*) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'";
    while sqlx::query_scalar::<_, i64>(sleeping)
        .fetch_one(store.pool())
        .await
        .unwrap()
        > 0
    {
        assert!(started.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pooler_may_stand_between() {
    let (options, relay) = (options().await, Relay::new());
    relay.pool(&options);
    let through = relay.through(&options);
    // Two services at once, which migrate, and leave each other's session in peace.
    let open = async || Store::connect(through.clone(), &config()).await.unwrap();
    let (one, two) = tokio::join!(open(), open());
    let work = async |store: &Store, genesis: u8| {
        let subnet = store.enter(scope(genesis), HEAD).await.unwrap().subnet;
        for _ in 0..20 {
            let recorded = subnet.rounds().record(&exchange(), Duration::ZERO).await;
            recorded.unwrap();
            subnet.scores().leaderboard().await.unwrap();
        }
        assert_eq!(subnet.rounds().counts().await.unwrap().rounds, 20);
    };
    tokio::join!(work(&one, 1), work(&two, 2));

    // The driver left to itself meets its own names in the shared session.
    let plain = PgPoolOptions::new()
        .max_connections(2)
        .connect_with(through.statement_cache_capacity(0))
        .await
        .unwrap();
    let mut connections = [
        plain.acquire().await.unwrap(),
        plain.acquire().await.unwrap(),
    ];
    let mut met = None;
    for connection in &mut connections {
        let asked = sqlx::query("select 1").execute(&mut **connection).await;
        met = met.or(asked.err());
    }
    let met = met.unwrap().to_string();
    assert!(met.contains("already exists"), "{met}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_waits_for_its_database_and_a_reader_does_not() {
    let (options, relay) = (options().await, Relay::new());
    let through = relay.through(&options);
    let config = config();
    let mut waiting = std::pin::pin!(Store::connect(through, &config));
    let patience = Duration::from_secs(4);
    assert!(tokio::time::timeout(patience, &mut waiting).await.is_err());
    relay.carry(&options);
    waiting.await.unwrap();

    // Nobody listens there; or somebody does, and says nothing.
    let mute = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mutes = mute.local_addr().unwrap().to_string();
    for address in ["127.0.0.1:1".to_owned(), mutes] {
        let started = Instant::now();
        let config = DatabaseConfig {
            url: format!("postgres://somebody@{address}/some"),
            ..config.clone()
        };
        let refused = Store::read(&config).await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(3), "{refused}");
        assert_eq!(refused.cause().exit_code(), 69);
        let said = refused.to_string();
        assert!(
            said.contains(&address) && said.contains("database.url"),
            "{said}"
        );
    }
}
