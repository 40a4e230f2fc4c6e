//! The server's process, watched by a thread of its own.
//!
//! The thread spawns the server, so that the kernel's parent-death signal means the end of this process and not
//! of some pooled thread; it starts the server again when it dies, and holds the folder's lock until it is gone.

use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::Error;
use crate::launch::Launch;

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

    fn signal(&self, signal: Signal) {
        if let Some(child) = self.child().as_ref() {
            // One that has ended meanwhile is no error.
            let _ = kill_process(Pid::from_child(child), signal);
        }
    }

    fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }
}

impl Process {
    /// Returns when the server accepts connections.
    pub fn start(launch: Launch) -> Result<Self, Error> {
        let shared = Arc::new(Shared::default());
        let (ready, is_ready) = mpsc::channel();
        let log = launch.folder.log();
        let watcher = Watcher {
            shared: shared.clone(),
            launch,
        };
        let failed = |reason: String| Error::Start {
            reason,
            log: log.clone(),
        };
        let watcher = thread::Builder::new()
            .name("postgres".into())
            .spawn(move || watcher.run(&ready))
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
        self.shared.signal(Signal::INT);
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

/// The thread that starts the server, again where need be, and sees it end.
struct Watcher {
    shared: Arc<Shared>,
    launch: Launch,
}

impl Watcher {
    fn run(self, ready: &mpsc::Sender<Result<(), Error>>) {
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
            tracing::warn!(?status, log = %self.launch.folder.log().display(), "the private Postgres died, starting it again");
            if let Err(e) = self.start() {
                tracing::error!("{e}");
                return;
            }
        }
    }

    /// Starts until the server is ready, the retries are used up or a stop is wanted.
    fn start(&self) -> Result<(), Error> {
        let deadline = Instant::now() + RETRY;
        loop {
            let reason = match self.try_start() {
                Ok(()) => return Ok(()),
                Err(reason) => reason,
            };
            if self.shared.stopping() || Instant::now() >= deadline {
                return Err(self.launch.explain(reason));
            }
            thread::sleep(POLL * 4);
        }
    }

    fn try_start(&self) -> Result<(), String> {
        let child = self.launch.spawn().map_err(|e| e.to_string())?;
        let id = child.id();
        *self.shared.child() = Some(child);
        let started = Instant::now();
        while started.elapsed() < START && !self.shared.stopping() {
            if let Some(status) = self.reap() {
                return Err(format!(
                    "it ended with {status}: {}",
                    self.launch.last_words()
                ));
            }
            if self.launch.says_ready(id) {
                return Ok(());
            }
            thread::sleep(POLL);
        }
        self.shared.signal(Signal::INT);
        self.wait();
        Err("it was not ready in time".into())
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
        let mut force = [(FAST, Signal::QUIT), (FAST + IMMEDIATE, Signal::KILL)]
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
}
