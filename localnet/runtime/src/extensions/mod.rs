//! What a transaction carries beside its call, in the real chain's order: clients build the signed
//! bytes from this list, so its order and encodings are part of the protocol.

mod check_nonce;
mod fee;
mod markers;
mod subtensor;
mod sudo;
mod weightless;

pub use check_nonce::CheckNonce;
pub use fee::ChargeTransactionPaymentWrapper;
pub use markers::{CheckShieldedTxValidity, DrandPriority};
pub use subtensor::SubtensorTransactionExtension;
pub use sudo::SudoTransactionExtension;
pub use weightless::Weightless;

use crate::Runtime;
use frame_metadata_hash_extension::CheckMetadataHash;
use sp_runtime::generic::Era;

pub type SystemTxExtension = (
    frame_system::CheckNonZeroSender<Runtime>,
    frame_system::CheckSpecVersion<Runtime>,
    frame_system::CheckTxVersion<Runtime>,
    frame_system::CheckGenesis<Runtime>,
    frame_system::CheckMortality<Runtime>,
    CheckNonce,
    frame_system::CheckWeight<Runtime>,
);

pub type CustomTxExtension = (
    ChargeTransactionPaymentWrapper,
    SudoTransactionExtension,
    CheckShieldedTxValidity,
    SubtensorTransactionExtension,
    DrandPriority,
);

// Nested because one tuple of extensions holds at most twelve.
pub type TxExtension = (
    SystemTxExtension,
    CustomTxExtension,
    CheckMetadataHash<Runtime>,
);

/// The extensions of a transaction with this nonce, era and no tip.
pub fn tx_extension(nonce: crate::Nonce, era: Era) -> TxExtension {
    (
        (
            frame_system::CheckNonZeroSender::new(),
            frame_system::CheckSpecVersion::new(),
            frame_system::CheckTxVersion::new(),
            frame_system::CheckGenesis::new(),
            frame_system::CheckMortality::from(era),
            CheckNonce(nonce),
            frame_system::CheckWeight::new(),
        ),
        (
            ChargeTransactionPaymentWrapper::new(0),
            SudoTransactionExtension,
            CheckShieldedTxValidity,
            SubtensorTransactionExtension,
            DrandPriority,
        ),
        CheckMetadataHash::new(false),
    )
}
