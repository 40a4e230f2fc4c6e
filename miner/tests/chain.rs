//! A miner as a process beside a local chain. Needs `cargo build --workspace --bins` first.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{account, prompting, send, signed_for};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};
use subtensor::key::{Keypair, SecretUri};

/// A child process that ends with the test.
struct Process {
    child: Child,
    first_line: Value,
}

impl Process {
    fn start(program: &Path, args: &[&str], log: &Path) -> Self {
        assert!(
            program.exists(),
            "{}: run `cargo build --workspace --bins` first",
            program.display()
        );
        let log = std::fs::File::create(log).unwrap();
        let mut child = Command::new(program)
            .args(args)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let first_line = serde_json::from_str(&line)
            .unwrap_or_else(|e| panic!("{}: {e}: {line:?}", program.display()));
        Process { child, first_line }
    }

    /// SIGTERM; gives back how long it took to end.
    fn stop(mut self) -> Duration {
        let started = Instant::now();
        Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
        started.elapsed()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn key(name: &str) -> Keypair {
    Keypair::from_uri(&SecretUri::from_str(name).unwrap()).unwrap()
}

/// One world, one miner, several lives.
struct Scene {
    folder: tempfile::TempDir,
    chain: Process,
}

impl Scene {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let localnet = PathBuf::from(env!("CARGO_BIN_EXE_miner")).with_file_name("localnet");
        let args = [
            "node",
            "--rpc-port",
            "0",
            "--block-ms",
            "250",
            "--finality-lag",
            "2",
            "--tempo",
            "60",
            "--exit-with-parent",
        ];
        let chain = Process::start(&localnet, &args, &folder.path().join("chain.log"));
        Scene { folder, chain }
    }

    fn miner(&self, life: &str) -> Process {
        let chain = self.chain.first_line["ws"].as_str().unwrap();
        let args = [
            "--chain",
            chain,
            "--netuid",
            "1",
            "--hotkey",
            "//miner-01",
            "--coldkey",
            "//miner-01-cold",
            "--host",
            "127.0.0.2",
            "--port",
            "0",
            "--exit-with-parent",
        ];
        Process::start(
            Path::new(env!("CARGO_BIN_EXE_miner")),
            &args,
            &self.log(life),
        )
    }

    fn log(&self, life: &str) -> PathBuf {
        self.folder.path().join(format!("{life}.log"))
    }

    fn has_logged(&self, life: &str, text: &str) -> bool {
        std::fs::read_to_string(self.log(life))
            .unwrap()
            .contains(text)
    }
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
    let scene = Scene::open();
    let first = scene.miner("first");
    let line = first.first_line.clone();
    assert_eq!(line["hotkey"], account(&key("//miner-01")).to_string());
    assert_eq!(line["behaviour"], "honest");
    assert!(line["uid"].as_u64().unwrap() > 0, "{line}");
    assert!(
        scene.has_logged("first", "registering")
            && scene.has_logged("first", "publishing the axon")
    );
    assert_eq!(status(address(&line), "//weighmaster").await, 200);
    assert_eq!(status(address(&line), "//stranger").await, 403);
    let took = first.stop();
    assert!(took < Duration::from_secs(1), "{took:?}");

    let second = scene.miner("second");
    assert_eq!(second.first_line, line, "the same place and port");
    assert!(
        !scene.has_logged("second", "registering") && !scene.has_logged("second", "publishing")
    );
    second.stop();

    let squatter = tokio::net::TcpListener::bind(address(&line)).await.unwrap();
    let third = scene.miner("third");
    assert_eq!(third.first_line["uid"], line["uid"]);
    assert_ne!(third.first_line["port"], line["port"]);
    assert!(
        scene.has_logged("third", "publishing the axon")
            && !scene.has_logged("third", "registering")
    );
    assert_eq!(
        status(address(&third.first_line), "//weighmaster").await,
        200
    );
    drop(squatter);
}
