//! When to stop: at a signal, or when the process that started this one is gone.

use std::future;
use std::num::ParseIntError;
use std::os::unix::process::parent_id;
use std::str::FromStr;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};

/// How often the parent is looked for.
const LOOK: Duration = Duration::from_millis(200);

/// The process with which this one ends: what a program's `--exit-with-parent` is set to.
///
/// An orphan gets another parent at once, so that an id tells: unlike a watch of that process, none that has taken over
/// the id of a dead one can deceive it. The kernel's parent-death signal would fall when the *thread* ends that started
/// the program, which for threads of a pool is any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent(u32);

impl Parent {
    /// Waits until it is gone.
    pub async fn gone(self) {
        while parent_id() == self.0 {
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// A process id; nothing stands for whoever is the parent now.
///
/// Parse the command line before anything else: one that ends before the look at it is never missed. [`with_us`] leaves
/// no such gap.
impl FromStr for Parent {
    type Err = ParseIntError;

    fn from_str(id: &str) -> Result<Self, ParseIntError> {
        match id {
            "" => Ok(Self(parent_id())),
            id => id.parse().map(Self),
        }
    }
}

/// The argument with which a program that this process starts ends with it, however soon and by whatever it ends.
pub fn with_us() -> String {
    format!("--exit-with-parent={}", std::process::id())
}

/// Returns at SIGTERM or SIGINT, and when `parent` is gone.
///
/// # Errors
/// If the signals can't be waited for.
pub async fn until_stopped(parent: Option<Parent>) -> std::io::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let orphaned = async {
        match parent {
            Some(parent) => parent.gone().await,
            None => future::pending().await,
        }
    };
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
        () = orphaned => tracing::info!("the process that started this one is gone"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn a_parent_that_lives_is_waited_for_and_another_process_is_none() {
        let ours: Parent = "".parse().unwrap();
        assert_eq!(ours, parent_id().to_string().parse().unwrap());
        let waited = tokio::time::timeout(LOOK * 3, until_stopped(Some(ours))).await;
        assert!(waited.is_err(), "it lives");
        // As for a program whose parent ended before it was looked for.
        let gone: Parent = std::process::id().to_string().parse().unwrap();
        let waited = tokio::time::timeout(LOOK * 3, until_stopped(Some(gone))).await;
        waited.unwrap().unwrap();
    }

    #[test]
    fn what_is_no_process_id_is_refused() {
        for text in ["-1", "parent", "1 ", "4294967296"] {
            assert!(text.parse::<Parent>().is_err(), "{text}");
        }
    }
}
