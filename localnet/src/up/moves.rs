//! Weights as the calls that carry them: mechanism 0 has calls of its own.

use localnet_runtime::RuntimeCall;
use localnet_runtime::subtensor::{Call, Reveal};
use sp_core::H256;

use crate::validator::weights::Vector;

pub fn set_call(netuid: u16, mecid: u8, vector: Vector, version_key: u64) -> RuntimeCall {
    let Vector {
        uids: dests,
        weights,
    } = vector;
    match mecid {
        0 => Call::set_weights {
            netuid,
            dests,
            weights,
            version_key,
        },
        _ => Call::set_mechanism_weights {
            netuid,
            mecid,
            dests,
            weights,
            version_key,
        },
    }
    .into()
}

pub fn commit_call(netuid: u16, mecid: u8, commit_hash: H256) -> RuntimeCall {
    match mecid {
        0 => Call::commit_weights {
            netuid,
            commit_hash,
        },
        _ => Call::commit_mechanism_weights {
            netuid,
            mecid,
            commit_hash,
        },
    }
    .into()
}

pub fn reveal_call(netuid: u16, mecid: u8, reveal: Reveal) -> RuntimeCall {
    let Reveal {
        uids,
        values,
        salt,
        version_key,
    } = reveal;
    match mecid {
        0 => Call::reveal_weights {
            netuid,
            uids,
            values,
            salt,
            version_key,
        },
        _ => Call::reveal_mechanism_weights {
            netuid,
            mecid,
            uids,
            values,
            salt,
            version_key,
        },
    }
    .into()
}
