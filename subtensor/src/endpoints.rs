//! Several endpoints of one chain, in order of preference.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::endpoint::request_timeout;
use crate::keeper::{Keeper, head_timeout};
use crate::status::Link;
use crate::{ChainError, Endpoint, EndpointStatus, EndpointUrl, Genesis, Pace};

/// How long an endpoint that is still connecting is waited for when a less preferred one is up already.
const PREFERENCE: Duration = Duration::from_secs(2);

/// Which endpoints, and how much patience with them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// In order of preference. Reads use one of them, transactions go to all.
    pub endpoints: Vec<EndpointUrl>,
    /// Deadline of one call, and how long [`Endpoints::node`] waits for an endpoint to come up. Less on a chain whose
    /// blocks are fast.
    pub request_timeout: Duration,
    /// Without a new finalized head for this long an endpoint counts as dead. Less on a chain whose blocks are fast.
    pub head_timeout: Duration,
    /// The chain that all must serve. `None`: that of the first in order that is up.
    pub genesis: Option<Genesis>,
}

/// The endpoints, each kept by a task of its own that connects it, follows its heads, and connects it again when it
/// failed. The tasks end with the last clone, or on [`close`](Self::close).
#[derive(Clone)]
pub struct Endpoints(Arc<Inner>);

struct Inner {
    settings: Settings,
    links: Arc<watch::Sender<Vec<Link>>>,
    /// The chain that all must serve: that of the first endpoint that served a read, or the pinned one.
    chain: watch::Sender<Option<Genesis>>,
    serving: Mutex<Serving>,
    pace: Pace,
    stop: CancellationToken,
}

/// Who serves reads, and where the search goes on when it can't any more.
#[derive(Default)]
struct Serving {
    current: Option<Arc<Endpoint>>,
    next: usize,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Endpoints {
    /// Starts a task per endpoint on the tokio runtime that this is called in.
    pub fn open(settings: Settings) -> Self {
        let count = settings.endpoints.len();
        let links = Arc::new(watch::Sender::new(vec![Link::Connecting; count]));
        let chain = watch::Sender::new(settings.genesis);
        let pace = Pace::default();
        let stop = CancellationToken::new();
        for index in 0..count {
            let keeper = Keeper::new(
                index,
                &settings,
                pace.clone(),
                links.clone(),
                chain.subscribe(),
            );
            tokio::spawn(keeper.run(stop.clone()));
        }
        Self(Arc::new(Inner {
            settings,
            links,
            chain,
            serving: Mutex::default(),
            pace,
            stop,
        }))
    }

    /// The endpoint that serves reads: the last good one until it fails, then the next in order that is up. When none
    /// is up, the first to come up within a request timeout.
    pub async fn node(&self) -> Result<Arc<Endpoint>, ChainError> {
        let patience = request_timeout(&self.0.pace, self.0.settings.request_timeout);
        let preference = PREFERENCE.min(patience);
        let mut links = self.0.links.subscribe();
        let found = async {
            if let Ok(found) = timeout(preference, self.wait(&mut links, true)).await {
                return Some(found);
            }
            let rest = patience - preference;
            timeout(rest, self.wait(&mut links, false)).await.ok()
        };
        let found = tokio::select! {
            found = found => found,
            () = self.0.stop.cancelled() => None,
        };
        found.ok_or_else(|| self.none_answers())
    }

    /// Reports that an endpoint could not do what it should: its connection is dropped and made anew, and the next
    /// read goes elsewhere, if there is an elsewhere. An error that is the chain's own, which any endpoint would give,
    /// changes nothing: others read through the same connection.
    pub fn failed(&self, endpoint: &Endpoint, error: &ChainError) {
        if matches!(error, ChainError::Unavailable { .. }) {
            endpoint.give_up(error.reason());
        }
    }

    /// Reports that an endpoint is behind what is known of the chain, as [`failed`](Self::failed) does.
    pub fn behind(&self, endpoint: &Endpoint) {
        endpoint.give_up("it is behind what another node had".into());
    }

    /// How it stands with each endpoint, in order of preference.
    pub fn statuses(&self) -> Vec<EndpointStatus> {
        let links = self.0.links.borrow();
        let urls = self.0.settings.endpoints.iter();
        urls.zip(links.iter())
            .map(|(url, link)| EndpointStatus {
                url: url.clone(),
                status: link.status(),
            })
            .collect()
    }

    /// How fast the chain goes, measured by whichever endpoints are up.
    pub fn pace(&self) -> &Pace {
        &self.0.pace
    }

    /// How long there may be no new head before a node counts as dead, at the chain's pace.
    pub fn head_timeout(&self) -> Duration {
        head_timeout(&self.0.pace, self.0.settings.head_timeout)
    }

    /// While no endpoint is up: waits for the first that is. Waits for ever if one is up now: what failed was
    /// something else.
    pub async fn recovered(&self) {
        let mut links = self.0.links.subscribe();
        if !self.up().is_empty() {
            return std::future::pending().await;
        }
        while self.up().is_empty() {
            // Can't fail: we hold the sender.
            let _ = links.changed().await;
        }
    }

    /// Ends the tasks and their connections; every call from now on fails.
    pub fn close(&self) {
        self.0.stop.cancel();
    }

    /// All that are up, in order of preference.
    pub(crate) fn up(&self) -> Vec<Arc<Endpoint>> {
        let chain = *self.0.chain.borrow();
        let links = self.0.links.borrow();
        let usable = links.iter().filter_map(|link| usable(link, chain));
        usable.cloned().collect()
    }

    async fn wait(
        &self,
        links: &mut watch::Receiver<Vec<Link>>,
        prefer_earlier: bool,
    ) -> Arc<Endpoint> {
        loop {
            let now = links.borrow_and_update().clone();
            if let Some(endpoint) = self.0.choose(&now, prefer_earlier) {
                return endpoint;
            }
            // Can't fail: we hold the sender.
            let _ = links.changed().await;
        }
    }

    fn none_answers(&self) -> ChainError {
        let statuses = self.statuses();
        let tried = statuses.iter().map(|s| format!("{}: {}", s.url, s.status));
        let tried: Vec<String> = tried.collect();
        ChainError::NoEndpoint {
            tried: if tried.is_empty() {
                "none is configured".into()
            } else {
                tried.join("; ")
            },
        }
    }
}

impl Inner {
    /// The one in use, or else the next in order that is up. With `prefer_earlier`, one that has not failed yet is
    /// not passed over for a later one.
    fn choose(&self, links: &[Link], prefer_earlier: bool) -> Option<Arc<Endpoint>> {
        let mut serving = self.serving.lock();
        let chain = *self.chain.borrow();
        if let Some(current) = &serving.current
            && good(current, chain)
        {
            return Some(current.clone());
        }
        for index in (serving.next..links.len()).chain(0..serving.next) {
            let link = &links[index];
            if prefer_earlier && matches!(link, Link::Connecting) {
                return None;
            }
            let Some(endpoint) = usable(link, chain) else {
                continue;
            };
            if chain.is_none() {
                self.chain.send_replace(Some(endpoint.genesis()));
            }
            *serving = Serving {
                current: Some(endpoint.clone()),
                next: (index + 1) % links.len(),
            };
            return Some(endpoint.clone());
        }
        None
    }
}

fn usable(link: &Link, chain: Option<Genesis>) -> Option<&Arc<Endpoint>> {
    match link {
        Link::Up(endpoint) if good(endpoint, chain) => Some(endpoint),
        _ => None,
    }
}

fn good(endpoint: &Endpoint, chain: Option<Genesis>) -> bool {
    endpoint.fault().is_none() && chain.is_none_or(|ours| ours == endpoint.genesis())
}
