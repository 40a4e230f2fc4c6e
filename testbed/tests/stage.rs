//! All of them together, as processes. Needs `cargo build --workspace --bins` first.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use testbed::{Error, Miner, Stage};
use tokio::process::Command;

const PATIENCE: Duration = Duration::from_secs(30);

async fn open(logs: &Path) -> Stage {
    let flags = ["--rpc-port", "0", "--block-ms", "100"];
    Stage::open(flags, logs).await.unwrap()
}

fn miner(stage: &Stage, name: &'static str, host: u8) -> (&'static str, Command) {
    let miner = Miner {
        name,
        behaviour: "honest",
        netuid: 1,
        host,
        seed: 1,
        copied: None,
        flags: &[],
    };
    (name, miner.command(stage.chain()).unwrap())
}

/// The processes that serve this chain or live off it, by the address or folder in their command lines.
fn of(mark: &str) -> BTreeSet<i32> {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let marked = processes.filter_map(|process| {
        let line = std::fs::read(process.path().join("cmdline")).ok()?;
        let marked = String::from_utf8_lossy(&line).contains(mark);
        marked.then(|| process.file_name().to_str()?.parse().ok())?
    });
    marked.collect()
}

fn kill(id: i32) {
    kill_process(Pid::from_raw(id).unwrap(), Signal::KILL).unwrap();
}

/// By a caller that drops the watch before it has waited once, as one that is busy with other events does.
async fn watch(stage: &mut Stage, said: &mut Vec<String>) -> Option<Error> {
    let watching = stage.watch(|end| said.push(end.to_string()));
    tokio::time::timeout(Duration::from_millis(50), watching)
        .await
        .ok()
}

#[tokio::test]
async fn who_ends_is_told_once_and_the_end_of_the_chain_is_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = open(folder.path()).await;
    let miners = [miner(&stage, "miner-01", 2), miner(&stage, "miner-02", 3)];
    stage.enter(miners).await.unwrap();
    let ws = stage.chain().ws().to_owned();
    let players = of(&ws);
    assert_eq!(players.len(), 2, "{players:?}");

    let mut said = Vec::new();
    assert!(watch(&mut stage, &mut said).await.is_none());
    assert!(said.is_empty(), "{said:?}");

    kill(*players.first().unwrap());
    let told = async {
        while said.is_empty() {
            assert!(watch(&mut stage, &mut said).await.is_none());
        }
    };
    tokio::time::timeout(PATIENCE, told).await.unwrap();
    assert!(watch(&mut stage, &mut said).await.is_none());
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("miner-0") && said[0].contains("SIGKILL"),
        "{said:?}"
    );

    kill(stage.chain().id().unwrap().try_into().unwrap());
    let watching = stage.watch(|_| ());
    let end = tokio::time::timeout(PATIENCE, watching).await.unwrap();
    assert!(
        matches!(&end, Error::Ended { name, .. } if name == "chain"),
        "{end}"
    );
    stage.close().await;
    assert!(of(&ws).is_empty());
}

#[tokio::test]
async fn one_that_does_not_start_leaves_none_that_was_started_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = open(folder.path()).await;
    let ws = stage.chain().ws().to_owned();
    let (name, mut lost) = miner(&stage, "miner-02", 3);
    lost.args(["--of", "nobody"]);
    let players = [miner(&stage, "miner-01", 2), (name, lost)];
    let refused = stage.enter(players).await.unwrap_err();
    let words = refused.to_string();
    assert!(words.starts_with("miner-02 did not start"), "{words}");
    let gone = async {
        while !of(&ws).is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.unwrap();
    // The chain plays on.
    stage.enter([miner(&stage, "miner-01", 2)]).await.unwrap();
    stage.close().await;
}
