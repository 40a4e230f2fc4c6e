//! The few questions that the validator asks the chain, over JSON-RPC.

use std::time::Duration;

use codec::{Decode, Encode};
use jsonrpsee::core::ClientError;
use jsonrpsee::core::client::{ClientT, Subscription, SubscriptionClientT};
use jsonrpsee::rpc_params;
use jsonrpsee::ws_client::{PingConfig, WsClient, WsClientBuilder};
use localnet_runtime::{Header, RuntimeCall, client};
use sp_core::hashing::{blake2_128, twox_128};
use sp_core::{H256, Pair, sr25519};
use sp_runtime::generic::Era;

/// No answer within this time counts as a broken connection.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Blocks in which a transaction is valid.
const ERA: u64 = 64;

/// Why the chain gave no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    #[error(transparent)]
    Rpc(#[from] ClientError),
    #[error("{0}: the answer can't be decoded")]
    Decode(&'static str),
}

/// A connection to a chain.
pub struct Chain {
    rpc: WsClient,
    genesis: H256,
}

impl Chain {
    /// Connects, and asks for the genesis hash, which every signature covers.
    pub async fn connect(url: &str) -> Result<Self, ChainError> {
        let rpc = WsClientBuilder::new()
            .connection_timeout(TIMEOUT)
            .request_timeout(TIMEOUT)
            .enable_ws_ping(PingConfig::new())
            .build(url)
            .await?;
        let genesis = rpc.request("chain_getBlockHash", rpc_params![0]).await?;
        Ok(Self { rpc, genesis })
    }

    /// Best heads, the current one first.
    pub async fn heads(&self) -> Result<Subscription<Header>, ChainError> {
        Ok(self
            .rpc
            .subscribe(
                "chain_subscribeNewHeads",
                rpc_params![],
                "chain_unsubscribeNewHeads",
            )
            .await?)
    }

    /// A storage item of the subnet pallet, or `None` where nothing is stored.
    pub async fn item<T: Decode>(
        &self,
        name: &'static str,
        key: &[u8],
        at: H256,
    ) -> Result<Option<T>, ChainError> {
        let mut full = prefix(name);
        full.extend_from_slice(key);
        let value: Option<String> = self
            .rpc
            .request("state_getStorage", rpc_params![to_hex(&full), at])
            .await?;
        value.map(|value| decode(name, &value)).transpose()
    }

    /// The hotkey of every uid of a subnet, by uid.
    pub async fn hotkeys(&self, netuid: u16, at: H256) -> Result<Vec<(u16, [u8; 32])>, ChainError> {
        const PAGE: u32 = 1_000;
        let mut prefix = prefix("Keys");
        prefix.extend(netuid.encode());
        let mut keys: Vec<String> = Vec::new();
        loop {
            let after = keys.last().cloned();
            let page: Vec<String> = self
                .rpc
                .request(
                    "state_getKeysPaged",
                    rpc_params![to_hex(&prefix), PAGE, after, at],
                )
                .await?;
            let full = page.len() == PAGE as usize;
            keys.extend(page);
            if !full {
                break;
            }
        }
        #[derive(serde::Deserialize)]
        struct Answer {
            changes: Vec<(String, Option<String>)>,
        }
        let answers: Vec<Answer> = self
            .rpc
            .request("state_queryStorageAt", rpc_params![keys, at])
            .await?;
        let pairs = answers.into_iter().flat_map(|answer| answer.changes);
        pairs
            .filter_map(|(key, value)| Some((key, value?)))
            .map(|(key, value)| {
                let uid = key.get(key.len().saturating_sub(4)..).unwrap_or_default();
                Ok((decode("Keys", uid)?, decode("Keys", &value)?))
            })
            .collect()
    }

    /// Signs and submits a call, and gives back its hash.
    pub async fn submit(
        &self,
        call: RuntimeCall,
        signer: &sr25519::Pair,
        head: &Header,
    ) -> Result<H256, ChainError> {
        use sp_core::crypto::Ss58Codec;
        let address = signer.public().to_ss58check();
        let nonce: u32 = self
            .rpc
            .request("system_accountNextIndex", rpc_params![address])
            .await?;
        let era = Era::mortal(ERA, u64::from(head.number));
        let extrinsic = client::signed(call, signer, nonce, era, self.genesis, head.hash());
        Ok(self
            .rpc
            .request(
                "author_submitExtrinsic",
                rpc_params![to_hex(&extrinsic.encode())],
            )
            .await?)
    }
}

/// The key of an account in a map hashed with Blake2_128Concat.
pub fn blake2_concat(account: &[u8; 32]) -> Vec<u8> {
    [&blake2_128(account)[..], account].concat()
}

fn prefix(item: &str) -> Vec<u8> {
    [twox_128(b"SubtensorModule"), twox_128(item.as_bytes())].concat()
}

fn to_hex(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}

fn decode<T: Decode>(what: &'static str, text: &str) -> Result<T, ChainError> {
    let bytes = hex::decode(text.trim_start_matches("0x")).map_err(|_| ChainError::Decode(what))?;
    T::decode(&mut &bytes[..]).map_err(|_| ChainError::Decode(what))
}
