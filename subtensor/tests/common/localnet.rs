//! The local chain as a process beside the test.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

pub struct Localnet {
    child: Child,
    line: Value,
}

impl Localnet {
    /// 100 ms blocks, final two blocks later.
    pub fn start(flags: &[&str]) -> Self {
        // Test binaries lie in target/debug/deps, programs one folder above.
        let test = std::env::current_exe().unwrap();
        let program: PathBuf = test.ancestors().nth(2).unwrap().join("localnet");
        assert!(
            program.is_file(),
            "{} is not built: run `cargo build --workspace --bins` first",
            program.display()
        );
        let mut child = Command::new(program)
            .args(["node", "--rpc-port", "0", "--block-ms", "100"])
            .args(["--finality-lag", "2", "--exit-with-parent"])
            .args(flags)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let line = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line:?}"));
        Self { child, line }
    }

    pub fn ws(&self) -> &str {
        self.line["ws"].as_str().unwrap()
    }
}

impl Drop for Localnet {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
