//! `SubtensorModule`: subnets, neurons, stake, weights, epochs.
//!
//! The pallet root holds what FRAME wants in one module (storage, calls, events and errors arrive
//! as sections); every duty has its own file.

mod errors;
mod float;
mod storage;
mod types;

pub use float::SafeFloat;
pub use pallet::*;
pub use types::*;

use frame_support::pallet_macros::import_section;

#[import_section(storage::chain::chain_storage)]
#[import_section(storage::commits::commits_storage)]
#[import_section(storage::emission::emission_storage)]
#[import_section(storage::hyperparameters::hyperparameters_storage)]
#[import_section(storage::neurons::neurons_storage)]
#[import_section(storage::registration::registration_storage)]
#[import_section(storage::stake::stake_storage)]
#[import_section(storage::subnet::subnet_storage)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
    use super::types::*;
    use super::float::SafeFloat;
    use crate::types::{AccountId, Balance, TimelockedBytes};
    use frame_support::{
        pallet_prelude::*,
        traits::{ConstBool, ConstU8, ConstU16, ConstU32, ConstU64, fungible},
    };
    use sp_core::H256;
    use std::collections::VecDeque;
    use substrate_fixed::types::{I96F32, U64F64};

    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config:
        frame_system::Config<AccountId = AccountId, Hash = H256, RuntimeEvent: From<Event<Self>>>
    {
        /// TAO.
        type Currency: fungible::Mutate<AccountId, Balance = Balance>;
        /// Whether an axon may announce a loopback address.
        type AllowLoopbackAxons: Get<bool>;
    }

    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A neuron registered: netuid, uid, hotkey.
        #[codec(index = 6)]
        NeuronRegistered(u16, u16, AccountId),
    }

    /// What an absent account decodes to.
    pub struct ZeroAccount;

    impl Get<AccountId> for ZeroAccount {
        fn get() -> AccountId {
            AccountId::new([0; 32])
        }
    }

    #[pallet::type_value]
    pub fn DefaultTokenSymbol<T: Config>() -> Vec<u8> {
        "𝜏".into()
    }

    #[pallet::type_value]
    pub fn DefaultAlphaSigmoidSteepness<T: Config>() -> i16 {
        1000
    }

    #[pallet::type_value]
    pub fn DefaultAlphaValues<T: Config>() -> (u16, u16) {
        (45_875, 58_982)
    }

    #[pallet::type_value]
    pub fn DefaultBurnIncreaseMult<T: Config>() -> U64F64 {
        U64F64::from_num(1.26)
    }
}
