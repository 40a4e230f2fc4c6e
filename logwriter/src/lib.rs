//! The way of a log to stderr. Whoever logs never waits for a reader, and never fails for one: a thread of its own
//! writes, what can't be written is counted, and the next line that can be written comes with the number of those lost.
//!
//! ```no_run
//! tracing_subscriber::fmt().with_writer(logwriter::line).init();
//! tracing::info!("written by another thread");
//! logwriter::flush();
//! ```

#![warn(missing_docs)]
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod out;
mod queue;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use queue::Queue;

/// How long the end of a program waits for who reads its log.
const PATIENCE: Duration = Duration::from_secs(1);

/// None where the system gives no thread: then lines are written by who logs them.
static QUEUE: OnceLock<Option<Arc<Queue>>> = OnceLock::new();

fn queue() -> Option<&'static Queue> {
    let start = || {
        let queue = Arc::new(Queue::default());
        let taken = queue.clone();
        let thread = std::thread::Builder::new().name("log".into());
        let started = thread.spawn(move || out::write(&taken, std::io::stderr()));
        started.is_ok().then_some(queue)
    };
    QUEUE.get_or_init(start).as_deref()
}

/// One line of the log, for `with_writer`: what is written to it at once, with its newline.
pub fn line() -> Line {
    Line(())
}

/// See [`line`].
#[derive(Debug)]
pub struct Line(());

impl Write for Line {
    /// Never fails, and never waits.
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        if !out::intercept(line) {
            match queue() {
                Some(queue) => queue.push(line),
                None => drop(std::io::stderr().write_all(line)),
            }
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A line for the person at the terminal, behind all that was logged so far.
pub fn say(text: impl std::fmt::Display) {
    let _ = line().write_all(format!("{text}\n").as_bytes());
}

/// Waits until all lines are written, a second at most: the last thing that a program does.
pub fn flush() {
    if let Some(Some(queue)) = QUEUE.get() {
        queue.settle(PATIENCE);
    }
}

/// Panics become lines of the log: the standard hook would wait for the reader of stderr. With RUST_BACKTRACE, the
/// backtrace is among them.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let said = panic.to_string().replace('\n', " ");
        let backtrace = Backtrace::capture();
        match backtrace.status() {
            BacktraceStatus::Captured => tracing::error!("{said}\n{backtrace}"),
            _ => tracing::error!("{said}"),
        }
    }));
}
