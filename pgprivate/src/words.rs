//! When to say again what has been said: at growing intervals.

use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(600);

/// One trouble, while it lasts.
#[derive(Debug)]
pub struct Words {
    since: Instant,
    spoke: Option<Instant>,
    silence: Duration,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            since: Instant::now(),
            spoke: None,
            silence: FIRST,
        }
    }
}

impl Words {
    /// For how long it has lasted.
    pub fn lasted(&self) -> Duration {
        self.since.elapsed()
    }

    /// Whether it is time: at once, then after twice the silence of the last time, up to ten minutes.
    pub fn are_due(&mut self) -> bool {
        if self.spoke.is_some_and(|at| at.elapsed() < self.silence) {
            return false;
        }
        if self.spoke.replace(Instant::now()).is_some() {
            self.silence = (self.silence * 2).min(LONGEST);
        }
        true
    }
}
