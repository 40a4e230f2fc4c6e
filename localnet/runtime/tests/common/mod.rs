//! What the tests of this folder share.
#![allow(dead_code, clippy::disallowed_methods)]

use serde_json::Value;
use sp_core::storage::Storage;
use sp_io::TestExternalities;
use std::path::PathBuf;

/// A file recorded from the real chain; none, said aloud, where the data folder is absent.
pub fn recorded(name: &str) -> Option<Value> {
    let folder = std::env::var_os("WEIGHMASTER_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = folder.join("data/chain").join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).unwrap()),
        Err(error) => {
            println!("skipped: {}: {error}", path.display());
            None
        }
    }
}

pub fn transcript() -> Option<Value> {
    recorded("chain_transcript.json")
}

pub fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap().trim_start_matches("0x")).unwrap()
}

/// The recorded chain's state after a block.
pub fn state_at(transcript: &Value, block: u64) -> TestExternalities {
    let mut storage = Storage::default();
    for pair in transcript["genesis_state"].as_array().unwrap() {
        storage.top.insert(bytes(&pair[0]), bytes(&pair[1]));
    }
    for recorded in transcript["blocks"].as_array().unwrap() {
        if recorded["number"].as_u64().unwrap() > block {
            break;
        }
        for pair in recorded["storage_diff"].as_array().unwrap() {
            if pair[1].is_null() {
                storage.top.remove(&bytes(&pair[0]));
            } else {
                storage.top.insert(bytes(&pair[0]), bytes(&pair[1]));
            }
        }
    }
    TestExternalities::new(storage)
}

pub mod chain;
pub mod fidelity;
pub mod two;
