//! Signed transactions for tools that link the runtime and so need no metadata.

use crate::{
    Address, Hash, Nonce, RuntimeCall, Signature, SignedPayload, UncheckedExtrinsic, VERSION,
    extensions::tx_extension,
};
use codec::Encode;
use sp_core::{Pair, sr25519};
use sp_runtime::{AccountId32, generic::Era};

/// `call`, signed by `pair`. `birth` is the hash of the block that a mortal `era` starts at, the
/// genesis hash for an immortal one.
pub fn signed(
    call: RuntimeCall,
    pair: &sr25519::Pair,
    nonce: Nonce,
    era: Era,
    genesis: Hash,
    birth: Hash,
) -> UncheckedExtrinsic {
    signed_for(VERSION.spec_version, call, pair, nonce, era, genesis, birth)
}

/// As [`signed`], for a chain with another spec version.
pub fn signed_for(
    spec_version: u32,
    call: RuntimeCall,
    pair: &sr25519::Pair,
    nonce: Nonce,
    era: Era,
    genesis: Hash,
    birth: Hash,
) -> UncheckedExtrinsic {
    let extension = tx_extension(nonce, era);
    let implicit = (
        (
            (),
            spec_version,
            VERSION.transaction_version,
            genesis,
            birth,
            (),
            (),
        ),
        ((), (), (), (), ()),
        None,
    );
    let payload = SignedPayload::from_raw(call, extension, implicit);
    let signature = payload.using_encoded(|bytes| pair.sign(bytes));
    let (call, extension, _) = payload.deconstruct();
    let signer = AccountId32::from(pair.public());
    UncheckedExtrinsic::new_signed(
        call,
        Address::Id(signer),
        Signature::Sr25519(signature),
        extension,
    )
}
