//! When to stop.

use std::os::unix::process::parent_id;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// How often the parent is looked for.
const PARENT_CHECK: Duration = Duration::from_millis(200);

/// Ends at SIGTERM or SIGINT; with `with_parent`, also when the process that started this one has ended.
///
/// `parent` is that process's id, taken before anything could have ended it.
pub async fn until_stopped(with_parent: bool, parent: u32) -> std::io::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let orphaned = async {
        // An orphan gets another parent.
        while parent_id() == parent {
            tokio::time::sleep(PARENT_CHECK).await;
        }
    };
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
        () = orphaned, if with_parent => tracing::info!("the process that started this one is gone"),
    }
    Ok(())
}
