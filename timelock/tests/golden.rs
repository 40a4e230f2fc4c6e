//! Held to ciphertexts of bittensor-drand's code and to quicknet's round 1000, so that a mistake made at both of our ends
//! shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::Value;
use timelock::{Weights, decrypt, encrypt, quicknet, verify};

fn recorded() -> Value {
    serde_json::from_str(include_str!("vectors/round_1000.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<u16> {
    let numbers = value.as_array().unwrap().iter();
    numbers
        .map(|n| n.as_u64().unwrap().try_into().unwrap())
        .collect()
}

#[test]
fn recorded_commits_open_and_only_with_their_round() {
    let recorded = recorded();
    let signature = bytes(&recorded["signature"]);
    for commit in recorded["commits"].as_array().unwrap() {
        let ciphertext = bytes(&commit["ciphertext"]);
        let payload = decrypt(&ciphertext, &signature).unwrap();
        assert_eq!(payload, bytes(&commit["payload"]));
        let weights = Weights {
            hotkey: bytes(&commit["hotkey"]),
            uids: numbers(&commit["uids"]),
            values: numbers(&commit["values"]),
            version_key: commit["version_key"].as_u64().unwrap(),
        };
        assert_eq!(weights.to_bytes(), payload);
        assert_eq!(Weights::from_bytes(&payload), Some(weights));
        // Every byte counts: no change opens, none panics.
        for at in 0..ciphertext.len() {
            let mut changed = ciphertext.clone();
            changed[at] ^= 1;
            assert!(decrypt(&changed, &signature).is_err(), "byte {at}");
            assert!(
                decrypt(&ciphertext[..at], &signature).is_err(),
                "cut at {at}"
            );
        }
    }
}

#[test]
fn quicknets_signature_is_its_own() {
    let signature = bytes(&recorded()["signature"]);
    let key = quicknet::PUBLIC_KEY;
    assert_eq!(verify(&key, 1000, &signature), Ok(true));
    assert_eq!(verify(&key, 1001, &signature), Ok(false));
    assert_eq!(bytes(&recorded()["public_key"]), key);
}

#[test]
fn what_we_encrypt_to_quicknet_its_signature_opens() {
    let signature = bytes(&recorded()["signature"]);
    let ciphertext = encrypt(&quicknet::PUBLIC_KEY, 1000, b"weights", [4; 32]).unwrap();
    assert_eq!(decrypt(&ciphertext, &signature).unwrap(), b"weights");
    let later = encrypt(&quicknet::PUBLIC_KEY, 1001, b"weights", [4; 32]).unwrap();
    assert!(decrypt(&later, &signature).is_err());
}
