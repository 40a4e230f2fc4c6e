//! Shielded transactions: what a carrier brings is in the carrier's block, and a bad one harms nobody.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use codec::Encode;
use common::*;
use jsonrpsee::rpc_params;
use localnet_runtime::{RuntimeCall, mev_shield};
use serde_json::Value;
use sp_core::hashing::twox_128;

fn carrier(ciphertext: Vec<u8>) -> RuntimeCall {
    let ciphertext = ciphertext.try_into().unwrap();
    mev_shield::Call::submit_encrypted { ciphertext }.into()
}

#[tokio::test]
async fn a_carrier_brings_its_extrinsic_into_its_block() {
    let node = NodeProcess::start(&["--dev"]).await;
    let client = node.connect().await;
    let signer = account("owner-cold");
    let name = [twox_128(b"MevShield"), twox_128(b"NextKey")].concat();
    let name = format!("0x{}", hex::encode(name));
    let key: String = call(&client, "state_getStorage", rpc_params![name]).await;
    // After the list's length.
    let key = hex::decode(&key[2..]).unwrap()[2..].to_vec();
    let sign = |nonce: u32, call: RuntimeCall| signed(node.genesis(), &signer, nonce, call);

    let inner = sign(1, remark("shielded"));
    let plaintext = hex::decode(&inner[2..]).unwrap();
    let shielded = mev_shield::shield(&plaintext, &key, [5; 32]).unwrap();
    let outer = sign(0, carrier(shielded.clone()));
    let mut watched = watch(&client, &outer).await.unwrap();
    let block = loop {
        let status: Value = soon(&mut watched).await;
        if let Some(block) = status["inBlock"].as_str() {
            break block.to_owned();
        }
    };
    let block: Value = call(&client, "chain_getBlock", rpc_params![block]).await;
    let extrinsics = block["block"]["extrinsics"].as_array().unwrap();
    let last_two = [Value::from(outer), Value::from(inner)];
    assert!(extrinsics.ends_with(&last_two), "{extrinsics:?}");

    // Encrypted to another chain's key, or holding no extrinsic: the carrier alone is in the block.
    let foreign = mev_shield::public_key(b"another chain");
    let mut nonce = 2;
    for ciphertext in [
        mev_shield::shield(&plaintext, &foreign, [6; 32]).unwrap(),
        mev_shield::shield(&b"no extrinsic".encode(), &key, [7; 32]).unwrap(),
    ] {
        let outer = sign(nonce, carrier(ciphertext));
        let mut watched = watch(&client, &outer).await.unwrap();
        let block = loop {
            let status: Value = soon(&mut watched).await;
            if let Some(block) = status["inBlock"].as_str() {
                break block.to_owned();
            }
        };
        let block: Value = call(&client, "chain_getBlock", rpc_params![block]).await;
        let extrinsics = block["block"]["extrinsics"].as_array().unwrap();
        assert_eq!(extrinsics.last(), Some(&Value::from(outer)));
        nonce += 1;
    }

    // Too short to be taken apart: the pool refuses it.
    let cut = sign(nonce, carrier(shielded[..20].to_vec()));
    let (code, _, data) = refusal(&client, "author_submitExtrinsic", rpc_params![cut]).await;
    assert_eq!((code, data.as_str()), (1010, "\"Custom error: 23\""));
}
