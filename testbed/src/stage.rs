//! The chain and everybody else on it: started in order, watched, ended in the opposite order.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::future::join_all;
use tokio::process::Command;

use crate::{Chain, Child, Error};

/// How often it is looked whether all are still there.
const LOOK: Duration = Duration::from_secs(1);

/// Dropping it kills everybody; [`Stage::close`] lets them end in order.
#[derive(Debug)]
pub struct Stage {
    logs: PathBuf,
    others: Vec<Child>,
    chain: Chain,
}

impl Stage {
    /// The chain, with these flags of `localnet node`. All logs go to the folder `logs`, which is made where it is missing.
    ///
    /// # Errors
    /// If the folder can't be made or the chain doesn't start.
    pub async fn open<F: AsRef<OsStr>>(
        flags: impl IntoIterator<Item = F>,
        logs: &Path,
    ) -> Result<Self, Error> {
        std::fs::create_dir_all(logs).map_err(|e| Error::file(logs, &e))?;
        Ok(Self {
            logs: logs.to_path_buf(),
            others: Vec::new(),
            chain: Chain::start(flags, logs).await?,
        })
    }

    /// The node.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Where everybody's log is, as `NAME.log`.
    pub fn logs(&self) -> &Path {
        &self.logs
    }

    /// Starts all of these at once, by name, and waits until each has said that it is up.
    ///
    /// # Errors
    /// The first one's that doesn't start; none of them is left then.
    pub async fn enter<N: AsRef<str>>(
        &mut self,
        players: impl IntoIterator<Item = (N, Command)>,
    ) -> Result<(), Error> {
        let logs = &self.logs;
        let starts = players.into_iter().map(async |(name, command)| {
            let (child, _) = Child::start(name.as_ref(), command, logs).await?;
            Ok(child)
        });
        let started: Result<Vec<Child>, Error> = join_all(starts).await.into_iter().collect();
        self.others.extend(started?);
        Ok(())
    }

    /// Starts one that says nothing on stdout.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn enter_quietly(&mut self, name: &str, command: Command) -> Result<(), Error> {
        self.others.push(Child::quiet(name, command, &self.logs)?);
        Ok(())
    }

    /// Ends those of this name. Returns when they are gone.
    pub async fn leave(&mut self, name: &str) {
        for child in self.others.extract_if(.., |child| child.name() == name) {
            let mut child = child;
            child.stop().await;
        }
    }

    /// Returns when the chain has ended by itself; says it, once, when somebody else has. May be dropped and called again
    /// as often as the caller likes: it looks first and waits then.
    pub async fn watch(&mut self, mut say: impl FnMut(&Error)) -> Error {
        loop {
            if let Some(end) = self.chain.child().end() {
                return end;
            }
            self.others.retain_mut(|child| match child.end() {
                Some(end) => {
                    say(&end);
                    false
                }
                None => true,
            });
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Ends everybody else first, the chain last. Returns when all are gone.
    pub async fn close(mut self) {
        join_all(self.others.iter_mut().map(Child::stop)).await;
        self.chain.child().stop().await;
    }
}
