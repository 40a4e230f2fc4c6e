//! Stopping, killing and starting again over the same folder.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::time::Duration;

use common::*;
use jsonrpsee::rpc_params;
use serde_json::Value;
use sp_core::H256;

#[tokio::test]
async fn kill_9_loses_nothing_that_was_announced() {
    let folder = tempfile::tempdir().unwrap();
    let signer = account("owner-cold");
    let mut genesis = None;
    let mut announced: Option<(u32, H256)> = None;
    for round in 0..4u32 {
        let node = NodeProcess::with_data(folder.path(), &["--finality-lag", "1"]).await;
        assert_eq!(*genesis.get_or_insert(node.genesis()), node.genesis());
        let client = node.connect().await;
        if let Some((number, hash)) = announced {
            let again: Option<H256> =
                call(&client, "chain_getBlockHash", rpc_params![number]).await;
            assert_eq!(again, Some(hash), "round {round}");
        }
        let extrinsic = signed(node.genesis(), &signer, round, remark(&round.to_string()));
        let mut steps = watch(&client, &extrinsic).await.unwrap();
        while soon(&mut steps).await.get("finalized").is_none() {}
        let mut heads = heads(&client, "New").await;
        let mut head = soon(&mut heads).await;
        for _ in 0..3 {
            head = soon(&mut heads).await;
        }
        let hash: H256 = call(&client, "chain_getBlockHash", rpc_params![number(&head)]).await;
        announced = Some((number(&head), hash));
        node.kill().await;
    }
}

#[tokio::test]
async fn another_origin_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let first = NodeProcess::with_data(folder.path(), &["--salt", "one"]).await;
    let genesis = first.genesis();
    let busy = run(&["node", "--rpc-port", "0", "--data", data]);
    assert_eq!(busy.status.code(), Some(65));
    assert!(String::from_utf8_lossy(&busy.stderr).contains("used by another node"));
    let (code, took) = first.stop().await;
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");

    let world = folder.path().join("world.toml");
    let other =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/worlds/demo.toml")).unwrap();
    std::fs::write(
        &world,
        other.replace("stake_tao = 40.0", "stake_tao = 41.0"),
    )
    .unwrap();
    let world = world.to_str().unwrap();
    for (flags, named) in [
        (["--salt", "two"], "--salt"),
        (["--tempo", "7"], "--tempo"),
        (["--block-ms", "333"], "--block-ms"),
        (["--world", world], "--world"),
    ] {
        let refused = run(&[&["node", "--rpc-port", "0", "--data", data], &flags[..]].concat());
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(65), "{words}");
        assert!(
            words.contains(named) && words.contains("another --data"),
            "{words}"
        );
    }
    let again = NodeProcess::with_data(folder.path(), &["--salt", "one"]).await;
    assert_eq!(again.genesis(), genesis);
}

#[tokio::test]
async fn nonsense_on_the_command_line_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    for (flags, code, named) in [
        (vec!["node", "--no-such-flag"], 64, "--no-such-flag"),
        (
            vec!["node", "--rpc-port", "0", "--block-ms", "1"],
            65,
            "--block-ms 1",
        ),
        (
            vec!["node", "--rpc-port", "0", "--world", "/no/such/file"],
            65,
            "/no/such/file",
        ),
        (
            vec!["node", "--rpc-port", "0", "--world", path],
            65,
            "no subnet",
        ),
        (
            vec![
                "validator",
                "--chain",
                "ws://127.0.0.1:1",
                "--truth",
                "x",
                "--hotkey",
                "//bad//%%/",
            ],
            77,
            "--hotkey",
        ),
    ] {
        let run = run(&flags);
        let words = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(code), "{words}");
        assert!(words.contains(named), "{words}");
    }
}

#[tokio::test]
async fn a_node_ends_with_its_parent() {
    let folder = tempfile::tempdir().unwrap();
    let line = folder.path().join("line");
    // The shell starts the node and is gone at once.
    let script = format!(
        "'{BINARY}' node --rpc-port 0 --block-ms 100 --exit-with-parent > '{}' & echo $!; sleep 2",
        line.display()
    );
    let shell = std::process::Command::new("sh")
        .args(["-c", &script])
        .output()
        .unwrap();
    let pid = String::from_utf8_lossy(&shell.stdout).trim().to_owned();
    assert!(std::fs::read_to_string(&line).unwrap().contains("ws://"));
    let alive = || {
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        !state.is_empty() && !state.contains(") Z ")
    };
    let gone = async {
        while alive() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), gone)
        .await
        .unwrap();
}

/// Started for a process that ended before the node looked for it.
#[tokio::test]
async fn a_node_that_is_born_an_orphan_ends() {
    let nobody = ["--rpc-port", "0", "--exit-with-parent=4294967295"];
    let node = tokio::process::Command::new(BINARY)
        .arg("node")
        .args(nobody)
        .kill_on_drop(true)
        .output();
    let ended = tokio::time::timeout(PATIENCE, node).await.unwrap().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    assert!(String::from_utf8_lossy(&ended.stderr).contains("is gone"));
}

#[tokio::test]
async fn a_fork_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let node = NodeProcess::with_data(folder.path(), &["--dev", "--finality-lag", "5"]).await;
    let client = node.connect().await;
    let _: bool = call(&client, "dev_pause", rpc_params![true]).await;
    let _: Value = call(&client, "dev_fastForward", rpc_params![10]).await;
    let _: Value = call(&client, "dev_retract", rpc_params![3]).await;
    let sealed: Value = call(&client, "dev_seal", rpc_params![]).await;
    node.kill().await;
    let node = NodeProcess::with_data(folder.path(), &["--finality-lag", "5"]).await;
    let client = node.connect().await;
    let hash: Value = call(
        &client,
        "chain_getBlockHash",
        rpc_params![sealed["number"].as_u64()],
    )
    .await;
    assert_eq!(hash, sealed["hash"]);
}
