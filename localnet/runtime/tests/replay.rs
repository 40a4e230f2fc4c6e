//! The recorded chain's blocks, executed again: from each recorded state, the next block's transactions
//! must do here what they did there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use codec::{Decode, Encode};
use localnet_runtime::{Header, api};
use serde_json::Value;
use sp_core::twox_128;
use sp_io::TestExternalities;
use sp_runtime::ApplyExtrinsicResult;
use std::collections::{BTreeMap, BTreeSet};

type State = BTreeMap<Vec<u8>, Vec<u8>>;

/// Storage of `SubtensorModule` that must come out equal, whatever a token costs.
const EQUAL: [&str; 35] = [
    "Active", "Axons", "BlockAtRegistration", "BlockEmission", "BlocksSinceLastStep", "Bonds",
    "CommitRevealWeightsEnabled", "Consensus", "Dividends", "FirstEmissionBlockNumber", "Incentive",
    "IsNetworkMember", "Keys", "LastEpochBlock", "LastMechansimStepBlock", "LastUpdate",
    "NetworksAdded", "OwnedHotkeys", "Owner", "PendingEpochAt", "RevealPeriodEpochs",
    "StakeThreshold", "StakeWeight", "SubnetEpochIndex", "SubnetOwnerHotkey", "SubnetworkN",
    "Tempo", "TimelockedWeightCommits", "Uids", "ValidatorPermit", "ValidatorTrust",
    "WeightCommits", "Weights", "WeightsSetRateLimit", "WeightsVersionKey",
];

#[test]
fn recorded_blocks_do_the_same_here() {
    let Some(transcript) = common::transcript() else { return };
    let results = recorded_results(&transcript);
    let mut state: State = pairs(&transcript["genesis_state"]).collect();
    let (mut checked, mut different) = (0, Vec::new());
    for block in transcript["blocks"].as_array().unwrap() {
        let number = block["number"].as_u64().unwrap();
        let mut ext = ext(&state);
        let header = Header::decode(&mut &common::bytes(&block["header_scale_hex"])[..]).unwrap();
        let empty = Header { state_root: Default::default(), extrinsics_root: Default::default(), ..header };
        ext.execute_with(|| api::dispatch("Core_initialize_block", &empty.encode()).unwrap());
        for extrinsic in block["extrinsics_hex"].as_array().unwrap() {
            let bytes = common::bytes(extrinsic);
            let result = ext.execute_with(|| {
                api::dispatch("BlockBuilder_apply_extrinsic", &bytes).unwrap()
            });
            let result = ApplyExtrinsicResult::decode(&mut &result[..]).unwrap();
            if let Some((label, expected)) = results.get(extrinsic.as_str().unwrap()) {
                checked += 1;
                let ours = format!("[{result:?}]");
                if &ours != expected {
                    different.push(format!("block {number} {label}: real {expected} ours {ours}"));
                }
            }
        }
        ext.execute_with(|| api::dispatch("BlockBuilder_finalize_block", &[]).unwrap());
        for pair in block["storage_diff"].as_array().unwrap() {
            let key = common::bytes(&pair[0]);
            if pair[1].is_null() { state.remove(&key) } else { state.insert(key, common::bytes(&pair[1])) };
        }
        different.extend(compare(number, &state, &mut ext));
    }
    println!("{checked} transactions, {} blocks", transcript["blocks"].as_array().unwrap().len());
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
    assert!(checked > 30);
}

/// Result of each recorded transaction by its bytes, with what it was about.
fn recorded_results(transcript: &Value) -> BTreeMap<String, (String, String)> {
    let extrinsics = transcript["extrinsics"].as_array().unwrap().iter();
    extrinsics
        .map(|extrinsic| {
            let text = |name: &str| extrinsic[name].as_str().unwrap().to_owned();
            let result = text("result");
            let applied = result.split_once("apply=").unwrap().1.to_owned();
            (text("extrinsic_hex"), (text("label"), applied))
        })
        .collect()
}

fn pairs(value: &Value) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    value.as_array().unwrap().iter().map(|pair| (common::bytes(&pair[0]), common::bytes(&pair[1])))
}

fn ext(state: &State) -> TestExternalities {
    TestExternalities::new(sp_core::storage::Storage {
        top: state.clone(),
        children_default: Default::default(),
    })
}

fn compare(number: u64, real: &State, ext: &mut TestExternalities) -> Vec<String> {
    let mut different = Vec::new();
    for item in EQUAL {
        let prefix = [twox_128(b"SubtensorModule"), twox_128(item.as_bytes())].concat();
        let ours = ext.execute_with(|| under(&prefix));
        let real: State = real
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let keys: BTreeSet<&Vec<u8>> = ours.keys().chain(real.keys()).collect();
        for key in keys {
            let (a, b) = (real.get(key), ours.get(key));
            if a != b && !(is_empty(a) && is_empty(b)) {
                let hex = |v: Option<&Vec<u8>>| v.map(hex::encode);
                let key = hex::encode(&key[32..]);
                different.push(format!("block {number} {item} {key}: real {:?} ours {:?}", hex(a), hex(b)));
            }
        }
    }
    different
}

/// A missing entry and one of zeros read the same.
fn is_empty(value: Option<&Vec<u8>>) -> bool {
    value.is_none_or(|bytes| bytes.iter().all(|byte| *byte == 0))
}

fn under(prefix: &[u8]) -> State {
    let mut found = State::new();
    let mut key = prefix.to_vec();
    while let Some(next) = sp_io::storage::next_key(&key).filter(|next| next.starts_with(prefix)) {
        if let Some(value) = sp_io::storage::get(&next) {
            found.insert(next.clone(), value.to_vec());
        }
        key = next;
    }
    found
}

