//! From what is prepared to loops that are ready to run: the chain must hold the subnet and our seat, the database
//! must not be ahead of the chain.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;
use subtensor::{ChainClock, Endpoint, Endpoints, read_subnet};
use tokio::sync::{Notify, broadcast, watch};
use tracing::{info, warn};

use super::prepare::Prepared;
use super::supervisor::Supervisor;
use crate::loops::judge::Judge;
use crate::loops::reminder::Reminder;
use crate::loops::rounds::Rounds;
use crate::loops::watch::{Watch, our_seat};
use crate::loops::weights::Weights;
use crate::query::Uplink;
use crate::store::{Counts, Entered, Judged, Store, StoreError, SubnetStore};
use crate::types::{
    BlockRef, Cause, Failure, Hotkey, MechanismId, Netuid, Progress, Reason, Scope, ScoreTable,
    WeightSet,
};

#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Set weights although another program did so with this hotkey.
    pub take_over: bool,
    /// Of all chances of the rounds; none: the system's.
    pub seed: Option<u64>,
}

/// What all subnets of a service share.
#[derive(Clone)]
pub struct Shared {
    pub store: Store,
    pub endpoints: Endpoints,
    pub clock_tolerance: Duration,
    pub options: Options,
    pub progress: broadcast::Sender<Progress>,
}

/// A subnet that the service takes part in.
#[derive(Clone)]
pub struct Joined {
    store: SubnetStore,
    pub hotkey: Hotkey,
}

impl Joined {
    /// The moving averages now.
    pub async fn scores(&self) -> Result<ScoreTable, Failure> {
        Ok(self.store.scores().table().await?)
    }

    /// How much was asked and judged so far.
    pub async fn counts(&self) -> Result<Counts, Failure> {
        Ok(self.store.rounds().counts().await?)
    }

    /// What became of each miner in all rounds that were judged so far, but for those up to the one of the number `after`.
    pub async fn judged(&self, after: i64) -> Result<Vec<Judged>, Failure> {
        Ok(self.store.judgements().all(after).await?)
    }

    /// Our `last` weight sets, newest first.
    pub async fn weight_sets(&self, last: u32) -> Result<Vec<WeightSet>, Failure> {
        Ok(self.store.ledger().latest(self.hotkey, last).await?)
    }
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
    let (at, entered) = enter_database(shared, &node, scope).await?;
    for world in &entered.other_worlds {
        warn!(reason = Reason::AnotherWorld.label(), %world, ours = %scope.genesis, "this database also holds another chain; its scores are kept apart and not used");
    }
    Ok((entered.subnet, at))
}

/// A node that is a few blocks behind the one we followed last catches up in a moment; a chain that was reset does
/// not, and is refused. Whatever is wrong with this node, the next try asks another one, if there is another.
async fn enter_database(
    shared: &Shared,
    node: &Endpoint,
    scope: Scope,
) -> Result<(BlockRef, Entered), Failure> {
    let deadline = Instant::now() + CATCH_UP;
    loop {
        let at = node.finalized().await;
        let at = at.inspect_err(|e| shared.endpoints.failed(node, e))?;
        match shared.store.enter(scope, at).await {
            Err(StoreError::HeadBehind { .. }) if Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Err(behind @ StoreError::HeadBehind { .. }) => {
                shared.endpoints.behind(node);
                return Err(behind.into());
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
    let subnet = read_subnet(&node, at, scope.netuid, scope.mechanism).await;
    let subnet = subnet.inspect_err(|e| shared.endpoints.failed(&node, e))?;
    let uid = our_seat(&subnet, hotkey)?.uid;
    info!(%hotkey, %uid, netuid = %scope.netuid, block = %at, "joined");
    name_scoring(prepared, &store).await?;
    store.ledger().adopt(hotkey).await?;
    let netuid = subnet.scope.netuid;
    let (publish, latest) = watch::channel(Arc::new(subnet));
    let due = Arc::new(Notify::new());
    let clock = Arc::new(ChainClock::default());

    let watch = Watch::new(
        shared.endpoints.clone(),
        store.clone(),
        hotkey,
        publish,
        clock.clone(),
    );
    let rounds = Rounds {
        querier: prepared.querier(),
        uplink: Uplink::remembering(store.rounds().last_heard().await?),
        clock,
        clock_tolerance: shared.clock_tolerance,
        store: store.clone(),
        tasks: prepared.tasks.clone(),
        repeat_window: prepared.config.challenges.repeat_window_s.0,
        own: hotkey,
        sampling: prepared.config.sampling.clone(),
        asks_too_few: false,
        pace: shared.endpoints.pace().clone(),
        rounds: prepared.config.rounds.clone(),
        rng: shared
            .options
            .seed
            .map_or_else(ChaCha12Rng::from_os_rng, ChaCha12Rng::seed_from_u64),
        due: due.clone(),
        progress: shared.progress.clone(),
        hindered: None,
        reminder: Reminder::default(),
        away: Reminder::default(),
    };
    let judge = Judge {
        store: store.clone(),
        pipeline: prepared.pipeline.clone(),
        truths: prepared.tasks.truths(),
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
    let joined = Joined { store, hotkey };
    Ok((joined, tasks))
}

/// Names the scoring config in the database, for its judgements to refer to.
async fn name_scoring(prepared: &Prepared, store: &SubnetStore) -> Result<(), Failure> {
    let hash = prepared.pipeline.hash().to_string();
    let toml = toml::to_string(&prepared.scoring).map_err(|e| Failure::new(Cause::Bug, e))?;
    Ok(store.judgements().save_config(&hash, &toml).await?)
}
