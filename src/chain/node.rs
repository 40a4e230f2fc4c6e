//! One connection to one RPC node.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use subxt::backend::LegacyBackend;
use subxt::client::{ClientAtBlock, OnlineClientAtBlockImpl};
use subxt::config::RpcConfigFor;
use subxt::config::substrate::H256;
use subxt::rpcs::client::RpcSubscription;
use subxt::rpcs::{LegacyRpcMethods, RpcClient};
use subxt::{OnlineClient, SubstrateConfig};

use super::ChainError;
use crate::types::{BlockNumber, BlockRef, Genesis};

/// A typed client pinned at one block.
pub type AtBlock = ClientAtBlock<SubstrateConfig, OnlineClientAtBlockImpl<SubstrateConfig>>;
pub(super) type Rpc = LegacyRpcMethods<RpcConfigFor<SubstrateConfig>>;
type Header = <SubstrateConfig as subxt::Config>::Header;

/// A live connection. Public nodes prune and advertise `archive_*` methods that they then refuse, so the
/// legacy methods are used throughout.
pub struct Node {
    endpoint: String,
    client: OnlineClient<SubstrateConfig>,
    rpc: Rpc,
    timeout: Duration,
}

impl Node {
    pub async fn connect(endpoint: &str, timeout: Duration) -> Result<Self, ChainError> {
        let connect = async {
            // `from_url` refuses ws:// to other hosts; operators do run nodes on their own network.
            let socket = RpcClient::from_insecure_url(endpoint)
                .await
                .map_err(|e| e.to_string())?;
            let backend = LegacyBackend::<SubstrateConfig>::builder().build(socket.clone());
            let client = OnlineClient::from_backend(Arc::new(backend))
                .await
                .map_err(|e| e.to_string())?;
            Ok::<_, String>((client, LegacyRpcMethods::new(socket)))
        };
        let (client, rpc) = deadline(endpoint, "connect", timeout, connect).await?;
        Ok(Self {
            endpoint: endpoint.to_owned(),
            client,
            rpc,
            timeout,
        })
    }

    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    pub fn genesis(&self) -> Genesis {
        Genesis(self.client.genesis_hash().0)
    }

    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }

    pub(super) fn rpc(&self) -> &Rpc {
        &self.rpc
    }

    /// Runs one call under this node's deadline; any error names the node and the operation.
    pub(super) async fn call<T, E: ToString>(
        &self,
        what: &'static str,
        call: impl Future<Output = Result<T, E>>,
    ) -> Result<T, ChainError> {
        deadline(&self.endpoint, what, self.timeout, call).await
    }

    /// The last finalized block.
    pub async fn finalized(&self) -> Result<BlockRef, ChainError> {
        let hash = self
            .call("finalized head", self.rpc.chain_get_finalized_head())
            .await?;
        let header = self.header(Some(hash)).await?;
        Ok(BlockRef {
            number: header.number,
            hash: hash.0,
        })
    }

    /// The number of the best block: how far ahead of the finalized one the chain is.
    pub async fn best_number(&self) -> Result<BlockNumber, ChainError> {
        Ok(self.header(None).await?.number)
    }

    async fn header(&self, hash: Option<H256>) -> Result<Header, ChainError> {
        let header = self.call("header", self.rpc.chain_get_header(hash)).await?;
        header.ok_or_else(|| self.unavailable("header", "the node does not know the block".into()))
    }

    /// The hash of a block on the canonical chain, if there is one of that number.
    pub async fn block_hash(&self, number: BlockNumber) -> Result<Option<[u8; 32]>, ChainError> {
        let number = subxt::rpcs::methods::legacy::NumberOrHex::Number(number);
        let hash = self
            .call("block hash", self.rpc.chain_get_block_hash(Some(number)))
            .await?;
        Ok(hash.map(|h| h.0))
    }

    /// As [`Self::block_hash`], for a block that must be there: a node that lacks it is behind, which says nothing
    /// about the chain.
    pub async fn known_hash(&self, number: BlockNumber) -> Result<[u8; 32], ChainError> {
        let hash = self.block_hash(number).await?;
        hash.ok_or_else(|| {
            self.unavailable("block hash", format!("the node has no block {number} yet"))
        })
    }

    /// Finalized heads as they come.
    pub async fn finalized_heads(&self) -> Result<RpcSubscription<Header>, ChainError> {
        self.call(
            "subscribe to finalized heads",
            self.rpc.chain_subscribe_finalized_heads(),
        )
        .await
    }

    /// A client pinned at a block.
    pub async fn at(&self, block: BlockRef) -> Result<AtBlock, ChainError> {
        self.call(
            "open block",
            self.client
                .at_block_hash_and_number(H256(block.hash), block.number),
        )
        .await
    }

    pub(super) fn unavailable(&self, what: &'static str, reason: String) -> ChainError {
        ChainError::Unavailable {
            endpoint: self.endpoint.clone(),
            what,
            reason,
        }
    }
}

async fn deadline<T, E: ToString>(
    endpoint: &str,
    what: &'static str,
    timeout: Duration,
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, ChainError> {
    let failed = |reason: String| ChainError::Unavailable {
        endpoint: endpoint.to_owned(),
        what,
        reason,
    };
    match tokio::time::timeout(timeout, call).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(e)) => Err(failed(e.to_string())),
        Err(_) => Err(failed(format!("no answer within {timeout:?}"))),
    }
}
