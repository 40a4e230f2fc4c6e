//! Another validator of the subnet: it knows the true quality of every miner and weighs by it, a little unevenly.
//!
//! Each head: is it an epoch that has no weights of ours yet, are we permitted, is the rate limit over? Then weigh. A
//! chain that is away, an unregistered hotkey, a missing permit or truth file: try again at the next head.

pub(crate) mod weights;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use subtensor::key::{Keypair, SecretUri};
use subtensor::{
    BlockNumber, BlockRef, ChainError, Endpoint, EndpointUrl, Endpoints, Hotkey, MechanismId,
    Netuid, Settings, SubmitError, Subnet, Uid, VectorError, WeightVector, calls, read_subnet,
    submit_until_final,
};
use testbed::lifetime::until_stopped;

use crate::cli::ValidatorArgs;

/// No answer within this time counts as a broken connection.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Two heads further apart than this mean a dead connection.
const SILENCE: Duration = Duration::from_secs(60);
/// Between two attempts to reach the chain.
const RECONNECT: Duration = Duration::from_millis(500);
/// Blocks in which a transaction is valid.
const ERA: u64 = 64;
/// Longest wait for a transaction to be final, after which the next head makes another.
const FINAL_TIME: Duration = Duration::from_secs(120);
/// The largest truth file that is read.
const MAX_TRUTH: u64 = 4 << 20;

struct Validator {
    pair: Keypair,
    args: ValidatorArgs,
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
    Vector(#[from] VectorError),
    #[error("the chain refused them: {0}")]
    Refused(String),
    #[error(transparent)]
    Submit(#[from] SubmitError),
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
    let uri = SecretUri::from_str(&args.hotkey).map_err(|e| BadHotkey(e.to_string()))?;
    let pair = Keypair::from_uri(&uri).map_err(|e| BadHotkey(e.to_string()))?;
    let with_parent = args.exit_with_parent;
    let validator = Validator {
        pair,
        args,
        told: String::new(),
    };
    tokio::select! {
        stopped = until_stopped(with_parent) => Ok(stopped?),
        never = validator.forever() => match never {},
    }
}

impl Validator {
    async fn forever(mut self) -> Infallible {
        let chain = EndpointUrl::from(&self.args.chain);
        loop {
            let Err(error) = self.follow(&chain).await;
            self.tell(format!("waiting for the chain at {chain}: {error}"));
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
    async fn follow(&mut self, chain: &EndpointUrl) -> Result<Infallible, ChainError> {
        // Made anew each time: another chain may answer at the same address, and is as good.
        let endpoints = Endpoints::open(Settings {
            endpoints: vec![chain.clone()],
            request_timeout: TIMEOUT,
            head_timeout: SILENCE,
            genesis: None,
        });
        let node = endpoints.node().await?;
        let mut heads = node.heads();
        // Where our last weights landed: a head before it was left over while we waited for that.
        let mut landed = 0;
        loop {
            let at = heads.next().await?;
            if at.number < landed {
                continue;
            }
            match self.on_head(&node, at).await {
                Ok(Some(block)) => {
                    tracing::info!(block, "weights are on chain");
                    landed = block;
                }
                Ok(None) => {}
                Err(
                    NotNow::Chain(broken @ ChainError::Unavailable { .. })
                    | NotNow::Submit(SubmitError::Chain(broken @ ChainError::Unavailable { .. })),
                ) => return Err(broken),
                Err(reason) => self.tell(format!("no weights yet: {reason}")),
            }
        }
    }

    /// Sets weights if the epoch has none of ours; gives back the block in which they landed.
    async fn on_head(&self, node: &Endpoint, at: BlockRef) -> Result<Option<BlockNumber>, NotNow> {
        let netuid = Netuid(self.args.netuid);
        let subnet = read_subnet(node, at, netuid, MechanismId(0)).await?;
        let hotkey = Hotkey::from(&self.pair);
        let us = subnet.metagraph.by_hotkey(&hotkey);
        let us = us.ok_or(NotNow::Unregistered(self.args.netuid))?;
        if us.last_update > subnet.schedule.last_epoch_block {
            return Ok(None);
        }
        if !us.validator_permit {
            return Err(NotNow::NoPermit);
        }
        if subnet.params.commit_reveal {
            return Err(NotNow::CommitReveal);
        }
        let allowed = us.last_update + subnet.params.weights_rate_limit;
        if us.last_update > 0 && at.number + 1 < allowed {
            return Err(NotNow::RateLimit(allowed));
        }
        let call = calls::set_weights(netuid, &self.vector(&subnet, us.uid)?);
        let landed = submit_until_final(node, &self.pair, &call, ERA, FINAL_TIME).await?;
        landed.dispatched.map_err(NotNow::Refused)?;
        Ok(Some(landed.block.number))
    }

    /// By the true quality of every registered miner; our own seat is left out.
    fn vector(&self, subnet: &Subnet, own: Uid) -> Result<WeightVector, NotNow> {
        let truth = read_truth(&self.args.truth)?;
        let neurons = subnet.metagraph.neurons();
        let qualities: BTreeMap<u16, f64> = neurons
            .iter()
            .filter(|neuron| neuron.uid != own)
            .filter_map(|neuron| {
                let quality = truth.get(&neuron.miner.hotkey.to_string())?;
                Some((neuron.uid.0, *quality))
            })
            .collect();
        let epoch = subnet.schedule.epoch_index;
        let weights::Vector { uids, weights } =
            weights::weigh(&qualities, self.args.seed, epoch, self.args.noise);
        if uids.is_empty() {
            return Err(NotNow::NothingToWeigh);
        }
        let entries = uids.into_iter().map(Uid).zip(weights).collect();
        let params = &subnet.params;
        Ok(WeightVector::new(
            MechanismId(0),
            entries,
            params.weights_version_key,
            neurons.len(),
            params.min_allowed_weights,
        )?)
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
