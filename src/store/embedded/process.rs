//! The server's process, watched by a thread of its own.
//!
//! The thread spawns the server, so that the kernel's parent-death signal means the end of this process and not
//! of some pooled thread; it starts the server again when it dies, and holds the folder's lock until it is gone.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::EmbeddedError;
use super::folder::Folder;
use super::os;
use super::programs::{Programs, command};

const POLL: Duration = Duration::from_millis(50);
/// A killed server's processes and shared memory need some seconds to go.
const RETRY: Duration = Duration::from_secs(10);
/// Replaying the log after a crash can take long; a server that does so says so and is waited for.
const START: Duration = Duration::from_secs(300);
/// A fast shutdown, then an immediate one (the log is replayed at the next start), then the end.
const FAST: Duration = Duration::from_secs(5);
const IMMEDIATE: Duration = Duration::from_secs(2);

/// A running server; dropping it begins a fast shutdown.
#[derive(Debug)]
pub struct Process {
    shared: Arc<Shared>,
    watcher: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    /// The child while it is not reaped: its id cannot have passed to another process.
    child: Mutex<Option<Child>>,
    stopping: AtomicBool,
}

impl Shared {
    fn child(&self) -> MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn signal(&self, signal: libc::c_int) {
        if let Some(child) = self.child().as_ref() {
            os::signal(child.id(), signal);
        }
    }

    fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }
}

impl Process {
    /// Returns when the server accepts connections.
    pub fn start(
        folder: Folder,
        programs: Programs,
        connections: u32,
    ) -> Result<Self, EmbeddedError> {
        let shared = Arc::new(Shared::default());
        let (ready, is_ready) = mpsc::channel();
        let launch = Launch {
            shared: shared.clone(),
            folder,
            programs,
            connections,
        };
        let log = launch.folder.log();
        let failed = |reason: String| EmbeddedError::Start {
            reason,
            log: log.clone(),
        };
        let watcher = thread::Builder::new()
            .name("postgres".into())
            .spawn(move || launch.run(&ready))
            .map_err(|e| failed(e.to_string()))?;
        is_ready
            .recv()
            .map_err(|_| failed("its watcher ended".into()))??;
        Ok(Self {
            shared,
            watcher: Some(watcher),
        })
    }

    /// The server's process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.shared.child().as_ref().map(Child::id)
    }

    fn begin_stop(&self) {
        self.shared.stopping.store(true, Ordering::Release);
        self.shared.signal(libc::SIGINT);
    }

    /// Blocks until the server is gone.
    pub fn stop(mut self) {
        self.begin_stop();
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.begin_stop();
    }
}

struct Launch {
    shared: Arc<Shared>,
    folder: Folder,
    programs: Programs,
    connections: u32,
}

impl Launch {
    fn run(self, ready: &mpsc::Sender<Result<(), EmbeddedError>>) {
        let first = self.start();
        let failed = first.is_err();
        let _ = ready.send(first);
        if failed {
            return;
        }
        loop {
            let status = self.wait();
            if self.shared.stopping() {
                return;
            }
            tracing::warn!(?status, log = %self.folder.log().display(), "the private Postgres died, starting it again");
            if let Err(e) = self.start() {
                tracing::error!("{e}");
                return;
            }
        }
    }

    /// Starts until the server is ready, the retries are used up or a stop is wanted.
    fn start(&self) -> Result<(), EmbeddedError> {
        let deadline = Instant::now() + RETRY;
        loop {
            let reason = match self.try_start() {
                Ok(()) => return Ok(()),
                Err(reason) => reason,
            };
            if self.shared.stopping() || Instant::now() >= deadline {
                return Err(self.explain(reason));
            }
            thread::sleep(POLL * 4);
        }
    }

    fn try_start(&self) -> Result<(), String> {
        let mut server = self.command()?;
        let child = server.spawn().map_err(|e| e.to_string())?;
        let id = child.id();
        *self.shared.child() = Some(child);
        let started = Instant::now();
        while started.elapsed() < START && !self.shared.stopping() {
            if let Some(status) = self.reap() {
                return Err(format!("it ended with {status}: {}", self.last_words()));
            }
            if self.says_ready(id) {
                return Ok(());
            }
            thread::sleep(POLL);
        }
        self.shared.signal(libc::SIGINT);
        self.wait();
        Err("it was not ready in time".into())
    }

    fn command(&self) -> Result<Command, String> {
        let folder = &self.folder;
        let mut server = command(
            &self.programs.bin.join("postgres"),
            folder.drop_to.as_ref(),
            &folder.home,
        );
        let log = self.open_log().map_err(|e| e.to_string())?;
        server.stdout(log.try_clone().map_err(|e| e.to_string())?);
        server.stderr(log);
        server.arg("-D").arg(folder.data());
        server.arg("-k").arg(&folder.socket_dir);
        for setting in [
            "listen_addresses=".to_owned(),
            "port=5432".to_owned(),
            "unix_socket_permissions=0700".to_owned(),
            format!("max_connections={}", self.connections.saturating_add(12)),
            "shared_buffers=32MB".to_owned(),
            "fsync=on".to_owned(),
            "synchronous_commit=on".to_owned(),
            "full_page_writes=on".to_owned(),
            "jit=off".to_owned(),
            "logging_collector=off".to_owned(),
            "log_line_prefix=%m [%p] ".to_owned(),
        ] {
            server.arg("-c").arg(setting);
        }
        // Not in the terminal's foreground group: Ctrl-C is for us, and we stop the server last.
        server.process_group(0);
        os::interrupt_with_us(&mut server);
        Ok(server)
    }

    /// Opened by us, so that it need not be writable for the server's user; one old log is kept.
    fn open_log(&self) -> std::io::Result<File> {
        const LOG_MAX: u64 = 8 * 1024 * 1024;
        let path = self.folder.log();
        if fs::metadata(&path).is_ok_and(|m| m.len() > LOG_MAX) {
            fs::rename(&path, path.with_extension("log.old"))?;
        }
        File::options().create(true).append(true).open(path)
    }

    /// The last lines of `postmaster.pid` tell, as pg_ctl reads them: line 1 the process, line 8 the status.
    fn says_ready(&self, id: u32) -> bool {
        let text = fs::read_to_string(self.pid_file()).unwrap_or_default();
        let mut lines = text.lines();
        lines.next().and_then(|line| line.trim().parse().ok()) == Some(id)
            && lines.nth(6).is_some_and(|status| status.trim() == "ready")
    }

    fn pid_file(&self) -> PathBuf {
        self.folder.data().join("postmaster.pid")
    }

    fn reap(&self) -> Option<ExitStatus> {
        let mut child = self.shared.child();
        let status = child.as_mut()?.try_wait().ok()??;
        *child = None;
        Some(status)
    }

    /// Until the server is gone; once a stop is wanted, with growing force.
    fn wait(&self) -> Option<ExitStatus> {
        let mut stopping: Option<Instant> = None;
        let mut force = [(FAST, libc::SIGQUIT), (FAST + IMMEDIATE, libc::SIGKILL)]
            .into_iter()
            .peekable();
        loop {
            if let Some(status) = self.reap() {
                return Some(status);
            }
            if self.shared.child().is_none() {
                return None;
            }
            if self.shared.stopping() {
                let since = stopping.get_or_insert_with(Instant::now).elapsed();
                if let Some((_, signal)) = force.next_if(|(after, _)| since >= *after) {
                    self.shared.signal(signal);
                }
            }
            thread::sleep(POLL);
        }
    }

    fn last_words(&self) -> String {
        let log = fs::read(self.folder.log()).unwrap_or_default();
        let tail = String::from_utf8_lossy(&log[log.len().saturating_sub(2000)..]).into_owned();
        let lines: Vec<&str> = tail.lines().rev().take(4).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
    }

    /// A server that runs on our data is the likeliest reason, and has its own remedy.
    fn explain(&self, reason: String) -> EmbeddedError {
        let owner = fs::read_to_string(self.pid_file())
            .ok()
            .and_then(|text| text.lines().next()?.trim().parse::<i32>().ok())
            .filter(|pid| PathBuf::from(format!("/proc/{pid}")).exists());
        match owner {
            Some(pid) if reason.contains("lock file") => EmbeddedError::ServerRuns {
                pid,
                data: self.folder.data(),
            },
            _ => EmbeddedError::Start {
                reason,
                log: self.folder.log(),
            },
        }
    }
}
