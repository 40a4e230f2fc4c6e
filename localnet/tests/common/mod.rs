//! A node as its users meet it: a process, its start line, its socket.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use codec::{Decode, Encode};
use jsonrpsee::core::client::{ClientT, Subscription, SubscriptionClientT};
use jsonrpsee::core::params::ArrayParams;
use jsonrpsee::core::{ClientError, DeserializeOwned};
use jsonrpsee::ws_client::{WsClient, WsClientBuilder};
use localnet_runtime::{RuntimeCall, client};
use serde_json::Value;
use sp_core::{H256, Pair, sr25519};
use sp_runtime::generic::Era;
use tempfile::TempDir;
use testbed::Chain;

pub const BINARY: &str = env!("CARGO_BIN_EXE_localnet");

/// Everything here answers in far less; a busy machine needs the room.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A node process, killed when it falls out of scope.
pub struct NodeProcess {
    chain: Chain,
    pub start: Value,
    _log: TempDir,
}

impl NodeProcess {
    /// Starts a node with 100 ms blocks on any free port.
    pub async fn start(flags: &[&str]) -> Self {
        Self::on_port("0", flags).await
    }

    /// As [`NodeProcess::start`], on a port that may have been used a moment ago.
    pub async fn on_port(port: &str, flags: &[&str]) -> Self {
        Self::spawn(port, "100", flags).await
    }

    /// As [`NodeProcess::start`], with blocks of another length.
    pub async fn with_block_ms(block_ms: &str, flags: &[&str]) -> Self {
        Self::spawn("0", block_ms, flags).await
    }

    async fn spawn(port: &str, block_ms: &str, flags: &[&str]) -> Self {
        let own = ["--rpc-port", port, "--block-ms", block_ms];
        let log = tempfile::tempdir().unwrap();
        let chain = Chain::start([&own[..], flags].concat(), log.path()).await;
        let chain = chain.unwrap();
        Self {
            start: chain.line().clone(),
            chain,
            _log: log,
        }
    }

    pub async fn with_data(data: &Path, flags: &[&str]) -> Self {
        let data = data.to_str().unwrap();
        Self::start(&[&["--data", data], flags].concat()).await
    }

    pub fn ws(&self) -> &str {
        self.chain.ws()
    }

    pub fn http(&self) -> String {
        self.ws().replace("ws://", "")
    }

    pub fn genesis(&self) -> H256 {
        serde_json::from_value(self.start["genesis"].clone()).unwrap()
    }

    pub fn pid(&self) -> u32 {
        self.chain.id().unwrap()
    }

    pub async fn connect(&self) -> WsClient {
        WsClientBuilder::new()
            .request_timeout(PATIENCE)
            .build(self.ws())
            .await
            .unwrap()
    }

    /// kill -9, and waits until the process is gone.
    pub async fn kill(mut self) {
        self.chain.child().kill().await.unwrap();
    }

    /// SIGTERM; gives the exit code and the time it took.
    pub async fn stop(mut self) -> (Option<i32>, Duration) {
        let since = std::time::Instant::now();
        let status = self.chain.child().terminate(PATIENCE).await.unwrap();
        (status.code(), since.elapsed())
    }
}

/// Runs the binary to its end.
pub fn run(args: &[&str]) -> Output {
    Command::new(BINARY)
        .args(args)
        .env("RUST_LOG", "warn")
        .output()
        .unwrap()
}

pub fn account(name: &str) -> sr25519::Pair {
    sr25519::Pair::from_string(&format!("//{name}"), None).unwrap()
}

/// `System.remark`, by its bytes.
pub fn remark(text: &str) -> RuntimeCall {
    RuntimeCall::decode(&mut &(0u8, 0u8, text.as_bytes()).encode()[..]).unwrap()
}

/// `Balances.transfer_keep_alive`, by its bytes.
pub fn transfer(to: &sr25519::Pair, rao: u64) -> RuntimeCall {
    let bytes = (5u8, 3u8, 0u8, to.public().0, codec::Compact(rao)).encode();
    RuntimeCall::decode(&mut &bytes[..]).unwrap()
}

/// A signed extrinsic without end of life, in hex.
pub fn signed(genesis: H256, signer: &sr25519::Pair, nonce: u32, call: RuntimeCall) -> String {
    let extrinsic = client::signed(call, signer, nonce, Era::Immortal, genesis, genesis);
    format!("0x{}", hex::encode(extrinsic.encode()))
}

pub async fn call<T: DeserializeOwned>(client: &WsClient, method: &str, params: ArrayParams) -> T {
    client
        .request(method, params)
        .await
        .unwrap_or_else(|error| panic!("{method}: {error}"))
}

/// The error that a call is answered with: code, message, data.
pub async fn refusal(
    client: &WsClient,
    method: &str,
    params: ArrayParams,
) -> (i32, String, String) {
    match client.request::<Value, _>(method, params).await {
        Err(ClientError::Call(error)) => {
            let data = error
                .data()
                .map(|data| data.get().to_owned())
                .unwrap_or_default();
            (error.code(), error.message().to_owned(), data)
        }
        other => panic!("{method}: expected an error, got {other:?}"),
    }
}

pub async fn watch(client: &WsClient, extrinsic: &str) -> Result<Subscription<Value>, ClientError> {
    client
        .subscribe(
            "author_submitAndWatchExtrinsic",
            jsonrpsee::rpc_params![extrinsic],
            "author_unwatchExtrinsic",
        )
        .await
}

pub async fn heads(client: &WsClient, kind: &str) -> Subscription<Value> {
    let (subscribe, unsubscribe) = (
        format!("chain_subscribe{kind}Heads"),
        format!("chain_unsubscribe{kind}Heads"),
    );
    let unsubscribe: &'static str = Box::leak(unsubscribe.into_boxed_str());
    client
        .subscribe(&subscribe, jsonrpsee::rpc_params![], unsubscribe)
        .await
        .unwrap()
}

pub async fn soon<T: DeserializeOwned>(subscription: &mut Subscription<T>) -> T {
    tokio::time::timeout(PATIENCE, subscription.next())
        .await
        .unwrap()
        .unwrap()
        .unwrap()
}

pub fn number(header: &Value) -> u32 {
    u32::from_str_radix(
        header["number"].as_str().unwrap().trim_start_matches("0x"),
        16,
    )
    .unwrap()
}
