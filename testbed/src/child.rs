//! One child process: its start line, its log, its end.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child as Process, Command};

use crate::{Error, lifetime};

/// How long a program may take to say that it is up.
const START: Duration = Duration::from_secs(60);
/// Between SIGTERM and SIGKILL.
const GRACE: Duration = Duration::from_secs(2);
/// How often a log is read while something in it is waited for.
const LOOK: Duration = Duration::from_millis(20);

/// A program of this project that runs until it is stopped. It is killed when this falls out of scope, and ends by itself
/// when our process ends in any other way: it is started with `--exit-with-parent`.
#[derive(Debug)]
pub struct Child {
    name: String,
    log: PathBuf,
    process: Process,
}

impl Child {
    /// Starts a program and waits for its first line on stdout, a JSON value. Its log goes to `NAME.log` in `logs`.
    ///
    /// # Errors
    /// If it can't be started, or doesn't say that it is up within a minute.
    pub async fn start(name: &str, command: Command, logs: &Path) -> Result<(Self, Value), Error> {
        let mut child = Self::spawn(name, command, logs, Stdio::piped())?;
        let why = match tokio::time::timeout(START, child.first_line()).await {
            Ok(Some(line)) => match serde_json::from_str(&line) {
                Ok(value) => return Ok((child, value)),
                Err(e) => format!("its first line is {line:?}: {e}"),
            },
            Ok(None) => "it closed its output".into(),
            Err(_) => format!("it said nothing for {START:?}"),
        };
        let status = child.stop().await;
        Err(Error::NoStart {
            name: child.name.clone(),
            why: status.map_or(why.clone(), |status| format!("{why} ({status})")),
            last_words: child.last_words(),
            log: child.log.clone(),
        })
    }

    /// Starts a program that says nothing on stdout.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn quiet(name: &str, command: Command, logs: &Path) -> Result<Self, Error> {
        Self::spawn(name, command, logs, Stdio::null())
    }

    fn spawn(name: &str, mut command: Command, logs: &Path, stdout: Stdio) -> Result<Self, Error> {
        let log = logs.join(format!("{name}.log"));
        let stderr = File::create(&log).map_err(|e| Error::file(&log, &e))?;
        let process = command
            .arg(lifetime::with_us())
            .stdin(Stdio::null())
            .stdout(stdout)
            .stderr(stderr)
            // Ctrl-C is for us alone: the children end in order.
            .process_group(0)
            .kill_on_drop(true)
            .spawn();
        let process = process.map_err(|e| Error::Spawn {
            name: name.to_owned(),
            reason: e.to_string(),
        })?;
        Ok(Self {
            name: name.to_owned(),
            log,
            process,
        })
    }

    /// None if it says nothing any more.
    async fn first_line(&mut self) -> Option<String> {
        let mut stdout = BufReader::new(self.process.stdout.take()?);
        let mut line = String::new();
        let read = stdout.read_line(&mut line).await.ok()?;
        // The pipe stays open, or the child would be hurt by its next line.
        tokio::spawn(async move { tokio::io::copy(&mut stdout, &mut tokio::io::sink()).await });
        (read > 0).then_some(line)
    }

    /// As it was called at its start.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The process id, until its end was seen.
    pub fn id(&self) -> Option<u32> {
        self.process.id()
    }

    /// All that it has logged.
    pub fn log(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    }

    fn last_words(&self) -> String {
        let log = self.log();
        let mut last: Vec<&str> = log.lines().rev().take(3).collect();
        last.reverse();
        last.join(" | ")
    }

    /// Waits until the log holds `text` more than `seen` times; returns how often it does.
    ///
    /// # Errors
    /// [`Error::NotLogged`] after `patience`.
    pub async fn wait_for(
        &self,
        text: &str,
        seen: usize,
        patience: Duration,
    ) -> Result<usize, Error> {
        let started = Instant::now();
        loop {
            let log = self.log();
            let count = log.matches(text).count();
            if count > seen {
                return Ok(count);
            }
            if started.elapsed() >= patience {
                return Err(Error::NotLogged {
                    name: self.name.clone(),
                    text: text.to_owned(),
                    patience,
                    log,
                });
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.process.try_wait().ok()?
    }

    /// [`Error::Ended`], if it has.
    pub(crate) fn end(&mut self) -> Option<Error> {
        Some(Error::Ended {
            status: self.ended()?,
            name: self.name.clone(),
            log: self.log.clone(),
        })
    }

    /// SIGTERM; returns when it has ended.
    ///
    /// # Errors
    /// [`Error::StillRuns`] after `patience`.
    pub async fn terminate(&mut self, patience: Duration) -> Result<ExitStatus, Error> {
        // It was not waited for yet, so the id is its own.
        let id = self.process.id().and_then(|id| i32::try_from(id).ok());
        if let Some(pid) = id.and_then(Pid::from_raw) {
            let _ = kill_process(pid, Signal::TERM);
        }
        match tokio::time::timeout(patience, self.process.wait()).await {
            Ok(Ok(status)) => Ok(status),
            _ => Err(Error::StillRuns {
                name: self.name.clone(),
                patience,
                log: self.log(),
            }),
        }
    }

    /// SIGKILL; returns when it has ended.
    pub async fn kill(&mut self) -> Option<ExitStatus> {
        let _ = self.process.kill().await;
        self.ended()
    }

    /// SIGTERM, then, two seconds later, SIGKILL.
    pub async fn stop(&mut self) -> Option<ExitStatus> {
        match self.terminate(GRACE).await {
            Ok(status) => Some(status),
            Err(_) => self.kill().await,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn is_there(id: u32) -> bool {
        let state = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        !state.is_empty() && !state.contains(") Z ")
    }

    #[tokio::test]
    async fn it_says_that_it_is_up_logs_and_ends() {
        let logs = tempfile::tempdir().unwrap();
        // $0 is the argument that is added; more lines on stdout than a pipe holds do no harm.
        let script = "echo '{\"up\": 1}'; seq 20000; echo one two one \"$0\" >&2; exec sleep 60";
        let (mut child, line) = Child::start("c", shell(script), logs.path()).await.unwrap();
        assert_eq!(line["up"], 1);
        assert_eq!(child.wait_for("one", 1, SOON).await.unwrap(), 2);
        assert!(
            child.log().contains(&lifetime::with_us()),
            "{}",
            child.log()
        );
        let short = Duration::from_millis(60);
        let missing = child.wait_for("three", 0, short).await.unwrap_err();
        let words = missing.to_string();
        assert!(words.contains("no `three` within 60ms") && words.contains("one two"));
        assert_eq!(format!("{missing:?}"), words);

        assert_eq!(child.ended(), None);
        let status = child.terminate(SOON).await.unwrap();
        assert!(!status.success());
        assert_eq!(child.ended(), Some(status));
    }

    #[tokio::test]
    async fn one_that_does_not_start_is_named_with_its_last_words() {
        let logs = tempfile::tempdir().unwrap();
        for (script, why) in [
            (
                "echo 1 >&2; echo 2 >&2; exit 7",
                "it closed its output (exit status: 7)",
            ),
            (
                "echo 1 >&2; echo 2 >&2; echo hello; exec sleep 60",
                "its first line is \"hello",
            ),
        ] {
            let refused = Child::start("c", shell(script), logs.path())
                .await
                .unwrap_err();
            let words = refused.to_string();
            assert!(
                words.starts_with(&format!("c did not start: {why}")),
                "{words}"
            );
            assert!(words.ends_with("c.log ends with: 1 | 2"), "{words}");
        }
        let nobody = Child::quiet("c", Command::new("/nowhere/x"), logs.path()).unwrap_err();
        assert!(matches!(nobody, Error::Spawn { .. }), "{nobody}");
    }

    #[tokio::test]
    async fn one_that_does_not_want_to_end_ends_and_so_does_one_that_is_dropped() {
        let logs = tempfile::tempdir().unwrap();
        let deaf = "trap '' TERM; echo {}; while :; do sleep 0.1; done";
        let (mut child, _) = Child::start("deaf", shell(deaf), logs.path())
            .await
            .unwrap();
        let short = Duration::from_millis(200);
        let still = child.terminate(short).await.unwrap_err();
        assert!(matches!(still, Error::StillRuns { .. }), "{still}");
        let status = child.stop().await.unwrap();
        assert!(status.to_string().contains("KILL"), "{status}");

        let (child, _) = Child::start("deaf", shell(deaf), logs.path())
            .await
            .unwrap();
        let id = child.id().unwrap();
        assert!(is_there(id));
        drop(child);
        let gone = async {
            while is_there(id) {
                tokio::time::sleep(LOOK).await;
            }
        };
        tokio::time::timeout(SOON, gone).await.unwrap();
    }
}
