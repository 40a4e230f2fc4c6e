//! The results of every epoch, also of those that fired while nobody looked: read from the chain, as far back as the
//! node keeps states.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use subtensor::{Endpoint, read_subnet};
use tokio_util::task::AbortOnDropHandle;
use tracing::{debug, warn};

use crate::store::{Event, SubnetStore};
use crate::types::{BlockNumber, EpochIndex, Failure, Reason, Subnet};

/// A state that could not be read so many times, by a node that answers, is gone.
const ATTEMPTS: u32 = 3;
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

/// Brings the recorded epochs up to a snapshot, beside the loop: a long absence takes many reads.
pub(super) struct Epochs {
    store: SubnetStore,
    filling: Option<AbortOnDropHandle<Result<EpochIndex, Failure>>>,
    /// The newest epoch up to which all are recorded, or are known to be unreadable.
    done: Option<EpochIndex>,
}

/// An epoch that fired.
struct Fired {
    epoch: EpochIndex,
    /// The block in whose initialisation it did.
    at: BlockNumber,
    /// A later block that still shows its results.
    shown_at: BlockNumber,
}

impl Epochs {
    pub fn new(store: SubnetStore) -> Self {
        Self {
            store,
            filling: None,
            done: None,
        }
    }

    /// Starts what is to be done for this snapshot; what failed is tried again with the next one.
    pub fn look(&mut self, node: &Arc<Endpoint>, subnet: &Arc<Subnet>) {
        if let Some(filling) = &mut self.filling {
            match filling.now_or_never() {
                None => return,
                Some(Ok(Ok(epoch))) => self.done = Some(epoch),
                Some(Ok(Err(error))) => debug!(%error, "epochs not recorded yet"),
                Some(Err(error)) => warn!(%error, "recording epochs ended"),
            }
            self.filling = None;
        }
        if self.done.is_some_and(|e| e >= subnet.schedule.epoch_index) {
            return;
        }
        let (store, node, subnet) = (self.store.clone(), node.clone(), subnet.clone());
        let fill = async move { fill(&store, &node, &subnet).await };
        self.filling = Some(AbortOnDropHandle::new(tokio::spawn(fill)));
    }
}

/// Records all epochs after the newest recorded one, the oldest first: an end half way leaves no hole. Where none was
/// recorded yet, the history begins with the one that stands now.
async fn fill(
    store: &SubnetStore,
    node: &Endpoint,
    subnet: &Subnet,
) -> Result<EpochIndex, Failure> {
    let newest = subnet.schedule.epoch_index;
    let recorded = store.epochs().newest().await?;
    let from = recorded.map_or(newest, |epoch| epoch + 1);
    if newest == 0 || from > newest {
        return Ok(newest);
    }
    let mut fired = walk_back(node, subnet, from).await?;
    // What is left out is said once the next epoch is recorded: from then on it is not looked for any more.
    let mut wanted = from;
    while let Some(next) = fired.pop() {
        let Some(shown) = results(node, subnet, &next).await? else {
            continue;
        };
        let (at, neurons) = (shown.at, &shown.metagraph);
        store.epochs().record(next.epoch, at, neurons).await?;
        if next.epoch > wanted {
            say_unreadable(store, subnet, wanted, next.epoch - 1).await?;
        }
        wanted = next.epoch + 1;
    }
    Ok(newest)
}

/// The epochs that fired, from the newest back to `from`, or to the last one whose block can be told.
async fn walk_back(
    node: &Endpoint,
    subnet: &Subnet,
    from: EpochIndex,
) -> Result<Vec<Fired>, Failure> {
    let (mut schedule, mut shown_at) = (subnet.schedule, subnet.at.number);
    let mut fired = Vec::new();
    loop {
        let (epoch, at) = (schedule.epoch_index, schedule.last_epoch_block);
        fired.push(Fired {
            epoch,
            at,
            shown_at,
        });
        if epoch <= from || at == 0 {
            return Ok(fired);
        }
        match read(node, subnet, at - 1).await? {
            Some(before) if before.schedule.epoch_index < epoch => {
                (schedule, shown_at) = (before.schedule, before.at.number);
            }
            _ => return Ok(fired),
        }
    }
}

/// What an epoch left: as its own block shows it, or a later one, where a seat may have changed hands since.
async fn results(
    node: &Endpoint,
    subnet: &Subnet,
    fired: &Fired,
) -> Result<Option<Subnet>, Failure> {
    for number in [fired.at, fired.shown_at] {
        let shown = match number == subnet.at.number {
            true => Some(subnet.clone()),
            false => read(node, subnet, number).await?,
        };
        if shown
            .as_ref()
            .is_some_and(|s| s.schedule.epoch_index == fired.epoch)
        {
            return Ok(shown);
        }
    }
    Ok(None)
}

/// The subnet at an earlier block; `None` if the node answers, but no longer has that state.
async fn read(
    node: &Endpoint,
    subnet: &Subnet,
    number: BlockNumber,
) -> Result<Option<Subnet>, Failure> {
    let scope = subnet.scope;
    for attempt in 1..=ATTEMPTS {
        let read = async {
            let at = node.block_at(number).await?;
            read_subnet(node, at, scope.netuid, scope.mechanism).await
        };
        match read.await {
            Ok(read) => return Ok(Some(read)),
            Err(error) => debug!(number, attempt, %error, "an earlier state was not read"),
        }
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
    node.finalized().await?;
    Ok(None)
}

async fn say_unreadable(
    store: &SubnetStore,
    subnet: &Subnet,
    first: EpochIndex,
    last: EpochIndex,
) -> Result<(), Failure> {
    let reason = Reason::EpochUnreadable;
    let netuid = subnet.scope.netuid;
    warn!(reason = reason.label(), %netuid, first, last, "the node no longer has the states that show these epochs' results; they are left out");
    let event = Event {
        reason,
        block: Some(subnet.at.number),
        detail: serde_json::json!({ "first": first, "last": last }),
    };
    Ok(store.events().record(event).await?)
}
