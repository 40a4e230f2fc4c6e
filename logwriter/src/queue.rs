//! Lines that wait for the thread that writes them: so many at most, and the rest is counted.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

/// Some minutes of a busy service; a few hundred KiB of what is logged at `info`.
const MOST: usize = 4096;

#[derive(Debug, Default)]
pub struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    lines: VecDeque<Vec<u8>>,
    /// How many found no place here since the last one that was taken.
    lost: u64,
    /// The line last taken is still being written.
    writing: bool,
}

impl Queue {
    pub fn push(&self, line: &[u8]) {
        let mut state = self.state.lock();
        match state.lines.len() < MOST {
            true => state.lines.push_back(line.to_vec()),
            false => state.lost += 1,
        }
        self.changed.notify_all();
    }

    /// Waits for the next line; gives it, and how many were lost for want of place. The one before it is written.
    pub fn next(&self) -> (Vec<u8>, u64) {
        let mut state = self.state.lock();
        state.writing = false;
        loop {
            if let Some(line) = state.lines.pop_front() {
                state.writing = true;
                return (line, std::mem::take(&mut state.lost));
            }
            self.changed.notify_all();
            self.changed.wait(&mut state);
        }
    }

    /// Waits until all lines are written; false if they are not within `patience`.
    pub fn settle(&self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let mut state = self.state.lock();
        let busy = |s: &mut State| s.writing || !s.lines.is_empty();
        let waited = self.changed.wait_while_until(&mut state, busy, deadline);
        !waited.timed_out()
    }
}
