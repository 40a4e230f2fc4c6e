//! Tasks that end together, and the one restart policy.

use std::future::Future;
use std::time::{Duration, Instant};

use futures::future::select_all;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use tracing::{info, warn};

use crate::types::{Cause, Failure};

/// Tasks in the order of their start. Each has a token of its own, so that they end in the opposite order; what is
/// still running when this is dropped is aborted.
#[derive(Default)]
pub struct Supervisor(Vec<Task>);

struct Task {
    name: String,
    cancel: CancellationToken,
    handle: AbortOnDropHandle<Result<(), Failure>>,
}

impl Supervisor {
    /// Starts a task. It returns `Ok` only once its token was cancelled.
    pub fn start<F>(
        mut self,
        name: impl Into<String>,
        task: impl FnOnce(CancellationToken) -> F,
    ) -> Self
    where
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let cancel = CancellationToken::new();
        let handle = AbortOnDropHandle::new(tokio::spawn(task(cancel.clone())));
        self.0.push(Task {
            name: name.into(),
            cancel,
            handle,
        });
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Waits until one of them ends; says which, and why. Never returns while there is none.
    pub async fn first_end(&mut self) -> (String, Result<(), Failure>) {
        if self.0.is_empty() {
            return std::future::pending().await;
        }
        let handles = self.0.iter_mut().map(|task| &mut task.handle);
        let (ended, index, _) = select_all(handles).await;
        let task = self.0.remove(index);
        let outcome = match ended {
            Ok(outcome) => outcome,
            Err(e) if e.is_panic() => Err(Failure::new(
                Cause::Bug,
                format!("{} panicked: {e}", task.name),
            )),
            Err(e) => Err(Failure::new(Cause::Bug, format!("{}: {e}", task.name))),
        };
        (task.name, outcome)
    }

    /// Tells all of them at once, for tasks that don't build on each other; together they get `grace`.
    pub async fn stop_at_once(self, grace: Duration) {
        self.0.iter().for_each(|task| task.cancel.cancel());
        self.stop(grace).await;
    }

    /// Ends them, the last started first; together they get `grace`.
    pub async fn stop(mut self, grace: Duration) {
        let deadline = Instant::now() + grace;
        while let Some(task) = self.0.pop() {
            task.cancel.cancel();
            let left = deadline.saturating_duration_since(Instant::now());
            match tokio::time::timeout(left, task.handle).await {
                Ok(_) => info!(task = task.name, "stopped"),
                Err(_) => warn!(
                    task = task.name,
                    "work still in flight at the end of the grace period was dropped"
                ),
            }
        }
    }
}

/// How long to wait before what failed for the `failures`-th time in a row is tried again.
///
/// Nothing is given up: what passes by itself is tried soon, what a person has to mend (a registration, a config, a
/// row) at a pace at which nobody waits long for the mending to be noticed, a bug ever more seldom.
pub fn pause(cause: Cause, failures: u32) -> Duration {
    let doubled = |first: u64, most: u64| {
        let doublings = failures.saturating_sub(1).min(16);
        Duration::from_secs((first << doublings).min(most))
    };
    match cause {
        Cause::Transient => doubled(1, 30),
        Cause::Key | Cause::Config | Cause::Usage | Cause::ClosedPipe => Duration::from_secs(30),
        Cause::BadData => doubled(5, 60),
        Cause::Bug => doubled(5, 600),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::sync::{Arc, Mutex};

    use strum::IntoEnumIterator;

    use super::*;

    const SOON: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn tasks_end_last_in_first_out() {
        let ends: Arc<Mutex<Vec<u32>>> = Arc::default();
        let mut tasks = Supervisor::default();
        for n in 0..3 {
            let ends = ends.clone();
            tasks = tasks.start(format!("task {n}"), |cancel| async move {
                cancel.cancelled().await;
                ends.lock().unwrap().push(n);
                Ok(())
            });
        }
        tasks.stop(Duration::from_secs(5)).await;
        assert_eq!(*ends.lock().unwrap(), [2, 1, 0]);
    }

    #[tokio::test]
    async fn the_first_end_is_told_by_name_and_a_panic_is_a_bug() {
        let mut tasks = Supervisor::default()
            .start("waits", |cancel| async move {
                cancel.cancelled().await;
                Ok(())
            })
            .start("breaks", |_| async {
                Err(Failure::new(Cause::BadData, "bad hash"))
            });
        let (name, outcome) = tasks.first_end().await;
        assert_eq!(
            (name.as_str(), outcome.unwrap_err().cause),
            ("breaks", Cause::BadData)
        );
        let more = tokio::time::timeout(SOON, tasks.first_end()).await;
        assert!(more.is_err(), "the other one goes on");

        let mut tasks = Supervisor::default().start("bug", |_| async { panic!("planted") });
        let (_, outcome) = tasks.first_end().await;
        let failure = outcome.unwrap_err();
        assert_eq!(failure.cause, Cause::Bug);
        assert!(failure.message.contains("bug"), "{failure}");
    }

    #[tokio::test]
    async fn a_task_that_will_not_end_is_aborted_and_costs_the_grace_once() {
        let stuck = |_| std::future::pending();
        let tasks = Supervisor::default().start("a", stuck).start("b", stuck);
        let started = Instant::now();
        tasks.stop(SOON).await;
        assert!(started.elapsed() < 20 * SOON);
    }

    #[test]
    fn every_cause_is_tried_again_never_at_once_and_never_after_long() {
        for cause in Cause::iter() {
            let mut before = Duration::ZERO;
            for failures in 1..100 {
                let now = pause(cause, failures);
                assert!(now >= before && now >= Duration::from_secs(1), "{cause}");
                assert!(now <= Duration::from_secs(600), "{cause}");
                before = now;
            }
        }
    }
}
