//! Signals: which end everything in order, and which end nothing.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::types::{Cause, Failure};

/// For a program that a person looks at: cancels on SIGTERM and SIGINT, of which a second one ends the process at once,
/// and on SIGHUP: the terminal was closed.
pub fn cancel_on_signals(cancel: CancellationToken) -> Result<(), Failure> {
    let hung_up = cancel.clone();
    on("SIGHUP", SignalKind::hangup(), move |name| {
        info!(signal = name, "stopping");
        hung_up.cancel();
    })?;
    cancel_on_request(cancel)
}

/// For a service: cancels on SIGTERM and SIGINT. SIGHUP, which tools send after they have rotated a log or written a
/// config, ends nothing, and neither do the signals without a meaning here. (SIGPIPE is ignored in every Rust program.)
pub fn cancel_on_signals_of_service(cancel: CancellationToken) -> Result<(), Failure> {
    on("SIGHUP", SignalKind::hangup(), |name| {
        warn!(
            signal = name,
            "goes on, and nothing is reloaded: a change of the config needs a restart"
        );
    })?;
    for (name, kind) in [
        ("SIGUSR1", SignalKind::user_defined1()),
        ("SIGUSR2", SignalKind::user_defined2()),
    ] {
        on(name, kind, |name| {
            warn!(signal = name, "goes on: this signal means nothing here");
        })?;
    }
    cancel_on_request(cancel)
}

#[expect(
    clippy::disallowed_methods,
    reason = "who interrupts twice wants no orderly end"
)]
fn cancel_on_request(cancel: CancellationToken) -> Result<(), Failure> {
    for (name, kind) in [
        ("SIGTERM", SignalKind::terminate()),
        ("SIGINT", SignalKind::interrupt()),
    ] {
        let cancel = cancel.clone();
        on(name, kind, move |name| {
            if cancel.is_cancelled() {
                std::process::exit(130);
            }
            info!(signal = name, "stopping");
            cancel.cancel();
        })?;
    }
    Ok(())
}

/// Does it each time that the signal comes, in place of what the system does.
fn on(
    name: &'static str,
    kind: SignalKind,
    act: impl Fn(&'static str) + Send + 'static,
) -> Result<(), Failure> {
    let listening = signal(kind);
    let mut signals =
        listening.map_err(|e| Failure::new(Cause::Bug, format!("no handler for {name}: {e}")))?;
    tokio::spawn(async move {
        while signals.recv().await.is_some() {
            act(name);
        }
    });
    Ok(())
}
