//! Keeps the loops running and ends them together: on a signal, or when one of them can't go on.

use std::future::Future;
use std::time::Duration;

use crate::types::{Cause, Failure};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

/// The loops of one service.
pub struct Supervisor {
    cancel: CancellationToken,
    tasks: JoinSet<(String, Result<(), Failure>)>,
}

impl Supervisor {
    /// Cancelling `cancel` stops everything, from inside or outside.
    pub fn new(cancel: CancellationToken) -> Self {
        Self {
            cancel,
            tasks: JoinSet::new(),
        }
    }

    /// A loop returns `Ok` only once it was cancelled.
    pub fn spawn(
        &mut self,
        name: impl Into<String>,
        task: impl Future<Output = Result<(), Failure>> + Send + 'static,
    ) {
        let name = name.into();
        self.tasks.spawn(async move { (name, task.await) });
    }

    /// Waits for a stop, then for the loops to drain, at most `grace`.
    pub async fn wait(mut self, grace: Duration) -> Result<(), Failure> {
        let first = tokio::select! {
            () = self.cancel.cancelled() => Ok(()),
            ended = self.tasks.join_next() => ended.map_or(Ok(()), outcome),
        };
        self.cancel.cancel();
        let mut result = first;
        let drain = async {
            while let Some(ended) = self.tasks.join_next().await {
                let ended = outcome(ended);
                result = std::mem::replace(&mut result, Ok(())).and(ended);
            }
        };
        if tokio::time::timeout(grace, drain).await.is_err() {
            warn!(grace = ?grace, "work still in flight at the end of the grace period was dropped");
        }
        // What is still running is aborted with the set. The first failure stays the cause.
        result
    }
}

fn outcome(
    ended: Result<(String, Result<(), Failure>), tokio::task::JoinError>,
) -> Result<(), Failure> {
    match ended {
        Ok((name, Ok(()))) => {
            info!(task = name, "stopped");
            Ok(())
        }
        Ok((name, Err(failure))) => {
            error!(task = name, %failure, "can't go on");
            Err(failure)
        }
        Err(e) if e.is_cancelled() => Ok(()),
        Err(e) => Err(Failure::new(Cause::Bug, format!("a task panicked: {e}"))),
    }
}

/// Cancels on SIGTERM or SIGINT; a second one ends the process at once.
pub fn cancel_on_signals(cancel: CancellationToken) -> Result<(), Failure> {
    let listen = |kind| {
        signal(kind).map_err(|e| Failure::new(Cause::Bug, format!("no signal handler: {e}")))
    };
    let (mut term, mut int) = (
        listen(SignalKind::terminate())?,
        listen(SignalKind::interrupt())?,
    );
    tokio::spawn(async move {
        loop {
            let name = tokio::select! {
                _ = term.recv() => "SIGTERM",
                _ = int.recv() => "SIGINT",
            };
            if cancel.is_cancelled() {
                std::process::exit(130);
            }
            info!(signal = name, "stopping");
            cancel.cancel();
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[tokio::test]
    async fn one_failure_stops_all_and_is_the_cause() {
        let cancel = CancellationToken::new();
        let mut supervisor = Supervisor::new(cancel.clone());
        let token = cancel.clone();
        supervisor.spawn("patient", async move {
            token.cancelled().await;
            Ok(())
        });
        supervisor.spawn("broken", async {
            Err(Failure::new(Cause::BadData, "bad hash"))
        });
        let failure = supervisor.wait(Duration::from_secs(5)).await.unwrap_err();
        assert_eq!(
            (failure.cause, failure.message.as_str()),
            (Cause::BadData, "bad hash")
        );
        assert!(cancel.is_cancelled());
    }

    #[tokio::test]
    async fn a_panic_is_an_internal_error_and_a_stop_is_none() {
        let mut supervisor = Supervisor::new(CancellationToken::new());
        supervisor.spawn("bug", async { panic!("planted") });
        assert_eq!(
            supervisor
                .wait(Duration::from_secs(5))
                .await
                .unwrap_err()
                .cause,
            Cause::Bug
        );

        let mut supervisor = Supervisor::new(CancellationToken::new());
        supervisor.spawn("stuck", std::future::pending());
        supervisor.spawn("broken", async {
            Err(Failure::new(Cause::BadData, "bad hash"))
        });
        let failure = supervisor
            .wait(Duration::from_millis(20))
            .await
            .unwrap_err();
        assert_eq!(
            failure.cause,
            Cause::BadData,
            "a loop that won't drain must not hide the cause"
        );

        let cancel = CancellationToken::new();
        let mut supervisor = Supervisor::new(cancel.clone());
        supervisor.spawn("stuck", std::future::pending());
        cancel.cancel();
        supervisor.wait(Duration::from_millis(20)).await.unwrap();
    }
}
