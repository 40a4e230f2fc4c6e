//! Loop 1: every finalized head becomes one [`Subnet`] in the watch channel.

mod epochs;

use std::sync::Arc;
use std::time::{Duration, Instant};

use subtensor::{ChainClock, ChainError, Endpoint, Endpoints, backoff, read_subnet};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use super::reminder::Reminder;
use crate::store::SubnetStore;
use crate::types::{BlockRef, Cause, Failure, Hotkey, Neuron, Subnet};
use epochs::Epochs;

/// How often the database is told that snapshots come.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);

/// How long the chain's time may hold up a snapshot.
const CLOCK_PATIENCE: Duration = Duration::from_secs(3);

pub struct Watch {
    endpoints: Endpoints,
    store: SubnetStore,
    hotkey: Hotkey,
    publish: watch::Sender<Arc<Subnet>>,
    clock: Arc<ChainClock>,
    /// The last snapshot whose seats the database has.
    recorded: Option<Arc<Subnet>>,
    epochs: Epochs,
    /// When the database was last told that snapshots come.
    told: Option<Instant>,
    lost: Reminder,
}

/// Why a node's heads are not followed any further.
enum Stopped {
    Chain(ChainError),
    Unseated(Failure),
}

impl Watch {
    /// `publish` holds the snapshot that the subnet was joined with.
    pub fn new(
        endpoints: Endpoints,
        store: SubnetStore,
        hotkey: Hotkey,
        publish: watch::Sender<Arc<Subnet>>,
        clock: Arc<ChainClock>,
    ) -> Self {
        Self {
            epochs: Epochs::new(store.clone()),
            endpoints,
            store,
            hotkey,
            publish,
            clock,
            recorded: None,
            told: None,
            lost: Reminder::default(),
        }
    }

    pub async fn run(mut self, cancel: CancellationToken) -> Result<(), Failure> {
        tokio::select! {
            () = cancel.cancelled() => Ok(()),
            failure = self.watch() => Err(failure),
        }
    }

    /// What another node, or a moment, can mend is tried again here; the rest is returned: there is no such subnet any
    /// more, or no seat of ours in it.
    async fn watch(&mut self) -> Failure {
        let netuid = self.store.scope().netuid;
        let first = self.publish.borrow().clone();
        self.record(&first).await;
        let mut failures = 0;
        loop {
            let error = match self.endpoints.node().await {
                Err(e) => e.into(),
                Ok(node) => match self.follow(&node, &mut failures).await {
                    Stopped::Chain(e) => {
                        self.endpoints.failed(&node, &e);
                        e.into()
                    }
                    Stopped::Unseated(failure) => failure,
                },
            };
            if error.cause != Cause::Transient {
                return error;
            }
            let pause = backoff(failures, self.endpoints.pace());
            failures += 1;
            let message = error.to_string();
            if self.lost.is_due(&message, Instant::now()) {
                warn!(%netuid, error = message, "no snapshots: the chain can't be read; it is tried again and again");
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Publishes snapshots until something ends that.
    async fn follow(&mut self, node: &Arc<Endpoint>, failures: &mut usize) -> Stopped {
        info!(endpoint = node.name(), netuid = %self.store.scope().netuid, "following finalized heads");
        // Before the first round is asked.
        self.see_time(node).await;
        let mut heads = node.heads();
        let mut published = Instant::now();
        loop {
            let at = match heads.next().await {
                Ok(at) => at,
                Err(e) => return Stopped::Chain(e),
            };
            match self.publish_at(node, at).await {
                Ok(true) => {
                    *failures = 0;
                    self.lost.ends();
                    published = Instant::now();
                }
                // A node that is still syncing sends heads too, but none that we have not seen.
                Ok(false) if published.elapsed() > self.endpoints.head_timeout() => {
                    return Stopped::Chain(ChainError::Unavailable {
                        endpoint: node.name().to_owned(),
                        what: "finalized heads",
                        reason: "it is behind what another node had".into(),
                    });
                }
                Ok(false) => {}
                Err(stopped) => return stopped,
            }
        }
    }

    /// Whether there was something new to publish.
    async fn publish_at(&mut self, node: &Arc<Endpoint>, at: BlockRef) -> Result<bool, Stopped> {
        let previous = self.publish.borrow().clone();
        if previous.at.number >= at.number {
            return Ok(false);
        }
        let scope = self.store.scope();
        let read = read_subnet(node, at, scope.netuid, scope.mechanism);
        let (read, ()) = tokio::join!(read, self.see_time(node));
        let subnet = Arc::new(read.map_err(Stopped::Chain)?);
        our_seat(&subnet, self.hotkey).map_err(Stopped::Unseated)?;
        debug!(block = %at, neurons = subnet.metagraph.neurons().len(), "snapshot");
        self.record(&subnet).await;
        self.epochs.look(node, &subnet);
        self.publish.send_replace(subnet);
        Ok(true)
    }

    /// Notes what time the chain has. A node that won't say holds up nothing for long.
    async fn see_time(&self, node: &Endpoint) {
        match timeout(CLOCK_PATIENCE, node.best_time()).await {
            Ok(Ok(time)) => self.clock.saw(time, Instant::now()),
            Ok(Err(error)) => debug!(%error, "the chain's time is not known"),
            Err(_) => debug!("the chain's time is not known: no answer within {CLOCK_PATIENCE:?}"),
        }
    }

    /// Seats that changed hands, and now and then that snapshots come. A database that hangs or is away for a moment
    /// must not stop the snapshots: the next one records what this one could not.
    async fn record(&mut self, subnet: &Arc<Subnet>) {
        let before = self.recorded.as_deref();
        let changed = before.is_none_or(|b| seats(b) != seats(subnet));
        let tell = self.told.is_none_or(|at| at.elapsed() >= SIGN_OF_LIFE);
        let record = async {
            if changed {
                self.store.neurons().record(subnet).await?;
            }
            if tell && let Ok(us) = our_seat(subnet, self.hotkey) {
                self.store.health().seen(subnet, us).await?;
            }
            Ok::<_, Failure>(())
        };
        match timeout(self.endpoints.head_timeout(), record).await {
            Ok(Ok(())) => {
                self.recorded = Some(subnet.clone());
                if tell {
                    self.told = Some(Instant::now());
                }
            }
            Ok(Err(error)) => warn!(block = %subnet.at, %error, "neurons not recorded"),
            Err(_) => {
                warn!(block = %subnet.at, "the database hangs; the snapshot goes on without it")
            }
        }
    }
}

/// Our neuron in a snapshot.
///
/// # Errors
/// The hotkey holds no seat there.
pub fn our_seat(subnet: &Subnet, hotkey: Hotkey) -> Result<&Neuron, Failure> {
    subnet.metagraph.by_hotkey(&hotkey).ok_or_else(|| {
        let (netuid, block) = (subnet.scope.netuid, subnet.at);
        let neurons = subnet.metagraph.neurons().len();
        let message = format!(
            "hotkey {hotkey} is not registered in subnet {netuid} (block {block}, {neurons} neurons): register it with btcli, or name another in [subnet.hotkey]"
        );
        Failure::new(Cause::Key, message)
    })
}

/// What of the neurons is recorded.
fn seats(subnet: &Subnet) -> Vec<impl PartialEq> {
    let neurons = subnet.metagraph.neurons().iter();
    neurons.map(|n| (n.miner, n.coldkey, n.axon)).collect()
}

#[cfg(test)]
#[path = "../tests/watch.rs"]
mod tests;
