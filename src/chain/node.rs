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
    url: String,
    /// The URL without what may be secret in it.
    endpoint: String,
    client: OnlineClient<SubstrateConfig>,
    rpc: Rpc,
    timeout: Duration,
}

impl Node {
    pub async fn connect(url: &str, timeout: Duration) -> Result<Self, ChainError> {
        let connect = async {
            // `from_url` refuses ws:// to other hosts; operators do run nodes on their own network.
            let socket = RpcClient::from_insecure_url(url)
                .await
                .map_err(|e| e.to_string())?;
            let backend = LegacyBackend::<SubstrateConfig>::builder().build(socket.clone());
            let client = OnlineClient::from_backend(Arc::new(backend))
                .await
                .map_err(|e| e.to_string())?;
            Ok::<_, String>((client, LegacyRpcMethods::new(socket)))
        };
        let endpoint = public_part(url);
        let (client, rpc) = deadline(&endpoint, "connect", timeout, connect)
            .await
            .map_err(|error| error.without(url, &endpoint))?;
        Ok(Self {
            url: url.to_owned(),
            endpoint,
            client,
            rpc,
            timeout,
        })
    }

    /// Where it is, fit for logs: providers put API keys into path and query.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    pub(super) fn is_at(&self, url: &str) -> bool {
        self.url == url
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

    /// The hash of a block of the canonical chain that must be there: a node that lacks it is behind, which says
    /// nothing about the chain.
    pub async fn known_hash(&self, number: BlockNumber) -> Result<[u8; 32], ChainError> {
        let asked = subxt::rpcs::methods::legacy::NumberOrHex::Number(number);
        let hash = self
            .call("block hash", self.rpc.chain_get_block_hash(Some(asked)))
            .await?;
        let hash = hash.map(|hash| hash.0);
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

/// Scheme, host and port of a URL: user, path and query may hold keys.
fn public_part(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_out_of_sight() {
        for (url, shown) in [
            ("ws://127.0.0.1:9944", "ws://127.0.0.1:9944"),
            ("wss://node.example/v1/KEY?token=KEY", "wss://node.example"),
            ("wss://me:KEY@node.example:443/", "wss://node.example:443"),
            ("wss://node.example?KEY", "wss://node.example"),
        ] {
            assert_eq!(public_part(url), shown);
        }
    }

    #[tokio::test]
    async fn a_failed_connection_names_the_host_only() {
        let url = "ws://127.0.0.1:9/path/KEY";
        let failed = Node::connect(url, Duration::from_secs(5)).await;
        let said = failed
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(said.contains("ws://127.0.0.1:9: connect"), "{said}");
        assert!(!said.contains("KEY"), "{said}");
    }
}
