//! One child process: its start line, its log, its end.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child as Process, Command};

use crate::types::{Cause, Failure};

pub struct Child {
    name: String,
    process: Process,
}

impl Child {
    /// Starts a program and waits for its first line on stdout, a JSON object. Its log goes to `logs/NAME.log`.
    pub async fn start(
        name: &str,
        program: &Path,
        args: &[String],
        logs: &Path,
        patience: Duration,
    ) -> Result<(Self, Value), Failure> {
        let mut child = Self::spawn(name, program, args, logs, Stdio::piped())?;
        let stdout = child.process.stdout.take();
        let first = async {
            let mut lines = BufReader::new(stdout?).lines();
            let line = lines.next_line().await.ok()??;
            // The pipe stays open, or the child would be hurt by its next line.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            serde_json::from_str(&line).ok()
        };
        match tokio::time::timeout(patience, first).await {
            Ok(Some(value)) => Ok((child, value)),
            _ => {
                let log = logs.join(format!("{name}.log"));
                let last = std::fs::read_to_string(&log).unwrap_or_default();
                let last = last.lines().rev().take(3).collect::<Vec<_>>().join(" | ");
                child.stop().await;
                let message = format!(
                    "{name} did not start within {patience:?}; {} ends with: {last}",
                    log.display()
                );
                Err(Failure::new(Cause::Transient, message))
            }
        }
    }

    /// Starts a program that says nothing on stdout.
    pub fn quiet(
        name: &str,
        program: &Path,
        args: &[String],
        logs: &Path,
    ) -> Result<Self, Failure> {
        Self::spawn(name, program, args, logs, Stdio::null())
    }

    fn spawn(
        name: &str,
        program: &Path,
        args: &[String],
        logs: &Path,
        stdout: Stdio,
    ) -> Result<Self, Failure> {
        let failed = |what: &str, e: std::io::Error| {
            Failure::new(Cause::Transient, format!("{name}: {what}: {e}"))
        };
        let log =
            File::create(logs.join(format!("{name}.log"))).map_err(|e| failed("its log", e))?;
        let process = Command::new(program)
            .args(args)
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(log)
            // Ctrl-C is for us alone: the children end in order, after the service.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| failed("can't be started", e))?;
        Ok(Self {
            name: name.to_owned(),
            process,
        })
    }

    /// `Some` if it has ended by itself.
    pub fn ended(&mut self) -> Option<String> {
        let status = self.process.try_wait().ok()??;
        Some(format!("{} ended: {status}", self.name))
    }

    /// SIGTERM, then, two seconds later, SIGKILL.
    pub async fn stop(&mut self) {
        // It was not waited for yet, so the id is its own.
        let id = self.process.id().and_then(|id| i32::try_from(id).ok());
        if let Some(pid) = id.and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::TERM);
        }
        if tokio::time::timeout(Duration::from_secs(2), self.process.wait())
            .await
            .is_err()
        {
            let _ = self.process.kill().await;
        }
    }
}
