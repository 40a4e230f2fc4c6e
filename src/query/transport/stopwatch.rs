//! Where the time of one exchange goes.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::types::Timing;

/// Marks set while an exchange runs, readable at any moment: also when it was cut off.
#[derive(Debug)]
pub struct Stopwatch {
    asked: Instant,
    started: OnceLock<Instant>,
    dialling: OnceLock<Duration>,
    connected: OnceLock<Instant>,
    answered: OnceLock<Instant>,
    finished: OnceLock<Instant>,
}

impl Stopwatch {
    pub fn start() -> Arc<Self> {
        Arc::new(Self {
            asked: Instant::now(),
            started: OnceLock::new(),
            dialling: OnceLock::new(),
            connected: OnceLock::new(),
            answered: OnceLock::new(),
            finished: OnceLock::new(),
        })
    }

    /// Our own concurrency limit let it through.
    pub fn left_queue(&self) {
        mark(&self.started);
    }

    /// The connection is there, and took so long to make. What we did meanwhile is not in it.
    pub fn connected(&self, took: Duration) {
        self.dialling.get_or_init(|| took);
        mark(&self.connected);
    }

    /// The head of the response is here.
    pub fn answered(&self) {
        mark(&self.answered);
    }

    /// The whole body is here.
    pub fn finished(&self) {
        mark(&self.finished);
    }

    pub fn is_connected(&self) -> bool {
        self.connected.get().is_some()
    }

    /// Whether the whole body came after the deadline, counted from leaving the queue.
    pub fn is_late(&self, deadline: Duration) -> bool {
        let since = self.started.get().zip(self.finished.get());
        since.is_some_and(|(from, to)| to.saturating_duration_since(*from) > deadline)
    }

    pub fn timing(&self) -> Timing {
        let between = |from: &OnceLock<Instant>, to: &OnceLock<Instant>| {
            Some(to.get()?.saturating_duration_since(*from.get()?))
        };
        let left = self.started.get().copied().unwrap_or_else(Instant::now);
        Timing {
            queue: left.saturating_duration_since(self.asked),
            connect: self.dialling.get().copied(),
            first_byte: between(&self.connected, &self.answered),
            body: between(&self.answered, &self.finished),
        }
    }
}

fn mark(cell: &OnceLock<Instant>) {
    cell.get_or_init(Instant::now);
}
