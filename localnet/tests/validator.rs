//! The other validator, as a process beside a node.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;
use std::time::{Duration, Instant};

use codec::Decode;
use common::*;
use jsonrpsee::rpc_params;
use jsonrpsee::ws_client::WsClient;
use serde_json::json;
use sp_core::Pair;
use sp_core::crypto::Ss58Codec;
use sp_core::hashing::twox_128;
use testbed::Child;
use tokio::process::Command;

fn start(chain: &str, hotkey: &str, folder: &Path) -> Child {
    let mut command = Command::new(BINARY);
    command
        .args(["validator", "--chain", chain, "--hotkey", hotkey])
        .args(["--seed", "1", "--noise", "0.01", "--truth"])
        .arg(folder.join("truth.json"));
    let name = hotkey.trim_start_matches('/');
    Child::quiet(name, command, folder).unwrap()
}

fn key(item: &str, rest: &[u16]) -> String {
    let mut key = [twox_128(b"SubtensorModule"), twox_128(item.as_bytes())].concat();
    rest.iter().for_each(|part| key.extend(part.to_le_bytes()));
    format!("0x{}", hex::encode(key))
}

/// The weights of uid 1 once they satisfy `wanted`.
async fn row(client: &WsClient, wanted: impl Fn(&[(u16, u16)]) -> bool) -> Vec<(u16, u16)> {
    let since = Instant::now();
    loop {
        let value: Option<String> = call(
            client,
            "state_getStorage",
            rpc_params![key("Weights", &[1, 1])],
        )
        .await;
        let bytes = hex::decode(value.unwrap_or_default().trim_start_matches("0x")).unwrap();
        let row: Vec<(u16, u16)> = Decode::decode(&mut &bytes[..]).unwrap_or_default();
        if wanted(&row) {
            return row;
        }
        assert!(since.elapsed() < PATIENCE, "the row is {row:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn it_weighs_by_the_truth_every_epoch_and_outlives_the_chain() {
    let folder = tempfile::tempdir().unwrap();
    let truth = folder.path().join("truth.json");
    let data = folder.path().join("chain");
    let ss58 = |name: &str| account(name).public().to_ss58check();
    let tell = |a: f64, b: f64| {
        let text = json!({ ss58("validator-a"): a, ss58("validator-b"): b, "5nonsense": 1.0 });
        std::fs::write(&truth, text.to_string()).unwrap();
    };
    let node = NodeProcess::with_data(&data, &["--tempo", "10"]).await;
    // Neither a missing file nor a stranger's hotkey ends it.
    let mut validator = start(node.ws(), "//weighmaster", folder.path());
    let mut stranger = start(node.ws(), "//nobody-knows-me", folder.path());
    tokio::time::sleep(Duration::from_millis(500)).await;
    tell(1.0, 0.5);

    let client = node.connect().await;
    let first = row(&client, |row| row.len() == 2).await;
    assert_eq!(first[0], (2, 65_535));
    assert!((30_000..36_000).contains(&first[1].1), "{first:?}");
    tell(0.5, 1.0);
    let second = row(&client, |row| *row != first && row.len() == 2).await;
    assert_eq!(second[1], (3, 65_535));

    let port = node.ws().rsplit(':').next().unwrap().to_owned();
    node.kill().await;
    tell(1.0, 0.0);
    let node = NodeProcess::on_port(&port, &["--data", data.to_str().unwrap()]).await;
    let client = node.connect().await;
    row(&client, |row| row == [(2, 65_535)]).await;

    assert_eq!((validator.ended(), stranger.ended()), (None, None));
    let since = Instant::now();
    let status = validator.terminate(PATIENCE).await.unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(
        since.elapsed() < Duration::from_secs(1),
        "{:?}",
        since.elapsed()
    );
}
