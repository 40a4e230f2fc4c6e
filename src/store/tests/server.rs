//! The private server itself: each test has one of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::fixtures::*;
use crate::config::DatabaseConfig;
use crate::store::{Opened, Store, StoreError};
use crate::types::{Cause, Caused};

/// A folder that the server's user can reach (a `tempfile` one is closed to it), removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let id = std::process::id();
        Self(std::env::temp_dir().join(format!("weighmaster-{name}-{id}")))
    }

    fn config(&self) -> DatabaseConfig {
        DatabaseConfig {
            data_dir: self.0.clone(),
            bin_dir: std::env::var_os("WEIGHMASTER_TEST_PG_BIN")
                .unwrap_or_default()
                .into(),
            ..DatabaseConfig::default()
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn kill(pid: u32) {
    let status = Command::new("kill").args(["-9", &pid.to_string()]).status();
    assert!(status.unwrap().success());
}

#[tokio::test]
async fn a_killed_server_comes_back_with_what_was_committed() {
    let folder = Folder::new("killed");
    let opened = Store::open(&folder.config()).await.unwrap();
    let (store, server) = (opened.store, opened.server.unwrap());
    let subnet = store.enter(scope(1), HEAD).await.unwrap().subnet;
    let exchange = exchange();
    subnet
        .rounds()
        .record(&exchange, Duration::ZERO)
        .await
        .unwrap();
    let killed = server.pid().unwrap();
    kill(killed);

    // Another process takes its place; calls fail as transient in between, then see what was committed.
    let started = Instant::now();
    while server.pid().is_none_or(|pid| pid == killed) {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "not started again"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let back = loop {
        match due(&subnet).await {
            Ok(back) => break back,
            Err(e) => assert!(e.cause() == Cause::Transient, "{e}"),
        }
        assert!(started.elapsed() < Duration::from_secs(20), "not back");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert_eq!(back, std::slice::from_ref(&exchange));

    // Killed again, and the whole thing opened anew at once.
    kill(server.pid().unwrap());
    server.stop().await;
    let opened = Store::open(&folder.config()).await.unwrap();
    let subnet = opened.store.enter(scope(1), HEAD).await.unwrap().subnet;
    assert_eq!(due(&subnet).await.unwrap(), [exchange]);
    opened.server.unwrap().stop().await;
}

#[tokio::test]
async fn one_folder_serves_one_weighmaster_and_its_visitors() {
    let folder = Folder::new("shared");
    let config = folder.config();
    let opened = Store::open(&config).await.unwrap();
    let refused = Store::open(&config).await.unwrap_err();
    let us = std::process::id().to_string();
    assert!(
        matches!(&refused, StoreError::Private(pgprivate::Error::InUse { pid, .. }) if *pid == us),
        "{refused}"
    );
    assert_eq!(refused.cause().exit_code(), 69);

    let visitor = Store::read(&config).await.unwrap();
    assert!(visitor.server.is_none());
    visitor.store.enter(scope(1), HEAD).await.unwrap();
    assert_eq!(opened.store.subnets().await.unwrap().len(), 1);

    let server = opened.server.unwrap();
    let pid = server.pid().unwrap();
    server.stop().await;
    assert!(!PathBuf::from(format!("/proc/{pid}")).exists());
    // Free again: the next one starts a server of its own.
    let next = Store::read(&config).await.unwrap();
    assert_eq!(next.store.subnets().await.unwrap().len(), 1);
    next.server.unwrap().stop().await;
}

#[tokio::test]
async fn a_reader_makes_and_migrates_nothing() {
    let folder = Folder::new("read");
    let config = folder.config();
    let refused = Store::read(&config).await.unwrap_err();
    assert!(matches!(refused, StoreError::Empty { .. }), "{refused}");
    assert_eq!(refused.cause().exit_code(), 69);
    assert!(!folder.0.exists());

    // What a service made is read as it is, through the service's own server; then schemas that aren't this version's.
    let Opened { store, server } = Store::open(&config).await.unwrap();
    let read = async || Store::read(&config).await;
    assert_eq!(read().await.unwrap().store.target(), store.target());
    let change = async |sql: &'static str| {
        let changed = sqlx::query(sql).execute(store.pool()).await.unwrap();
        assert!(changed.rows_affected() > 0, "{sql}");
    };
    change("update _sqlx_migrations set checksum = '\\x00' where version = 2").await;
    let foreign = read().await.unwrap_err();
    assert!(
        matches!(foreign, StoreError::Foreign { version: 2 }),
        "{foreign}"
    );
    change("update _sqlx_migrations set version = 9000 where version = 2").await;
    let newer = read().await.unwrap_err();
    assert!(
        matches!(newer, StoreError::Newer { found: 9000, .. }),
        "{newer}"
    );
    change("delete from _sqlx_migrations where version > 1").await;
    let older = read().await.unwrap_err();
    assert!(
        matches!(older, StoreError::Older { found: 1, known } if known > 1),
        "{older}"
    );
    change("delete from _sqlx_migrations").await;
    let empty = read().await.unwrap_err();
    assert!(matches!(empty, StoreError::Empty { .. }), "{empty}");
    let left: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations")
        .fetch_one(store.pool())
        .await
        .unwrap();
    assert_eq!(left, 0);

    // As during the first start: the server is there, the database is not.
    let server = server.unwrap();
    let admin = sqlx::PgPool::connect(&server.url("postgres")).await;
    let admin = admin.unwrap();
    let drop = sqlx::query("drop database weighmaster with (force)");
    drop.execute(&admin).await.unwrap();
    admin.close().await;
    for refused in [read().await.err(), Store::glance(&config).await.err()] {
        assert!(
            matches!(refused, Some(StoreError::Empty { .. })),
            "{refused:?}"
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let folder = Folder::new("missing");
    let config = DatabaseConfig {
        bin_dir: "/nonexistent/bin".into(),
        ..folder.config()
    };
    let refused = Store::open(&config).await.unwrap_err();
    assert!(
        refused.to_string().contains("/nonexistent/bin"),
        "{refused}"
    );
    assert_eq!(refused.cause().exit_code(), 69);

    let config = DatabaseConfig {
        data_dir: "/proc/weighmaster".into(),
        ..DatabaseConfig::default()
    };
    let refused = Store::open(&config).await.unwrap_err();
    assert!(
        refused.to_string().contains("/proc/weighmaster"),
        "{refused}"
    );
    assert_eq!(refused.cause().exit_code(), 78);

    let config = DatabaseConfig {
        url: "nonsense".into(),
        ..DatabaseConfig::default()
    };
    let refused = Store::open(&config).await.unwrap_err();
    assert!(matches!(refused, StoreError::BadUrl(_)), "{refused}");
}

const CHILD_FOLDER: &str = "WEIGHMASTER_TEST_CHILD_FOLDER";

/// Not a test: the process that the next one kills.
#[tokio::test]
#[ignore = "the child of the_server_ends_with_a_killed_process"]
async fn child() {
    let Some(folder) = std::env::var_os(CHILD_FOLDER) else {
        return;
    };
    let folder = Folder(folder.into());
    let opened = Store::open(&folder.config()).await.unwrap();
    let subnet = opened.store.enter(scope(1), HEAD).await.unwrap().subnet;
    // Rounds without end: the kill falls into one of them.
    loop {
        let recorded = subnet.rounds().record(&exchange(), Duration::ZERO).await;
        recorded.unwrap();
        println!("recorded");
    }
}

#[tokio::test]
async fn the_server_ends_with_a_killed_process_and_its_data_stays() {
    let folder = Folder::new("orphan");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "store::tests::server::child",
            "--ignored",
            "--nocapture",
        ])
        .env(CHILD_FOLDER, &folder.0)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let recorded = lines
        .map_while(Result::ok)
        .filter(|line| line.ends_with("recorded"));
    assert_eq!(recorded.take(5).count(), 5);
    child.kill().unwrap();
    child.wait().unwrap();

    // At once: the orphan is still shutting down, which the start waits for.
    let opened = Store::open(&folder.config()).await.unwrap();
    let subnet = opened.store.enter(scope(1), HEAD).await.unwrap().subnet;
    let back = due(&subnet).await.unwrap();
    assert!(back.len() >= 5);
    // Whole rounds only.
    assert!(back.iter().all(|e| e.responses == exchange().responses));
    opened.server.unwrap().stop().await;
}
