//! The database freezes under a validator at work: it says so, goes on when it can, and ends when it must.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use common::{Scene, program, root, run};
use testbed::{Child, Error};

const PATIENCE: Duration = Duration::from_secs(90);
const JUDGED: &str = "round round=";

/// Closed to nobody: a server of root's runs as another user.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The server and its processes, as far as they live.
fn processes(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("postgres/data/postmaster.pid")).unwrap();
    let server = text.lines().next().unwrap().to_owned();
    let children = fs::read_to_string(format!("/proc/{server}/task/{server}/children"));
    let children = children.unwrap_or_default();
    let children = children.split_whitespace().map(str::to_owned);
    children.chain([server.clone()]).collect()
}

fn signal(name: &str, processes: &[String]) {
    let _ = Command::new("kill").arg(name).args(processes).status();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_database_is_said_and_survived() -> Result<(), Error> {
    let scene = Scene::open(&[("miner-01", "honest"), ("miner-02", "terse")]).await;
    let name = format!("weighmaster-frozen-{}", std::process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    let config = scene.config("//weighmaster");
    let config = config.to_str().unwrap();
    let data_dir = folder.0.to_str().unwrap();
    let mut command = tokio::process::Command::new(program("weighmaster"));
    command
        .args(["--config", config, "run"])
        .env("WEIGHMASTER__DATABASE__DATA_DIR", data_dir)
        .env("WEIGHMASTER__DATABASE__DEADLINE_S", "2")
        .env_remove("DATABASE_URL")
        .current_dir(root());
    let mut running = Child::quiet("validator", command, scene.dir.path())?;
    running.wait_for(JUDGED, 1, PATIENCE).await?;

    signal("-STOP", &processes(&folder.0));
    running.wait_for("round lost", 0, PATIENCE).await?;
    // Who only looks is told at once.
    let started = Instant::now();
    let envs = [("WEIGHMASTER__DATABASE__DATA_DIR", data_dir)];
    let (status, _, said) = run(&["--config", config, "scores"], &envs);
    assert_eq!(status, 69, "{said}");
    assert!(said.contains("no answer for"), "{said}");
    assert!(started.elapsed() < Duration::from_secs(6), "{said}");
    let judged = running.log().matches(JUDGED).count();
    signal("-CONT", &processes(&folder.0));
    running.wait_for(JUDGED, judged + 1, PATIENCE).await?;

    // Frozen again, and for good.
    let frozen = processes(&folder.0);
    signal("-STOP", &frozen);
    let ended = running.terminate(Duration::from_secs(14)).await?;
    assert!(ended.success(), "{ended}\n{}", running.log());
    let started = Instant::now();
    let lives = |pid: &String| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
        stat.is_ok_and(|stat| !stat.contains(") Z "))
    };
    while frozen.iter().any(lives) {
        assert!(started.elapsed() < Duration::from_secs(20), "left frozen");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}
