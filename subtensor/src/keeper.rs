//! The task behind one endpoint: connects it, follows its heads, and publishes how it stands.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use subxt::rpcs::client::RpcSubscription;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use crate::backoff::backoff;
use crate::endpoint::Header;
use crate::pace::Meter;
use crate::status::Link;
use crate::{BlockNumber, BlockRef, ChainError, Endpoint, EndpointUrl, Genesis, Pace};

/// Who held this long failed for a new reason: the pauses start anew. A node that cuts each connection at once
/// must not be asked four times a second.
const HELD: Duration = Duration::from_secs(15);
/// A node of another chain is no accident that passes in seconds.
const WRONG_CHAIN_PAUSE: Duration = Duration::from_secs(60);

pub(crate) struct Keeper {
    index: usize,
    url: EndpointUrl,
    request_timeout: Duration,
    head_timeout: Duration,
    pace: Pace,
    /// Of all endpoints; this task writes its own.
    links: Arc<watch::Sender<Vec<Link>>>,
    /// The chain that all must serve, once it is known.
    chain: watch::Receiver<Option<Genesis>>,
    failures: usize,
    /// The other chain that was told of, so that each is told once.
    passed_over: Option<Genesis>,
}

/// Why a connection ended.
enum End {
    Failed(String),
    WrongChain(Genesis),
}

impl From<ChainError> for End {
    fn from(error: ChainError) -> Self {
        Self::Failed(error.reason())
    }
}

impl Keeper {
    pub(crate) fn new(
        index: usize,
        settings: &crate::Settings,
        pace: Pace,
        links: Arc<watch::Sender<Vec<Link>>>,
        chain: watch::Receiver<Option<Genesis>>,
    ) -> Self {
        Self {
            index,
            url: settings.endpoints[index].clone(),
            request_timeout: settings.request_timeout,
            head_timeout: settings.head_timeout,
            pace,
            links,
            chain,
            failures: 0,
            passed_over: None,
        }
    }

    /// Runs until `stop`.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = self.keep() => {}
        }
        if let Link::Up(endpoint) = self.publish(Link::Down("closed".into())) {
            endpoint.give_up("closed".into());
        }
    }

    async fn keep(&mut self) {
        loop {
            let pause = match self.live().await {
                Ok(never) => match never {},
                Err(End::Failed(reason)) => self.lost(reason),
                Err(End::WrongChain(genesis)) => self.pass_over(genesis),
            };
            sleep(pause).await;
        }
    }

    /// One connection, from its first byte to its end.
    async fn live(&mut self) -> Result<Infallible, End> {
        let (timeout, pace) = (self.request_timeout, self.pace.clone());
        let endpoint = Arc::new(Endpoint::connect_at(&self.url, timeout, pace).await?);
        let genesis = endpoint.genesis();
        if self.chain.borrow().is_some_and(|ours| ours != genesis) {
            return Err(End::WrongChain(genesis));
        }
        let mut heads = endpoint.subscribe().await?;
        let first = endpoint.finalized().await?;
        endpoint.saw(first);
        info!(endpoint = endpoint.name(), block = %first, "chain endpoint is up");
        self.publish(Link::Up(endpoint.clone()));
        let end = self.follow(&endpoint, &mut heads, first).await;
        // Who still holds the connection must not go on with it.
        endpoint.give_up(match &end {
            End::Failed(reason) => reason.clone(),
            End::WrongChain(genesis) => format!("it serves another chain, {genesis}"),
        });
        Err(end)
    }

    /// Follows the heads until the connection fails, is given up by its users, or turns out to be of another chain.
    async fn follow(
        &mut self,
        endpoint: &Endpoint,
        heads: &mut RpcSubscription<Header>,
        mut last: BlockRef,
    ) -> End {
        let genesis = endpoint.genesis();
        let up = Instant::now();
        let mut moved = up;
        let mut meter = Meter::default();
        loop {
            let patience = head_timeout(&self.pace, self.head_timeout);
            let silent = moved + patience;
            let head = tokio::select! {
                fault = endpoint.given_up() => return End::Failed(fault.to_owned()),
                Ok(_) = self.chain.wait_for(|ours| ours.is_some_and(|ours| ours != genesis)) => {
                    return End::WrongChain(genesis);
                }
                head = next_head(endpoint, heads, last, silent) => head,
            };
            match head {
                Err(e) => return e.into(),
                Ok(None) => {
                    self.pace.slow_down();
                    let silence = format!("no finalized head for {patience:?}");
                    return End::Failed(silence);
                }
                Ok(Some(head)) => {
                    last = head;
                    moved = Instant::now();
                    if let Some(block) = meter.saw(head.number, moved)
                        && self.is_abreast(head.number)
                    {
                        self.pace.set(block);
                    }
                    endpoint.saw(head);
                    if up.elapsed() > HELD {
                        self.failures = 0;
                    }
                }
            }
        }
    }

    /// Whether no other endpoint is well ahead: a node that catches up tells nothing of the chain's pace.
    fn is_abreast(&self, head: BlockNumber) -> bool {
        let links = self.links.borrow();
        let heads = links.iter().filter_map(Link::head);
        heads.max().is_none_or(|newest| newest <= head + 2)
    }

    /// Publishes a failure; returns the pause before the next attempt.
    fn lost(&mut self, reason: String) -> Duration {
        let pause = backoff(self.failures, &self.pace);
        self.failures += 1;
        let endpoint = self.url.shown();
        match self.publish(Link::Down(reason.clone())) {
            Link::Down(_) => debug!(endpoint, reason, retry_in = ?pause, "still down"),
            _ => warn!(endpoint, reason, retry_in = ?pause, "chain endpoint is down"),
        }
        pause
    }

    fn pass_over(&mut self, genesis: Genesis) -> Duration {
        if self.passed_over.replace(genesis) != Some(genesis) {
            let ours = *self.chain.borrow();
            let ours = ours.map(|ours| ours.to_string()).unwrap_or_default();
            warn!(
                endpoint = self.url.shown(), serves = %genesis, ours,
                "chain endpoint is passed over: it serves another chain; mend [chain] endpoints, or name its chain in chain.genesis"
            );
        }
        self.publish(Link::WrongChain(genesis));
        WRONG_CHAIN_PAUSE
    }

    /// Writes this endpoint's link; returns the one before.
    fn publish(&self, link: Link) -> Link {
        let mut before = link;
        self.links
            .send_modify(|links| std::mem::swap(&mut links[self.index], &mut before));
        before
    }
}

/// How long a node may go without a new head: eight blocks, at least what a stalled machine needs.
pub(crate) fn head_timeout(pace: &Pace, configured: Duration) -> Duration {
    pace.patience(configured, 8, Duration::from_secs(4))
}

/// The next head above `last`; `None` if there is none until `silent`. A node that repeats itself is as good as
/// silent.
async fn next_head(
    endpoint: &Endpoint,
    heads: &mut RpcSubscription<Header>,
    last: BlockRef,
    silent: Instant,
) -> Result<Option<BlockRef>, ChainError> {
    let ended = |reason: &str| Err(endpoint.unavailable("finalized heads", reason));
    loop {
        let mut newest = match timeout_at(silent, heads.next()).await {
            Err(_) => return Ok(None),
            Ok(None) => return ended("the subscription ended"),
            Ok(Some(Err(e))) => return ended(&e.to_string()),
            Ok(Some(Ok(header))) => header.number,
        };
        // Heads that queued up meanwhile are skipped: only the newest counts.
        while let Some(Some(Ok(header))) = heads.next().now_or_never() {
            newest = header.number;
        }
        if newest > last.number {
            // Asked for, not computed: a node that only pushes and answers nothing is noticed.
            return endpoint.block_at(newest).await.map(Some);
        }
    }
}
