//! A migrated database of its own for each test.

use crate::config::DatabaseConfig;
use crate::store::{Store, StoreError};

/// The server is one for the whole test process.
pub struct Database {
    pub store: Store,
}

impl Database {
    pub async fn fresh() -> Self {
        let url = testbed_database::migrated(migrate).await.unwrap();
        let store = connect(&url, 4).await.unwrap();
        Self { store }
    }
}

async fn migrate(url: String) -> Result<(), StoreError> {
    connect(&url, 1).await?.close().await;
    Ok(())
}

pub async fn connect(url: &str, connections: u32) -> Result<Store, StoreError> {
    let config = DatabaseConfig {
        max_connections: connections,
        ..DatabaseConfig::default()
    };
    Store::connect(url.parse().unwrap(), &config).await
}
