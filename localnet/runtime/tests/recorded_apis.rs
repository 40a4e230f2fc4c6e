//! Runtime APIs over states recorded from the real chain answer with the real chain's bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use localnet_runtime::api;
use serde_json::Value;

/// Methods of pallets that the local chain does not have, or whose answer depends on prices that it
/// does not model.
const NOT_MODELLED: [&str; 1] = ["Metadata_"];

#[test]
fn answers_equal_the_recorded_ones() {
    let Some(transcript) = common::transcript() else { return };
    let (mut compared, mut different) = (0, Vec::new());
    for mark in transcript["marks"].as_array().unwrap() {
        let block = mark["at_block"].as_u64().unwrap();
        let mut ext = common::state_at(&transcript, block);
        let answers = mark["runtime_api [method(args_hex)] -> result_hex"].as_object().unwrap();
        for (call, expected) in answers {
            let (method, args) = call.trim_end_matches(')').split_once('(').unwrap();
            if NOT_MODELLED.iter().any(|prefix| method.starts_with(prefix)) {
                continue;
            }
            let args = hex::decode(args.replace([',', ' '], "")).unwrap();
            let Value::String(expected) = expected else { continue };
            let answer = ext.execute_with(|| api::dispatch(method, &args)).map(hex::encode);
            compared += 1;
            if answer.as_deref() != Some(expected) {
                different.push(format!("block {block} {call}:\n  real {expected}\n  ours {answer:?}"));
            }
        }
    }
    println!("{compared} answers compared");
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
    assert!(compared > 20);
}
