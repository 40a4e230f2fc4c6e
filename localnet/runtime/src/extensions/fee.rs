//! Fees as everywhere, priority constant: on this chain a tip buys no place in the queue.

use crate::{Balance, Runtime, RuntimeCall, RuntimeOrigin};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{dispatch::DispatchClass, pallet_prelude::Weight};
use pallet_transaction_payment::{ChargeTransactionPayment, Pre, Val};
use scale_info::TypeInfo;
use sp_runtime::{
    DispatchResult,
    traits::{
        DispatchInfoOf, Implication, PostDispatchInfoOf, TransactionExtension,
        TransactionExtensionMetadata, ValidateResult,
    },
    transaction_validity::{TransactionPriority, TransactionSource, TransactionValidityError},
};

const NORMAL_PRIORITY: TransactionPriority = 1;
const OPERATIONAL_PRIORITY: TransactionPriority = 10_000_000_000;

#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, Debug, TypeInfo)]
pub struct ChargeTransactionPaymentWrapper(ChargeTransactionPayment<Runtime>);

impl ChargeTransactionPaymentWrapper {
    pub fn new(tip: Balance) -> Self {
        Self(ChargeTransactionPayment::from(tip))
    }
}

impl TransactionExtension<RuntimeCall> for ChargeTransactionPaymentWrapper {
    const IDENTIFIER: &'static str = "ChargeTransactionPayment";
    type Implicit = ();
    type Val = Val<Runtime>;
    type Pre = Pre<Runtime>;

    fn weight(&self, call: &RuntimeCall) -> Weight {
        self.0.weight(call)
    }

    fn metadata() -> Vec<TransactionExtensionMetadata> {
        <ChargeTransactionPayment<Runtime> as TransactionExtension<RuntimeCall>>::metadata()
    }

    fn validate(
        &self,
        origin: RuntimeOrigin,
        call: &RuntimeCall,
        info: &DispatchInfoOf<RuntimeCall>,
        len: usize,
        implicit: (),
        inherited: &impl Implication,
        source: TransactionSource,
    ) -> ValidateResult<Self::Val, RuntimeCall> {
        let (mut validity, val, origin) =
            self.0.validate(origin, call, info, len, implicit, inherited, source)?;
        validity.priority = match info.class {
            DispatchClass::Normal | DispatchClass::Mandatory => NORMAL_PRIORITY,
            DispatchClass::Operational => OPERATIONAL_PRIORITY,
        };
        Ok((validity, val, origin))
    }

    fn prepare(
        self,
        val: Self::Val,
        origin: &RuntimeOrigin,
        call: &RuntimeCall,
        info: &DispatchInfoOf<RuntimeCall>,
        len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        self.0.prepare(val, origin, call, info, len)
    }

    fn post_dispatch_details(
        pre: Self::Pre,
        info: &DispatchInfoOf<RuntimeCall>,
        post_info: &PostDispatchInfoOf<RuntimeCall>,
        len: usize,
        result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        <ChargeTransactionPayment<Runtime> as TransactionExtension<RuntimeCall>>::post_dispatch_details(
            pre, info, post_info, len, result,
        )
    }
}
