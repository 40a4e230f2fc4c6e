//! Replay protection that lets an account without funds send calls that are free of fee.
//!
//! The stock check refuses every account that does not exist; hotkeys hold nothing and still set
//! weights, so only calls that pay are refused for want of an account.

use crate::{AccountId, Nonce, Runtime, RuntimeCall, RuntimeOrigin};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::dispatch::Pays;
use scale_info::TypeInfo;
use sp_runtime::{
    impl_tx_ext_default,
    traits::{AsSystemOriginSigner, DispatchInfoOf, TransactionExtension, ValidateResult},
    transaction_validity::{
        InvalidTransaction, TransactionLongevity, TransactionSource, TransactionValidityError,
        ValidTransaction,
    },
};

#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, Debug, TypeInfo)]
pub struct CheckNonce(#[codec(compact)] pub Nonce);

impl TransactionExtension<RuntimeCall> for CheckNonce {
    const IDENTIFIER: &'static str = "CheckNonce";
    type Implicit = ();
    /// The signer and the nonce that the chain expects next; none for unsigned transactions.
    type Val = Option<(AccountId, Nonce)>;
    type Pre = ();

    fn validate(
        &self,
        origin: RuntimeOrigin,
        _call: &RuntimeCall,
        info: &DispatchInfoOf<RuntimeCall>,
        _len: usize,
        _implicit: (),
        _inherited: &impl Encode,
        _source: TransactionSource,
    ) -> ValidateResult<Self::Val, RuntimeCall> {
        let Some(who) = origin.as_system_origin_signer().cloned() else {
            return Ok((ValidTransaction::default(), None, origin));
        };
        let account = frame_system::Account::<Runtime>::get(&who);
        let unfunded = account.providers == 0 && account.sufficients == 0;
        if info.pays_fee == Pays::Yes && unfunded {
            return Err(InvalidTransaction::Payment.into());
        }
        if self.0 < account.nonce {
            return Err(InvalidTransaction::Stale.into());
        }
        let tag = |nonce: Nonce| vec![(&who, nonce).encode()];
        let requires =
            if account.nonce < self.0 { tag(self.0.saturating_sub(1)) } else { Vec::new() };
        let validity = ValidTransaction {
            priority: 0,
            requires,
            provides: tag(self.0),
            longevity: TransactionLongevity::MAX,
            propagate: true,
        };
        Ok((validity, Some((who, account.nonce)), origin))
    }

    fn prepare(
        self,
        val: Self::Val,
        _origin: &RuntimeOrigin,
        _call: &RuntimeCall,
        _info: &DispatchInfoOf<RuntimeCall>,
        _len: usize,
    ) -> Result<(), TransactionValidityError> {
        let Some((who, expected)) = val else { return Ok(()) };
        if self.0 > expected {
            return Err(InvalidTransaction::Future.into());
        }
        frame_system::Account::<Runtime>::mutate(who, |account| {
            account.nonce = expected.saturating_add(1);
        });
        Ok(())
    }

    impl_tx_ext_default!(RuntimeCall; weight);
}
