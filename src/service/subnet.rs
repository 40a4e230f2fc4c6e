//! One subnet for the life of the service: it waits, joins, runs, parks with a reason, and tries again. Whatever
//! happens to it, the others go on.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures::FutureExt;
use serde_json::json;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use super::join::{self, Joined, Shared};
use super::prepare::Prepared;
use super::supervisor::{Supervisor, pause};
use crate::loops::reminder::Reminder;
use crate::store::{Event, SubnetStore};
use crate::types::{Cause, Failure, Netuid, Reason};

/// How it stands with a subnet.
#[derive(Clone)]
pub enum Status {
    /// On its way: chain and database are asked.
    Joining,
    Running(Joined),
    /// Tried again later.
    Parked(Failure),
}

/// A subnet as others see it.
#[derive(Clone)]
pub struct Watched {
    pub netuid: Netuid,
    pub status: watch::Receiver<Status>,
}

impl Watched {
    /// Waits until the subnet runs; what parks it before that is the error.
    pub async fn joined(&mut self) -> Result<Joined, Failure> {
        loop {
            match &*self.status.borrow_and_update() {
                Status::Running(joined) => return Ok(joined.clone()),
                Status::Parked(failure) => return Err(failure.clone()),
                Status::Joining => {}
            }
            if self.status.changed().await.is_err() {
                return Err(Failure::new(Cause::Transient, "the service has ended"));
            }
        }
    }
}

/// A subnet that ran this long has recovered: its next failure is a first one.
const RECOVERED: Duration = Duration::from_secs(300);
/// On a fast chain what passes by itself is tried again after so many blocks, but not without a break.
const RETRY_BLOCKS: u32 = 8;
const SHORT_RETRY: Duration = Duration::from_secs(2);

pub(super) struct Unit {
    prepared: Prepared,
    shared: Shared,
    grace: Duration,
    status: watch::Sender<Status>,
    /// Once it was entered; where events go.
    store: Option<SubnetStore>,
    failures: u32,
    parked: Reminder,
}

impl Unit {
    pub fn new(prepared: Prepared, shared: Shared, grace: Duration) -> (Self, Watched) {
        let (status, watched) = watch::channel(Status::Joining);
        let netuid = Netuid(prepared.config.netuid);
        let unit = Self {
            prepared,
            shared,
            grace,
            status,
            store: None,
            failures: 0,
            parked: Reminder::default(),
        };
        let watched = Watched {
            netuid,
            status: watched,
        };
        (unit, watched)
    }

    pub async fn run(mut self, cancel: CancellationToken) -> Result<(), Failure> {
        loop {
            let started = Instant::now();
            // A panic on the way is a bug like any other: parked, and tried again.
            let served = AssertUnwindSafe(self.serve(&cancel)).catch_unwind().await;
            let failure = match served {
                Ok(None) => return Ok(()),
                Ok(Some(failure)) => failure,
                Err(_) => Failure::new(Cause::Bug, "panicked; the log has its place"),
            };
            if started.elapsed() > RECOVERED {
                self.failures = 0;
            }
            self.failures = self.failures.saturating_add(1);
            let transient = failure.cause == Cause::Transient;
            let pause = self.pause(failure.cause);
            self.park(failure, pause).await;
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                () = tokio::time::sleep(pause) => {}
                () = self.shared.endpoints.recovered(), if transient => {}
            }
        }
    }

    fn pause(&self, cause: Cause) -> Duration {
        let pause = pause(cause, self.failures);
        match cause {
            Cause::Transient => {
                let pace = self.shared.endpoints.pace();
                pace.patience(pause, RETRY_BLOCKS, SHORT_RETRY)
            }
            _ => pause,
        }
    }

    /// Joins and runs until something fails; `None` once it was cancelled.
    async fn serve(&mut self, cancel: &CancellationToken) -> Option<Failure> {
        let joining = self.join();
        let (joined, mut tasks) = tokio::select! {
            () = cancel.cancelled() => return None,
            joined = joining => match joined {
                Ok(joined) => joined,
                Err(failure) => return Some(failure),
            },
        };
        self.parked.ends();
        let hotkey = json!({ "hotkey": joined.hotkey });
        self.record(Reason::SubnetJoined, hotkey).await;
        self.status.send_replace(Status::Running(joined));
        let ended = tokio::select! {
            () = cancel.cancelled() => None,
            (task, ended) = tasks.first_end() => Some(match ended {
                Err(failure) => failure,
                Ok(()) => Failure::new(Cause::Bug, format!("{task} ended by itself")),
            }),
        };
        tasks.stop(self.grace).await;
        ended
    }

    async fn join(&mut self) -> Result<(Joined, Supervisor), Failure> {
        let (store, at) = join::enter(&self.shared, &self.prepared).await?;
        self.store = Some(store.clone());
        join::start(&self.shared, &self.prepared, store, at).await
    }

    /// Says why it does not run: at the first time, when that changes, and ever more seldom.
    async fn park(&mut self, failure: Failure, pause: Duration) {
        if self.parked.is_due(&failure.to_string(), Instant::now()) {
            let (netuid, cause) = (self.prepared.config.netuid, <&str>::from(failure.cause));
            let (error, again_in) = (&failure, pause);
            if failure.cause == Cause::Transient {
                warn!(netuid, %error, ?again_in, "waiting for what the subnet needs");
            } else {
                let reason = Reason::SubnetParked.label();
                error!(netuid, reason, cause, %error, ?again_in, "subnet parked");
            }
            let detail = json!({ "cause": failure.cause.to_string(), "why": failure.message });
            self.record(Reason::SubnetParked, detail).await;
            self.tell_health(&failure).await;
        }
        self.status.send_replace(Status::Parked(failure));
    }

    /// For the health check, which reads the database alone.
    async fn tell_health(&self, failure: &Failure) {
        if let Some(store) = &self.store
            && let Err(error) = store.health().parked(&failure.message).await
        {
            warn!(%error, "the health check was not told");
        }
    }

    /// In `events`, if the database can take it: the log has it in any case.
    async fn record(&self, reason: Reason, detail: serde_json::Value) {
        let Some(store) = &self.store else {
            return;
        };
        let event = Event {
            reason,
            block: None,
            detail,
        };
        if let Err(error) = store.events().record(event).await {
            warn!(%error, "the event was not recorded");
        }
    }
}
