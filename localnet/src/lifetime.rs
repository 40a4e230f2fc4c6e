//! When to stop: at a signal, or when the process that started this one is gone.

use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

/// How often the parent is looked for.
const PARENT_CHECK: Duration = Duration::from_millis(200);

/// Ends at SIGTERM or SIGINT; with `with_parent`, also when the parent process has ended.
///
/// # Errors
/// If the signals can't be waited for.
pub async fn until_stopped(with_parent: bool) -> std::io::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
        () = parent_gone(), if with_parent => tracing::info!("the process that started this one is gone"),
    }
    Ok(())
}

/// An orphan gets another parent; which one depends on the system.
async fn parent_gone() {
    let parent = std::os::unix::process::parent_id();
    while std::os::unix::process::parent_id() == parent {
        tokio::time::sleep(PARENT_CHECK).await;
    }
}
