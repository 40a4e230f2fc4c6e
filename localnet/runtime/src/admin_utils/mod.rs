//! Changes of settings by root, and of a subnet's own by its owner.

mod calls;
mod checks;
mod table;

pub use pallet::*;

use frame_support::pallet_macros::import_section;

#[import_section(calls::admin_calls)]
#[frame_support::pallet]
pub mod pallet {
    use crate::subtensor::{self, Change, Event as E, Hyperparameter as H, Pallet as Subtensor, *};
    use crate::{AccountId, MechId, NetUid, TaoBalance};
    use frame_support::{
        dispatch::{DispatchClass, Pays},
        pallet_prelude::*,
    };
    use frame_system::pallet_prelude::*;
    use substrate_fixed::types::{I96F32, U64F64};

    /// The lowest price of a place stays below this, in rao.
    const MIN_BURN_BELOW: TaoBalance = 1_000_000_000;
    /// The highest price of a place stays above this, in rao.
    const MAX_BURN_ABOVE: TaoBalance = 100_000_000;
    /// Most bond smoothing that an owner may set, in millionths.
    const OWNERS_MOST_SMOOTHING: u64 = 975_000;

    /// Longest half-life of the price of a place, in blocks.
    const LONGEST_HALF_LIFE: u16 = 36_100;

    const ADMIN: (Weight, DispatchClass, Pays) = (
        Weight::from_parts(20_000_000, 0),
        DispatchClass::Normal,
        Pays::Yes,
    );
    /// Of the few calls that go before others.
    const OPERATIONAL: (Weight, DispatchClass, Pays) = (
        Weight::from_parts(20_000_000, 0),
        DispatchClass::Operational,
        Pays::Yes,
    );

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config:
        frame_system::Config<RuntimeEvent: From<Event<Self>>> + subtensor::Config
    {
    }

    #[pallet::event]
    #[pallet::generate_deposit(fn deposit_event)]
    pub enum Event<T: Config> {
        /// Another version of the bonds' mechanism holds from the next epoch on.
        #[codec(index = 1)]
        Yuma3EnableToggled {
            /// Of the subnet.
            netuid: NetUid,
            /// The third version, not the second.
            enabled: bool,
        },
        /// Whether a miner may forget the bonds in it was decided.
        #[codec(index = 2)]
        BondsResetToggled {
            /// Of the subnet.
            netuid: NetUid,
            /// By a commitment that asks for it.
            enabled: bool,
        },
        /// The price of a place falls at another pace.
        #[codec(index = 3)]
        BurnHalfLifeSet {
            /// Of the subnet.
            netuid: NetUid,
            /// Blocks in which it halves.
            burn_half_life: u16,
        },
        /// The price of a place rises otherwise.
        #[codec(index = 4)]
        BurnIncreaseMultSet {
            /// Of the subnet.
            netuid: NetUid,
            /// Factor at each registration.
            burn_increase_mult: U64F64,
        },
        /// A subnet joined or left those that the block's TAO is split over.
        #[codec(index = 5)]
        SubnetEmissionEnabledSet {
            /// Of the subnet.
            netuid: NetUid,
            /// It takes part.
            enabled: bool,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// There is no such subnet.
        SubnetDoesNotExist,
        /// More validators than neurons would be allowed.
        MaxValidatorsLargerThanMaxUIds,
        /// Fewer neurons would be allowed than there are.
        MaxAllowedUIdsLessThanCurrentUIds,
        /// Owners may not smooth bonds so much.
        BondsMovingAverageMaxReached,
        /// Owners may not choose a negative steepness.
        NegativeSigmoidSteepness,
        /// The value is out of its bounds.
        ValueNotInBounds,
        /// The least number of neurons would be above the present one.
        MinAllowedUidsGreaterThanCurrentUids,
        /// The least number of neurons would be above the most.
        MinAllowedUidsGreaterThanMaxAllowedUids,
        /// The most neurons would be below the least.
        MaxAllowedUidsLessThanMinAllowedUids,
        /// More neurons would be allowed than any subnet may have.
        MaxAllowedUidsGreaterThanDefaultMaxAllowedUids,
        /// The value makes no sense here.
        InvalidValue,
        /// This is not for the root network.
        NotPermittedOnRootSubnet,
        /// Nobody registers by work any more.
        POWRegistrationDisabled,
        /// The call does nothing any more.
        Deprecated,
    }
}
