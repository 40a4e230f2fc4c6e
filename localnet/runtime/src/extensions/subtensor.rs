//! Calls that would fail for a known reason are refused before they reach a block.

use crate::{
    AccountId, Runtime, RuntimeCall, RuntimeOrigin, subtensor::Pallet, utility::Admission,
};
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_runtime::{
    DispatchResult, impl_tx_ext_default,
    traits::{
        AsSystemOriginSigner, DispatchInfoOf, Implication, TransactionExtension, ValidateResult,
    },
    transaction_validity::{InvalidTransaction, TransactionSource, ValidTransaction},
};

#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, Debug, TypeInfo)]
pub struct SubtensorTransactionExtension;

impl Admission<RuntimeCall> for SubtensorTransactionExtension {
    fn check(who: &AccountId, call: &RuntimeCall) -> DispatchResult {
        if let RuntimeCall::SubtensorModule(call) = call {
            Pallet::<Runtime>::check_admission(who, call)?;
        }
        Ok(())
    }
}

impl TransactionExtension<RuntimeCall> for SubtensorTransactionExtension {
    const IDENTIFIER: &'static str = "SubtensorTransactionExtension";
    type Implicit = ();
    type Val = ();
    type Pre = ();

    fn validate(
        &self,
        origin: RuntimeOrigin,
        call: &RuntimeCall,
        _info: &DispatchInfoOf<RuntimeCall>,
        _len: usize,
        _implicit: (),
        _inherited: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<(), RuntimeCall> {
        if let (Some(who), RuntimeCall::SubtensorModule(call)) =
            (origin.as_system_origin_signer(), call)
        {
            Pallet::<Runtime>::check_admission(who, call)
                .map_err(|error| InvalidTransaction::Custom(error.pool_code()))?;
        }
        Ok((ValidTransaction::default(), (), origin))
    }

    impl_tx_ext_default!(RuntimeCall; weight prepare);
}
