//! The price of a place and how often places are sold.
//!
//! Names, keys, hashers and defaults are those of the real chain: clients address storage by them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod registration_storage {
    /// Most registrations in a block.
    #[pallet::storage]
    pub type MaxRegistrationsPerBlock<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<1>>;
    /// Registrations in this block.
    #[pallet::storage]
    pub type RegistrationsThisBlock<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery>;
    /// Registrations in this adjustment interval.
    #[pallet::storage]
    pub type RegistrationsThisInterval<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery>;
    /// Registrations by work in this interval.
    #[pallet::storage]
    pub type POWRegistrationsThisInterval<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery>;
    /// Registrations by burn in this interval.
    #[pallet::storage]
    pub type BurnRegistrationsThisInterval<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery>;
    /// Registrations an interval should see.
    #[pallet::storage]
    pub type TargetRegistrationsPerInterval<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<2>>;
    /// Blocks between two adjustments.
    #[pallet::storage]
    pub type AdjustmentInterval<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<100>>;
    /// Smoothing of adjustments, over u64::MAX.
    #[pallet::storage]
    pub type AdjustmentAlpha<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Block of the last adjustment.
    #[pallet::storage]
    pub type LastAdjustmentBlock<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Price of a place, in rao.
    #[pallet::storage]
    pub type Burn<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<100000000>>;
    /// Lowest price, in rao.
    #[pallet::storage]
    pub type MinBurn<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<500000>>;
    /// Highest price, in rao.
    #[pallet::storage]
    pub type MaxBurn<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<100000000000>>;
    /// Blocks in which the price halves.
    #[pallet::storage]
    pub type BurnHalfLife<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<360>>;
    /// Factor on the price at each registration.
    #[pallet::storage]
    pub type BurnIncreaseMult<T: Config> = StorageMap<_, Identity, u16, U64F64, ValueQuery, DefaultBurnIncreaseMult<T>>;
    /// Difficulty of registration by work.
    #[pallet::storage]
    pub type Difficulty<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<10000000>>;
    /// Lowest difficulty.
    #[pallet::storage]
    pub type MinDifficulty<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<10000000>>;
    /// Highest difficulty.
    #[pallet::storage]
    pub type MaxDifficulty<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<4611686018427387903>>;
    /// Rao recycled by registrations.
    #[pallet::storage]
    pub type RAORecycledForRegistration<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Block at which a proof of work was used.
    #[pallet::storage]
    pub type UsedWork<T: Config> = StorageMap<_, Identity, Vec<u8>, u64, ValueQuery>;
}
