//! Build everything, then start it, then wait for its end.

use std::time::Duration;

use subtensor::{Endpoints, Settings};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use super::join::{Options, Shared};
use super::prepare::{Loader, Prepared};
use super::subnet::{Unit, Watched};
use super::supervisor::Supervisor;
use crate::config::{ChainConfig, Config};
use crate::store::{self, Opened, Store};
use crate::types::{Cause, Failure, Genesis, Progress};

/// Everything, before anything of it runs.
pub struct Built {
    subnets: Vec<Prepared>,
    shared: Shared,
    server: Option<pgprivate::Server>,
    grace: Duration,
}

/// A running validator.
pub struct Service {
    units: Supervisor,
    shared: Shared,
    server: Option<pgprivate::Server>,
    grace: Duration,
    pub subnets: Vec<Watched>,
}

/// Loads what the config names, waits for the database, and opens the way to the chain. A mistake in a file, a key or
/// a model ends it here; what is only away is waited for later, by each subnet for itself.
pub async fn build(
    config: Config,
    options: Options,
    progress: broadcast::Sender<Progress>,
) -> Result<Built, Failure> {
    let mut loader = Loader::of_service(&config)?;
    let mut subnets = Vec::new();
    for subnet in &config.subnets {
        subnets.push(loader.subnet(subnet).await?);
    }
    let Opened { store, server } = Store::open(&config.database).await?;
    let known = match config.chain.named() {
        Some(named) => Some(named),
        None => store.await_last_world().await?,
    };
    let shared = Shared {
        store,
        endpoints: endpoints(&config.chain, known),
        clock_tolerance: config.chain.clock_tolerance_s.0,
        options,
        progress,
    };
    Ok(Built {
        subnets,
        shared,
        server,
        grace: config.service.grace_s.0,
    })
}

/// The configured endpoints, each connected by a task of its own. `chain`: the one that all must serve, if it is known.
pub fn endpoints(config: &ChainConfig, chain: Option<Genesis>) -> Endpoints {
    Endpoints::open(Settings {
        endpoints: config.endpoints.iter().map(Into::into).collect(),
        request_timeout: config.request_timeout_s.0,
        head_timeout: config.head_timeout_s.0,
        genesis: chain,
    })
}

impl Built {
    /// Says what was built, then starts one unit per subnet.
    pub fn start(self) -> Service {
        self.say();
        let mut units = Supervisor::default();
        let mut subnets = Vec::new();
        for prepared in self.subnets {
            let name = format!("subnet {}", prepared.config.netuid);
            let (unit, watched) = Unit::new(prepared, self.shared.clone(), self.grace);
            units = units.start(name, |stop| unit.run(stop));
            subnets.push(watched);
        }
        Service {
            units,
            shared: self.shared,
            server: self.server,
            grace: self.grace,
            subnets,
        }
    }

    fn say(&self) {
        let private = self.server.is_some();
        info!(database = self.shared.store.target(), private, "built");
        for endpoint in self.shared.endpoints.statuses() {
            info!(endpoint = endpoint.url.shown(), "chain");
        }
        for subnet in &self.subnets {
            let (netuid, mechanism) = (subnet.config.netuid, subnet.config.mechanism);
            let hotkey = subnet.signer.hotkey();
            let passages = subnet.tasks.corpus().map_or(0, |c| c.passages().len());
            info!(netuid, mechanism, %hotkey, scoring = %subnet.pipeline.hash(), passages, "subnet");
        }
    }
}

impl Service {
    /// Where the database is, as `psql` takes it; without a password.
    pub fn database(&self) -> String {
        match &self.server {
            Some(server) => server.url(store::DATABASE),
            None => self.shared.store.target().to_owned(),
        }
    }

    pub fn endpoints(&self) -> &Endpoints {
        &self.shared.endpoints
    }

    /// Runs until `cancel`, or until no unit is left: a unit ends before that only by a bug. Then ends everything,
    /// last in, first out.
    pub async fn wait(mut self, cancel: CancellationToken) -> Result<(), Failure> {
        let result = loop {
            let (unit, ended) = tokio::select! {
                () = cancel.cancelled() => break Ok(()),
                ended = self.units.first_end() => ended,
            };
            error!(unit, ?ended, "ended by itself: a bug; the others go on");
            if self.units.is_empty() {
                break ended.and(Err(Failure::new(
                    Cause::Bug,
                    format!("{unit} ended by itself"),
                )));
            }
        };
        self.units.stop_at_once(self.grace).await;
        self.shared.endpoints.close();
        self.shared.store.close().await;
        if let Some(server) = self.server {
            server.stop().await;
        }
        result
    }
}
