//! Whole processes on this machine: the local chain, miners, the validator, a database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

pub fn program(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_weighmaster")).with_file_name(name);
    assert!(
        path.is_file(),
        "{} is not built: run `cargo build --workspace --bins` first",
        path.display()
    );
    path
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A child that is killed when the test ends, however it ends.
pub struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    pub fn start(
        name: &str,
        args: &[&str],
        envs: &[(&str, &str)],
        log: &Path,
        first_line: bool,
    ) -> (Self, Value) {
        let stdout = if first_line {
            Stdio::piped()
        } else {
            Stdio::null()
        };
        let mut child = Command::new(program(name))
            .args(args)
            .envs(envs.iter().copied())
            .current_dir(root())
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(File::create(log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        if first_line {
            let mut reader = BufReader::new(child.stdout.take().unwrap());
            reader.read_line(&mut line).unwrap();
            std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
        }
        let running = Self {
            child,
            log: log.to_path_buf(),
        };
        let value = if first_line {
            serde_json::from_str(&line)
                .unwrap_or_else(|e| panic!("{name}: start line {line:?}: {e}\n{}", running.log()))
        } else {
            Value::Null
        };
        (running, value)
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until the log holds `text` more than `seen` times; returns how often it does.
    pub fn wait_for(&self, text: &str, seen: usize, patience: Duration) -> usize {
        let started = Instant::now();
        loop {
            let count = self.log().matches(text).count();
            if count > seen {
                return count;
            }
            assert!(
                started.elapsed() < patience,
                "no `{text}` within {patience:?}:\n{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub fn terminate(&mut self, patience: Duration) -> ExitStatus {
        let status = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                started.elapsed() < patience,
                "still running after {patience:?}:\n{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A fast local chain: 100 ms blocks, an epoch every four seconds.
pub struct World {
    pub dir: tempfile::TempDir,
    pub chain: Running,
    pub line: Value,
    pub miners: Vec<Running>,
}

/// Epochs of every subnet of these worlds last so many blocks.
const TEMPO: &str = "40";

/// A second subnet like the first: both fire in the same block, and the same hotkey validates in both.
pub fn twin_subnets() -> String {
    let demo = std::fs::read_to_string(root().join("localnet/worlds/demo.toml")).unwrap();
    let demo = demo.replace("tempo = 60", &format!("tempo = {TEMPO}"));
    let (_, first) = demo.split_once("[[subnet]]").unwrap();
    let second = first.replacen("netuid = 1", "netuid = 2", 1);
    format!("{demo}\n[[subnet]]{second}")
}

impl World {
    pub fn open(miners: &[(&str, &str)]) -> Self {
        Self::of(None, &[1], miners)
    }

    /// A chain from a world file's text, with miners that serve on each of `netuids`.
    pub fn of(world: Option<&str>, netuids: &[u16], miners: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("world.toml");
        let file = file.to_str().unwrap();
        let given = world.map(|text| {
            std::fs::write(file, text).unwrap();
            ["--world", file]
        });
        let args = [
            "node",
            "--rpc-port",
            "0",
            "--block-ms",
            "100",
            "--finality-lag",
            "2",
            "--tempo",
            TEMPO,
        ];
        let args = [&args[..], given.as_ref().map_or(&[], |g| &g[..])].concat();
        let log = dir.path().join("chain.log");
        let (chain, line) = Running::start("localnet", &args, &[], &log, true);
        let mut world = Self {
            dir,
            chain,
            line,
            miners: Vec::new(),
        };
        let everywhere = netuids
            .iter()
            .flat_map(|netuid| miners.iter().map(move |m| (netuid, m)));
        for (i, (netuid, (name, behaviour))) in everywhere.enumerate() {
            let miner = world.miner(*netuid, i + 2, name, behaviour);
            world.miners.push(miner);
        }
        world
    }

    /// Registers and serves a miner on 127.0.0.`host`.
    pub fn miner(&self, netuid: u16, host: usize, name: &str, behaviour: &str) -> Running {
        let (chain, hotkey) = (self.ws(), self.suri(name));
        let coldkey = self.suri(&format!("{name}-cold"));
        let (netuid, host) = (netuid.to_string(), format!("127.0.0.{host}"));
        let args = [
            "--chain",
            &chain,
            "--netuid",
            &netuid,
            "--hotkey",
            &hotkey,
            "--coldkey",
            &coldkey,
            "--host",
            &host,
            "--port",
            "0",
            "--behaviour",
            behaviour,
            "--seed",
            "7",
            "--exit-with-parent",
        ];
        let log = self.dir.path().join(format!("{name}-{netuid}.log"));
        Running::start("miner", &args, &[], &log, true).0
    }

    pub fn ws(&self) -> String {
        self.line["ws"].as_str().unwrap().to_owned()
    }

    pub fn suri(&self, name: &str) -> String {
        self.line["accounts"][name]["suri"]
            .as_str()
            .unwrap_or_else(|| panic!("no account {name}"))
            .to_owned()
    }

    /// config/localnet.toml at this chain's pace.
    pub fn config(&self, hotkey: &str) -> PathBuf {
        self.config_over(hotkey, &[&self.ws()])
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
