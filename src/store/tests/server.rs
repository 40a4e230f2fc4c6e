//! The private server itself: each test has one of its own.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::fixtures::*;
use crate::config::DatabaseConfig;
use crate::store::{EmbeddedError, Store, StoreError};

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
    let status = std::process::Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status();
    assert!(status.unwrap().success());
}

#[tokio::test]
async fn a_killed_server_comes_back_with_what_was_committed() {
    let folder = Folder::new("killed");
    let opened = Store::open(&folder.config()).await.unwrap();
    let (store, server) = (opened.store, opened.server.unwrap());
    let subnet = store.enter(scope(1), HEAD).await.unwrap().subnet;
    let exchange = exchange();
    subnet.record_exchange(&exchange).await.unwrap();
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
        match subnet.unjudged(10).await {
            Ok(back) => break back,
            Err(e) => assert!(e.is_transient(), "{e}"),
        }
        assert!(started.elapsed() < Duration::from_secs(20), "not back");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert_eq!(back, [exchange.clone()]);

    // Killed again, and the whole thing opened anew at once.
    kill(server.pid().unwrap());
    server.stop().await;
    let opened = Store::open(&folder.config()).await.unwrap();
    let subnet = opened.store.enter(scope(1), HEAD).await.unwrap().subnet;
    assert_eq!(subnet.unjudged(10).await.unwrap(), [exchange]);
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
        matches!(&refused, StoreError::Embedded(EmbeddedError::InUse { pid, .. }) if *pid == us),
        "{refused}"
    );
    assert_eq!(refused.exit_code(), 69);

    let visitor = Store::attach(&config).await.unwrap();
    assert!(visitor.server.is_none());
    visitor.store.enter(scope(1), HEAD).await.unwrap();
    assert_eq!(opened.store.subnets().await.unwrap().len(), 1);

    let server = opened.server.unwrap();
    let pid = server.pid().unwrap();
    server.stop().await;
    assert!(!PathBuf::from(format!("/proc/{pid}")).exists());
    // Free again: the next one starts a server of its own.
    let next = Store::attach(&config).await.unwrap();
    assert_eq!(next.store.subnets().await.unwrap().len(), 1);
    next.server.unwrap().stop().await;
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
    assert_eq!(refused.exit_code(), 69);

    let config = DatabaseConfig {
        data_dir: "/proc/weighmaster".into(),
        ..DatabaseConfig::default()
    };
    let refused = Store::open(&config).await.unwrap_err();
    assert!(
        refused.to_string().contains("/proc/weighmaster"),
        "{refused}"
    );
    assert_eq!(refused.exit_code(), 78);

    let config = DatabaseConfig {
        url: "nonsense".into(),
        ..DatabaseConfig::default()
    };
    let refused = Store::open(&config).await.unwrap_err();
    assert!(matches!(refused, StoreError::BadUrl(_)), "{refused}");
}
