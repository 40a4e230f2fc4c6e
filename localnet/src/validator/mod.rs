//! Another validator of the subnet: it knows the true quality of every miner and weighs by it, a little unevenly.
//!
//! Each head: is it an epoch that has no weights of ours yet, are we permitted, is the rate limit over? Then weigh. A
//! chain that is away, an unregistered hotkey, a missing permit or truth file: try again at the next head.

mod client;
pub(crate) mod weights;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use localnet_runtime::{Header, RuntimeCall, subtensor};
use sp_core::crypto::{AccountId32, Ss58Codec};
use sp_core::{H256, Pair, sr25519};

use crate::cli::ValidatorArgs;
use crate::lifetime;
use client::{Chain, ChainError, blake2_concat};

/// Between two attempts to reach the chain.
const RECONNECT: Duration = Duration::from_millis(500);
/// Two heads further apart than this mean a dead connection.
const SILENCE: Duration = Duration::from_secs(60);
/// Blocks after which a submission that changed nothing is made again.
const RESUBMIT: u32 = 8;
/// The largest truth file that is read.
const MAX_TRUTH: u64 = 4 << 20;

struct Validator {
    hotkey: sr25519::Pair,
    args: ValidatorArgs,
    /// The head at our last submission, until its weights are on chain.
    submitted_at: Option<u32>,
    /// What was last said of why there are no weights.
    told: String,
}

/// Its URI is secret and not shown.
#[derive(Debug, thiserror::Error)]
#[error("--hotkey isn't the secret URI of an sr25519 key: {0}")]
pub struct BadHotkey(String);

/// Why this head passes without weights; all of them end by themselves.
#[derive(Debug, thiserror::Error)]
enum NotNow {
    #[error("the hotkey isn't registered on subnet {0}")]
    Unregistered(u16),
    #[error("the subnet wants commit-reveal, which this validator doesn't play")]
    CommitReveal,
    #[error("no validator permit yet")]
    NoPermit,
    #[error("the rate limit lasts until block {0}")]
    RateLimit(u64),
    #[error("the truth file {0}")]
    Truth(String),
    #[error("no miner has a quality above zero")]
    NothingToWeigh,
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// `localnet validator`: returns after a signal.
pub async fn run(args: ValidatorArgs) -> anyhow::Result<()> {
    anyhow::ensure!(
        args.noise.is_finite() && args.noise >= 0.0,
        "--noise {}: give a number from 0",
        args.noise
    );
    let hotkey = sr25519::Pair::from_string(&args.hotkey, None)
        .map_err(|error| BadHotkey(format!("{error:?}")))?;
    let with_parent = args.exit_with_parent;
    let validator = Validator {
        hotkey,
        args,
        submitted_at: None,
        told: String::new(),
    };
    tokio::select! {
        stopped = lifetime::until_stopped(with_parent) => Ok(stopped?),
        never = validator.forever() => match never {},
    }
}

impl Validator {
    async fn forever(mut self) -> std::convert::Infallible {
        loop {
            if let Err(error) = self.follow().await {
                self.tell(format!(
                    "waiting for the chain at {}: {error}",
                    self.args.chain
                ));
            }
            tokio::time::sleep(RECONNECT).await;
        }
    }

    /// Says a reason once, until it is another.
    fn tell(&mut self, reason: String) {
        if self.told != reason {
            tracing::warn!("{reason}");
            self.told = reason;
        }
    }

    /// Follows the heads until the connection breaks.
    async fn follow(&mut self) -> Result<(), ChainError> {
        let chain = Chain::connect(&self.args.chain).await?;
        let mut heads = chain.heads().await?;
        // Another chain may answer at the same address: what was done on the last one says nothing.
        self.submitted_at = None;
        while let Ok(Some(Ok(mut head))) = tokio::time::timeout(SILENCE, heads.next()).await {
            // Only the newest head counts; older ones may have queued up while we were busy.
            while let Ok(Some(Ok(newer))) = tokio::time::timeout(Duration::ZERO, heads.next()).await
            {
                head = newer;
            }
            match self.on_head(&chain, &head).await {
                Ok(()) => {}
                Err(NotNow::Chain(ChainError::Rpc(error))) => match error {
                    jsonrpsee::core::ClientError::Call(refused) => {
                        tracing::warn!(%refused, "the chain refused the weights");
                    }
                    broken => return Err(broken.into()),
                },
                Err(reason) => self.tell(format!("no weights yet: {reason}")),
            }
        }
        Ok(())
    }

    async fn on_head(&mut self, chain: &Chain, head: &Header) -> Result<(), NotNow> {
        let (netuid, at) = (self.args.netuid, head.hash());
        let key = netuid.to_le_bytes();
        let hotkey = self.hotkey.public().0;
        let uid_key = [&key[..], &blake2_concat(&hotkey)].concat();
        let uid: u16 = chain
            .item("Uids", &uid_key, at)
            .await?
            .ok_or(NotNow::Unregistered(netuid))?;

        let updates: Vec<u64> = chain
            .item("LastUpdate", &key, at)
            .await?
            .unwrap_or_default();
        let updated = updates.get(usize::from(uid)).copied().unwrap_or(0);
        if let Some(submitted) = self.submitted_at {
            if updated > u64::from(submitted) {
                tracing::info!(block = updated, "weights are on chain");
                self.submitted_at = None;
            } else if head.number < submitted.saturating_add(RESUBMIT) {
                return Ok(());
            }
        }
        let fired: u64 = chain.item("LastEpochBlock", &key, at).await?.unwrap_or(0);
        if updated > fired {
            return Ok(());
        }
        let permits: Vec<bool> = chain
            .item("ValidatorPermit", &key, at)
            .await?
            .unwrap_or_default();
        if permits.get(usize::from(uid)) != Some(&true) {
            return Err(NotNow::NoPermit);
        }
        let commit_reveal = chain.item::<bool>("CommitRevealWeightsEnabled", &key, at);
        if commit_reveal.await?.unwrap_or(true) {
            return Err(NotNow::CommitReveal);
        }
        let limit: u64 = chain
            .item("WeightsSetRateLimit", &key, at)
            .await?
            .unwrap_or(100);
        if updated > 0 && u64::from(head.number) + 1 < updated + limit {
            return Err(NotNow::RateLimit(updated + limit));
        }
        let version: u64 = chain
            .item("WeightsVersionKey", &key, at)
            .await?
            .unwrap_or(0);
        let epoch: u64 = chain.item("SubnetEpochIndex", &key, at).await?.unwrap_or(0);
        let qualities = self.qualities(chain, at, uid).await?;
        let vector = weights::weigh(&qualities, self.args.seed, epoch, self.args.noise);
        if vector.uids.is_empty() {
            return Err(NotNow::NothingToWeigh);
        }
        let call = set_weights(netuid, vector, version);
        chain.submit(call, &self.hotkey, head).await?;
        self.submitted_at = Some(head.number);
        Ok(())
    }

    /// The true quality of every registered miner, by uid; our own is left out.
    async fn qualities(
        &self,
        chain: &Chain,
        at: H256,
        own: u16,
    ) -> Result<BTreeMap<u16, f64>, NotNow> {
        let truth = read_truth(&self.args.truth)?;
        let hotkeys = chain.hotkeys(self.args.netuid, at).await?;
        Ok(hotkeys
            .into_iter()
            .filter(|(uid, _)| *uid != own)
            .filter_map(|(uid, hotkey)| {
                Some((uid, *truth.get(&AccountId32::new(hotkey).to_ss58check())?))
            })
            .collect())
    }
}

fn read_truth(path: &Path) -> Result<BTreeMap<String, f64>, NotNow> {
    let bad = |reason: String| NotNow::Truth(format!("{}: {reason}", path.display()));
    let size = std::fs::metadata(path)
        .map_err(|error| bad(error.to_string()))?
        .len();
    if size > MAX_TRUTH {
        return Err(bad(format!("{size} bytes, at most {MAX_TRUTH}")));
    }
    let text = std::fs::read(path).map_err(|error| bad(error.to_string()))?;
    let truth: BTreeMap<String, f64> =
        serde_json::from_slice(&text).map_err(|error| bad(error.to_string()))?;
    match truth
        .iter()
        .find(|(_, quality)| !(0.0..=1.0).contains(*quality))
    {
        Some((hotkey, quality)) => Err(bad(format!("{hotkey} is {quality}: give 0 to 1"))),
        None => Ok(truth),
    }
}

fn set_weights(netuid: u16, vector: weights::Vector, version_key: u64) -> RuntimeCall {
    let weights::Vector {
        uids: dests,
        weights,
    } = vector;
    subtensor::Call::set_weights {
        netuid,
        dests,
        weights,
        version_key,
    }
    .into()
}
