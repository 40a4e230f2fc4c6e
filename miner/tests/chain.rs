//! A miner as a process beside a local chain. Needs `cargo build --workspace --bins` first.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{account, prompting, send, signed_for};
use serde_json::Value;
use std::net::SocketAddr;
use std::str::FromStr;
use std::time::{Duration, Instant};
use subtensor::key::{Keypair, SecretUri};
use testbed::{Chain, Child, Miner};

fn key(name: &str) -> Keypair {
    Keypair::from_uri(&SecretUri::from_str(name).unwrap()).unwrap()
}

/// One world, one miner, several lives.
struct Scene {
    chain: Chain,
    folder: tempfile::TempDir,
}

impl Scene {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let flags = [
            "--rpc-port",
            "0",
            "--block-ms",
            "250",
            "--finality-lag",
            "2",
            "--tempo",
            "60",
        ];
        let chain = Chain::start(flags, folder.path()).await.unwrap();
        Scene { folder, chain }
    }

    /// The miner and its start line.
    async fn miner(&self, life: &str) -> (Child, Value) {
        let miner = Miner {
            name: "miner-01",
            behaviour: "honest",
            netuid: 1,
            host: 2,
            seed: 0,
            copied: None,
            flags: &[],
        };
        let command = miner.command(&self.chain).unwrap();
        let started = Child::start(life, command, self.folder.path()).await;
        started.unwrap()
    }
}

/// SIGTERM; gives back how long it took to end.
async fn stop(mut miner: Child) -> Duration {
    let started = Instant::now();
    let status = miner.terminate(Duration::from_secs(60)).await.unwrap();
    assert!(status.success(), "{status}");
    started.elapsed()
}

fn address(line: &Value) -> SocketAddr {
    format!("{}:{}", line["host"].as_str().unwrap(), line["port"])
        .parse()
        .unwrap()
}

async fn status(addr: SocketAddr, asker: &str) -> u16 {
    let miner = account(&key("//miner-01"));
    let request = signed_for(
        miner,
        addr,
        "Prompting",
        &prompting(),
        &key(asker),
        Duration::ZERO,
    );
    send(addr, "Prompting", &request).await.unwrap().status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_miner_registers_serves_answers_and_keeps_its_place() {
    let scene = Scene::open().await;
    let (first, line) = scene.miner("first").await;
    assert_eq!(line["hotkey"], account(&key("//miner-01")).to_string());
    assert_eq!(line["behaviour"], "honest");
    assert!(line["uid"].as_u64().unwrap() > 0, "{line}");
    let log = first.log();
    assert!(
        log.contains("registering") && log.contains("publishing the axon"),
        "{log}"
    );
    assert_eq!(status(address(&line), "//weighmaster").await, 200);
    assert_eq!(status(address(&line), "//stranger").await, 403);
    let took = stop(first).await;
    assert!(took < Duration::from_secs(1), "{took:?}");

    let (second, again) = scene.miner("second").await;
    assert_eq!(again, line, "the same place and port");
    let log = second.log();
    assert!(
        !log.contains("registering") && !log.contains("publishing"),
        "{log}"
    );
    stop(second).await;

    let squatter = tokio::net::TcpListener::bind(address(&line)).await.unwrap();
    let (third, moved) = scene.miner("third").await;
    assert_eq!(moved["uid"], line["uid"]);
    assert_ne!(moved["port"], line["port"]);
    let log = third.log();
    assert!(
        log.contains("publishing the axon") && !log.contains("registering"),
        "{log}"
    );
    assert_eq!(status(address(&moved), "//weighmaster").await, 200);
    drop(squatter);
}
