//! What a subnet's token costs: a pool of TAO and tokens with weights.
//!
//! The reserves are storage of `SubtensorModule`; here are the weights, the fee and the maths.

mod balancer;
mod pool;
mod power;

pub use balancer::Balancer;
pub use pallet::*;
pub(crate) use pool::{LEAST_RESERVE, MOST_OF_RESERVE, Pool, Refusal, price};
pub use pool::{Side, Trade};

#[frame_support::pallet]
pub mod pallet {
    use super::{Balancer, Refusal};
    use crate::NetUid;
    use frame_support::{
        PalletId,
        pallet_prelude::*,
        traits::{ConstU16, Contains},
    };
    use frame_system::pallet_prelude::*;
    use std::num::NonZeroU64;

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The subnets there are.
        type Subnets: Contains<NetUid>;
        /// Owner of the protocol's account.
        #[pallet::constant]
        type ProtocolId: Get<PalletId>;
        /// Highest fee, over 65535.
        #[pallet::constant]
        type MaxFeeRate: Get<u16>;
        /// Least liquidity of a position; there are none any more.
        #[pallet::constant]
        type MinimumLiquidity: Get<u64>;
        /// What a pool must hold of what it pays out, in rao.
        #[pallet::constant]
        type MinimumReserve: Get<NonZeroU64>;
    }

    /// Fee of a trade, over 65535.
    #[pallet::storage]
    pub type FeeRate<T> = StorageMap<_, Twox64Concat, NetUid, u16, ValueQuery, ConstU16<33>>;

    /// Weights of a pool.
    #[pallet::storage]
    pub type SwapBalancer<T> = StorageMap<_, Twox64Concat, NetUid, Balancer, ValueQuery>;

    /// Whether a pool was traded with.
    #[pallet::storage]
    pub type PalSwapInitialized<T> = StorageMap<_, Twox64Concat, NetUid, bool, ValueQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(fn deposit_event)]
    pub enum Event<T: Config> {
        /// A subnet's fee is another.
        FeeRateSet {
            /// Of the subnet.
            netuid: NetUid,
            /// Of what is paid in, over 65535.
            rate: u16,
        },
    }

    /// The real chain's, whose indexes clients know; user positions are gone there, too.
    #[pallet::error]
    #[derive(PartialEq)]
    pub enum Error<T> {
        /// The fee is above `MaxFeeRate`.
        FeeRateTooHigh,
        /// The amount is too small to trade.
        InsufficientInputAmount,
        /// The pool holds less than it would pay out.
        InsufficientLiquidity,
        /// A token costs more, or brings less, than the limit.
        PriceLimitExceeded,
        /// The caller holds too little.
        InsufficientBalance,
        /// A position's prices are none.
        InvalidTickRange,
        /// A position is too small.
        InvalidLiquidityValue,
        /// The pool is too small to trade with.
        ReservesTooLow,
        /// There is no such subnet.
        MechanismDoesNotExist,
        /// The token may not be traded yet.
        SubtokenDisabled,
        /// One side of the pool outweighs the other too far.
        ReservesOutOfBalance,
        /// More is paid in than a thousand times the pool's reserve.
        SwapInputTooLarge,
        /// The call does nothing any more.
        Deprecated,
    }

    impl<T> From<Refusal> for Error<T> {
        fn from(refusal: Refusal) -> Self {
            match refusal {
                Refusal::TooLarge => Self::SwapInputTooLarge,
                Refusal::TooLittleLeft => Self::ReservesTooLow,
                Refusal::BeyondLimit => Self::PriceLimitExceeded,
            }
        }
    }

    impl<T: Config> Pallet<T> {
        /// Forgets a dissolved subnet.
        pub fn forget(netuid: NetUid) {
            FeeRate::<T>::remove(netuid);
            SwapBalancer::<T>::remove(netuid);
            PalSwapInitialized::<T>::remove(netuid);
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Root sets the fee of a subnet's trades, over 65535.
        #[pallet::call_index(0)]
        #[pallet::weight(Weight::from_parts(16_000_000, 0))]
        pub fn set_fee_rate(origin: OriginFor<T>, netuid: NetUid, rate: u16) -> DispatchResult {
            ensure_root(origin)?;
            ensure!(
                T::Subnets::contains(&netuid),
                Error::<T>::MechanismDoesNotExist
            );
            ensure!(rate <= T::MaxFeeRate::get(), Error::<T>::FeeRateTooHigh);
            FeeRate::<T>::insert(netuid, rate);
            Self::deposit_event(Event::FeeRateSet { netuid, rate });
            Ok(())
        }
    }
}
