//! `SubtensorModule`: subnets, neurons, stake, weights, epochs.
//!
//! The pallet root holds what FRAME wants in one module (storage, calls, events and errors arrive
//! as sections); every duty has its own file.

mod accounts;
mod admission;
mod authority;
mod batches;
mod burning;
mod calls;
mod children;
mod commit_reveal;
mod constants;
mod dissolve;
mod emission;
mod epoch;
mod errors;
mod events;
mod float;
mod identity;
mod inherited;
mod market;
mod neurons;
mod payout;
mod prices;
mod pruning;
mod registration;
mod root;
pub mod rules;
mod schedule;
mod serving;
mod settings;
mod shares;
pub mod staking;
mod storage;
mod subnets;
mod swap_hotkey;
mod symbols;
mod takes;
mod tempo;
mod timelock;
mod transfers;
mod trim;
mod types;
mod weights;

pub use commit_reveal::Reveal;
pub use market::{DYNAMIC, STABLE};
pub use pallet::*;
pub use types::{RateLimitKey, RecycleOrBurnEnum};

pub(crate) use authority::Change;
pub(crate) use float::SafeFloat;
pub(crate) use settings::REVEAL_PERIODS;
pub(crate) use tempo::CUTOFF_FACTORS;
pub(crate) use types::*;

use frame_support::pallet_macros::import_section;

#[import_section(storage::chain::chain_storage)]
#[import_section(storage::commits::commits_storage)]
#[import_section(storage::emission::emission_storage)]
#[import_section(storage::hyperparameters::hyperparameters_storage)]
#[import_section(storage::later::later_storage)]
#[import_section(storage::neurons::neurons_storage)]
#[import_section(storage::registration::registration_storage)]
#[import_section(storage::stake::stake_storage)]
#[import_section(storage::subnet::subnet_storage)]
#[import_section(calls::calls)]
#[import_section(constants::constants)]
#[import_section(events::events)]
#[import_section(errors::errors)]
// The chain's calls have as many arguments as they have.
#[allow(clippy::too_many_arguments)]
#[frame_support::pallet]
pub mod pallet {
    use super::{
        CUTOFF_FACTORS, accounts,
        batches::RevealLists,
        commit_reveal::Reveal,
        float::SafeFloat,
        market, staking, swap_hotkey,
        transfers::{Place, Terms},
        types::*,
    };
    use crate::types::*;
    use codec::Compact;
    use frame_support::{
        PalletId,
        dispatch::{DispatchClass, Pays},
        pallet_prelude::*,
        traits::{ConstBool, ConstU8, ConstU16, ConstU32, ConstU64, fungible},
        weights::constants::RocksDbWeight,
    };
    use frame_system::pallet_prelude::*;
    use sp_core::H256;
    use sp_runtime::{DispatchError, Percent};
    use std::collections::VecDeque;
    use substrate_fixed::types::{I64F64, I96F32, U64F64, U96F32};

    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config:
        frame_system::Config<AccountId = AccountId, Hash = H256, RuntimeEvent: From<Event<Self>>>
        + crate::drand::Config
        + crate::swap::Config
    {
        /// TAO.
        type Currency: fungible::Mutate<AccountId, Balance = Balance>
            + fungible::Balanced<AccountId>;
        /// Who makes the block, and gets the fees of its trades.
        type Author: Get<Option<AccountId>>;
        /// Where neurons keep public statements, which go with their subnet.
        type Statements: ForgetSubnet;
        /// Whether an axon may announce a loopback address.
        type AllowLoopbackAxons: Get<bool>;
        /// Blocks between the registration of a subnet and its start, before root changes it.
        #[pallet::constant]
        type InitialStartCallDelay: Get<u64>;
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(_block: BlockNumberFor<T>) -> Weight {
            Self::run_block();
            // The real chain's constant for its block step.
            Weight::from_parts(110_634_229_000, 0)
        }
    }

    const CALL_WEIGHT: Weight = Weight::from_parts(20_000_000, 0);
    /// Weight of a call that pays, as measured for the real chain: fees follow from it. Picoseconds,
    /// bytes of proof, database reads and writes.
    fn paid(time: u64, proof: u64, reads: u64, writes: u64) -> (Weight, DispatchClass, Pays) {
        let database = RocksDbWeight::get().reads_writes(reads, writes);
        let weight = Weight::from_parts(time, proof).saturating_add(database);
        (weight, DispatchClass::Normal, Pays::Yes)
    }
    /// Weight of a call that costs nothing: keys without funds make it.
    const FREE: (Weight, DispatchClass, Pays) = (CALL_WEIGHT, DispatchClass::Normal, Pays::No);

    /// What an absent account decodes to.
    pub struct ZeroAccount;

    impl Get<AccountId> for ZeroAccount {
        fn get() -> AccountId {
            AccountId::new([0; 32])
        }
    }

    /// Symbol of a token that was given none.
    #[pallet::type_value]
    pub fn DefaultTokenSymbol<T: Config>() -> Vec<u8> {
        "𝜏".into()
    }

    /// Of the liquid alpha curve, in hundredths: 10.
    #[pallet::type_value]
    pub fn DefaultAlphaSigmoidSteepness<T: Config>() -> i16 {
        1000
    }

    /// Bounds of liquid alpha, over 65535: 0.7 and 0.9.
    #[pallet::type_value]
    pub fn DefaultAlphaValues<T: Config>() -> (u16, u16) {
        (45_875, 58_982)
    }

    /// Part of the way to the price that a block moves the smoothed price of an old subnet.
    #[pallet::type_value]
    pub fn DefaultMovingAlpha<T: Config>() -> I96F32 {
        I96F32::from_num(0.000003)
    }

    /// Factor on the price of a place at each registration.
    #[pallet::type_value]
    pub fn DefaultBurnIncreaseMult<T: Config>() -> U64F64 {
        U64F64::from_num(1.26)
    }
}
