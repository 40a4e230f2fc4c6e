//! A node as its users meet it: a process, its start line, its socket.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
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

pub const BINARY: &str = env!("CARGO_BIN_EXE_localnet");

/// Everything here answers in far less; a busy machine needs the room.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A node process, killed when it falls out of scope.
pub struct NodeProcess {
    child: Child,
    pub start: Value,
}

impl NodeProcess {
    /// Starts a node with 100 ms blocks on any free port.
    pub fn start(flags: &[&str]) -> Self {
        Self::on_port("0", flags)
    }

    /// As [`NodeProcess::start`], on a port that may have been used a moment ago.
    pub fn on_port(port: &str, flags: &[&str]) -> Self {
        Self::spawn(port, "100", flags)
    }

    /// As [`NodeProcess::start`], with blocks of another length.
    pub fn with_block_ms(block_ms: &str, flags: &[&str]) -> Self {
        Self::spawn("0", block_ms, flags)
    }

    fn spawn(port: &str, block_ms: &str, flags: &[&str]) -> Self {
        let mut child = Command::new(BINARY)
            .args(["node", "--rpc-port", port, "--block-ms", block_ms])
            .args(flags)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let start = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        Self { child, start }
    }

    pub fn with_data(data: &Path, flags: &[&str]) -> Self {
        let data = data.to_str().unwrap();
        Self::start(&[&["--data", data], flags].concat())
    }

    pub fn ws(&self) -> &str {
        self.start["ws"].as_str().unwrap()
    }

    pub fn http(&self) -> String {
        self.ws().replace("ws://", "")
    }

    pub fn genesis(&self) -> H256 {
        serde_json::from_value(self.start["genesis"].clone()).unwrap()
    }

    pub fn pid(&self) -> i32 {
        self.child.id() as i32
    }

    pub async fn connect(&self) -> WsClient {
        WsClientBuilder::new()
            .request_timeout(PATIENCE)
            .build(self.ws())
            .await
            .unwrap()
    }

    /// kill -9, and waits until the process is gone.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends a signal and gives the exit code and the time it took.
    pub fn stop(mut self, signal: &str) -> (Option<i32>, Duration) {
        let since = std::time::Instant::now();
        let sent = Command::new("kill")
            .args([signal, &self.pid().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        (self.child.wait().unwrap().code(), since.elapsed())
    }
}

impl Drop for NodeProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
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
