//! The chain as a miner needs it: who is registered, what an axon says, two calls.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::time::Duration;
use subtensor::calls::{self, Call};
use subtensor::{
    ChainError, Endpoint, EndpointUrl, Hotkey, Keypair, MechanismId, Netuid, SubmitError,
};

/// Longest wait for one answer of the node.
const CALL_TIME: Duration = Duration::from_secs(10);
/// Longest wait for a transaction to be final.
const FINAL_TIME: Duration = Duration::from_secs(60);
/// Blocks in which a transaction is valid.
const ERA: u64 = 32;
/// What axons of the SDK announce themselves as.
const VERSION: u32 = wire::version::SDK_VERSION as u32;

/// Why a step on the chain failed.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// The node can't be reached, or what it says can't be read.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The transaction was refused, or wasn't final in time.
    #[error("{call}: {error}")]
    NotFinal {
        /// The call's name on chain.
        call: &'static str,
        /// What became of it.
        error: SubmitError,
    },
    /// It is in a finalized block, and failed there.
    #[error("{call} was refused: {name}")]
    Refused {
        /// The call's name on chain.
        call: &'static str,
        /// The chain's own name of the error.
        name: String,
    },
}

/// A subnet on one node.
pub struct Chain {
    endpoint: Endpoint,
    netuid: Netuid,
}

/// Who is on a subnet, and what this miner is there, at one finalized block.
#[derive(Clone, Debug)]
pub struct Standing {
    /// None while it isn't registered.
    pub uid: Option<u16>,
    /// Where its axon is, as published; None before.
    pub axon: Option<SocketAddr>,
    /// The hotkeys of all neurons, whom a miner answers.
    pub registered: HashSet<[u8; 32]>,
}

impl Chain {
    /// Connects to a node by its WebSocket address and reads the chain's metadata.
    pub async fn connect(url: &str, netuid: u16) -> Result<Self, ChainError> {
        let endpoint = Endpoint::connect(&EndpointUrl::from(url), CALL_TIME).await?;
        Ok(Chain {
            endpoint,
            netuid: Netuid(netuid),
        })
    }

    /// The subnet at the finalized block, and `hotkey` on it.
    pub async fn standing(&self, hotkey: Hotkey) -> Result<Standing, ChainError> {
        let at = self.endpoint.finalized().await?;
        let subnet =
            subtensor::read_subnet(&self.endpoint, at, self.netuid, MechanismId(0)).await?;
        let us = subnet.metagraph.by_hotkey(&hotkey);
        let neurons = subnet.metagraph.neurons().iter();
        Ok(Standing {
            uid: us.map(|us| us.uid.0),
            axon: us.and_then(|us| us.axon).map(|axon| axon.address),
            registered: neurons.map(|neuron| neuron.miner.hotkey.0).collect(),
        })
    }

    /// Blocks between two publications of an axon, and how long a block takes.
    pub async fn serving_pace(&self) -> Result<(u64, Duration), ChainError> {
        let at = self.endpoint.finalized().await?;
        tokio::try_join!(
            subtensor::serving_rate_limit(&self.endpoint, at, self.netuid),
            subtensor::block_time(&self.endpoint, at),
        )
    }

    /// Registers for TAO that the coldkey has; returns once that is final.
    pub async fn register(&self, hotkey: Hotkey, coldkey: &Keypair) -> Result<(), StepError> {
        self.submit(calls::burned_register(self.netuid, hotkey), coldkey)
            .await
    }

    /// Publishes where the axon is; returns once that is final.
    pub async fn serve(&self, axon: SocketAddr, hotkey: &Keypair) -> Result<(), StepError> {
        self.submit(calls::serve_axon(self.netuid, axon, VERSION), hotkey)
            .await
    }

    /// Signs, sends, and waits until it is final.
    async fn submit(&self, call: Call, key: &Keypair) -> Result<(), StepError> {
        let name = call.name();
        let landed =
            subtensor::submit_until_final(&self.endpoint, key, &call, ERA, FINAL_TIME).await;
        let landed = landed.map_err(|error| StepError::NotFinal { call: name, error })?;
        landed.dispatched.map_err(|reason| StepError::Refused {
            call: name,
            name: reason,
        })
    }
}
