//! What this node keeps out of its pool though the chain would let it in: what costs others more than its sender.

use frame_support::dispatch::{GetDispatchInfo, Pays};
use localnet_runtime::{Runtime, RuntimeCall, UncheckedExtrinsic, drand};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// Longest extrinsic that pays no fee, in bytes: a row of weights to 4,096 neurons takes a quarter.
const LONGEST_FREE: usize = 64 << 10;

/// To be called on a state.
///
/// # Errors
/// As the chain says it of a block that has no room, or of a proof that is none.
pub fn screen(
    extrinsic: &UncheckedExtrinsic,
    length: usize,
) -> Result<(), TransactionValidityError> {
    let free = extrinsic.function.get_dispatch_info().pays_fee == Pays::No;
    if free && length > LONGEST_FREE {
        return Err(InvalidTransaction::ExhaustsResources.into());
    }
    // The chain looks at a pulse's signature only in the block, and pulses go before all else.
    if let RuntimeCall::Drand(drand::Call::write_pulse { pulses_payload, .. }) = &extrinsic.function
    {
        let key = drand::BeaconConfig::<Runtime>::get().public_key;
        let mut pulses = pulses_payload.pulses.iter();
        let signed = |pulse: &drand::Pulse| {
            timelock::verify(&key, pulse.round, &pulse.signature).unwrap_or(false)
        };
        if !pulses.all(signed) {
            return Err(InvalidTransaction::BadProof.into());
        }
    }
    Ok(())
}
