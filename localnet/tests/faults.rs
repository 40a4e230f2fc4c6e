//! Breaking things on purpose, and that nothing breaks without purpose.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::time::{Duration, Instant};

use codec::{Decode, Encode};
use common::*;
use jsonrpsee::core::client::ClientT;
use jsonrpsee::rpc_params;
use localnet_runtime::{RuntimeCall, subtensor};
use serde_json::{Value, json};
use sp_core::{H256, hashing::twox_128};

const SHORT: Duration = Duration::from_millis(800);

#[tokio::test]
async fn time_is_fast_and_storage_is_set() {
    let node = NodeProcess::start(&["--dev"]).await;
    let client = node.connect().await;
    let _: bool = call(&client, "dev_pause", rpc_params![true]).await;
    let before: Value = call(&client, "chain_getHeader", rpc_params![]).await;
    let after: Value = call(&client, "dev_fastForward", rpc_params![50]).await;
    assert_eq!(after["number"], number(&before) + 50);
    let _: bool = call(&client, "dev_setTime", rpc_params![4_000_000_000_000u64]).await;
    let late = client.request::<bool, _>("dev_setTime", rpc_params![u64::MAX]);
    let refused = late.await.unwrap_err().to_string();
    assert!(refused.contains("Invalid params"), "{refused}");
    let _: Value = call(&client, "dev_seal", rpc_params![]).await;
    let key = [
        sp_core::hashing::twox_128(b"Timestamp"),
        sp_core::hashing::twox_128(b"Now"),
    ]
    .concat();
    let now: String = call(
        &client,
        "state_getStorage",
        rpc_params![format!("0x{}", hex::encode(key))],
    )
    .await;
    let now = u64::from_le_bytes(hex::decode(&now[2..]).unwrap().try_into().unwrap());
    assert!(
        (4_000_000_000_000..4_000_000_100_000).contains(&now),
        "{now}"
    );
}

#[tokio::test]
async fn sockets_drop_and_fall_silent() {
    let node = NodeProcess::start(&["--dev"]).await;
    let (a, b) = (node.connect().await, node.connect().await);
    let _: Result<bool, _> = a.request("dev_dropSockets", rpc_params![]).await;
    tokio::time::timeout(PATIENCE, b.on_disconnect())
        .await
        .unwrap();

    let silent = node.connect().await;
    let _: String = call(&silent, "system_chain", rpc_params![]).await;
    // The answer itself may already be lost on the way.
    let tester = node.connect().await;
    let _ = tokio::time::timeout(
        SHORT,
        tester.request::<bool, _>("dev_halfOpen", rpc_params![]),
    )
    .await;
    let answer = tokio::time::timeout(
        SHORT,
        silent.request::<String, _>("system_chain", rpc_params![]),
    )
    .await;
    assert!(answer.is_err(), "{answer:?}");
    assert!(silent.is_connected());
    let fresh = node.connect().await;
    let _: String = call(&fresh, "system_chain", rpc_params![]).await;
}

#[tokio::test]
async fn heads_stall_and_catch_up() {
    let node = NodeProcess::start(&["--dev"]).await;
    let client = node.connect().await;
    let mut best = heads(&client, "New").await;
    soon(&mut best).await;
    let _: bool = call(&client, "dev_stallHeads", rpc_params![true]).await;
    while tokio::time::timeout(SHORT, best.next()).await.is_ok() {}
    let stalled: Value = call(&client, "chain_getHeader", rpc_params![]).await;
    tokio::time::sleep(SHORT).await;
    let still: Value = call(&client, "chain_getHeader", rpc_params![]).await;
    assert_eq!(stalled, still);
    let _: bool = call(&client, "dev_stallHeads", rpc_params![false]).await;
    assert!(number(&soon(&mut best).await) > number(&stalled));
}

#[tokio::test]
async fn answers_come_late_or_wrong_as_often_as_asked() {
    let node = NodeProcess::start(&["--dev"]).await;
    let client = node.connect().await;
    let _: bool = call(
        &client,
        "dev_answer",
        rpc_params!["system_chain", -32000, 2, "busy"],
    )
    .await;
    for _ in 0..2 {
        let (code, message, _) = refusal(&client, "system_chain", rpc_params![]).await;
        assert_eq!((code, message.as_str()), (-32000, "busy"));
    }
    let _: String = call(&client, "system_chain", rpc_params![]).await;

    let _: bool = call(&client, "dev_delay", rpc_params![700]).await;
    let since = Instant::now();
    let _: String = call(&client, "system_chain", rpc_params![]).await;
    assert!(since.elapsed() >= Duration::from_millis(700));
    let _: bool = call(&client, "dev_delay", rpc_params![0]).await;

    let _: bool = call(&client, "dev_httpStatus", rpc_params![429, 1]).await;
    let refused = jsonrpsee::ws_client::WsClientBuilder::new()
        .build(node.ws())
        .await;
    assert!(format!("{:?}", refused.err()).contains("429"));
    node.connect().await;
    let (code, _, _) = refusal(&client, "dev_httpStatus", rpc_params![200, 1]).await;
    assert_eq!(code, -32602);
}

#[tokio::test]
async fn a_fork_takes_blocks_back_and_their_extrinsics_return() {
    let node = NodeProcess::start(&["--dev", "--finality-lag", "4"]).await;
    let client = node.connect().await;
    let _: bool = call(&client, "dev_pause", rpc_params![true]).await;
    let _: Value = call(&client, "dev_fastForward", rpc_params![8]).await;
    let mut best = heads(&client, "New").await;
    let first = soon(&mut best).await;
    let extrinsic = signed(node.genesis(), &account("owner-cold"), 0, remark("fork"));
    let mut steps = watch(&client, &extrinsic).await.unwrap();
    assert_eq!(soon(&mut steps).await, json!("ready"));
    let sealed: Value = call(&client, "dev_seal", rpc_params![]).await;
    assert_eq!(soon(&mut steps).await, json!({ "inBlock": sealed["hash"] }));
    assert_eq!(number(&soon(&mut best).await), number(&first) + 1);

    let _: Value = call(&client, "dev_retract", rpc_params![2]).await;
    assert_eq!(
        soon(&mut steps).await,
        json!({ "retracted": sealed["hash"] })
    );
    assert_eq!(soon(&mut steps).await, json!("ready"));
    assert_eq!(number(&soon(&mut best).await), number(&first) - 1);
    let gone: Option<Value> = call(&client, "chain_getHeader", rpc_params![&sealed["hash"]]).await;
    assert_eq!(gone, None);

    let again: Value = call(&client, "dev_fastForward", rpc_params![6]).await;
    let included = soon(&mut steps).await;
    assert_ne!(included, json!({ "inBlock": sealed["hash"] }));
    assert_eq!(soon(&mut steps).await["finalized"], included["inBlock"]);
    let number = again["number"].as_u64().unwrap();
    let hash: H256 = call(&client, "chain_getBlockHash", rpc_params![number]).await;
    assert_eq!(json!(hash), again["hash"]);
    let (code, _, data) = refusal(&client, "dev_retract", rpc_params![5]).await;
    assert_eq!(code, -32602);
    assert!(data.contains("at most 4"), "{data}");
}

#[tokio::test]
async fn states_can_be_discarded_early() {
    let node = NodeProcess::start(&["--dev"]).await;
    let client = node.connect().await;
    let _: bool = call(&client, "dev_pause", rpc_params![true]).await;
    let _: Value = call(&client, "dev_fastForward", rpc_params![20]).await;
    let best: Value = call(&client, "chain_getHeader", rpc_params![]).await;
    let old: H256 = call(
        &client,
        "chain_getBlockHash",
        rpc_params![number(&best) - 10],
    )
    .await;
    let _: Value = call(&client, "state_getStorage", rpc_params!["0x00", old]).await;
    let _: Value = call(&client, "state_getRuntimeVersion", rpc_params![old]).await;
    let header: Value = call(&client, "chain_getHeader", rpc_params![old]).await;
    let _: bool = call(&client, "dev_discardState", rpc_params![5]).await;
    let (code, message, _) = refusal(&client, "state_getStorage", rpc_params!["0x00", old]).await;
    assert_eq!(code, 4003);
    assert!(message.contains("State already discarded"), "{message}");
    // Clients turn to an archive at just these words.
    let words = format!(
        "Client error: Api called for an unknown Block: State already discarded for {old:?}"
    );
    for method in ["state_getRuntimeVersion", "state_getMetadata"] {
        let (code, message, _) = refusal(&client, method, rpc_params![old]).await;
        assert_eq!((code, message), (4003, words.clone()), "{method}");
    }
    let still: Value = call(&client, "chain_getHeader", rpc_params![old]).await;
    assert_eq!(still, header);
}

/// What costs others more than its sender is kept out, and its like that doesn't is taken.
#[tokio::test]
async fn free_calls_are_short() {
    let node = NodeProcess::start(&[]).await;
    let client = node.connect().await;
    let signer = account("validator-a");
    let weights = |count: usize| {
        let row = vec![0u16; count];
        let call = subtensor::Call::set_weights {
            netuid: 1,
            dests: row.clone(),
            weights: row,
            version_key: 0,
        };
        signed(node.genesis(), &signer, 0, call.into())
    };
    let submit =
        |bytes: String| client.request::<String, _>("author_submitExtrinsic", rpc_params![bytes]);
    let long = submit(weights(17_000)).await.unwrap_err().to_string();
    assert!(long.contains("exhaust"), "{long}");
    submit(weights(1)).await.unwrap();
}

/// Root may write any storage, but not what would make this block the last one.
#[tokio::test]
async fn blocks_go_on_whatever_root_writes() {
    let node = NodeProcess::start(&[]).await;
    let client = node.connect().await;
    let root = account("owner-cold");
    let write = |nonce: u32, pallet: &str, item: &str, value: Vec<u8>| {
        let key = [twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat();
        // System.set_storage through Sudo.sudo, by their bytes.
        let call = (12u8, 0u8, 0u8, 4u8, vec![(key, value)]).encode();
        let call = RuntimeCall::decode(&mut &call[..]).unwrap();
        signed(node.genesis(), &root, nonce, call)
    };
    let height = async || number(&call::<Value>(&client, "chain_getHeader", rpc_params![]).await);
    let fatal = [
        ("System", "Number", 1_000u32.encode()),
        ("Timestamp", "Now", u64::MAX.encode()),
    ];
    for (pallet, item, value) in fatal {
        let mut watched = watch(&client, &write(0, pallet, item, value))
            .await
            .unwrap();
        while soon::<Value>(&mut watched).await != json!("invalid") {}
        let before = height().await;
        tokio::time::sleep(SHORT).await;
        assert!(height().await > before, "{pallet}.{item}");
    }
    let harmless = write(0, "SubtensorModule", "TxRateLimit", 7u64.encode());
    let mut watched = watch(&client, &harmless).await.unwrap();
    while soon::<Value>(&mut watched).await["inBlock"].is_null() {}
}
