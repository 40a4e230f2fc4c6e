//! From what is prepared to loops that are ready to run: the chain must hold the subnet and our seat, the database
//! must not be ahead of the chain.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;
use subtensor::{Endpoint, Endpoints, read_subnet};
use tokio::sync::{Notify, broadcast, watch};
use tracing::{info, warn};

use super::prepare::Prepared;
use super::supervisor::Supervisor;
use crate::loops::Latest;
use crate::loops::judge::Judge;
use crate::loops::rounds::Rounds;
use crate::loops::watch::Watch;
use crate::loops::weights::Weights;
use crate::scoring::Normalisers;
use crate::store::{Entered, Store, StoreError, SubnetStore};
use crate::types::{
    BlockRef, Cause, Failure, Hotkey, MechanismId, Netuid, Progress, Scope, Subnet,
};

#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Set weights although another program did so with this hotkey.
    pub take_over: bool,
}

/// What all subnets of a service share.
#[derive(Clone)]
pub struct Shared {
    pub store: Store,
    pub endpoints: Endpoints,
    pub head_timeout: Duration,
    pub options: Options,
    pub progress: broadcast::Sender<Progress>,
}

/// A subnet that the service takes part in.
#[derive(Clone)]
pub struct Joined {
    pub store: SubnetStore,
    pub latest: Latest,
    pub hotkey: Hotkey,
}

/// How long a node may take to catch up with what the database has seen.
const CATCH_UP: Duration = Duration::from_secs(10);

/// Enters a subnet's scope in the database, at the finalized head of the chain.
pub async fn enter(
    shared: &Shared,
    prepared: &Prepared,
) -> Result<(SubnetStore, BlockRef), Failure> {
    let node = shared.endpoints.node().await?;
    let scope = Scope {
        genesis: node.genesis(),
        netuid: Netuid(prepared.config.netuid),
        mechanism: MechanismId(prepared.config.mechanism),
    };
    let (at, entered) = enter_database(&shared.store, &node, scope).await?;
    for world in &entered.other_worlds {
        warn!(%world, ours = %scope.genesis, "this database also holds another chain; its scores are kept apart and not used");
    }
    Ok((entered.subnet, at))
}

/// A node that is a few blocks behind the one we followed last catches up in a moment; a chain that was reset does
/// not, and is refused.
async fn enter_database(
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

/// Reads the first snapshot of a scope that was entered and starts its four loops. Nothing has signed or asked before
/// this.
pub async fn start(
    shared: &Shared,
    prepared: &Prepared,
    store: SubnetStore,
    at: BlockRef,
) -> Result<(Joined, Supervisor), Failure> {
    let (hotkey, scope) = (prepared.signer.hotkey(), store.scope());
    let node = shared.endpoints.node().await?;
    let subnet = read_subnet(&node, at, scope.netuid, scope.mechanism).await?;
    check_seat(&subnet, hotkey)?;
    let normalisers = restore(prepared, &store).await?;
    store.ledger().adopt(hotkey).await?;
    let netuid = subnet.scope.netuid;
    let (publish, latest) = watch::channel(Arc::new(subnet));
    let due = Arc::new(Notify::new());

    let watch = Watch::new(
        shared.endpoints.clone(),
        store.clone(),
        shared.head_timeout,
        publish,
    );
    let rounds = Rounds {
        querier: prepared.querier(),
        store: store.clone(),
        tasks: prepared.tasks.clone(),
        own: hotkey,
        sampling: prepared.config.sampling.clone(),
        rounds: prepared.config.rounds.clone(),
        rng: ChaCha12Rng::from_os_rng(),
        due: due.clone(),
    };
    let judge = Judge {
        store: store.clone(),
        pipeline: prepared.pipeline.clone(),
        normalisers,
        due,
        progress: shared.progress.clone(),
    };
    let weights = Weights::new(
        shared.endpoints.clone(),
        store.clone(),
        prepared.signer.clone(),
        prepared.config.weights.clone(),
        shared.options.take_over,
        shared.progress.clone(),
    );
    let tasks = Supervisor::default()
        .start(format!("watch {netuid}"), |stop| watch.run(stop))
        .start(format!("judge {netuid}"), |stop| judge.run(stop))
        .start(format!("rounds {netuid}"), |stop| {
            rounds.run(latest.clone(), stop)
        })
        .start(format!("weights {netuid}"), |stop| {
            weights.run(latest.clone(), stop)
        });
    let joined = Joined {
        store,
        latest,
        hotkey,
    };
    Ok((joined, tasks))
}

fn check_seat(subnet: &Subnet, hotkey: Hotkey) -> Result<(), Failure> {
    let (netuid, block) = (subnet.scope.netuid, subnet.at);
    let Some(us) = subnet.metagraph.by_hotkey(&hotkey) else {
        let neurons = subnet.metagraph.neurons().len();
        let message = format!(
            "hotkey {hotkey} is not registered in subnet {netuid} (block {block}, {neurons} neurons): register it with btcli, or name another in [subnet.hotkey]"
        );
        return Err(Failure::new(Cause::Key, message));
    };
    info!(%hotkey, uid = %us.uid, %netuid, %block, "joined");
    Ok(())
}

/// Names the scoring config in the database; the normalisers go on as the last judgement left them.
async fn restore(prepared: &Prepared, store: &SubnetStore) -> Result<Normalisers, Failure> {
    let hash = prepared.pipeline.hash().to_string();
    let toml = toml::to_string(&prepared.scoring).map_err(|e| Failure::new(Cause::Bug, e))?;
    store.judgements().save_config(&hash, &toml).await?;
    let states = store.scores().normalisers().await?;
    Normalisers::restore(states).map_err(|e| Failure::new(Cause::BadData, e))
}
