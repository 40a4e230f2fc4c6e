//! Calls that decode, with arguments at random, and their signatures.

use codec::{Decode, DecodeLimit, Encode};
use localnet::exec::MAX_DEPTH;
use localnet::node::Node;
use localnet_runtime::{RuntimeCall, client};
use sp_core::{Pair, sr25519};
use sp_runtime::generic::Era;

use super::bytes::Source;

/// Accounts of the demo world; the first may make sudo calls.
pub const SIGNERS: [&str; 8] = [
    "owner-cold",
    "owner",
    "weighmaster-cold",
    "weighmaster",
    "validator-a-cold",
    "validator-a",
    "validator-b-cold",
    "validator-b",
];

/// Indexes of the pallets whose calls are tried.
const PALLETS: [u8; 11] = [2, 5, 7, 7, 7, 11, 18, 19, 20, 26, 30];

pub fn pair(name: &str) -> sr25519::Pair {
    sr25519::Pair::from_string(&format!("//{name}"), None).unwrap()
}

pub fn remark() -> RuntimeCall {
    RuntimeCall::decode(&mut &(0u8, 0u8, b"fuzz".as_slice()).encode()[..]).unwrap()
}

/// A call that decodes; sudo's own are wrapped half the time.
pub fn random(source: &mut Source, signer: &str) -> RuntimeCall {
    let call = loop {
        let mut bytes = vec![*source.pick(&PALLETS), source.below(150) as u8];
        bytes.extend(source.arguments());
        if let Ok(call) = RuntimeCall::decode_with_depth_limit(MAX_DEPTH, &mut &bytes[..]) {
            break call;
        }
    };
    if signer == SIGNERS[0] && source.chance(2) {
        // `Sudo.sudo`.
        let wrapped = (12u8, 0u8, call).encode();
        return RuntimeCall::decode(&mut &wrapped[..]).unwrap();
    }
    call
}

/// The bytes of a call that `signer` signed with its next nonce.
pub fn signed(node: &Node, signer: &str, call: RuntimeCall) -> Vec<u8> {
    let pair = pair(signer);
    let asked = node.call(
        None,
        "AccountNonceApi_account_nonce",
        &pair.public().0.encode(),
    );
    let nonce = u32::decode(&mut &asked.unwrap()[..]).unwrap();
    let genesis = node.genesis();
    client::signed(call, &pair, nonce, Era::Immortal, genesis, genesis).encode()
}
