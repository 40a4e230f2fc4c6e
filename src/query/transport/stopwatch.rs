//! Where the time of one exchange goes.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use crate::types::Timing;

/// Marks set while an exchange runs, readable at any moment: also when it was cut off.
#[derive(Debug)]
pub struct Stopwatch {
    asked: Instant,
    started: OnceLock<Instant>,
    dialled: OnceLock<Instant>,
    connected: OnceLock<Instant>,
    answered: OnceLock<Instant>,
    finished: OnceLock<Instant>,
}

impl Stopwatch {
    pub fn start() -> Arc<Self> {
        Arc::new(Self {
            asked: Instant::now(),
            started: OnceLock::new(),
            dialled: OnceLock::new(),
            connected: OnceLock::new(),
            answered: OnceLock::new(),
            finished: OnceLock::new(),
        })
    }

    /// Our own concurrency limit let it through.
    pub fn left_queue(&self) {
        mark(&self.started);
    }

    /// The connection is asked for.
    pub fn dialled(&self) {
        mark(&self.dialled);
    }

    /// The connection is there.
    pub fn connected(&self) {
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

    pub fn timing(&self) -> Timing {
        let between = |from: &OnceLock<Instant>, to: &OnceLock<Instant>| {
            Some(to.get()?.saturating_duration_since(*from.get()?))
        };
        let left = self.started.get().copied().unwrap_or_else(Instant::now);
        Timing {
            queue: left.saturating_duration_since(self.asked),
            connect: between(&self.dialled, &self.connected),
            first_byte: between(&self.connected, &self.answered),
            body: between(&self.answered, &self.finished),
        }
    }
}

fn mark(cell: &OnceLock<Instant>) {
    cell.get_or_init(Instant::now);
}
