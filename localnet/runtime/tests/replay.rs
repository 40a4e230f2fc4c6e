//! The recorded chain's blocks, executed again: from each recorded state, the pool must judge the next
//! block's transactions as it did there, they must do what they did there, and every storage item must
//! come out equal but for those in the table of localnet/FIDELITY.md.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use codec::{Decode, Encode};
use common::fidelity::{self, Item};
use localnet_runtime::{Hash, Header, Runtime, System, api, subtensor::Tempo};
use serde_json::Value;
use sp_io::TestExternalities;
use sp_runtime::{
    ApplyExtrinsicResult,
    transaction_validity::{TransactionSource, TransactionValidity},
};
use std::collections::{BTreeMap, BTreeSet};

type State = BTreeMap<Vec<u8>, Vec<u8>>;

#[test]
fn recorded_blocks_do_the_same_here() {
    let Some(transcript) = common::transcript() else {
        return;
    };
    let expected = recorded_results(&transcript);
    let items = fidelity::items();
    let mut state: State = pairs(&transcript["genesis_state"]).collect();
    let (mut checked, mut wrong) = (0, Vec::new());
    let mut different: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut events: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for block in transcript["blocks"].as_array().unwrap() {
        let number = block["number"].as_u64().unwrap();
        for extrinsic in block["extrinsics_hex"].as_array().unwrap() {
            if let Some((label, expected)) = expected.get(extrinsic.as_str().unwrap()) {
                checked += 1;
                let ours = judge(&state, &common::bytes(extrinsic));
                if !expected.starts_with(&ours) {
                    wrong.push(format!(
                        "block {number} {label}: real {expected} ours {ours}"
                    ));
                }
            }
        }
        let (ours, results) = execute(&state, block);
        for (extrinsic, ours) in results {
            if let Some((label, expected)) = expected.get(&extrinsic) {
                let ours = format!("apply=[{ours:?}]");
                if !expected.ends_with(&ours) {
                    wrong.push(format!(
                        "block {number} {label}: real {expected} ours {ours}"
                    ));
                }
            }
        }
        for (key, value) in changes(block) {
            match value {
                Some(value) => state.insert(key, value),
                None => state.remove(&key),
            };
        }
        for (item, example) in compare(&items, &state, &ours) {
            let examples = different.entry(item).or_default();
            examples.push(format!("block {number} {example}"));
        }
        for event in unequal_events(block, &ours) {
            let examples = events.entry(event).or_default();
            examples.push(format!("block {number}"));
        }
    }
    println!("{checked} transactions, {} items", items.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 45);
    hold_the_table("Storage that differs", different);
    hold_the_table("Events that differ", events);
}

#[test]
fn a_planted_difference_is_found() {
    let Some(transcript) = common::transcript() else {
        return;
    };
    let items = fidelity::items();
    let real: State = pairs(&transcript["genesis_state"]).collect();
    assert_eq!(compare(&items, &real, &real), BTreeMap::new());
    let tempo = |value: u16| {
        let key = ext(&real).execute_with(|| Tempo::<Runtime>::hashed_key_for(7));
        let mut state = real.clone();
        state.insert(key, value.encode());
        compare(&items, &real, &state)
    };
    assert_eq!(tempo(360), BTreeMap::new(), "an absent entry reads so");
    assert!(tempo(361).contains_key("SubtensorModule.Tempo"));
}

/// The table under a heading names what differs, all of it and nothing else.
fn hold_the_table(heading: &str, different: BTreeMap<String, Vec<String>>) {
    let table: BTreeSet<String> = fidelity::table(heading, 0).into_iter().collect();
    let unknown = different.iter().filter(|(item, _)| !table.contains(*item));
    let unknown: Vec<String> = unknown
        .map(|(item, all)| format!("{item} ({} times): {}", all.len(), all[0]))
        .collect();
    let stale: Vec<&String> = table
        .iter()
        .filter(|item| !different.contains_key(*item))
        .collect();
    assert!(
        unknown.is_empty() && stale.is_empty(),
        "{heading}: differ and are not in FIDELITY.md:\n{}\nin it and don't differ: {stale:?}",
        unknown.join("\n")
    );
}

/// Judgement and result of each recorded transaction by its bytes, with what it was about.
fn recorded_results(transcript: &Value) -> BTreeMap<String, (String, String)> {
    let extrinsics = transcript["extrinsics"].as_array().unwrap().iter();
    extrinsics
        .map(|extrinsic| {
            let text = |name: &str| extrinsic[name].as_str().unwrap().to_owned();
            (text("extrinsic_hex"), (text("label"), text("result")))
        })
        .collect()
}

/// What the pool says of a transaction, in the words of the record.
fn judge(state: &State, extrinsic: &[u8]) -> String {
    let source = TransactionSource::External.encode();
    let arguments = [source, extrinsic.to_vec(), Hash::default().encode()].concat();
    let method = "TaggedTransactionQueue_validate_transaction";
    let answer = ext(state).execute_with(|| api::dispatch(method, &arguments).unwrap());
    let validity = TransactionValidity::decode(&mut &answer[..]).unwrap();
    let validity = validity.map(|valid| (valid.priority, valid.longevity));
    format!("validity={validity:?}")
}

/// The state after our execution of a recorded block, and the results of its transactions.
fn execute(state: &State, block: &Value) -> (State, Vec<(String, ApplyExtrinsicResult)>) {
    let mut ext = ext(state);
    let header = Header::decode(&mut &common::bytes(&block["header_scale_hex"])[..]).unwrap();
    let empty = Header {
        state_root: Default::default(),
        extrinsics_root: Default::default(),
        ..header
    };
    ext.execute_with(|| {
        api::dispatch("Core_initialize_block", &empty.encode()).unwrap();
        let extrinsics = block["extrinsics_hex"].as_array().unwrap().iter();
        let results = extrinsics.map(|extrinsic| {
            let bytes = common::bytes(extrinsic);
            let result = api::dispatch("BlockBuilder_apply_extrinsic", &bytes).unwrap();
            let result = ApplyExtrinsicResult::decode(&mut &result[..]).unwrap();
            (extrinsic.as_str().unwrap().to_owned(), result)
        });
        let results = results.collect();
        api::dispatch("BlockBuilder_finalize_block", &[]).unwrap();
        (all_stored(), results)
    })
}

/// Kinds of events that happened in a recorded block more or less often than in ours.
fn unequal_events(block: &Value, ours: &State) -> BTreeSet<String> {
    let records = ext(ours).execute_with(System::read_events_no_consensus);
    let real = block["events_debug"].as_array().unwrap().iter();
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for event in real {
        *counts
            .entry(kind(event["event"].as_str().unwrap()))
            .or_default() += 1;
    }
    for record in records {
        *counts
            .entry(kind(&format!("{:?}", record.event)))
            .or_default() -= 1;
    }
    counts
        .into_iter()
        .filter_map(|(kind, n)| (n != 0).then_some(kind))
        .collect()
}

/// `Pallet.Event` of an event as Rust prints it.
fn kind(event: &str) -> String {
    let event = event.trim_start_matches("RuntimeEvent::");
    let (pallet, event) = event.split_once('(').unwrap();
    let event = event.trim_start_matches("Event::");
    let end = event
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(event.len());
    format!("{pallet}.{}", &event[..end])
}

fn pairs(value: &Value) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    let pairs = value.as_array().unwrap().iter();
    pairs.map(|pair| (common::bytes(&pair[0]), common::bytes(&pair[1])))
}

fn changes(block: &Value) -> impl Iterator<Item = (Vec<u8>, Option<Vec<u8>>)> {
    let pairs = block["storage_diff"].as_array().unwrap().iter();
    pairs.map(|pair| {
        let value = (!pair[1].is_null()).then(|| common::bytes(&pair[1]));
        (common::bytes(&pair[0]), value)
    })
}

fn ext(state: &State) -> TestExternalities {
    TestExternalities::new(sp_core::storage::Storage {
        top: state.clone(),
        children_default: Default::default(),
    })
}

fn all_stored() -> State {
    let next = |key: &Vec<u8>| sp_io::storage::next_key(key);
    std::iter::successors(next(&Vec::new()), next)
        .filter_map(|key| Some((key.clone(), sp_io::storage::get(&key)?.to_vec())))
        .collect()
}

/// Items that differ, with the first entry that does. An absent entry equals one of the item's default.
fn compare(
    items: &BTreeMap<Vec<u8>, Item>,
    real: &State,
    ours: &State,
) -> BTreeMap<String, String> {
    let mut different = BTreeMap::new();
    let keys: BTreeSet<&Vec<u8>> = real.keys().chain(ours.keys()).collect();
    for key in keys {
        let Some(item) = key.get(..32).and_then(|prefix| items.get(prefix)) else {
            continue;
        };
        let read = |state: &State| state.get(key).cloned().or_else(|| item.default.clone());
        let (real, ours) = (read(real), read(ours));
        if real != ours {
            let hex = |value: Option<Vec<u8>>| match value {
                Some(value) => hex::encode(&value[..value.len().min(160)]),
                None => "absent".into(),
            };
            let key = hex::encode(&key[32..]);
            let example = format!("{key}: real {} ours {}", hex(real), hex(ours));
            different.entry(item.name.clone()).or_insert(example);
        }
    }
    different
}
