//! Runtime APIs over states recorded from the real chain answer with the real chain's bytes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use localnet_runtime::api;
use serde_json::Value;

/// Answers that differ by design: they describe the runtime itself.
const NOT_MODELLED: [&str; 2] = ["Metadata_", "Core_version"];

/// The real chain knows subnets without an identity by names of its history, the local one by netuid.
/// Both as the hex of length-prefixed compact bytes.
const REAL_NAME: &str = "14bd01b501c901bd01b901";
const OUR_NAME: &str = "20cd01d5018901b9019501d10180c8";

#[test]
fn answers_equal_the_recorded_ones() {
    let Some(transcript) = common::transcript() else {
        return;
    };
    let (mut compared, mut different) = (0, Vec::new());
    for mark in transcript["marks"].as_array().unwrap() {
        let block = mark["at_block"].as_u64().unwrap();
        let mut ext = common::state_at(&transcript, block);
        let answers = mark["runtime_api [method(args_hex)] -> result_hex"]
            .as_object()
            .unwrap();
        for (call, expected) in answers {
            let (method, args) = call.trim_end_matches(')').split_once('(').unwrap();
            if NOT_MODELLED.iter().any(|prefix| method.starts_with(prefix)) {
                continue;
            }
            let args = hex::decode(args.replace([',', ' '], "")).unwrap();
            let Value::String(expected) = expected else {
                continue;
            };
            let answer = ext
                .execute_with(|| api::dispatch(method, &args))
                .map(hex::encode);
            let answer = answer.map(|hex| hex.replace(OUR_NAME, REAL_NAME));
            compared += 1;
            if answer.as_deref() != Some(expected) {
                different.push(difference(
                    block,
                    call,
                    expected,
                    answer.as_deref().unwrap_or(""),
                ));
            }
        }
    }
    println!("{compared} answers compared");
    assert!(
        different.is_empty(),
        "{} differ:\n{}",
        different.len(),
        different.join("\n")
    );
    assert!(compared > 20);
}

/// Where two answers part, with a little of each from there.
fn difference(block: u64, call: &str, real: &str, ours: &str) -> String {
    let at = real
        .bytes()
        .zip(ours.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let from = |hex: &str| hex.chars().skip(at).take(60).collect::<String>();
    format!(
        "block {block} {call:.80} at {at}: real {}… ours {}…",
        from(real),
        from(ours)
    )
}
