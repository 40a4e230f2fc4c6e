//! The chain as a miner needs it: who is registered, what an axon says, two calls.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use subxt::backend::LegacyBackend;
use subxt::client::{ClientAtBlock, OnlineClientAtBlockImpl};
use subxt::config::DefaultExtrinsicParamsBuilder;
use subxt::dynamic::{self, Value};
use subxt::error::DispatchError;
use subxt::ext::frame_decode::storage::{IntoDecodableValues, IntoEncodableValues};
use subxt::ext::scale_decode::DecodeAsType;
use subxt::rpcs::{LegacyRpcMethods, RpcClient};
use subxt::utils::AccountId32;
use subxt::{OnlineClient, SubstrateConfig};
use subxt_signer::sr25519::Keypair;
use wire::version::SDK_VERSION;

const PALLET: &str = "SubtensorModule";
/// Longest wait for one answer of the node.
const CALL_TIME: Duration = Duration::from_secs(10);
/// Longest wait for a transaction to be final.
const FINAL_TIME: Duration = Duration::from_secs(60);
/// Blocks in which a transaction is valid.
const ERA: u64 = 32;

/// Why a step on the chain failed.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    #[error("{0}: no answer within {1:?}")]
    Timeout(&'static str, Duration),
    #[error("{0}: {1}")]
    Unavailable(&'static str, String),
    /// The chain's own name of the error.
    #[error("{call} was refused: {name}")]
    Refused { call: &'static str, name: String },
}

type AtBlock = ClientAtBlock<SubstrateConfig, OnlineClientAtBlockImpl<SubstrateConfig>>;

/// A connection to one node.
pub struct Chain {
    client: OnlineClient<SubstrateConfig>,
    rpc: LegacyRpcMethods<subxt::config::RpcConfigFor<SubstrateConfig>>,
}

/// Who is on a subnet, and what this miner is there, at one finalized block.
#[derive(Clone, Debug)]
pub struct Standing {
    pub uid: Option<u16>,
    pub axon: Option<SocketAddr>,
    pub registered: HashSet<[u8; 32]>,
}

#[derive(DecodeAsType)]
#[decode_as_type(crate_path = "subxt::ext::scale_decode")]
struct RawAxon {
    ip: u128,
    port: u16,
    ip_type: u8,
}

impl Chain {
    pub async fn connect(url: &str) -> Result<Self, ChainError> {
        within("connect", CALL_TIME, async {
            // `from_url` takes ws:// only to this machine.
            let socket = RpcClient::from_insecure_url(url)
                .await
                .map_err(|e| e.to_string())?;
            let backend = LegacyBackend::<SubstrateConfig>::builder().build(socket.clone());
            let client = OnlineClient::from_backend(Arc::new(backend))
                .await
                .map_err(|e| e.to_string())?;
            Ok::<_, String>(Chain {
                client,
                rpc: LegacyRpcMethods::new(socket),
            })
        })
        .await
    }

    pub async fn standing(&self, netuid: u16, hotkey: AccountId32) -> Result<Standing, ChainError> {
        let block = within("latest block", CALL_TIME, self.client.at_current_block()).await?;
        let uid: Option<u16> = read(&block, "Uids", (netuid, hotkey)).await?;
        let axon: Option<RawAxon> = read(&block, "Axons", (netuid, hotkey)).await?;
        let registered = within("Keys", CALL_TIME, hotkeys(&block, netuid)).await?;
        Ok(Standing {
            uid,
            axon: axon.and_then(address),
            registered,
        })
    }

    /// Blocks between two publications of an axon.
    pub async fn serving_rate_limit(&self, netuid: u16) -> Result<u64, ChainError> {
        let block = within("latest block", CALL_TIME, self.client.at_current_block()).await?;
        Ok(read(&block, "ServingRateLimit", (netuid,))
            .await?
            .unwrap_or(0))
    }

    /// Milliseconds between two blocks, as the chain's clock counts them.
    pub async fn block_time(&self) -> Result<Duration, ChainError> {
        let block = within("latest block", CALL_TIME, self.client.at_current_block()).await?;
        let address = dynamic::constant::<u64>("Timestamp", "MinimumPeriod");
        let half = block
            .constants()
            .entry(address)
            .map_err(|e| ChainError::Unavailable("MinimumPeriod", e.to_string()))?;
        Ok(Duration::from_millis(half.saturating_mul(2)))
    }

    pub async fn register(
        &self,
        netuid: u16,
        hotkey: AccountId32,
        coldkey: &Keypair,
    ) -> Result<(), ChainError> {
        let fields = vec![
            ("netuid", Value::u128(netuid.into())),
            ("hotkey", Value::from_bytes(hotkey.0)),
        ];
        self.submit("burned_register", fields, coldkey).await
    }

    pub async fn serve(
        &self,
        netuid: u16,
        axon: SocketAddr,
        hotkey: &Keypair,
    ) -> Result<(), ChainError> {
        let (ip, ip_type) = match axon.ip() {
            IpAddr::V4(ip) => (u128::from(u32::from(ip)), 4),
            IpAddr::V6(ip) => (u128::from(ip), 6),
        };
        let number = Value::u128;
        let fields = vec![
            ("netuid", number(netuid.into())),
            ("version", number(SDK_VERSION.into())),
            ("ip", number(ip)),
            ("port", number(axon.port().into())),
            ("ip_type", number(ip_type)),
            ("protocol", number(4)), // HTTP
            ("placeholder1", number(0)),
            ("placeholder2", number(0)),
        ];
        self.submit("serve_axon", fields, hotkey).await
    }

    /// Signs, sends, and waits until it is final.
    async fn submit(
        &self,
        call: &'static str,
        fields: Vec<(&str, Value)>,
        key: &Keypair,
    ) -> Result<(), ChainError> {
        let payload = dynamic::transaction(PALLET, call, Value::named_composite(fields));
        let account = AccountId32(key.public_key().0);
        // Pending transactions count: the nonce in storage lags behind by the finality.
        let nonce = within(
            "account nonce",
            CALL_TIME,
            self.rpc.system_account_next_index(&account),
        )
        .await?;
        let block = within("latest block", CALL_TIME, self.client.at_current_block()).await?;
        let params = DefaultExtrinsicParamsBuilder::new()
            .nonce(nonce)
            .mortal(ERA)
            .build();
        let mut transactions = block.transactions();
        let sent = within(
            call,
            CALL_TIME,
            transactions.sign_and_submit_then_watch(&payload, key, params),
        )
        .await?;
        let included = within(call, FINAL_TIME, sent.wait_for_finalized()).await?;
        match within(call, CALL_TIME, async {
            Ok::<_, String>(included.wait_for_success().await)
        })
        .await?
        {
            Ok(_) => Ok(()),
            Err(subxt::error::TransactionEventsError::ExtrinsicFailed(e)) => {
                Err(ChainError::Refused {
                    call,
                    name: name_of(&e),
                })
            }
            Err(e) => Err(ChainError::Unavailable(call, e.to_string())),
        }
    }
}

/// One item of the pallet; None when nothing is stored there.
async fn read<K, V>(block: &AtBlock, item: &'static str, keys: K) -> Result<Option<V>, ChainError>
where
    K: IntoEncodableValues + IntoDecodableValues,
    V: DecodeAsType,
{
    let storage = block.storage();
    let address = dynamic::storage::<K, V>(PALLET, item);
    let value = within(item, CALL_TIME, storage.try_fetch(address, keys)).await?;
    value
        .map(|value| {
            value
                .decode()
                .map_err(|e| ChainError::Unavailable(item, e.to_string()))
        })
        .transpose()
}

async fn hotkeys(block: &AtBlock, netuid: u16) -> Result<HashSet<[u8; 32]>, String> {
    let address = dynamic::storage::<(u16, u16), [u8; 32]>(PALLET, "Keys");
    let storage = block.storage();
    let mut entries = storage
        .iter(address, (netuid,))
        .await
        .map_err(|e| e.to_string())?;
    let mut found = HashSet::new();
    while let Some(entry) = entries.next().await {
        let key = entry
            .map_err(|e| e.to_string())?
            .value()
            .decode()
            .map_err(|e| e.to_string())?;
        found.insert(key);
    }
    Ok(found)
}

fn address(raw: RawAxon) -> Option<SocketAddr> {
    let ip = match raw.ip_type {
        4 => IpAddr::from(u32::try_from(raw.ip).ok()?.to_be_bytes()),
        6 => IpAddr::from(raw.ip.to_be_bytes()),
        _ => return None,
    };
    Some(SocketAddr::new(ip, raw.port))
}

fn name_of(error: &DispatchError) -> String {
    match error {
        DispatchError::Module(module) => module.details().map_or_else(
            |_| module.to_string(),
            |details| details.variant.name.clone(),
        ),
        other => other.to_string(),
    }
}

async fn within<T, E: ToString>(
    what: &'static str,
    limit: Duration,
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, ChainError> {
    match tokio::time::timeout(limit, call).await {
        Ok(result) => result.map_err(|e| ChainError::Unavailable(what, e.to_string())),
        Err(_) => Err(ChainError::Timeout(what, limit)),
    }
}
