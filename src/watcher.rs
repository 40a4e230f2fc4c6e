//! Loop 1: every finalized head becomes one [`Subnet`] in the watch channel.

use std::sync::Arc;
use std::time::{Duration, Instant};

use subtensor::{ChainError, Endpoint, Endpoints, read_subnet};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use crate::exit::Failure;
use crate::store::SubnetStore;
use crate::types::{BlockRef, Scope, Subnet};

/// What the other loops hold: the newest snapshot, or `None` before the first.
pub type Latest = watch::Receiver<Option<Arc<Subnet>>>;

pub struct Watcher {
    pub endpoints: Endpoints,
    pub store: SubnetStore,
    pub scope: Scope,
    /// A node that has nothing new for this long is left for another.
    pub head_timeout: Duration,
    pub publish: watch::Sender<Option<Arc<Subnet>>>,
}

const BACKOFF: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_secs(1),
    Duration::from_secs(4),
    Duration::from_secs(15),
];

impl Watcher {
    pub async fn run(self, cancel: CancellationToken) -> Result<(), Failure> {
        let mut failures = 0;
        loop {
            let node = tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                node = self.endpoints.node() => node,
            };
            let error = match node {
                Err(e) => e,
                Ok(node) => {
                    let followed = tokio::select! {
                        () = cancel.cancelled() => return Ok(()),
                        error = self.follow(&node, &mut failures) => error,
                    };
                    self.endpoints.failed(&node, &followed);
                    followed
                }
            };
            let pause = BACKOFF[failures.min(BACKOFF.len() - 1)];
            failures += 1;
            warn!(netuid = %self.scope.netuid, %error, retry_in = ?pause, "chain connection lost");
            tokio::select! {
                () = cancel.cancelled() => return Ok(()),
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Publishes snapshots until the connection fails; the failure is returned.
    async fn follow(&self, node: &Arc<Endpoint>, failures: &mut usize) -> ChainError {
        info!(endpoint = node.name(), netuid = %self.scope.netuid, "following finalized heads");
        let mut heads = node.heads();
        let mut published = Instant::now();
        loop {
            let at = match heads.next().await {
                Ok(at) => at,
                Err(e) => return e,
            };
            match self.publish_at(node, at).await {
                Ok(true) => {
                    *failures = 0;
                    published = Instant::now();
                }
                // A node that is still syncing sends heads too, but none that we have not seen.
                Ok(false) if published.elapsed() > self.head_timeout => {
                    return ChainError::Unavailable {
                        endpoint: node.name().to_owned(),
                        what: "finalized heads",
                        reason: "it is behind what another node had".into(),
                    };
                }
                Ok(false) => {}
                Err(e) => return e,
            }
        }
    }

    /// Whether there was something new to publish.
    async fn publish_at(&self, node: &Endpoint, at: BlockRef) -> Result<bool, ChainError> {
        let previous = self.publish.borrow().clone();
        if previous.as_ref().is_some_and(|p| p.at.number >= at.number) {
            return Ok(false);
        }
        let subnet =
            Arc::new(read_subnet(node, at, self.scope.netuid, self.scope.mechanism).await?);
        debug!(block = %at, neurons = subnet.metagraph.neurons().len(), "snapshot");
        let record = self.record(previous.as_deref(), &subnet);
        if timeout(self.head_timeout, record).await.is_err() {
            warn!(block = %at, "the database hangs; the snapshot goes on without it");
        }
        self.publish.send_replace(Some(subnet));
        Ok(true)
    }

    /// Seats that changed hands and the results of an epoch that fired. A database that is away for a moment must
    /// not stop the snapshots: the next change records the whole table again.
    async fn record(&self, previous: Option<&Subnet>, subnet: &Subnet) {
        let same_seats = previous.is_some_and(|p| {
            let seats = |s: &Subnet| {
                s.metagraph
                    .neurons()
                    .iter()
                    .map(|n| (n.miner, n.coldkey, n.axon))
                    .collect::<Vec<_>>()
            };
            seats(p) == seats(subnet)
        });
        if !same_seats && let Err(error) = self.store.record_neurons(subnet).await {
            warn!(%error, "neurons not recorded");
        }
        let fired = previous.is_some_and(|p| p.schedule.epoch_index != subnet.schedule.epoch_index);
        let epoch = subnet.schedule.epoch_index;
        if fired
            && let Err(error) = self
                .store
                .record_chain_epoch(epoch, subnet.at, &subnet.metagraph)
                .await
        {
            warn!(%error, "epoch not recorded");
        }
    }
}
