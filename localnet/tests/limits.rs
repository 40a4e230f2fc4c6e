//! One client can neither stop the chain nor eat the machine.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use codec::{Compact, Encode};
use common::*;
use jsonrpsee::core::client::ClientT;
use jsonrpsee::rpc_params;
use jsonrpsee::ws_client::WsClientBuilder;
use serde_json::{Value, json};
use sp_core::Pair;

/// Memory of a process in use, in MiB.
fn memory(node: &NodeProcess) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", node.pid())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024
}

/// A WebSocket that is written to and never read.
fn deaf(node: &NodeProcess) -> TcpStream {
    let mut socket = TcpStream::connect(node.http()).unwrap();
    let host = node.http();
    let hello = format!(
        "GET / HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    );
    socket.write_all(hello.as_bytes()).unwrap();
    let read = socket.read(&mut [0; 1_024]).unwrap();
    assert!(read > 0);
    socket.set_nonblocking(true).unwrap();
    socket
}

/// A text frame with a mask of zeros.
fn frame(text: &str) -> Vec<u8> {
    let mut frame = vec![0x81, 0x80 | 126];
    frame.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    frame
}

#[tokio::test]
async fn who_does_not_read_gets_no_more() {
    let node = NodeProcess::start(&[]).await;
    let client = node.connect().await;
    let before = memory(&node);
    let ask = json!({ "jsonrpc": "2.0", "id": 1, "method": "state_getMetadata", "params": [] });
    let ask = frame(&ask.to_string());
    let mut sockets: Vec<TcpStream> = (0..4).map(|_| deaf(&node)).collect();
    // Answers of 400 kB: two thousand of them would be 800 MB.
    let until = Instant::now() + Duration::from_secs(3);
    let mut sent = 0;
    while Instant::now() < until && sent < 2_000 {
        for socket in &mut sockets {
            sent += usize::from(socket.write(&ask).is_ok());
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(sent > 300, "{sent}");
    let grown = memory(&node).saturating_sub(before);
    assert!(grown < 80, "{grown} MiB for {sent} requests");
    // Others are served.
    let metadata: String = call(&client, "state_getMetadata", rpc_params![]).await;
    assert!(metadata.len() > 100_000);
}

#[tokio::test]
async fn blocks_come_while_clients_ask_for_much() {
    let node = NodeProcess::start(&[]).await;
    let method = "StakeInfoRuntimeApi_get_stake_info_for_coldkeys";
    let keys: Vec<[u8; 32]> = (0..16_000u32)
        .map(|index| sp_core::blake2_256(&index.encode()))
        .collect();
    let data = format!("0x{}", hex::encode(keys.encode()));
    let mut flood = Vec::new();
    for _ in 0..3 {
        let client = std::sync::Arc::new(node.connect().await);
        for _ in 0..40 {
            let (client, data) = (client.clone(), data.clone());
            flood.push(tokio::spawn(async move {
                let params = rpc_params![method, data];
                client.request::<String, _>("state_call", params).await
            }));
        }
    }
    let client = node.connect().await;
    let height = async || number(&call::<Value>(&client, "chain_getHeader", rpc_params![]).await);
    let first = height().await;
    // A busy machine needs the room; a chain that waits for its clients made two blocks a minute.
    let until = Instant::now() + Duration::from_secs(20);
    while height().await < first + 5 {
        assert!(Instant::now() < until, "five blocks of 100 ms in 20 s");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (code, took) = node.stop().await;
    assert_eq!(code, Some(0));
    // A node that served its clients to the end first would take minutes.
    assert!(took < Duration::from_secs(20), "{took:?}");
    for task in flood {
        task.abort();
    }
}

#[tokio::test]
async fn a_hurry_ends_with_the_node_and_is_not_doubled() {
    let node = NodeProcess::start(&["--dev"]).await;
    let (first, second) = (node.connect().await, node.connect().await);
    let hurry = tokio::spawn(async move {
        first
            .request::<Value, _>("dev_fastForward", rpc_params![100_000])
            .await
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let again = second
        .request::<Value, _>("dev_fastForward", rpc_params![5])
        .await;
    let again = again.unwrap_err().to_string();
    assert!(again.contains("already"), "{again}");
    // Others that make blocks don't wait for it either.
    for _ in 0..12 {
        let sealed = second.request::<Value, _>("dev_seal", rpc_params![]).await;
        assert!(sealed.is_err());
    }
    let _: String = call(&second, "system_chain", rpc_params![]).await;
    let (code, took) = node.stop().await;
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(3), "{took:?}");
    // It ends with the block in the making, whether or not its client still hears of it.
    if let Ok(head) = hurry.await.unwrap() {
        assert!(head["number"].as_u64().unwrap() < 100_000, "{head}");
    }
}

/// Large requests, too, wait in the machine of who doesn't read the answers.
#[tokio::test]
async fn who_does_not_read_is_not_read() {
    let node = NodeProcess::start(&[]).await;
    let before = memory(&node);
    let mut socket = deaf(&node);
    let padding = " ".repeat(60_000);
    let ask = json!({ "jsonrpc": "2.0", "id": 1, "method": "state_getMetadata", "params": [] });
    let ask = frame(&format!("{padding}{ask}"));
    let until = Instant::now() + Duration::from_secs(2);
    let mut sent = 0;
    while Instant::now() < until {
        match socket.write(&ask) {
            Ok(bytes) => sent += bytes,
            Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
        }
    }
    let grown = memory(&node).saturating_sub(before);
    assert!(grown < 60, "{grown} MiB for {} MiB of requests", sent >> 20);
    // A window of sockets' own buffers, and then nothing more is taken.
    assert!(sent < 60 << 20, "{sent}");
    let _: String = call(&node.connect().await, "system_chain", rpc_params![]).await;
}

/// Whoever asked for what fails inside hears of it.
#[tokio::test]
async fn a_method_that_panics_is_answered() {
    use localnet::{node, rpc, server};
    let (chain, _) = node::open(node::Wish::default()).unwrap();
    let chain = std::sync::Arc::new(chain);
    let mut methods = rpc::methods(chain.clone(), false).unwrap();
    methods
        .register_blocking_method("boom", |_, _, _| -> bool { panic!("on purpose") })
        .unwrap();
    let listener = server::bind(0).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, _handle) = jsonrpsee::server::stop_channel();
    tokio::spawn(server::serve(listener, methods.into(), chain, stop));
    let client = WsClientBuilder::new()
        .request_timeout(Duration::from_secs(10))
        .build(format!("ws://{address}"))
        .await
        .unwrap();
    let failed = client.request::<bool, _>("boom", rpc_params![]).await;
    let failed = failed.unwrap_err().to_string();
    assert!(failed.contains("failed in this node"), "{failed}");
    let name: String = call(&client, "system_chain", rpc_params![]).await;
    assert!(!name.is_empty());
}

/// Lists that clients choose are looked through once.
#[tokio::test]
async fn the_same_key_many_times_is_one_key() {
    let node = NodeProcess::start(&[]).await;
    let client = node.connect().await;
    let key = account("owner-cold").public().0.encode();
    let keys = vec![format!("0x{}", hex::encode(key)); 5_000];
    let answer: Value = call(&client, "state_queryStorageAt", rpc_params![keys]).await;
    assert_eq!(answer[0]["changes"].as_array().unwrap().len(), 1);
    let much = (Compact(20_000u32), vec![[0u8; 32]; 20_000]).encode();
    let much = format!("0x{}", hex::encode(much));
    let method = "StakeInfoRuntimeApi_get_stake_info_for_coldkeys";
    let refused = client.request::<String, _>("state_call", rpc_params![method, much]);
    let refused = refused.await.unwrap_err().to_string();
    assert!(refused.contains("524288"), "{refused}");
}
