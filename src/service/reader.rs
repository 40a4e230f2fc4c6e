//! What a service left in the database, for commands that look: nothing is made or migrated.

use std::path::{Path, PathBuf};

use crate::config::DatabaseConfig;
use crate::store::{Opened, Ranked, Skipped, Store, StoreError};
use crate::types::{Failure, Scope, WeightSet};

/// A service's database.
pub struct Reader(Opened);

impl Reader {
    /// # Errors
    /// If no service has run here yet, or none of this version.
    pub async fn open(config: &DatabaseConfig) -> Result<Self, Failure> {
        Ok(Self(Store::read(config).await?))
    }

    /// Each scope's miners with their moving averages, best first.
    pub async fn scores(&self) -> Result<Vec<(Scope, Vec<Ranked>)>, Failure> {
        let mut all = Vec::new();
        for subnet in self.0.store.subnets().await? {
            all.push((subnet.scope(), subnet.scores().leaderboard().await?));
        }
        Ok(all)
    }

    /// The `last` weight sets of each scope, newest first.
    pub async fn weight_sets(&self, last: u32) -> Result<Vec<(Scope, Vec<WeightSet>)>, Failure> {
        let mut all = Vec::new();
        for subnet in self.0.store.subnets().await? {
            all.push((subnet.scope(), subnet.ledger().history(last).await?));
        }
        Ok(all)
    }

    /// The `last` epochs of each scope for which nothing was set, newest first.
    pub async fn skipped(&self, last: u32) -> Result<Vec<Vec<Skipped>>, Failure> {
        let mut all = Vec::new();
        for subnet in self.0.store.subnets().await? {
            all.push(subnet.events().skipped(last).await?);
        }
        Ok(all)
    }

    /// Waits for the end of a private server that was started to read.
    pub async fn close(self) {
        self.0.store.close().await;
        if let Some(server) = self.0.server {
            server.stop().await;
        }
    }
}

/// What a service would find for its database, in words.
///
/// # Errors
/// Whatever would keep a service from its database.
pub async fn check_database(config: &DatabaseConfig) -> Result<String, Failure> {
    let private = config.url.is_empty();
    match Store::read(config).await {
        Ok(opened) => {
            let reader = Reader(opened);
            let target = reader.0.store.target().to_owned();
            reader.close().await;
            let whose = if private { " (private server)" } else { "" };
            Ok(format!("database at {target}{whose}"))
        }
        Err(StoreError::Older { found, known }) => Ok(format!(
            "database: of schema version {found}; the next run migrates it to {known}"
        )),
        Err(StoreError::Empty { target, .. }) => {
            if private {
                try_server(config).await?;
            }
            Ok(format!(
                "database: none yet; the first run makes it at {target}"
            ))
        }
        Err(e) => Err(e.into()),
    }
}

/// Whether a private server would start: on data of its own, which are removed again.
async fn try_server(config: &DatabaseConfig) -> Result<(), Failure> {
    let trial =
        Trial(std::env::temp_dir().join(format!("weighmaster-check-{}", std::process::id())));
    let config = DatabaseConfig {
        data_dir: trial.path().into(),
        ..config.clone()
    };
    Reader(Store::open_trial(&config).await?).close().await;
    Ok(())
}

/// A folder that goes when it is dropped. A `tempfile` one is closed to the user that a server of root's runs as.
struct Trial(PathBuf);

impl Trial {
    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
