//! What happens to a server on a real machine: a full disk, a number that another process has, a freeze.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use common::{Folder, connect, count, keep_one, kill, runs};
use pgprivate::{Error, Server};
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;

/// Ended when it is dropped.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        kill("-INT", self.0.id());
        self.0.wait().unwrap();
    }
}

fn data(folder: &Folder) -> PathBuf {
    folder.0.join("postgres/data")
}

/// By the user whom the server runs as: Postgres takes any living process of his for a server.
fn start(program: &Path, args: &[&str], folder: &Folder) -> Started {
    let owner = fs::metadata(data(folder)).unwrap();
    let mut command = Command::new(program);
    command.args(args).uid(owner.uid()).gid(owner.gid());
    Started(command.current_dir(&folder.0).spawn().unwrap())
}

async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !holds().await {
        assert!(started.elapsed() < Duration::from_secs(60), "{what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn a_server_that_stays_away_for_long_comes_back() {
    let folder = Folder::new("away");
    let server = Server::start(&folder.settings()).await.unwrap();
    keep_one(&mut connect(&server).await).await;
    let killed = server.pid().unwrap();
    let away = folder.0.join("postgres/data.away");
    fs::rename(data(&folder), &away).unwrap();
    kill("-9", killed);
    // Longer than a first start would be tried for.
    tokio::time::sleep(Duration::from_secs(14)).await;
    let options: PgConnectOptions = server.url("postgres").parse().unwrap();
    assert!(options.connect().await.is_err());
    fs::rename(&away, data(&folder)).unwrap();
    eventually("not back", async || options.connect().await.is_ok()).await;
    assert_eq!(count(&mut connect(&server).await).await, 1);

    // A stop is heard in the middle of it, too.
    fs::rename(data(&folder), &away).unwrap();
    kill("-9", server.pid().unwrap());
    tokio::time::sleep(Duration::from_secs(2)).await;
    let started = Instant::now();
    server.stop().await;
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_number_that_another_process_has_now_is_no_server() {
    let folder = Folder::new("stale");
    let server = Server::start(&folder.settings()).await.unwrap();
    let pid_file = data(&folder).join("postmaster.pid");
    let program = fs::read_link(format!("/proc/{}/exe", server.pid().unwrap())).unwrap();
    let socket_dir = server.socket_dir().display().to_string();
    let text = fs::read_to_string(&pid_file).unwrap();
    keep_one(&mut connect(&server).await).await;
    server.stop().await;

    let innocent = start(Path::new("/bin/sleep"), &["600"], &folder);
    let (_, rest) = text.split_once('\n').unwrap();
    fs::write(&pid_file, format!("{}\n{rest}", innocent.0.id())).unwrap();
    let server = Server::start(&folder.settings()).await.unwrap();
    assert_eq!(count(&mut connect(&server).await).await, 1);
    assert!(runs(innocent.0.id()));
    server.stop().await;

    // Somebody's own server on the same data is told, and left alone.
    let data = data(&folder).display().to_string();
    let args = ["-D", &data, "-k", &socket_dir, "-c", "listen_addresses="];
    let theirs = start(&program, &args, &folder);
    let ready = async || fs::read_to_string(&pid_file).is_ok_and(|text| text.contains("ready"));
    eventually("theirs did not start", ready).await;
    let refused = Server::start(&folder.settings()).await.unwrap_err();
    let their_pid = i32::try_from(theirs.0.id()).unwrap();
    assert!(
        matches!(&refused, Error::ServerRuns { pid, .. } if *pid == their_pid),
        "{refused}"
    );
    assert!(runs(theirs.0.id()));
}

#[tokio::test]
async fn a_frozen_server_is_stopped_and_leaves_nothing_behind() {
    let folder = Folder::new("frozen");
    let server = Server::start(&folder.settings()).await.unwrap();
    let pid = server.pid().unwrap();
    let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    let children: Vec<u32> = children
        .split_whitespace()
        .map(|id| id.parse().unwrap())
        .collect();
    assert!(!children.is_empty());
    children.iter().for_each(|child| kill("-STOP", *child));
    kill("-STOP", pid);
    let started = Instant::now();
    server.stop().await;
    assert!(started.elapsed() < Duration::from_secs(8));
    let gone = async || children.iter().chain([&pid]).all(|process| !runs(*process));
    eventually("frozen processes were left", gone).await;
}
