//! Reads and transactions on the local chain. Needs `cargo build --workspace --bins` first.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::str::FromStr;
use std::time::{Duration, Instant, SystemTime};

use common::localnet::Localnet;
use common::{PATIENCE, endpoints};
use subtensor::key::{Keypair, SecretUri};
use subtensor::{
    Delivery, Endpoint, Hotkey, Inclusion, MechanismId, Netuid, Refusal, SubmitError, Subnet, Uid,
    WeightVector, block_time, calls, find, next_nonce, read_subnet, serving_rate_limit, sign,
    submit_until_final, weight_row,
};

const NETUID: Netuid = Netuid(1);
const OPEN: MechanismId = MechanismId(0);

fn key(name: &str) -> Keypair {
    Keypair::from_uri(&SecretUri::from_str(&format!("//{name}")).unwrap()).unwrap()
}

async fn snapshot(node: &Endpoint) -> Subnet {
    let at = node.finalized().await.unwrap();
    read_subnet(node, at, NETUID, OPEN).await.unwrap()
}

async fn perform(node: &Endpoint, signer: &str, call: &calls::Call) -> Inclusion {
    submit_until_final(node, &key(signer), call, 32, PATIENCE)
        .await
        .unwrap_or_else(|e| panic!("{}: {e}", call.name()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_miner_registers_serves_and_is_seen() {
    let chain = Localnet::start(&["--tempo", "10"]).await;
    let one = endpoints(&[chain.ws()]);
    let node = one.node().await.unwrap();
    let miner = Hotkey::from(&key("miner-07"));
    assert!(snapshot(&node).await.metagraph.by_hotkey(&miner).is_none());

    let call = calls::burned_register(NETUID, miner);
    let registered = perform(&node, "miner-07-cold", &call).await;
    assert_eq!(registered.dispatched, Ok(()));
    let axon = "127.0.0.7:9007".parse().unwrap();
    let call = calls::serve_axon(NETUID, axon, 10_002_000);
    let served = perform(&node, "miner-07", &call).await;
    assert_eq!(served.dispatched, Ok(()));

    let subnet = snapshot(&node).await;
    let seat = subnet.metagraph.by_hotkey(&miner).unwrap();
    assert_eq!(seat.miner.registered_at, registered.block.number);
    assert_eq!(seat.coldkey.0, Hotkey::from(&key("miner-07-cold")).0);
    let published = seat.axon.unwrap();
    assert_eq!((published.address, published.version), (axon, 10_002_000));

    // The pool refuses what comes too soon.
    let again = submit_until_final(&node, &key("miner-07"), &call, 32, PATIENCE).await;
    let too_soon = Refusal::Invalid("ServingRateLimitExceeded (Custom error: 12)".into());
    assert!(matches!(again, Err(SubmitError::Refused(r)) if r == too_soon));
    let limit = serving_rate_limit(&node, subnet.at, NETUID).await.unwrap();
    assert!(limit > 0);
    let time = block_time(&node, subnet.at).await.unwrap();
    assert_eq!(time, Duration::from_millis(100));
    // This chain's author reads this host's clock.
    let (time, now) = (node.best_time().await.unwrap(), SystemTime::now());
    let apart = now.duration_since(time).unwrap_or_else(|e| e.duration());
    assert!(apart < Duration::from_secs(10), "{apart:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn weights_are_signed_sent_found_and_read_again() {
    let chain = Localnet::start(&["--tempo", "10"]).await;
    let one = endpoints(&[chain.ws()]);
    let node = one.node().await.unwrap();
    let us = Hotkey::from(&key("weighmaster"));
    let mut heads = node.heads();
    // The first permits come with the first epoch.
    let subnet = loop {
        heads.next().await.unwrap();
        let subnet = snapshot(&node).await;
        let seat = subnet.metagraph.by_hotkey(&us).unwrap();
        if seat.validator_permit && seat.last_update + 20 < subnet.at.number {
            break subnet;
        }
    };
    let entries = vec![(Uid(2), 65535), (Uid(3), 32768)];
    let params = &subnet.params;
    let n = subnet.metagraph.neurons().len();
    let vector = WeightVector::new(
        OPEN,
        entries,
        params.weights_version_key,
        n,
        params.min_allowed_weights,
    )
    .unwrap();
    let call = calls::weights(NETUID, &vector);
    let nonce = next_nonce(&node, us).await.unwrap();
    let pair = key("weighmaster");
    let payload = sign(&node, &pair, &call, nonce, subnet.at, 32)
        .await
        .unwrap();
    assert_eq!(one.broadcast(&payload).await.unwrap(), Delivery::Taken);
    // The same bytes again are taken too.
    assert_eq!(one.broadcast(&payload).await.unwrap(), Delivery::Taken);
    let landed = loop {
        let head = heads.next().await.unwrap();
        let found = find(&node, &payload, payload.era.birth + 1, head.number).await;
        if let Some(landed) = found.unwrap() {
            break landed;
        }
        assert!(head.number < payload.era.death, "it never landed");
    };
    assert_eq!(landed.dispatched, Ok(()));
    let seat = subnet.metagraph.by_hotkey(&us).unwrap();
    let row = weight_row(&node, landed.block, NETUID, OPEN, seat.uid)
        .await
        .unwrap();
    assert_eq!(row, vector.entries());

    // What fails on chain is an answer too, by the chain's name.
    let call = perform(&node, "miner-01", &call).await;
    let unknown = "HotKeyNotRegisteredInSubNet";
    assert_eq!(call.dispatched, Err(unknown.into()));
}

/// Not a check of speed, which a busy machine would fail: the figure is for who reads the output.
#[tokio::test(flavor = "multi_thread")]
async fn snapshots_are_quick() {
    let chain = Localnet::start(&[]).await;
    let one = endpoints(&[chain.ws()]);
    let node = one.node().await.unwrap();
    let first = Instant::now();
    snapshot(&node).await;
    println!("first snapshot, with metadata: {:?}", first.elapsed());
    let at = node.finalized().await.unwrap();
    let many = Instant::now();
    for _ in 0..20 {
        read_subnet(&node, at, NETUID, OPEN).await.unwrap();
    }
    println!("a snapshot: {:?}", many.elapsed() / 20);
}
