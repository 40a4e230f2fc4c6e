//! What a test may make this node do wrong. Nothing here acts unless a `dev_*` method set it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;

/// An error given in place of the answer to the next calls of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedAnswer {
    /// The JSON-RPC error's code.
    pub code: i32,
    /// The JSON-RPC error's message.
    pub message: String,
    /// Calls that still get it.
    pub times: u32,
}

/// The faults in force.
#[derive(Debug, Default)]
pub struct Faults {
    delay_ms: AtomicU64,
    /// No block is made on the timer; `dev_seal` still makes one.
    pub paused: AtomicBool,
    /// Blocks are made, and nobody hears of them.
    pub stall_heads: AtomicBool,
    answers: Mutex<HashMap<String, PlannedAnswer>>,
    http: Mutex<Option<(u16, u32)>>,
    /// Raised once for each "drop all sockets".
    pub drop_sockets: watch::Sender<u64>,
    /// Raised once for each "all sockets fall silent".
    pub half_open: watch::Sender<u64>,
}

/// Methods whose planned answers may be held at once.
const MAX_PLANNED: usize = 256;

impl Faults {
    /// Delays every answer but those of `dev_*`; zero ends it.
    pub fn set_delay(&self, delay: Duration) {
        self.delay_ms
            .store(delay.as_millis() as u64, Ordering::Relaxed);
    }

    /// How long the answer to `method` waits.
    pub fn delay(&self, method: &str) -> Duration {
        if method.starts_with("dev_") {
            return Duration::ZERO;
        }
        Duration::from_millis(self.delay_ms.load(Ordering::Relaxed))
    }

    /// Plans an error for the next calls of a method, or forgets the plan with `times` 0.
    pub fn plan(&self, method: String, answer: PlannedAnswer) {
        let mut answers = self.answers.lock();
        if answer.times == 0 {
            answers.remove(&method);
        } else if answers.len() < MAX_PLANNED || answers.contains_key(&method) {
            answers.insert(method, answer);
        }
    }

    /// Takes one use of the error planned for `method`.
    pub fn planned(&self, method: &str) -> Option<PlannedAnswer> {
        let mut answers = self.answers.lock();
        let answer = answers.get_mut(method)?;
        answer.times -= 1;
        let taken = answer.clone();
        if answer.times == 0 {
            answers.remove(method);
        }
        Some(taken)
    }

    /// Answers the next `times` HTTP requests (WebSocket handshakes among them) with `status`.
    pub fn set_http(&self, status: u16, times: u32) {
        *self.http.lock() = (times > 0).then_some((status, times));
    }

    /// Takes one use of the planned HTTP status.
    pub fn http(&self) -> Option<u16> {
        let mut http = self.http.lock();
        let (status, times) = (*http)?;
        *http = (times > 1).then_some((status, times - 1));
        Some(status)
    }
}
