//! Pure rules against values recorded from the real chain's code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod common;

use localnet_runtime::{
    AccountId,
    subtensor::{Reveal, rules},
};
use serde_json::Value;

fn numbers(value: &Value) -> Vec<u16> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|n| u16::try_from(n.as_u64().unwrap()).unwrap())
        .collect()
}

#[test]
fn upscaled_weights() {
    let Some(recorded) = common::recorded("weights_rules.json") else {
        return;
    };
    for vector in recorded["vectors"].as_array().unwrap() {
        let expected = numbers(&vector["vec_u16_max_upscale_to_u16"]);
        assert_eq!(
            rules::max_upscale(&numbers(&vector["in"])),
            expected,
            "{}",
            vector["in"]
        );
    }
    for check in recorded["checks"].as_array().unwrap() {
        let (uids, values) = (numbers(&check["uids"]), numbers(&check["values"]));
        let uid = u16::try_from(check["uid"].as_u64().unwrap()).unwrap();
        assert_eq!(
            rules::has_duplicates(&uids),
            check["has_duplicate_uids"].as_bool().unwrap()
        );
        let own = rules::is_self_weight(uid, &uids, &values);
        assert_eq!(own, check["is_self_weight"].as_bool().unwrap());
    }
}

#[test]
fn hashes_of_commits() {
    let Some(recorded) = common::recorded("commit_hash.json") else {
        return;
    };
    for example in recorded["examples"].as_array().unwrap() {
        let account: [u8; 32] = common::bytes(&example["account_id_hex"])
            .try_into()
            .unwrap();
        let index = u16::try_from(example["netuid_index_u16"].as_u64().unwrap()).unwrap();
        let reveal = Reveal {
            uids: numbers(&example["uids"]),
            values: numbers(&example["values"]),
            salt: numbers(&example["salt"]),
            version_key: example["version_key"].as_str().unwrap().parse().unwrap(),
        };
        let hash = reveal.hash(&AccountId::new(account), index);
        assert_eq!(hash.as_bytes(), common::bytes(&example["blake2_256_hex"]));
    }
}
