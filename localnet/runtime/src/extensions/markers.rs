//! Extensions that carry no bytes.

use crate::{RuntimeCall, RuntimeOrigin, drand, mev_shield};
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_runtime::{
    impl_tx_ext_default,
    traits::{Implication, TransactionExtension, ValidateResult},
    transaction_validity::{InvalidTransaction, TransactionSource, ValidTransaction},
};

/// Refuses carriers of shielded transactions that can't be taken apart.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, Debug, TypeInfo)]
pub struct CheckShieldedTxValidity;

impl TransactionExtension<RuntimeCall> for CheckShieldedTxValidity {
    const IDENTIFIER: &'static str = "CheckShieldedTxValidity";
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
        match call {
            RuntimeCall::MevShield(mev_shield::Call::submit_encrypted { ciphertext })
                if mev_shield::Shielded::parse(ciphertext).is_none() =>
            {
                Err(InvalidTransaction::Custom(FAILED_SHIELDED_TX_PARSING).into())
            }
            _ => Ok((ValidTransaction::default(), (), origin)),
        }
    }

    impl_tx_ext_default!(RuntimeCall; weight prepare);
}

/// Code under which clients know that refusal.
const FAILED_SHIELDED_TX_PARSING: u8 = 23;

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
