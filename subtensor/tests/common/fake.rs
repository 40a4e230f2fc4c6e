//! A node with a chain of nothing but heads.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jsonrpsee::RpcModule;
use jsonrpsee::server::{Server, ServerHandle};
use jsonrpsee::types::ErrorObjectOwned;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use tokio::sync::watch;

/// What it does with transactions.
#[derive(Clone, Copy, PartialEq)]
pub enum Pool {
    Takes,
    Refuses(i32),
    Hangs,
}

/// Its inner state, which a test may change while it runs.
pub struct State {
    /// In the first byte of each hash, so that two chains differ.
    chain: u8,
    pub finalized: watch::Sender<u64>,
    /// Each head is announced this many times.
    pub pool: watch::Sender<Pool>,
    /// Before it says which chain it is of.
    pub slow: Duration,
    pub received: AtomicUsize,
    pub followers: AtomicUsize,
}

impl State {
    fn hash(&self, number: u64) -> String {
        let mut hash = [0; 32];
        hash[0] = self.chain;
        hash[24..].copy_from_slice(&number.to_be_bytes());
        format!("0x{}", hex::encode(hash))
    }

    fn header(&self, number: u64) -> Value {
        let zero = format!("0x{}", "00".repeat(32));
        json!({
            "parentHash": self.hash(number.saturating_sub(1)), "number": format!("{number:#x}"),
            "stateRoot": zero, "extrinsicsRoot": zero, "digest": { "logs": [] },
        })
    }
}

pub struct FakeNode {
    pub url: String,
    pub state: Arc<State>,
    handle: ServerHandle,
}

impl FakeNode {
    /// On any free port, at block 10.
    pub async fn start(chain: u8) -> Self {
        Self::start_slow(chain, Duration::ZERO).await
    }

    pub async fn start_slow(chain: u8, slow: Duration) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), chain, slow).await
    }

    /// Where one was that has ended.
    pub async fn start_again(url: &str, chain: u8) -> Self {
        let address = url.trim_start_matches("ws://").parse().unwrap();
        Self::start_at(address, chain, Duration::ZERO).await
    }

    async fn start_at(address: SocketAddr, chain: u8, slow: Duration) -> Self {
        let state = Arc::new(State {
            chain,
            finalized: watch::Sender::new(10),
            pool: watch::Sender::new(Pool::Takes),
            slow,
            received: AtomicUsize::new(0),
            followers: AtomicUsize::new(0),
        });
        let server = Server::builder().build(address).await.unwrap();
        let url = format!("ws://{}", server.local_addr().unwrap());
        let handle = server.start(module(state.clone()));
        Self { url, state, handle }
    }

    /// One more finalized block.
    pub fn advance(&self) {
        self.state.finalized.send_modify(|number| *number += 1);
    }

    /// A block every 100 ms, for as long as the node lives.
    pub fn keeps_advancing(self) -> Self {
        let state = Arc::downgrade(&self.state);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(100)).await;
                let Some(state) = state.upgrade() else { return };
                state.finalized.send_modify(|number| *number += 1);
            }
        });
        self
    }

    pub fn followers(&self) -> usize {
        self.state.followers.load(Ordering::SeqCst)
    }

    pub fn received(&self) -> usize {
        self.state.received.load(Ordering::SeqCst)
    }

    /// Ends it with all its connections.
    pub async fn stop(self) -> String {
        let _ = self.handle.stop();
        self.handle.stopped().await;
        self.url
    }
}

fn module(state: Arc<State>) -> RpcModule<Arc<State>> {
    let mut module = RpcModule::new(state);
    module
        .register_async_method("chain_getBlockHash", |params, state, _| async move {
            let number: u64 = params.one().unwrap();
            if number == 0 {
                tokio::time::sleep(state.slow).await;
            }
            (number <= *state.finalized.borrow()).then(|| state.hash(number))
        })
        .unwrap();
    module
        .register_method("chain_getFinalizedHead", |_, state, _| {
            state.hash(*state.finalized.borrow())
        })
        .unwrap();
    module
        .register_method("chain_getHeader", |_, state, _| {
            state.header(*state.finalized.borrow())
        })
        .unwrap();
    module
        .register_async_method("author_submitExtrinsic", |_, state, _| async move {
            state.received.fetch_add(1, Ordering::SeqCst);
            let pool = *state.pool.borrow();
            match pool {
                Pool::Takes => Ok(state.hash(0)),
                Pool::Refuses(code) => {
                    let data = (code == 1010).then_some("Custom error: 6");
                    Err(ErrorObjectOwned::owned(code, "refused", data))
                }
                Pool::Hangs => std::future::pending().await,
            }
        })
        .unwrap();
    module
        .register_subscription(
            "chain_subscribeFinalizedHeads",
            "chain_finalizedHead",
            "chain_unsubscribeFinalizedHeads",
            |_, pending, state, _| async move {
                let mut heads = state.finalized.subscribe();
                let sink = pending.accept().await.unwrap();
                state.followers.fetch_add(1, Ordering::SeqCst);
                loop {
                    let number = *heads.borrow_and_update();
                    if sink.send(raw(&state.header(number))).await.is_err() {
                        break;
                    }
                    tokio::select! {
                        () = sink.closed() => break,
                        _ = heads.changed() => {}
                    }
                }
                state.followers.fetch_sub(1, Ordering::SeqCst);
            },
        )
        .unwrap();
    module
}

fn raw(value: &Value) -> Box<RawValue> {
    to_raw_value(value).unwrap()
}

/// Takes connections and never says a word: what a half-open connection looks like.
pub async fn hanging() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((socket, _)) = listener.accept().await {
            held.push(socket);
        }
    });
    url
}

/// An address where nothing listens.
pub async fn nobody() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("ws://{}", listener.local_addr().unwrap())
}
