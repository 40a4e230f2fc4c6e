//! The drand stand-in: rounds come due with chain time, and open what was encrypted to them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use codec::{Decode, Encode};
use common::{NodeProcess, account, call, signed};
use jsonrpsee::rpc_params;
use jsonrpsee::ws_client::WsClient;
use localnet_runtime::{RuntimeCall, drand, subtensor};
use serde_json::{Value, json};
use sp_core::{H256, Pair, sr25519, twox_64, twox_128};

/// One validator with a permit-worthy stake on a subnet with commit-reveal.
const WORLD: &str = r#"
[chain]
block_ms = 12000
[[account]]
name = "cold"
balance_tao = 100.0
[[account]]
name = "owner"
[[account]]
name = "judge"
[[account]]
name = "miner"
[[subnet]]
netuid = 1
owner = "cold"
owner_hotkey = "owner"
tempo = 20
commit_reveal = true
reveal_period_epochs = 1
weights_set_rate_limit = 0
min_allowed_weights = 1
[[subnet.neuron]]
hotkey = "judge"
coldkey = "cold"
stake_tao = 50.0
[[subnet.neuron]]
hotkey = "miner"
coldkey = "cold"
"#;

async fn start(flags: &[&str]) -> (NodeProcess, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let world = dir.path().join("world.toml");
    std::fs::write(&world, WORLD).unwrap();
    let flags = [&["--dev", "--world", world.to_str().unwrap()], flags].concat();
    (NodeProcess::with_block_ms("12000", &flags).await, dir)
}

/// A client of a node that makes blocks only when asked, twelve seconds of chain time each.
async fn paused(node: &NodeProcess) -> WsClient {
    let client = node.connect().await;
    assert!(call::<bool>(&client, "dev_pause", rpc_params![true]).await);
    client
}

fn key(pallet: &str, item: &str, rest: &[u8]) -> String {
    let key = [
        twox_128(pallet.as_bytes()).as_slice(),
        &twox_128(item.as_bytes()),
        rest,
    ]
    .concat();
    format!("0x{}", hex::encode(key))
}

async fn read<T: Decode>(client: &WsClient, key: String) -> Option<T> {
    let value: Option<String> = call(client, "state_getStorage", rpc_params![key]).await;
    value.map(|value| T::decode(&mut &hex::decode(&value[2..]).unwrap()[..]).unwrap())
}

async fn last_round(client: &WsClient) -> u64 {
    read(client, key("Drand", "LastStoredRound", &[]))
        .await
        .unwrap_or(0)
}

async fn forward(client: &WsClient, blocks: u32) {
    let _: Value = call(client, "dev_fastForward", rpc_params![blocks]).await;
}

/// The row that uid 1 has on chain.
async fn row(client: &WsClient) -> Option<Vec<(u16, u16)>> {
    read(
        client,
        key("SubtensorModule", "Weights", &(1u16, 1u16).encode()),
    )
    .await
}

/// Commits of all epochs that wait on subnet 1.
async fn waiting(client: &WsClient) -> usize {
    let prefix = [&twox_64(&1u16.encode())[..], &1u16.encode()].concat();
    let prefix = key("SubtensorModule", "TimelockedWeightCommits", &prefix);
    let keys: Vec<String> = call(client, "state_getKeysPaged", rpc_params![prefix, 100]).await;
    keys.len()
}

fn commit(hotkey: &sr25519::Pair, public_key: &[u8], round: u64, values: Vec<u16>) -> RuntimeCall {
    let uids: Vec<u16> = vec![2];
    let plain = (hotkey.public().0.to_vec(), uids, values, 0u64).encode();
    let sealed = timelock::encrypt(public_key, round, &plain, [3; 32]).unwrap();
    RuntimeCall::SubtensorModule(subtensor::Call::commit_timelocked_weights {
        netuid: 1,
        commit: sealed.try_into().unwrap(),
        reveal_round: round,
        commit_reveal_version: 4,
    })
}

async fn submit(client: &WsClient, node: &NodeProcess, nonce: u32, call_: RuntimeCall) {
    let extrinsic = signed(node.genesis(), &account("judge"), nonce, call_);
    let _: H256 = call(client, "author_submitExtrinsic", rpc_params![extrinsic]).await;
}

#[tokio::test]
async fn commits_open_when_their_round_comes() {
    let (node, _dir) = start(&[]).await;
    let client = paused(&node).await;
    let public_key = hex::decode(node.start["drand"]["public_key"].as_str().unwrap()).unwrap();
    assert_eq!(node.start["drand"]["period"], json!(3));
    forward(&client, 1).await;
    let first = last_round(&client).await;
    assert!(first > 0);

    // Two blocks of twelve seconds are eight rounds.
    let _: Value = call(&client, "dev_seal", rpc_params![]).await;
    let _: Value = call(&client, "dev_seal", rpc_params![]).await;
    let now = last_round(&client).await;
    assert!((first + 7..=first + 9).contains(&now), "{first} {now}");

    // A permit first, then a commit in an epoch, to a round within the next one.
    forward(&client, 45).await;
    let _: Value = call(&client, "dev_seal", rpc_params![]).await;
    let judge = account("judge");
    let round = last_round(&client).await + 4 * 25;
    submit(
        &client,
        &node,
        0,
        commit(&judge, &public_key, round, vec![7]),
    )
    .await;
    forward(&client, 1).await;
    assert_eq!(waiting(&client).await, 1);
    assert_eq!(row(&client).await, None);
    forward(&client, 45).await;
    assert_eq!(waiting(&client).await, 0);
    assert_eq!(row(&client).await, Some(vec![(2, 65_535)]));
}

/// Encrypted to a key that nobody here has, the same commit is dropped in its epoch, and the row stays.
#[tokio::test]
async fn a_commit_to_another_key_never_opens() {
    let (node, _dir) = start(&[]).await;
    let client = paused(&node).await;
    forward(&client, 45).await;
    let _: Value = call(&client, "dev_seal", rpc_params![]).await;
    let stranger = drand::stand_in("somebody else").public_key().unwrap();
    let round = last_round(&client).await + 4 * 25;
    submit(
        &client,
        &node,
        0,
        commit(&account("judge"), &stranger, round, vec![7]),
    )
    .await;
    forward(&client, 1).await;
    assert_eq!(waiting(&client).await, 1);
    forward(&client, 60).await;
    assert_eq!((waiting(&client).await, row(&client).await), (0, None));
}

/// With quicknet as the beacon, the recorded pulse of its round 1000 is taken, and this node signs none.
#[tokio::test]
async fn quicknets_own_pulses_count_where_it_is_believed() {
    const ROUND_1000: &str = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
    for (flags, believed) in [(&["--drand", "quicknet"][..], true), (&[][..], false)] {
        let (node, _dir) = start(flags).await;
        let client = paused(&node).await;
        assert_eq!(node.start["drand"].is_null(), believed);
        forward(&client, 3).await;
        assert_eq!(last_round(&client).await == 0, believed);
        // Rounds to come, which would go before all else, need the beacon's signature too.
        let forged = pulse(u64::MAX - 1, &"ab".repeat(48));
        assert!(client_refuses(&client, &forged).await);
        let refused = client_refuses(&client, &pulse(1000, ROUND_1000)).await;
        assert_eq!(refused, !believed);
        forward(&client, 1).await;
        let stored: Option<Vec<u8>> = call::<Option<String>>(
            &client,
            "state_getStorage",
            rpc_params![key(
                "Drand",
                "Pulses",
                &[
                    &sp_core::blake2_128(&1000u64.encode())[..],
                    &1000u64.encode()
                ]
                .concat()
            )],
        )
        .await
        .map(String::into_bytes);
        assert_eq!(stored.is_some(), believed);
    }
}

async fn client_refuses(client: &WsClient, extrinsic: &str) -> bool {
    use jsonrpsee::core::client::ClientT;
    client
        .request::<Value, _>("author_submitExtrinsic", rpc_params![extrinsic])
        .await
        .is_err()
}

/// An unsigned `write_pulse`, as any bringer sends it.
fn pulse(round: u64, signature: &str) -> String {
    use localnet_runtime::{UncheckedExtrinsic, drand};
    let bringer = account("anybody");
    let signature = hex::decode(signature).unwrap();
    let payload = drand::PulsesPayload {
        block_number: 0,
        pulses: vec![drand::Pulse {
            round,
            randomness: sp_core::hashing::sha2_256(&signature)
                .to_vec()
                .try_into()
                .unwrap(),
            signature: signature.try_into().unwrap(),
        }],
        public: bringer.public().into(),
    };
    let signature = Some(bringer.sign(&payload.encode()).into());
    let call = RuntimeCall::Drand(drand::Call::write_pulse {
        pulses_payload: payload,
        signature,
    });
    format!(
        "0x{}",
        hex::encode(UncheckedExtrinsic::new_bare(call).encode())
    )
}
