//! Getting onto the subnet and staying there.

use crate::chain::{Chain, Standing, StepError};
use crate::cli::Key;
use crate::server::Callers;
use rand::Rng;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use subtensor::Hotkey;
use tokio::sync::Mutex;

/// How often the chain is looked at once all is well.
const WATCH: Duration = Duration::from_secs(6);
const FIRST_PAUSE: Duration = Duration::from_millis(300);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// A miner's place on one subnet.
pub struct Place {
    url: String,
    netuid: u16,
    hotkey: Key,
    coldkey: Key,
    /// Kept between looks: a new connection reads the chain's whole metadata.
    link: Mutex<Option<Arc<Chain>>>,
}

impl Place {
    /// On a node's WebSocket address; nothing is asked of the chain yet.
    pub fn new(url: String, netuid: u16, hotkey: Key, coldkey: Key) -> Self {
        Place {
            url,
            netuid,
            hotkey,
            coldkey,
            link: Mutex::default(),
        }
    }

    /// What the chain says now; asks until it answers.
    pub async fn standing(&self) -> Standing {
        let mut backoff = Backoff::default();
        loop {
            match self.look().await {
                Ok((_, standing)) => return standing,
                Err(e) => self.back_off(&mut backoff, &e).await,
            }
        }
    }

    /// Registered under `axon`: gives back the uid as soon as the chain says so.
    pub async fn enrol(&self, axon: SocketAddr, callers: &Callers) -> u16 {
        let mut backoff = Backoff::default();
        loop {
            match self.advance(axon, callers).await {
                Ok(Some(uid)) => return uid,
                Ok(None) => backoff = Backoff::default(),
                Err(e) => self.back_off(&mut backoff, &e).await,
            }
        }
    }

    /// Keeps the place, and the list of who may ask, for as long as the process lives.
    pub async fn keep(&self, axon: SocketAddr, callers: &Callers) {
        loop {
            tokio::time::sleep(WATCH).await;
            self.enrol(axon, callers).await;
        }
    }

    /// One step: Some when there is nothing left to do.
    async fn advance(&self, axon: SocketAddr, callers: &Callers) -> Result<Option<u16>, StepError> {
        let (chain, standing) = self.look().await?;
        let hotkey = Hotkey::from(&self.hotkey.0);
        *callers.write().unwrap_or_else(PoisonError::into_inner) = Some(standing.registered);
        match standing.uid {
            None => {
                tracing::info!(%hotkey, netuid = self.netuid, "registering");
                chain.register(hotkey, &self.coldkey.0).await?;
                Ok(None)
            }
            Some(_) if standing.axon != Some(axon) => {
                tracing::info!(%axon, was = ?standing.axon, "publishing the axon");
                match chain.serve(axon, &self.hotkey.0).await {
                    Err(StepError::Refused { name, .. }) if name == "ServingRateLimitExceeded" => {
                        self.wait_out_the_limit(&chain).await?;
                        Ok(None)
                    }
                    done => done.map(|()| None),
                }
            }
            Some(uid) => Ok(Some(uid)),
        }
    }

    /// The limit counts from the last publication; a tenth of it is close enough to its end.
    async fn wait_out_the_limit(&self, chain: &Chain) -> Result<(), StepError> {
        let (blocks, block_time) = chain.serving_pace().await?;
        let wait = block_time * u32::try_from(blocks / 10 + 1).unwrap_or(u32::MAX);
        tracing::info!(
            blocks,
            ?wait,
            "the chain limits how often an axon may be published"
        );
        tokio::time::sleep(wait).await;
        Ok(())
    }

    async fn back_off(&self, backoff: &mut Backoff, error: &StepError) {
        if !matches!(error, StepError::Refused { .. }) {
            *self.link.lock().await = None;
        }
        backoff.pause(error).await;
    }

    async fn look(&self) -> Result<(Arc<Chain>, Standing), StepError> {
        let mut link = self.link.lock().await;
        let chain = match link.take() {
            Some(chain) => chain,
            None => Arc::new(Chain::connect(&self.url, self.netuid).await?),
        };
        *link = Some(chain.clone());
        let standing = chain.standing(Hotkey::from(&self.hotkey.0)).await?;
        Ok((chain, standing))
    }
}

/// Growing pauses, with chance in them: miners that start at once mustn't collide for ever.
#[derive(Default)]
struct Backoff {
    failures: u32,
}

impl Backoff {
    async fn pause(&mut self, error: &StepError) {
        let longest = (FIRST_PAUSE * 2u32.saturating_pow(self.failures.min(10))).min(LONGEST_PAUSE);
        self.failures += 1;
        let pause = longest.mul_f64(rand::rng().random_range(0.5..1.0));
        tracing::warn!("{error}; trying again in {pause:.1?}");
        tokio::time::sleep(pause).await;
    }
}
