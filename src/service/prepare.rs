//! What a subnet needs that can be checked and loaded without chain or database, so that a bad file is told first.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::config::{Config, ScoringConfig, SubnetConfig};
use crate::query::Querier;
use crate::scoring::{Engines, Pipeline};
use crate::signer::{Keyring, Signer};
use crate::tasks::Tasks;
use crate::types::{Cause, Failure};

/// One subnet, ready to be joined.
#[derive(Clone)]
pub struct Prepared {
    pub config: SubnetConfig,
    pub scoring: ScoringConfig,
    pub signer: Signer,
    pub tasks: Tasks,
    pub pipeline: Arc<Pipeline>,
    /// What the service is itself a client of.
    pub servers: Vec<SocketAddr>,
}

impl Prepared {
    pub fn querier(&self) -> Querier {
        Querier::new(&self.config, &self.servers, self.signer.request_signer())
    }
}

/// Loads subnets. What they have in common is loaded once: a hotkey, a model.
pub struct Loader {
    keyring: Keyring,
    engines: Arc<Engines>,
    servers: Vec<SocketAddr>,
}

impl Loader {
    pub fn new(config: &Config) -> Self {
        Self {
            keyring: Keyring::default(),
            engines: Arc::new(Engines::new(&config.models)),
            servers: config.sockets(),
        }
    }

    /// For a service: there is something to serve, and TLS on the way to it.
    pub fn of_service(config: &Config) -> Result<Self, Failure> {
        install_tls()?;
        if config.subnets.is_empty() {
            return Err(Failure::new(
                Cause::Config,
                "no [[subnet]] is configured: add one with its netuid and hotkey",
            ));
        }
        Ok(Self::new(config))
    }

    pub async fn subnet(&mut self, config: &SubnetConfig) -> Result<Prepared, Failure> {
        let signer = self.keyring.load(&config.hotkey)?;
        let scoring = ScoringConfig::load(&config.scoring)?;
        let file = config.scoring.display();
        let named = |e: Failure| Failure::new(e.cause, format!("scoring file {file}: {e}"));
        let tasks = Tasks::load(&config.challenges).await?;
        Ok(Prepared {
            pipeline: self.pipeline(scoring.clone()).await.map_err(named)?,
            config: config.clone(),
            scoring,
            signer,
            tasks,
            servers: self.servers.clone(),
        })
    }

    /// Verifies, loads and warms the models on a thread of their own.
    pub async fn pipeline(&self, scoring: ScoringConfig) -> Result<Arc<Pipeline>, Failure> {
        let engines = Arc::clone(&self.engines);
        let load = tokio::task::spawn_blocking(move || Pipeline::load(&scoring, &engines));
        let loaded = load
            .await
            .map_err(|e| Failure::new(Cause::Bug, format!("loading the models: {e}")))?;
        Ok(Arc::new(loaded?))
    }
}

/// Signatures over TLS need one process-wide provider; a second install of the same is no error.
pub(super) fn install_tls() -> Result<(), Failure> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    match rustls::crypto::CryptoProvider::get_default() {
        Some(_) => Ok(()),
        None => Err(Failure::new(Cause::Bug, "no TLS provider")),
    }
}
