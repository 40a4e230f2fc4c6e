//! The server's process, watched by a thread of its own.
//!
//! The thread spawns the server, so that the kernel's parent-death signal means the end of this process and not
//! of some pooled thread; it starts the server again when it dies, and holds the folder's lock until it is gone.

use std::fs;
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::Error;
use crate::launch::Launch;
use crate::words::Words;

const POLL: Duration = Duration::from_millis(50);
/// A killed server's processes and shared memory need some seconds to go.
const RETRY: Duration = Duration::from_secs(10);
/// Between two starts of a server that died and does not come back.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A fast shutdown, then an immediate one (the log is replayed at the next start), then the end.
const FAST: Duration = Duration::from_secs(4);
const IMMEDIATE: Duration = Duration::from_secs(1);

/// A running server; dropping it begins a fast shutdown.
#[derive(Debug)]
pub struct Process {
    shared: Arc<Shared>,
    watcher: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
pub struct Shared {
    /// The child while it is not reaped: its id cannot have passed to another process.
    child: Mutex<Option<Child>>,
    stopping: AtomicBool,
}

impl Shared {
    fn child(&self) -> MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A frozen server hears no signal but the last one, and its own processes would outlive it frozen: all are woken.
    fn signal(&self, signal: Signal) {
        if let Some(child) = self.child().as_ref() {
            let server = Pid::from_child(child);
            // One that has ended meanwhile is no error.
            let _ = kill_process(server, signal);
            for process in children(server).into_iter().chain([server]) {
                let _ = kill_process(process, Signal::CONT);
            }
        }
    }

    /// Begins a fast shutdown; what is just being started is not waited for.
    pub fn begin_stop(&self) {
        self.stopping.store(true, Ordering::Release);
        self.signal(Signal::INT);
    }

    fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }
}

fn children(process: Pid) -> Vec<Pid> {
    let pid = process.as_raw_nonzero();
    let ids = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
    let ids = ids.unwrap_or_default();
    ids.split_whitespace()
        .filter_map(|id| Pid::from_raw(id.parse().ok()?))
        .collect()
}

impl Process {
    /// Returns when the server accepts connections, however long it replays its log.
    pub fn start(launch: Launch, shared: Arc<Shared>) -> Result<Self, Error> {
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

    /// Blocks until the server is gone.
    pub fn stop(mut self) {
        self.shared.begin_stop();
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.shared.begin_stop();
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
        while !self.shared.stopping() {
            let status = self.wait();
            if self.shared.stopping() {
                return;
            }
            tracing::warn!(?status, log = %self.launch.folder.log().display(), "the private Postgres died, starting it again");
            self.start_again();
        }
    }

    /// For the first time: what is wrong with the folder is soon told.
    fn start(&self) -> Result<(), Error> {
        let mut words = Words::default();
        loop {
            let reason = match self.try_start(&mut words) {
                Ok(()) => return Ok(()),
                Err(reason) => reason,
            };
            if self.shared.stopping() || words.lasted() >= RETRY {
                return Err(self.launch.explain(reason));
            }
            thread::sleep(POLL * 4);
        }
    }

    /// Until it runs or a stop is wanted: a full disk is emptied some day.
    fn start_again(&self) {
        let mut words = Words::default();
        let mut pause = POLL * 4;
        while !self.shared.stopping() {
            let Err(reason) = self.try_start(&mut words) else {
                tracing::info!(
                    away_s = words.lasted().as_secs(),
                    "the private Postgres is back"
                );
                return;
            };
            if words.are_due() {
                let error = self.launch.explain(reason);
                tracing::error!(
                    away_s = words.lasted().as_secs(),
                    "{error}; trying again and again"
                );
            }
            let until = Instant::now() + pause;
            while Instant::now() < until && !self.shared.stopping() {
                thread::sleep(POLL);
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn try_start(&self, words: &mut Words) -> Result<(), String> {
        self.launch.clear_the_way().map_err(|e| e.to_string())?;
        let child = self.launch.spawn().map_err(|e| e.to_string())?;
        let id = child.id();
        *self.shared.child() = Some(child);
        let started = Instant::now();
        while !self.shared.stopping() {
            if let Some(status) = self.reap() {
                return Err(format!(
                    "it ended with {status}: {}",
                    self.launch.last_words()
                ));
            }
            if self.launch.says_ready(id) {
                return Ok(());
            }
            if started.elapsed() > RETRY && words.are_due() {
                let log = self.launch.folder.log();
                tracing::warn!(log = %log.display(), "the private Postgres is still starting, as it may after a crash");
            }
            thread::sleep(POLL);
        }
        self.shared.signal(Signal::INT);
        self.wait();
        Err("a stop was wanted before it was ready".into())
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
