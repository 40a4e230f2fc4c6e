//! Shielded transactions: signed extrinsics that travel encrypted inside a carrier and are opened by
//! the author of the block, so that nobody trades ahead of them.
//!
//! The real chain's authors announce a new key in each block. This chain has one author and one key,
//! made from the genesis salt; it hides nothing from who reads this source, and needs to hide nothing.

mod scheme;

pub use pallet::*;
pub use scheme::{Shielded, public_key, shield};

use crate::{RuntimeCall, UncheckedExtrinsic};
use codec::{DecodeLimit, Encode};

/// Calls nested deeper are not decoded.
const MAX_DEPTH: u32 = 256;

/// The extrinsic inside a carrier, with its length prefix as a block holds it; `None` for any other
/// extrinsic and for what doesn't open.
pub fn opened(carrier: &[u8], salt: &[u8]) -> Option<Vec<u8>> {
    let decode = |mut bytes: &[u8]| {
        UncheckedExtrinsic::decode_all_with_depth_limit(MAX_DEPTH, &mut bytes).ok()
    };
    let RuntimeCall::MevShield(Call::submit_encrypted { ciphertext }) = decode(carrier)?.function
    else {
        return None;
    };
    let plaintext = Shielded::parse(&ciphertext)?.open(salt)?;
    Some(decode(&plaintext)?.encode())
}

#[frame_support::pallet]
pub mod pallet {
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::*;
    use sp_runtime::traits::Hash;

    /// Longest carried ciphertext, as on the chain.
    type MaxCiphertext = ConstU32<8192>;
    /// Longest key.
    type MaxKey = ConstU32<2048>;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {}

    /// ML-KEM-768 key to encrypt to.
    #[pallet::storage]
    pub type NextKey<T: Config> = StorageValue<_, BoundedVec<u8, MaxKey>, OptionQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(fn deposit_event)]
    pub enum Event<T: Config> {
        /// A carrier is in the block; what it carried follows it, if it opened.
        EncryptedSubmitted {
            /// Hash of the sender and the ciphertext.
            id: T::Hash,
            /// Who pays for the carrier; what it carried has a sender of its own.
            who: T::AccountId,
        },
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Carries an encrypted extrinsic. Pays its own fee, of the real chain's measured weight; the
        /// extrinsic inside pays another.
        #[pallet::call_index(1)]
        #[pallet::weight(Weight::from_parts(207_223_000, 0))]
        pub fn submit_encrypted(
            origin: OriginFor<T>,
            ciphertext: BoundedVec<u8, MaxCiphertext>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            let id = T::Hashing::hash_of(&(who.clone(), &ciphertext));
            Self::deposit_event(Event::EncryptedSubmitted { id, who });
            Ok(())
        }
    }
}
