//! The validator as a process, with all that it needs on this machine: the local chain, miners, a database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use testbed::{Child, Miner, Stage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use weighmaster::config::DatabaseConfig;
use weighmaster::store::{Store, StoreError};

pub fn program(name: &str) -> PathBuf {
    testbed::program(name).unwrap()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A migrated database of its own, on a server that is one for the whole test process.
pub struct Database {
    pub store: Store,
    /// For a process that the test starts: its `DATABASE_URL`.
    pub url: String,
}

impl Database {
    pub async fn fresh() -> Self {
        let url = testbed_database::migrated(migrate).await.unwrap();
        let store = connect(&url, 4).await.unwrap();
        Self { store, url }
    }
}

async fn migrate(url: String) -> Result<(), StoreError> {
    connect(&url, 1).await?.close().await;
    Ok(())
}

async fn connect(url: &str, connections: u32) -> Result<Store, StoreError> {
    let config = DatabaseConfig {
        max_connections: connections,
        ..DatabaseConfig::default()
    };
    Store::connect(url.parse().unwrap(), &config).await
}

/// A fast local chain: 100 ms blocks, an epoch every four seconds.
pub struct Scene {
    pub stage: Stage,
    pub dir: tempfile::TempDir,
}

/// How fast a chain goes: milliseconds a block, blocks an epoch.
#[derive(Clone, Copy, Debug)]
pub struct Tact {
    pub block_ms: u32,
    pub tempo: u16,
}

/// Epochs of every subnet of these worlds last so many blocks.
const TEMPO: u16 = 40;
const FAST: Tact = Tact {
    block_ms: 100,
    tempo: TEMPO,
};

/// A second subnet like the first: both fire in the same block, and the same hotkey validates in both.
pub fn twin_subnets() -> String {
    let demo = std::fs::read_to_string(root().join("localnet/worlds/demo.toml")).unwrap();
    testbed::world::twin_subnets(&demo, TEMPO).unwrap()
}

impl Scene {
    pub async fn open(miners: &[(&str, &str)]) -> Self {
        Self::of(None, &[1], miners).await
    }

    /// A chain from a world file's text, with miners that serve on each of `netuids`.
    pub async fn of(world: Option<&str>, netuids: &[u16], miners: &[(&str, &str)]) -> Self {
        Self::at(FAST, world, netuids, miners).await
    }

    /// The same at another pace.
    pub async fn at(
        tact: Tact,
        world: Option<&str>,
        netuids: &[u16],
        miners: &[(&str, &str)],
    ) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("world.toml");
        let file = file.to_str().unwrap();
        let given = world.map(|text| {
            std::fs::write(file, text).unwrap();
            ["--world", file]
        });
        let (block, tempo) = (tact.block_ms.to_string(), tact.tempo.to_string());
        let flags = [
            "--rpc-port",
            "0",
            "--block-ms",
            &block,
            "--finality-lag",
            "2",
            "--tempo",
            &tempo,
            "--dev",
        ];
        let flags = [&flags[..], given.as_ref().map_or(&[], |g| &g[..])].concat();
        let stage = Stage::open(flags, dir.path()).await.unwrap();
        let mut scene = Self { stage, dir };
        let everywhere = netuids
            .iter()
            .flat_map(|netuid| miners.iter().map(move |m| (netuid, m)));
        for (host, (netuid, (name, behaviour))) in (2..).zip(everywhere) {
            let miner = scene.player(*netuid, host, name, behaviour);
            scene.stage.enter([miner]).await.unwrap();
        }
        scene
    }

    /// Registers and serves one more miner on 127.0.0.`host`, until it is dropped.
    pub async fn miner(&self, netuid: u16, host: u8, name: &str, behaviour: &str) -> Child {
        let (name, command) = self.player(netuid, host, name, behaviour);
        let started = Child::start(&name, command, self.dir.path()).await;
        started.unwrap().0
    }

    fn player(
        &self,
        netuid: u16,
        host: u8,
        name: &str,
        behaviour: &str,
    ) -> (String, tokio::process::Command) {
        let miner = Miner {
            name,
            behaviour,
            netuid,
            host,
            seed: 7,
            copied: None,
            flags: &[],
        };
        let command = miner.command(self.stage.chain()).unwrap();
        (format!("{name}-{netuid}"), command)
    }

    pub fn ws(&self) -> &str {
        self.stage.chain().ws()
    }

    /// A call of the node, over HTTP; the dev_* ones bend time and storage.
    pub async fn call(&self, method: &str, params: serde_json::Value) -> serde_json::Value {
        let call =
            serde_json::json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let (call, host) = (call.to_string(), self.ws().trim_start_matches("ws://"));
        let request = format!(
            "POST / HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
             connection: close\r\n\r\n{call}",
            call.len()
        );
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).await.unwrap();
        let (_, body) = response.split_once("\r\n\r\n").unwrap();
        let mut answer: serde_json::Value = serde_json::from_str(body).unwrap();
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].take()
    }

    /// `weighmaster run`; its log is `NAME.log` in this scene's folder.
    pub fn validator(&self, name: &str, config: &Path, database: &Database) -> Child {
        let mut command = tokio::process::Command::new(program("weighmaster"));
        command
            .args(["--config", config.to_str().unwrap(), "run"])
            .env("DATABASE_URL", &database.url)
            .current_dir(root());
        Child::quiet(name, command, self.dir.path()).unwrap()
    }

    /// config/localnet.toml at this chain's pace.
    pub fn config(&self, hotkey: &str) -> PathBuf {
        self.config_over(hotkey, &[self.ws()])
    }

    /// The same with other ways to the chain, and less patience with them.
    pub fn config_over(&self, hotkey: &str, endpoints: &[&str]) -> PathBuf {
        self.config_of(&[(1, hotkey)], endpoints)
    }

    /// The same with several subnets, each with its hotkey.
    pub fn config_of(&self, subnets: &[(u16, &str)], endpoints: &[&str]) -> PathBuf {
        let mut text = format!(
            r#"
[chain]
endpoints = {endpoints:?}
request_timeout_s = 3.0
head_timeout_s = 6.0
[log]
level = "info"
[service]
grace_s = 5.0
"#
        );
        let root = root().display();
        for (netuid, hotkey) in subnets {
            text += &format!(
                r#"
[[subnet]]
netuid = {netuid}
scoring = "{root}/config/scoring/localnet.toml"
[subnet.hotkey]
suri = "{hotkey}"
[subnet.rounds]
interval_s = 1.0
sample = 8
timeout_s = 0.8
[subnet.query]
connect_timeout_s = 0.5
allow_addresses = ["127.0.0.0/8"]
[subnet.challenges]
corpus = "{root}/config/corpus"
"#
            );
        }
        let path = self.dir.path().join("weighmaster.toml");
        std::fs::write(&path, text).unwrap();
        path
    }
}

/// Runs the program to its end: exit code, stdout, stderr.
pub fn run(args: &[&str], envs: &[(&str, &str)]) -> (i32, String, String) {
    let output = Command::new(program("weighmaster"))
        .args(args)
        .envs(envs.iter().copied())
        .current_dir(root())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr),
    )
}
