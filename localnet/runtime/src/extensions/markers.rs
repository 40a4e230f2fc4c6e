//! Extensions that carry no bytes.

use crate::{RuntimeCall, RuntimeOrigin, drand};
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_runtime::{
    impl_tx_ext_default,
    traits::{Implication, TransactionExtension, ValidateResult},
    transaction_validity::{TransactionSource, ValidTransaction},
};

/// Present for the shape of transactions: the local chain has no shielded mempool to check.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, Debug, TypeInfo)]
pub struct CheckShieldedTxValidity;

impl TransactionExtension<RuntimeCall> for CheckShieldedTxValidity {
    const IDENTIFIER: &'static str = "CheckShieldedTxValidity";
    type Implicit = ();
    type Val = ();
    type Pre = ();
    impl_tx_ext_default!(RuntimeCall; weight validate prepare);
}

const PULSE_PRIORITY: u64 = 10_000;

/// Beacon pulses go first, so that a reveal never waits behind a full queue.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, Debug, TypeInfo)]
pub struct DrandPriority;

impl TransactionExtension<RuntimeCall> for DrandPriority {
    const IDENTIFIER: &'static str = "DrandPriority";
    type Implicit = ();
    type Val = ();
    type Pre = ();

    fn validate(
        &self,
        origin: RuntimeOrigin,
        call: &RuntimeCall,
        _info: &sp_runtime::traits::DispatchInfoOf<RuntimeCall>,
        _len: usize,
        _implicit: (),
        _inherited: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<(), RuntimeCall> {
        let mut validity = ValidTransaction::default();
        if matches!(call, RuntimeCall::Drand(drand::Call::write_pulse { .. })) {
            validity.priority = PULSE_PRIORITY;
        }
        Ok((validity, (), origin))
    }

    impl_tx_ext_default!(RuntimeCall; weight prepare);
}
