//! Nobody is left behind by a process that was killed. Needs `cargo build --workspace --bins` first.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use testbed::{Miner, Stage, Validator};

const FOLDER: &str = "TESTBED_ORPHANS_FOLDER";
const PATIENCE: Duration = Duration::from_secs(30);

/// Not a test: the process that the next ones kill.
#[tokio::test]
#[ignore = "the process that the other tests kill"]
async fn owner() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder);
    let flags = ["--rpc-port", "0", "--block-ms", "100"];
    let mut stage = Stage::open(flags, folder).await.unwrap();
    let miners = [("miner-01", 2), ("miner-02", 3), ("miner-03", 4)].map(|(name, host)| {
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
    });
    stage.enter(miners).await.unwrap();
    let validator = Validator {
        name: "validator-a",
        netuid: 1,
        truth: &folder.join("truth.json"),
        seed: 1,
    };
    let command = validator.command(stage.chain()).unwrap();
    stage.enter_quietly("validator-a", command).unwrap();
    std::future::pending().await
}

fn start(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "owner", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .spawn()
        .unwrap()
}

/// Running processes that were started to end with this one.
fn owned_by(id: u32) -> usize {
    let mark = format!("--exit-with-parent={id}");
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|p| std::fs::read(p.path().join("cmdline")).ok());
    lines
        .filter(|line| {
            line.split(|byte| *byte == 0)
                .any(|arg| arg == mark.as_bytes())
        })
        .count()
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(
            started.elapsed() < PATIENCE,
            "not within {PATIENCE:?}: {what}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Killed while all play, and while they are being started.
#[test]
fn all_are_gone_when_their_owner_was_killed() {
    for players in [5, 1, 2, 3] {
        let folder = tempfile::tempdir().unwrap();
        let mut owner = start(folder.path());
        let id = owner.id();
        until("they play", || owned_by(id) >= players);
        owner.kill().unwrap();
        owner.wait().unwrap();
        until("they are gone", || owned_by(id) == 0);
    }
}
