//! The composition root: the only place that constructs everything.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;
use subtensor::{Endpoint, Endpoints, Settings, read_subnet};
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::config::{ChainConfig, Config, ModelsConfig, ScoringConfig, SubnetConfig};
use crate::exit::{Failure, code};
use crate::query::{Challenges, Querier};
use crate::rounds::Rounds;
use crate::scoring::{Normalisers, Pipeline};
use crate::signer::Key;
use crate::store::{EmbeddedServer, Entered, Opened, Store, StoreError, SubnetStore};
use crate::supervisor::Supervisor;
use crate::types::{BlockRef, MechanismId, Netuid, Progress, Scope};
use crate::watcher::{Latest, Watcher};
use crate::weights::Weights;

#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Set weights although another program did so with this hotkey.
    pub take_over: bool,
}

/// A running validator.
pub struct Service {
    supervisor: Supervisor,
    grace: Duration,
    server: Option<EmbeddedServer>,
    pub endpoints: Endpoints,
    pub subnets: Vec<Joined>,
}

/// One subnet that the service takes part in.
#[derive(Clone)]
pub struct Joined {
    pub store: SubnetStore,
    pub latest: Latest,
    pub key: Key,
}

/// What can be checked and loaded without chain or database, so that a bad file is told first.
struct Prepared {
    config: SubnetConfig,
    scoring: ScoringConfig,
    key: Key,
    challenges: Challenges,
    pipeline: Arc<Pipeline>,
}

/// Capacity of the progress channel; a watcher that falls behind misses lines, the service does not wait for it.
const PROGRESS_LINES: usize = 256;

pub fn progress_channel() -> (broadcast::Sender<Progress>, broadcast::Receiver<Progress>) {
    broadcast::channel(PROGRESS_LINES)
}

/// Builds the service and starts its loops.
pub async fn start(
    config: Config,
    options: Options,
    progress: broadcast::Sender<Progress>,
    cancel: CancellationToken,
) -> Result<Service, Failure> {
    install_tls()?;
    if config.subnets.is_empty() {
        return Err(Failure::new(
            code::CONFIG,
            "no [[subnet]] is configured: add one with its netuid and hotkey",
        ));
    }
    let mut prepared: Vec<Prepared> = Vec::new();
    for subnet in &config.subnets {
        let mut ready = prepare(subnet, &config.models).await?;
        // One door per hotkey, however many subnets it serves.
        if let Some(same) = prepared
            .iter()
            .find(|p| p.key.hotkey() == ready.key.hotkey())
        {
            ready.key = same.key.clone();
        }
        prepared.push(ready);
    }
    let Opened { store, server } = Store::open(&config.database).await?;
    let endpoints = endpoints(&config.chain);
    let mut supervisor = Supervisor::new(cancel.clone());
    let mut subnets = Vec::new();
    for subnet in prepared {
        let head_timeout = config.chain.head_timeout_s.0;
        let loops = join(subnet, &store, &endpoints, head_timeout, options, &progress).await?;
        let Loops {
            joined,
            watcher,
            rounds,
            weights,
        } = loops;
        let netuid = joined.store.scope().netuid;
        supervisor.spawn(format!("watcher {netuid}"), watcher.run(cancel.clone()));
        supervisor.spawn(
            format!("rounds {netuid}"),
            rounds.run(joined.latest.clone(), cancel.clone()),
        );
        supervisor.spawn(
            format!("weights {netuid}"),
            weights.run(joined.latest.clone(), cancel.clone()),
        );
        subnets.push(joined);
    }
    Ok(Service {
        supervisor,
        grace: config.service.grace_s.0,
        server,
        endpoints,
        subnets,
    })
}

impl Service {
    /// Waits for a stop, drains the loops, then ends the private database.
    pub async fn wait(self) -> Result<(), Failure> {
        let result = self.supervisor.wait(self.grace).await;
        self.endpoints.close();
        if let Some(server) = self.server {
            server.stop().await;
        }
        result
    }
}

/// The configured endpoints, each connected by a task of its own.
pub fn endpoints(config: &ChainConfig) -> Endpoints {
    Endpoints::open(Settings {
        endpoints: config.endpoints.iter().map(Into::into).collect(),
        request_timeout: config.request_timeout_s.0,
        head_timeout: config.head_timeout_s.0,
    })
}

async fn prepare(config: &SubnetConfig, models: &ModelsConfig) -> Result<Prepared, Failure> {
    let key = Key::load(&config.hotkey)?;
    let scoring = ScoringConfig::load(&config.scoring)?;
    let challenges = Challenges::load(&config.challenges)?;
    let pipeline = load_pipeline(scoring.clone(), models.clone()).await?;
    Ok(Prepared {
        config: config.clone(),
        scoring,
        key,
        challenges,
        pipeline,
    })
}

/// Verifies, loads and warms the models on a thread of its own.
pub async fn load_pipeline(
    scoring: ScoringConfig,
    models: ModelsConfig,
) -> Result<Arc<Pipeline>, Failure> {
    let load = tokio::task::spawn_blocking(move || Pipeline::load(&scoring, &models));
    let loaded = load
        .await
        .map_err(|e| Failure::new(code::INTERNAL, format!("loading the models: {e}")))?;
    Ok(Arc::new(loaded?))
}

/// Signatures over TLS need one process-wide provider; a second install of the same is no error.
pub fn install_tls() -> Result<(), Failure> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    match rustls::crypto::CryptoProvider::get_default() {
        Some(_) => Ok(()),
        None => Err(Failure::new(code::INTERNAL, "no TLS provider")),
    }
}

struct Loops {
    joined: Joined,
    watcher: Watcher,
    rounds: Rounds,
    weights: Weights,
}

/// How long a node may take to catch up with what the database has seen.
const CATCH_UP: Duration = Duration::from_secs(10);

/// Binds the database to a scope. A node that is a few blocks behind the one we followed last catches up in a
/// moment; a chain that was reset does not, and is refused.
async fn enter(
    store: &Store,
    node: &Endpoint,
    scope: Scope,
) -> Result<(BlockRef, Entered), Failure> {
    let deadline = Instant::now() + CATCH_UP;
    loop {
        let at = node.finalized().await?;
        match store.enter(scope, at).await {
            Err(StoreError::HeadBehind { .. }) if Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            entered => return Ok((at, entered?)),
        }
    }
}

/// Enters one subnet: the chain must hold it and our seat, the database must not be ahead of the chain.
async fn join(
    prepared: Prepared,
    store: &Store,
    endpoints: &Endpoints,
    head_timeout: Duration,
    options: Options,
    progress: &broadcast::Sender<Progress>,
) -> Result<Loops, Failure> {
    let Prepared {
        config,
        scoring,
        key,
        challenges,
        pipeline,
    } = prepared;
    let (netuid, mechanism) = (Netuid(config.netuid), MechanismId(config.mechanism));
    let node = endpoints.node().await?;
    let scope = Scope {
        genesis: node.genesis(),
        netuid,
        mechanism,
    };
    let (at, entered) = enter(store, &node, scope).await?;
    for world in &entered.other_worlds {
        warn!(%world, ours = %scope.genesis, "this database also holds another chain; its scores are kept apart and not used");
    }
    let store_of_scope = entered.subnet;
    let subnet = read_subnet(&node, at, netuid, mechanism).await?;
    let Some(us) = subnet.metagraph.by_hotkey(&key.hotkey()) else {
        let message = format!(
            "hotkey {} is not registered in subnet {netuid} (block {at}, {} neurons): register it with btcli, or name another in [subnet.hotkey]",
            key.hotkey(),
            subnet.metagraph.neurons().len()
        );
        return Err(Failure::new(code::KEY, message));
    };
    info!(hotkey = %key.hotkey(), uid = %us.uid, %netuid, block = %at, endpoint = node.name(), "joined");
    let hash = pipeline.hash().to_string();
    let toml = toml::to_string(&scoring).map_err(|e| Failure::new(code::INTERNAL, e))?;
    store_of_scope.save_scoring_config(&hash, &toml).await?;
    let normalisers = store_of_scope.normalisers().await?;
    let normalisers = Normalisers::restore(normalisers).map_err(|e| Failure::new(code::DATA, e))?;
    let (publish, latest) = watch::channel(None);
    let rounds = Rounds {
        querier: Querier::new(&config, key.request_signer())?,
        store: store_of_scope.clone(),
        challenges,
        pipeline,
        normalisers,
        own: key.hotkey(),
        sampling: config.sampling,
        rounds: config.rounds,
        rng: ChaCha12Rng::from_os_rng(),
        progress: progress.clone(),
    };
    let weights = Weights::new(
        endpoints.clone(),
        store_of_scope.clone(),
        key.clone(),
        config.weights,
        options.take_over,
        progress.clone(),
    );
    let watcher = Watcher {
        endpoints: endpoints.clone(),
        store: store_of_scope.clone(),
        scope,
        head_timeout,
        publish,
    };
    Ok(Loops {
        joined: Joined {
            store: store_of_scope,
            latest,
            key,
        },
        watcher,
        rounds,
        weights,
    })
}
