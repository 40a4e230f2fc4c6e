//! A node over its socket: blocks, extrinsics, history, and what it says to nonsense.
#![allow(clippy::unwrap_used, clippy::panic, clippy::too_many_lines)]

mod common;

use std::time::Duration;

use common::*;
use jsonrpsee::core::client::ClientT;
use jsonrpsee::rpc_params;
use serde_json::{Value, json};
use sp_core::H256;
use sp_core::Pair;
use sp_core::crypto::Ss58Codec;

#[tokio::test]
async fn blocks_advance_and_finality_follows() {
    let node = NodeProcess::start(&["--finality-lag", "3"]).await;
    assert_eq!(node.start["netuid"], 1);
    let owner = &node.start["accounts"]["owner-cold"];
    let pair = sp_core::sr25519::Pair::from_string(owner["suri"].as_str().unwrap(), None).unwrap();
    assert_eq!(owner["ss58"], pair.public().to_ss58check());

    let client = node.connect().await;
    let genesis: H256 = call(&client, "chain_getBlockHash", rpc_params![0]).await;
    assert_eq!(genesis, node.genesis());
    let mut best = heads(&client, "New").await;
    let mut finalized = heads(&client, "Finalized").await;
    let first = number(&soon(&mut best).await);
    for expected in first + 1..first + 6 {
        assert_eq!(number(&soon(&mut best).await), expected);
    }
    let mut last = number(&soon(&mut finalized).await);
    for _ in 0..5 {
        let now = number(&soon(&mut finalized).await);
        assert_eq!(now, last + 1);
        last = now;
    }
    let finalized: H256 = call(&client, "chain_getFinalizedHead", rpc_params![]).await;
    let header: Value = call(&client, "chain_getHeader", rpc_params![finalized]).await;
    let best: Value = call(&client, "chain_getHeader", rpc_params![]).await;
    assert!(number(&best) >= number(&header) + 3);
}

#[tokio::test]
async fn an_extrinsic_from_the_pool_to_finality() {
    let node = NodeProcess::start(&["--dev"]).await;
    let client = node.connect().await;
    let signer = account("owner-cold");
    let address = signer.public().to_ss58check();
    let genesis = node.genesis();
    // Two signatures of one extrinsic differ, and so do their hashes.
    let sign = |nonce: u32, text: &str| signed(genesis, &signer, nonce, remark(text));
    let (zero, one) = (sign(0, "first"), sign(1, "second"));
    let _: bool = call(&client, "dev_pause", rpc_params![true]).await;

    let mut second = watch(&client, &one).await.unwrap();
    assert_eq!(soon(&mut second).await, json!("future"));
    let mut first = watch(&client, &zero).await.unwrap();
    assert_eq!(soon(&mut first).await, json!("ready"));
    assert_eq!(soon(&mut second).await, json!("ready"));
    let next: u32 = call(&client, "system_accountNextIndex", rpc_params![&address]).await;
    assert_eq!(next, 2);
    let pending: Vec<String> = call(&client, "author_pendingExtrinsics", rpc_params![]).await;
    assert_eq!(pending, [zero.clone(), one.clone()]);

    let (code, _, _) = refusal(&client, "author_submitExtrinsic", rpc_params![&zero]).await;
    assert_eq!(code, 1013);
    let (code, message, _) = refusal(
        &client,
        "author_submitExtrinsic",
        rpc_params![sign(0, "other")],
    )
    .await;
    assert_eq!(code, 1014, "{message}");

    let _: bool = call(&client, "dev_pause", rpc_params![false]).await;
    for watched in [&mut first, &mut second] {
        let included = soon(watched).await;
        let block = included["inBlock"]
            .as_str()
            .unwrap_or_else(|| panic!("{included}"))
            .to_owned();
        assert_eq!(soon(watched).await, json!({ "finalized": &block }));
        let block: Value = call(&client, "chain_getBlock", rpc_params![block]).await;
        let extrinsics = block["block"]["extrinsics"].as_array().unwrap();
        assert!(extrinsics.contains(&json!(zero)) && extrinsics.contains(&json!(one)));
    }
    let (code, _, data) = refusal(
        &client,
        "author_submitExtrinsic",
        rpc_params![sign(0, "late")],
    )
    .await;
    assert_eq!((code, data.as_str()), (1010, "\"Transaction is outdated\""));
    let nonce: u32 = call(&client, "account_nextIndex", rpc_params![&address]).await;
    assert_eq!(nonce, 2);
}

#[tokio::test]
async fn storage_is_read_paged_and_watched() {
    let node = NodeProcess::start(&["--dev"]).await;
    let client = node.connect().await;
    let _: bool = call(&client, "dev_pause", rpc_params![true]).await;
    let pairs: Vec<(String, String)> = (0..5)
        .map(|n| (format!("0xabcd0{n}"), format!("0x0{n}")))
        .collect();
    let before: H256 = call(&client, "chain_getBlockHash", rpc_params![]).await;
    let _: Value = call(&client, "dev_setStorage", rpc_params![&pairs]).await;

    let now: Option<String> = call(&client, "state_getStorage", rpc_params!["0xabcd03"]).await;
    assert_eq!(now.as_deref(), Some("0x03"));
    let then: Option<String> = call(
        &client,
        "state_getStorageAt",
        rpc_params!["0xabcd03", before],
    )
    .await;
    assert_eq!(then, None);

    let page: Vec<String> = call(&client, "state_getKeysPaged", rpc_params!["0xabcd", 3]).await;
    assert_eq!(page, ["0xabcd00", "0xabcd01", "0xabcd02"]);
    let rest: Vec<String> = call(
        &client,
        "state_getKeysPaged",
        rpc_params!["abcd", 3, "0xabcd02"],
    )
    .await;
    assert_eq!(rest, ["0xabcd03", "0xabcd04"]);

    let head: H256 = call(&client, "chain_getBlockHash", rpc_params![]).await;
    let query: Value = call(
        &client,
        "state_queryStorageAt",
        rpc_params![["0xabcd01", "0xffff"], head],
    )
    .await;
    assert_eq!(
        query,
        json!([{ "block": head, "changes": [["0xabcd01", "0x01"], ["0xffff", null]] }])
    );

    let mut watched: jsonrpsee::core::client::Subscription<Value> =
        jsonrpsee::core::client::SubscriptionClientT::subscribe(
            &client,
            "state_subscribeStorage",
            rpc_params![["0xabcd01", "0xabcd02"]],
            "state_unsubscribeStorage",
        )
        .await
        .unwrap();
    assert_eq!(
        soon(&mut watched).await["changes"],
        json!([["0xabcd01", "0x01"], ["0xabcd02", "0x02"]])
    );
    let _: Value = call(&client, "dev_seal", rpc_params![]).await;
    let change = [("0xabcd02", Value::Null), ("0xabcd04", json!("0x44"))];
    let _: Value = call(&client, "dev_setStorage", rpc_params![change]).await;
    assert_eq!(
        soon(&mut watched).await["changes"],
        json!([["0xabcd02", null]])
    );
}

#[tokio::test]
async fn old_states_are_discarded_unless_archived() {
    for archive in [false, true] {
        let flags: &[&str] = if archive {
            &["--dev", "--archive"]
        } else {
            &["--dev"]
        };
        let node = NodeProcess::start(flags).await;
        let client = node.connect().await;
        let _: bool = call(&client, "dev_pause", rpc_params![true]).await;
        let _: Value = call(&client, "dev_fastForward", rpc_params![4_200]).await;
        let best: Value = call(&client, "chain_getHeader", rpc_params![]).await;
        let time = format!(
            "0x{}",
            hex::encode(
                [
                    sp_core::hashing::twox_128(b"Timestamp"),
                    sp_core::hashing::twox_128(b"Now")
                ]
                .concat()
            )
        );
        let recent: H256 = call(
            &client,
            "chain_getBlockHash",
            rpc_params![number(&best) - 4_095],
        )
        .await;
        let value: Option<String> =
            call(&client, "state_getStorage", rpc_params![&time, recent]).await;
        assert!(value.is_some());
        let old: H256 = call(&client, "chain_getBlockHash", rpc_params![3]).await;
        if archive {
            let value: Option<String> =
                call(&client, "state_getStorage", rpc_params![&time, old]).await;
            assert!(value.is_some());
        } else {
            let (code, message, _) =
                refusal(&client, "state_getStorage", rpc_params![&time, old]).await;
            assert_eq!(code, 4003);
            assert!(
                message.contains(&format!("State already discarded for {old:?}")),
                "{message}"
            );
            let (_, message, _) = refusal(
                &client,
                "state_getStorage",
                rpc_params![&time, H256::zero()],
            )
            .await;
            assert!(
                message.contains("UnknownBlock: Header was not found"),
                "{message}"
            );
        }
    }
}

#[tokio::test]
async fn bad_input_gets_a_proper_error() {
    let node = NodeProcess::start(&[]).await;
    let client = node.connect().await;
    let signer = account("owner-cold");
    let good = signed(node.genesis(), &signer, 0, remark("good"));
    let mut forged = hex::decode(&good[2..]).unwrap();
    forged[50] ^= 1;
    let forged = format!("0x{}", hex::encode(forged));
    // sudo(sudo(sudo(…))): a decoder without a limit would overflow its stack.
    let deep = format!("0x04{}", "0c00".repeat(200_000));
    let unknown_signer = account("nobody-knows-me");
    let poor = signed(node.genesis(), &unknown_signer, 0, transfer(&signer, 1));
    let cases: Vec<(&str, jsonrpsee::core::params::ArrayParams, i32, &str)> = vec![
        ("no_such_method", rpc_params![], -32601, "Method not found"),
        ("dev_seal", rpc_params![], -32601, "Method not found"),
        ("chain_getBlockHash", rpc_params!["0xzz"], -32602, ""),
        ("chain_getBlockHash", rpc_params![-1], -32602, ""),
        (
            "chain_getBlockHash",
            rpc_params![vec![0; 1_001]],
            4002,
            "count exceeds",
        ),
        ("chain_getHeader", rpc_params!["0x1234"], -32602, "32 bytes"),
        ("state_getStorage", rpc_params![], -32602, ""),
        ("state_getStorage", rpc_params!["0xabc"], -32602, "hex"),
        (
            "state_getKeysPaged",
            rpc_params!["0x", 1_001],
            4002,
            "count exceeds",
        ),
        (
            "state_queryStorageAt",
            rpc_params![vec!["0x00"; 10_001]],
            4002,
            "count exceeds",
        ),
        (
            "state_call",
            rpc_params!["No_such", "0x"],
            4003,
            "Exported method No_such is not found",
        ),
        (
            "state_call",
            rpc_params!["AccountNonceApi_account_nonce", "0x01"],
            4003,
            "trap",
        ),
        (
            "state_call",
            rpc_params!["Core_execute_block", &deep],
            4003,
            "can't be decoded",
        ),
        (
            "state_call",
            rpc_params!["TransactionPaymentApi_query_info", &deep],
            4003,
            "can't be decoded",
        ),
        (
            "account_nextIndex",
            rpc_params!["5NotAnAddress"],
            -32602,
            "ss58",
        ),
        (
            "author_submitExtrinsic",
            rpc_params!["0x00"],
            1001,
            "invalid format",
        ),
        (
            "author_submitExtrinsic",
            rpc_params![&deep],
            1001,
            "invalid format",
        ),
        (
            "author_submitExtrinsic",
            rpc_params![&forged],
            1010,
            "bad signature",
        ),
        ("author_submitExtrinsic", rpc_params![&poor], 1010, ""),
        (
            "system_dryRun",
            rpc_params!["0x00"],
            4003,
            "can't be decoded",
        ),
        (
            "payment_queryInfo",
            rpc_params!["0x00"],
            4003,
            "can't be decoded",
        ),
    ];
    for (method, params, expected, needle) in cases {
        let (code, message, data) = refusal(&client, method, params).await;
        assert_eq!(code, expected, "{method}: {message} {data}");
        assert!(
            message.contains(needle) || data.contains(needle),
            "{method}: {message} {data}"
        );
    }
    assert!(watch(&client, &forged).await.is_err());
    // The same, well formed, is taken.
    assert!(watch(&client, &good).await.is_ok());
    let hash: Option<Value> = call(&client, "chain_getHeader", rpc_params![H256::zero()]).await;
    assert_eq!(hash, None);
    let info: Value = call(&client, "payment_queryInfo", rpc_params![&good]).await;
    assert_eq!(info["class"], "normal", "{info}");
    let list: Value = call(&client, "rpc_methods", rpc_params![]).await;
    assert!(
        list["methods"]
            .as_array()
            .unwrap()
            .contains(&json!("state_getStorageAt"))
    );
}

#[tokio::test]
async fn http_is_served_and_bounded() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let node = NodeProcess::start(&[]).await;
    let post = async |body: String| {
        let mut socket = tokio::net::TcpStream::connect(node.http()).await.unwrap();
        let head = format!(
            "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        // The server may answer and close before it has read all of a body that is too large.
        let _ = socket.write_all(format!("{head}{body}").as_bytes()).await;
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(PATIENCE, socket.read_to_end(&mut answer))
            .await
            .unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    };
    let request = json!({ "jsonrpc": "2.0", "id": 1, "method": "system_chain", "params": [] });
    assert!(post(request.to_string()).await.contains("Bittensor"));
    assert!(
        post(json!([request, request]).to_string())
            .await
            .matches("Bittensor")
            .count()
            == 2
    );
    assert!(post("{".to_owned()).await.contains("-32700"));
    assert!(post("[1]".to_owned()).await.contains("-32600"));
    // Nested deeper than a recursive parser's stack is.
    let nest = "[".repeat(1_000_000);
    let nested = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"system_chain","params":{nest}"#);
    assert!(post(nested).await.contains("-32"));
    assert!(post(nest).await.contains("-32"));
    assert!(post(request.to_string()).await.contains("Bittensor"));
    let batch: Vec<&Value> = vec![&request; 300];
    assert!(
        post(serde_json::to_string(&batch).unwrap())
            .await
            .contains("-32010")
    );
    let huge = post(" ".repeat(6 << 20)).await;
    assert!(
        huge.starts_with("HTTP/1.1 413"),
        "{}",
        &huge[..huge.len().min(100)]
    );
}

#[tokio::test]
async fn too_many_connections_are_refused_and_the_others_live() {
    let node = NodeProcess::start(&[]).await;
    let client = node.connect().await;
    let mut held = Vec::new();
    let before = resident_mib(node.pid());
    for _ in 0..2_000 {
        // One that the node's backlog has no room for is as good as refused.
        let connect = tokio::net::TcpStream::connect(node.http());
        if let Ok(Ok(socket)) = tokio::time::timeout(Duration::from_secs(1), connect).await {
            held.push(socket);
        }
    }
    assert!(held.len() > 1_000, "{} sockets", held.len());
    let grown = resident_mib(node.pid()).saturating_sub(before);
    assert!(grown < 256, "{grown} MiB more for {} sockets", held.len());
    let name: String = call(&client, "system_chain", rpc_params![]).await;
    assert_eq!(name, "Bittensor local");
    drop(held);
    let again = async {
        loop {
            let client = jsonrpsee::ws_client::WsClientBuilder::new()
                .build(node.ws())
                .await;
            if let Ok(client) = client {
                break client
                    .request::<String, _>("system_chain", rpc_params![])
                    .await
                    .unwrap();
            }
        }
    };
    assert_eq!(
        tokio::time::timeout(PATIENCE, again).await.unwrap(),
        "Bittensor local"
    );
}

/// Memory that a process holds now.
fn resident_mib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib: u64 = line
        .unwrap()
        .split_whitespace()
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    kib / 1_024
}

#[tokio::test]
async fn two_nodes_at_once() {
    let (a, b) = (NodeProcess::start(&[]).await, NodeProcess::start(&[]).await);
    assert_ne!(a.ws(), b.ws());
    assert_ne!(a.genesis(), b.genesis());
    let (c, d) = (
        NodeProcess::start(&["--salt", "same"]).await,
        NodeProcess::start(&["--salt", "same"]).await,
    );
    assert_eq!(c.genesis(), d.genesis());
}
