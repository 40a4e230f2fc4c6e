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

impl World {
    pub fn open(miners: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let args = [
            "node",
            "--rpc-port",
            "0",
            "--block-ms",
            "100",
            "--finality-lag",
            "2",
            "--tempo",
            "40",
        ];
        let log = dir.path().join("chain.log");
        let (chain, line) = Running::start("localnet", &args, &[], &log, true);
        let mut world = Self {
            dir,
            chain,
            line,
            miners: Vec::new(),
        };
        for (i, (name, behaviour)) in miners.iter().enumerate() {
            let (chain, hotkey, coldkey) = (
                world.ws(),
                world.suri(name),
                world.suri(&format!("{name}-cold")),
            );
            let host = format!("127.0.0.{}", i + 2);
            let args = [
                "--chain",
                &chain,
                "--netuid",
                "1",
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
            let log = world.dir.path().join(format!("{name}.log"));
            world
                .miners
                .push(Running::start("miner", &args, &[], &log, true).0);
        }
        world
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
        let text = format!(
            r#"
[chain]
endpoints = {endpoints:?}
request_timeout_s = 3.0
head_timeout_s = 6.0
[log]
level = "info"
[service]
grace_s = 5.0
[[subnet]]
netuid = 1
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
"#,
            root = root().display(),
        );
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
