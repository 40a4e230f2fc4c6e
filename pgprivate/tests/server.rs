//! The server as a process: each test has one of its own, in a folder of its own.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Folder, connect, count, keep_one, kill, runs};
use pgprivate::{Error, Server, Settings};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

#[tokio::test]
async fn one_folder_has_one_server_and_keeps_its_data() {
    let folder = Folder::new("one");
    let server = Server::start(&folder.settings()).await.unwrap();
    keep_one(&mut connect(&server).await).await;
    // The address for others leads to the same place, and nobody is asked for a password.
    let mut by_url = PgConnection::connect(&server.url("postgres"))
        .await
        .unwrap();
    assert_eq!(count(&mut by_url).await, 1);

    let refused = Server::start(&folder.settings()).await.unwrap_err();
    let us = std::process::id().to_string();
    assert!(
        matches!(&refused, Error::InUse { pid, socket_dir, .. } if *pid == us && socket_dir == server.socket_dir()),
        "{refused}"
    );

    let pid = server.pid().unwrap();
    let home = server.folder().to_path_buf();
    assert!(runs(pid));
    server.stop().await;
    assert!(!runs(pid));
    // Free again: the next one starts on what is there.
    let next = Server::start(&folder.settings()).await.unwrap();
    assert_eq!(next.folder(), home);
    assert_eq!(count(&mut connect(&next).await).await, 1);
    next.stop().await;
}

#[tokio::test]
async fn a_killed_server_is_started_again() {
    let folder = Folder::new("killed");
    let server = Server::start(&folder.settings()).await.unwrap();
    keep_one(&mut connect(&server).await).await;
    let killed = server.pid().unwrap();
    kill("-9", killed);
    let started = Instant::now();
    let options: PgConnectOptions = server.url("postgres").parse().unwrap();
    let mut back = loop {
        assert!(started.elapsed() < Duration::from_secs(20), "not back");
        tokio::time::sleep(Duration::from_millis(50)).await;
        if server.pid().is_some_and(|pid| pid != killed)
            && let Ok(back) = options.connect().await
        {
            break back;
        }
    };
    assert_eq!(count(&mut back).await, 1);
    server.stop().await;
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let folder = Folder::new("missing");
    let elsewhere = Settings {
        bin_dir: Some("/nonexistent/bin".into()),
        ..folder.settings()
    };
    let refused = Server::start(&elsewhere).await.unwrap_err();
    assert!(
        matches!(&refused, Error::NoPrograms { looked } if looked.len() == 1),
        "{refused}"
    );
    assert!(
        refused.to_string().contains("/nonexistent/bin"),
        "{refused}"
    );

    let unwritable = Settings {
        data_dir: "/proc/weighmaster".into(),
        ..folder.settings()
    };
    let refused = Server::start(&unwritable).await.unwrap_err();
    assert!(
        matches!(&refused, Error::Folder { path, .. } if path == Path::new("/proc/weighmaster")),
        "{refused}"
    );
}

#[tokio::test]
async fn data_of_another_version_is_left_alone() {
    let folder = Folder::new("version");
    Server::start(&folder.settings())
        .await
        .unwrap()
        .stop()
        .await;
    let version = folder.0.join("postgres/data/PG_VERSION");
    fs::write(&version, "9\n").unwrap();
    let refused = Server::start(&folder.settings()).await.unwrap_err();
    assert!(
        matches!(&refused, Error::WrongVersion { wanted, .. } if wanted == "9"),
        "{refused}"
    );
    assert_eq!(fs::read_to_string(version).unwrap(), "9\n");
}

/// Somebody else's folder under our name, as may happen in /tmp, is not used.
#[tokio::test]
async fn a_folder_that_others_may_enter_is_refused() {
    let folder = Folder::new("open");
    let home = folder.0.join("postgres");
    fs::create_dir_all(&home).unwrap();
    fs::set_permissions(&home, fs::Permissions::from_mode(0o755)).unwrap();
    let refused = Server::start(&folder.settings()).await.unwrap_err();
    assert!(
        matches!(&refused, Error::Folder { reason, .. } if reason.contains("not a private folder")),
        "{refused}"
    );
}

const CHILD_FOLDER: &str = "PGPRIVATE_TEST_CHILD_FOLDER";

/// Not a test: the process that the next one kills.
#[tokio::test]
#[ignore = "the child of the_server_ends_with_a_killed_process"]
async fn child() {
    let Some(folder) = std::env::var_os(CHILD_FOLDER) else {
        return;
    };
    let folder = Folder(folder.into());
    let server = Server::start(&folder.settings()).await.unwrap();
    keep_one(&mut connect(&server).await).await;
    println!("server {}", server.pid().unwrap());
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn the_server_ends_with_a_killed_process() {
    let folder = Folder::new("orphan");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(CHILD_FOLDER, &folder.0)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| {
        line.unwrap()
            .split_once("server ")
            .map(|(_, pid)| pid.to_owned())
    });
    let server: u32 = line.unwrap().trim().parse().unwrap();
    assert!(runs(server));
    child.kill().unwrap();
    child.wait().unwrap();

    // At once: the orphan is still shutting down, which the start waits for.
    let next = Server::start(&folder.settings()).await.unwrap();
    assert!(!runs(server));
    assert_eq!(count(&mut connect(&next).await).await, 1);
    next.stop().await;
}
