//! What the real chain answered, read through the same code as a live node's answers. Skipped, said aloud, where the
//! recorded data is absent.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::atomic::Ordering;
use std::time::Duration;

use common::recorded::{RecordedNode, Transcript, bytes};
use serde_json::{Value, json};
use subtensor::key::{Keypair, SecretUri};
use subtensor::{
    ChainError, Endpoint, EndpointUrl, Era, Hotkey, MechanismId, Netuid, SignedPayload, Subnet,
    Uid, WeightVector, calls, find, read_subnet, sign, weight_row,
};

const NETUID: Netuid = Netuid(2);
const OPEN: MechanismId = MechanismId(0);

async fn connect(node: &RecordedNode) -> Endpoint {
    let url = EndpointUrl::from(&node.url);
    Endpoint::connect(&url, Duration::from_secs(10))
        .await
        .unwrap()
}

fn key(name: &str) -> Keypair {
    Keypair::from_uri(&SecretUri::from_str(&format!("//{name}")).unwrap()).unwrap()
}

/// The columns of a metagraph as the recording names them.
fn columns(subnet: &Subnet) -> Value {
    let neurons = subnet.metagraph.neurons();
    macro_rules! column {
        ($of:expr) => {
            neurons.iter().map($of).collect::<Vec<_>>()
        };
    }
    json!({
        "active": column!(|n| n.active),
        "block_at_registration": column!(|n| n.miner.registered_at),
        "consensus": column!(|n| n.consensus),
        "dividends": column!(|n| n.dividends),
        "emission": column!(|n| n.emission),
        "hotkeys_hex": column!(|n| hex::encode(n.miner.hotkey.0)),
        "incentive": column!(|n| n.incentive),
        "last_epoch_block": subnet.schedule.last_epoch_block,
        "last_update": column!(|n| n.last_update),
        "n": neurons.len(),
        "netuid": subnet.scope.netuid,
        "stake_alpha": column!(|n| n.stake),
        "subnet_epoch_index": subnet.schedule.epoch_index,
        "tempo": subnet.params.tempo,
        "validator_permit": column!(|n| n.validator_permit),
        "validator_trust": column!(|n| n.validator_trust),
    })
}

fn assert_is_the_recorded_one(subnet: &Subnet, mark: &Value, transcript: &Transcript) {
    let label = mark["label"].as_str().unwrap();
    for (name, value) in columns(subnet).as_object().unwrap() {
        assert_eq!(*value, mark["decoded"][name], "{label}: {name}");
    }
    let next = &mark["next_epoch_start_block"];
    assert_eq!(json!(subnet.schedule.next_epoch), *next, "{label}");
    let genesis = subnet.scope.genesis.to_string();
    assert_eq!(genesis, transcript.value["genesis_hash"]);

    // As the extrinsics before the first mark set them.
    let params = &subnet.params;
    assert_eq!(params.weights_rate_limit, 0);
    assert_eq!(params.min_allowed_weights, 1);
    assert_eq!(params.weights_version_key, 5);
    assert_eq!(params.commit_reveal, subnet.at.number > 85, "{label}");
    assert_eq!(
        (params.stake_threshold, params.mechanisms),
        (1_000_000_000, 1)
    );
    assert_eq!(params.owner_hotkey, Some(Hotkey::from(&key("OwnerHot"))));
    let served: Vec<_> = subnet.metagraph.neurons().iter().collect();
    let served: Vec<_> = served
        .iter()
        .filter_map(|n| Some((n.miner.hotkey, n.axon?.address)))
        .collect();
    let axon: SocketAddr = "1.1.1.1:8091".parse().unwrap();
    assert_eq!(served, [(Hotkey::from(&key("Hot5")), axon)], "{label}");
}

/// Each mark, with metadata of each version that describes runtime APIs.
#[tokio::test]
async fn snapshots_of_the_recorded_chain_are_its_own_values() {
    for version in [15, 16] {
        let Some(node) = RecordedNode::start(version).await else {
            return;
        };
        let endpoint = connect(&node).await;
        let transcript = &node.transcript;
        for mark in transcript.marks() {
            let at = transcript.block(mark["at_block"].as_u64().unwrap());
            let subnet = read_subnet(&endpoint, at, NETUID, OPEN).await.unwrap();
            assert_is_the_recorded_one(&subnet, mark, transcript);
            for uid in 0..subnet.metagraph.neurons().len() as u16 {
                let row = weight_row(&endpoint, at, NETUID, OPEN, Uid(uid)).await;
                let recorded = &mark["decoded"]["weights"][usize::from(uid)];
                assert_eq!(json!(row.unwrap()), *recorded, "uid {uid}");
            }
        }
        assert_eq!(transcript.marks().len(), 8);
    }
}

/// The runtime's version, then everything else side by side.
#[tokio::test]
async fn a_snapshot_asks_thirteen_things() {
    let Some(node) = RecordedNode::start(16).await else {
        return;
    };
    let endpoint = connect(&node).await;
    let at = node.transcript.block(85);
    // The first one asks for the metadata as well.
    read_subnet(&endpoint, at, NETUID, OPEN).await.unwrap();
    let before = node.transcript.asked.load(Ordering::SeqCst);
    read_subnet(&endpoint, at, NETUID, OPEN).await.unwrap();
    assert_eq!(
        node.transcript.asked.load(Ordering::SeqCst) - before,
        1 + 12
    );
}

#[tokio::test]
async fn metadata_without_runtime_apis_is_told_by_name() {
    let Some(node) = RecordedNode::start(14).await else {
        return;
    };
    let endpoint = connect(&node).await;
    let at = node.transcript.block(85);
    let error = read_subnet(&endpoint, at, NETUID, OPEN).await.unwrap_err();
    assert!(
        matches!(error, ChainError::Runtime { block: 85, .. }),
        "{error}"
    );
    assert!(
        error.to_string().contains("SubnetInfoRuntimeApi"),
        "{error}"
    );
    // Storage needs none.
    let row = weight_row(&endpoint, at, NETUID, OPEN, Uid(4))
        .await
        .unwrap();
    assert_eq!(row, [(Uid(5), 21845), (Uid(9), 65535)]);
}

#[tokio::test]
async fn recorded_extrinsics_are_found_with_what_the_call_did() {
    let Some(node) = RecordedNode::start(16).await else {
        return;
    };
    let endpoint = connect(&node).await;
    for (label, dispatched) in [
        ("set_weights Hot1", Ok(())),
        ("set_weights without permit", Err("NeuronNoValidatorPermit")),
        (
            "set_weights old version key",
            Err("IncorrectWeightVersionKey"),
        ),
        ("set_weights unequal lengths", Err("WeightVecNotEqualSize")),
        ("set_weights invalid uid", Err("UidVecContainInvalidOne")),
        (
            "set_weights with commit-reveal on",
            Err("CommitRevealEnabled"),
        ),
    ] {
        let extrinsic = node.transcript.extrinsic(label);
        let signed_at = extrinsic["block_number_at_signing"].as_u64().unwrap();
        let payload = SignedPayload {
            bytes: bytes(&extrinsic["extrinsic_hex"]),
            hash: bytes(&extrinsic["extrinsic_hash_blake2_256"])
                .try_into()
                .unwrap(),
            nonce: 0,
            era: Era {
                birth: signed_at,
                death: signed_at + 8,
            },
        };
        let found = find(&endpoint, &payload, signed_at - 1, signed_at + 2).await;
        let found = found
            .unwrap()
            .unwrap_or_else(|| panic!("{label}: not found"));
        assert_eq!(
            found.dispatched,
            dispatched.map_err(str::to_owned),
            "{label}"
        );
        let earlier = find(&endpoint, &payload, 1, found.block.number - 1).await;
        assert_eq!(earlier.unwrap(), None, "{label}: only there");
    }
}

/// Our calls are the bytes that the chain took. They stand at the end of a signed extrinsic.
#[tokio::test]
async fn calls_are_encoded_as_the_recorded_ones() {
    let entries = [(5, 65535), (6, 65535), (7, 65535), (8, 1)];
    let entries = entries.map(|(uid, weight)| (Uid(uid), weight)).to_vec();
    let vector = WeightVector::new(OPEN, entries, 5, 13, 1).unwrap();
    let hot0 = Hotkey::from(&key("Hot0"));
    let calls = [
        ("set_weights Hot1", calls::weights(NETUID, &vector)),
        ("burned_register Hot0", calls::burned_register(NETUID, hot0)),
        (
            "serve_axon Hot5",
            calls::serve_axon(NETUID, "1.1.1.1:8091".parse().unwrap(), 1),
        ),
    ];
    for version in [14, 15, 16] {
        let Some(node) = RecordedNode::start(version).await else {
            return;
        };
        let endpoint = connect(&node).await;
        let anchor = node.transcript.block(85);
        for (label, call) in &calls {
            let signed = sign(&endpoint, &key("Hot1"), call, 7, anchor, 8)
                .await
                .unwrap();
            let recorded = bytes(&node.transcript.extrinsic(label)["call_hex"]);
            assert!(signed.bytes.ends_with(&recorded), "{label}, v{version}");
            assert_eq!((signed.era.birth, signed.era.death), (85, 93));
            assert_eq!(signed.nonce, 7);
        }
    }
}

/// A mechanism above 0 has a call of its own, with its number in second place.
#[tokio::test]
async fn weights_of_a_mechanism_name_it() {
    let Some(node) = RecordedNode::start(16).await else {
        return;
    };
    let endpoint = connect(&node).await;
    let one = MechanismId(1);
    let vector = WeightVector::new(one, vec![(Uid(5), 65535)], 5, 13, 1).unwrap();
    let call = calls::weights(NETUID, &vector);
    assert_eq!(call.name(), "set_mechanism_weights");
    let anchor = node.transcript.block(85);
    let signed = sign(&endpoint, &key("Hot1"), &call, 0, anchor, 8)
        .await
        .unwrap();
    let arguments = hex::decode("02000104050004ffff0500000000000000").unwrap();
    assert!(signed.bytes.ends_with(&arguments));
}

#[tokio::test]
async fn an_era_that_would_not_start_at_its_anchor_is_refused() {
    let Some(node) = RecordedNode::start(16).await else {
        return;
    };
    let endpoint = connect(&node).await;
    let call = calls::burned_register(NETUID, Hotkey([1; 32]));
    let anchor = node.transcript.block(85);
    for period in [0, 2, 12, 8192] {
        let refused = sign(&endpoint, &key("Hot1"), &call, 0, anchor, period).await;
        assert!(
            matches!(refused, Err(ChainError::Unsignable(_))),
            "{period}"
        );
    }
}
