//! One connection to one RPC node.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use subxt::backend::LegacyBackend;
use subxt::config::RpcConfigFor;
use subxt::config::substrate::H256;
use subxt::rpcs::client::RpcSubscription;
use subxt::rpcs::methods::legacy::NumberOrHex;
use subxt::rpcs::{LegacyRpcMethods, RpcClient};
use subxt::{OnlineClient, SubstrateConfig};
use tokio::sync::{SetOnce, watch};

use crate::block::Block;
use crate::{BlockNumber, BlockRef, ChainError, EndpointUrl, Genesis, Heads, Pace};

pub(crate) type Rpc = LegacyRpcMethods<RpcConfigFor<SubstrateConfig>>;
pub(crate) type Header = <SubstrateConfig as subxt::Config>::Header;

/// `Timestamp.Now`: twox128 of both names.
const TIMESTAMP_NOW: [u8; 32] = [
    0xf0, 0xc3, 0x65, 0xc3, 0xcf, 0x59, 0xd6, 0x71, 0xeb, 0x72, 0xda, 0x0e, 0x7a, 0x41, 0x13, 0xc4,
    0x9f, 0x1f, 0x05, 0x15, 0xf4, 0x62, 0xcd, 0xcf, 0x84, 0xe0, 0xf1, 0xd6, 0x04, 0x5d, 0xfc, 0xbb,
];

/// A finalized head and when it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The block.
    pub block: BlockRef,
    /// When this endpoint told of it.
    pub seen: Instant,
}

/// A live connection. Public nodes prune and advertise `archive_*` methods that they then refuse, so the
/// legacy methods are used throughout.
pub struct Endpoint {
    url: EndpointUrl,
    client: OnlineClient<SubstrateConfig>,
    rpc: Rpc,
    timeout: Duration,
    pace: Pace,
    head: watch::Sender<Option<Head>>,
    /// Set once it is no longer to be used: why.
    fault: SetOnce<String>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({})", self.url)
    }
}

impl Endpoint {
    /// Connects, and asks for the genesis hash. `timeout` is the deadline of this and of each later call.
    pub async fn connect(url: &EndpointUrl, timeout: Duration) -> Result<Self, ChainError> {
        Self::connect_at(url, timeout, Pace::default()).await
    }

    /// The same on a chain of this pace: `timeout` is the most, and less where blocks are fast.
    pub(crate) async fn connect_at(
        url: &EndpointUrl,
        timeout: Duration,
        pace: Pace,
    ) -> Result<Self, ChainError> {
        let connect = async {
            // `from_url` refuses ws:// to other hosts; operators do run nodes on their own network.
            let socket = RpcClient::from_insecure_url(url.full())
                .await
                .map_err(|e| url.scrub(&e.to_string()))?;
            let backend = LegacyBackend::<SubstrateConfig>::builder().build(socket.clone());
            let client = OnlineClient::from_backend(Arc::new(backend))
                .await
                .map_err(|e| url.scrub(&e.to_string()))?;
            Ok::<_, String>((client, LegacyRpcMethods::new(socket)))
        };
        let (client, rpc) =
            deadline(url, "connect", request_timeout(&pace, timeout), connect).await?;
        Ok(Self {
            url: url.clone(),
            client,
            rpc,
            timeout,
            pace,
            head: watch::Sender::new(None),
            fault: SetOnce::new(),
        })
    }

    /// Where it is, fit for logs.
    pub fn name(&self) -> &str {
        self.url.shown()
    }

    /// Which chain it serves.
    pub fn genesis(&self) -> Genesis {
        Genesis(self.client.genesis_hash().0)
    }

    pub(crate) fn timeout(&self) -> Duration {
        request_timeout(&self.pace, self.timeout)
    }

    pub(crate) fn rpc(&self) -> &Rpc {
        &self.rpc
    }

    /// Runs one call under this endpoint's deadline; any error names the endpoint and the operation.
    pub(crate) async fn call<T, E: ToString>(
        &self,
        what: &'static str,
        call: impl Future<Output = Result<T, E>>,
    ) -> Result<T, ChainError> {
        deadline(&self.url, what, self.timeout(), call).await
    }

    /// The last finalized block.
    pub async fn finalized(&self) -> Result<BlockRef, ChainError> {
        let hash = self
            .call("finalized head", self.rpc.chain_get_finalized_head())
            .await?;
        Ok(BlockRef {
            number: self.number_of(hash.0).await?,
            hash: hash.0,
        })
    }

    pub(crate) async fn number_of(&self, hash: [u8; 32]) -> Result<BlockNumber, ChainError> {
        Ok(self.header(Some(H256(hash))).await?.number)
    }

    /// The number of the best block: how far ahead of the finalized one the chain is.
    pub async fn best_number(&self) -> Result<BlockNumber, ChainError> {
        Ok(self.header(None).await?.number)
    }

    /// The time that the best block carries, in one round trip: the item needs no metadata, as it never changed.
    pub async fn best_time(&self) -> Result<SystemTime, ChainError> {
        const WHAT: &str = "time of the best block";
        let value = self
            .call(WHAT, self.rpc.state_get_storage(&TIMESTAMP_NOW, None))
            .await?;
        let bytes = value.and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
        let bytes = bytes.ok_or_else(|| self.unavailable(WHAT, "no 64 bits of milliseconds"))?;
        let since = Duration::from_millis(u64::from_le_bytes(bytes));
        let time = SystemTime::UNIX_EPOCH.checked_add(since);
        time.ok_or_else(|| self.unavailable(WHAT, "it is out of range"))
    }

    async fn header(&self, hash: Option<H256>) -> Result<Header, ChainError> {
        let header = self.call("header", self.rpc.chain_get_header(hash)).await?;
        header.ok_or_else(|| self.unavailable("header", "the node does not know the block"))
    }

    /// A block of the canonical chain that must be there: a node that lacks it is behind, which says nothing about
    /// the chain.
    pub async fn block_at(&self, number: BlockNumber) -> Result<BlockRef, ChainError> {
        let asked = Some(NumberOrHex::Number(number));
        let hash = self
            .call("block hash", self.rpc.chain_get_block_hash(asked))
            .await?;
        match hash {
            Some(hash) => Ok(BlockRef {
                number,
                hash: hash.0,
            }),
            None => {
                Err(self.unavailable("block hash", &format!("the node has no block {number} yet")))
            }
        }
    }

    /// A reader of the state at a block.
    pub(crate) async fn at(&self, at: BlockRef) -> Result<Block<'_>, ChainError> {
        let open = self
            .client
            .at_block_hash_and_number(H256(at.hash), at.number);
        Ok(Block::new(self, self.call("open block", open).await?, at))
    }

    /// The node's own announcements, as they come.
    pub(crate) async fn subscribe(&self) -> Result<RpcSubscription<Header>, ChainError> {
        let subscribe = self.rpc.chain_subscribe_finalized_heads();
        self.call("subscribe to finalized heads", subscribe).await
    }

    /// The finalized heads of an endpoint that [`crate::Endpoints`] holds, the current one first. One that was
    /// connected by hand is not followed, and tells of none.
    pub fn heads(self: &Arc<Self>) -> Heads {
        Heads::new(self.clone(), self.head.subscribe())
    }

    pub(crate) fn head(&self) -> Option<Head> {
        *self.head.borrow()
    }

    pub(crate) fn saw(&self, block: BlockRef) {
        let seen = Instant::now();
        self.head.send_replace(Some(Head { block, seen }));
    }

    /// Marks it as no longer to be used; the first reason stays.
    pub(crate) fn give_up(&self, reason: String) {
        let _ = self.fault.set(reason);
    }

    /// Why it is no longer to be used, if so.
    pub(crate) fn fault(&self) -> Option<&str> {
        self.fault.get().map(String::as_str)
    }

    /// Ends once it is no longer to be used.
    pub(crate) async fn given_up(&self) -> &str {
        self.fault.wait().await
    }

    pub(crate) fn unavailable(&self, what: &'static str, reason: &str) -> ChainError {
        unavailable(&self.url, what, reason)
    }
}

/// The deadline of a call: two blocks, at least what a busy node needs.
pub(crate) fn request_timeout(pace: &Pace, configured: Duration) -> Duration {
    pace.patience(configured, 2, Duration::from_secs(3))
}

fn unavailable(url: &EndpointUrl, what: &'static str, reason: &str) -> ChainError {
    ChainError::Unavailable {
        endpoint: url.to_string(),
        what,
        reason: reason.to_owned(),
    }
}

async fn deadline<T, E: ToString>(
    url: &EndpointUrl,
    what: &'static str,
    timeout: Duration,
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, ChainError> {
    match tokio::time::timeout(timeout, call).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(e)) => Err(unavailable(url, what, &e.to_string())),
        Err(_) => Err(unavailable(
            url,
            what,
            &format!("no answer within {timeout:?}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failed_connection_names_the_host_only() {
        let url = EndpointUrl::from("ws://127.0.0.1:9/path/KEY");
        let failed = Endpoint::connect(&url, Duration::from_secs(5)).await;
        let said = failed
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(said.contains("ws://127.0.0.1:9: connect"), "{said}");
        assert!(!said.contains("KEY"), "{said}");
    }
}
