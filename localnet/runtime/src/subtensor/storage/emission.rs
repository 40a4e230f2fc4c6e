//! What flows into a subnet and waits for its epoch.
//!
//! Names, keys, hashers and defaults are those of the real chain: clients address storage by them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod emission_storage {
    /// Waiting for servers, in rao of the token.
    #[pallet::storage]
    pub type PendingServerEmission<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Waiting for validators.
    #[pallet::storage]
    pub type PendingValidatorEmission<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Waiting for root stake.
    #[pallet::storage]
    pub type PendingRootAlphaDivs<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Waiting for the owner.
    #[pallet::storage]
    pub type PendingOwnerCut<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// TAO in the pool, in rao.
    #[pallet::storage]
    pub type SubnetTAO<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Tokens in the pool.
    #[pallet::storage]
    pub type SubnetAlphaIn<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Tokens outside the pool.
    #[pallet::storage]
    pub type SubnetAlphaOut<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// TAO that the last block added to the pool.
    #[pallet::storage]
    pub type SubnetTaoInEmission<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Tokens that the last block added to the pool.
    #[pallet::storage]
    pub type SubnetAlphaInEmission<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Tokens that the last block paid out.
    #[pallet::storage]
    pub type SubnetAlphaOutEmission<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// TAO with which the last block bought tokens for the protocol.
    #[pallet::storage]
    pub type SubnetExcessTao<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Tokens that the protocol bought so far. They are outside the pool and nobody's.
    #[pallet::storage]
    pub type SubnetProtocolAlpha<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// TAO that emission moved into the subnet so far.
    #[pallet::storage]
    pub type SubnetProtocolFlow<T: Config> = StorageMap<_, Identity, u16, i64, ValueQuery>;
    /// Root's part of a subnet's stake in the last block.
    #[pallet::storage]
    pub type RootProp<T: Config> = StorageMap<_, Identity, u16, U96F32, ValueQuery>;
    /// How far a block moves the smoothed price of an old subnet towards the price.
    #[pallet::storage]
    pub type SubnetMovingAlpha<T: Config> =
        StorageValue<_, I96F32, ValueQuery, DefaultMovingAlpha<T>>;
    /// Blocks after which a subnet's smoothed price moves half as fast as an old subnet's.
    #[pallet::storage]
    pub type EMAPriceHalvingBlocks<T: Config> =
        StorageMap<_, Identity, u16, u64, ValueQuery, ConstU64<201_600>>;
    /// Smoothed price of the token in TAO.
    #[pallet::storage]
    pub type SubnetMovingPrice<T: Config> = StorageMap<_, Identity, u16, I96F32, ValueQuery>;
    /// TAO traded so far.
    #[pallet::storage]
    pub type SubnetVolume<T: Config> = StorageMap<_, Identity, u16, u128, ValueQuery>;
    /// Net TAO staked since the last block.
    #[pallet::storage]
    pub type SubnetTaoFlow<T: Config> = StorageMap<_, Identity, u16, i64, ValueQuery>;
    /// That flow smoothed, and the block it was smoothed in. Not kept: nothing here is split by it, and
    /// clients take an absent one for none.
    #[pallet::storage]
    pub type SubnetEmaTaoFlow<T: Config> = StorageMap<_, Identity, u16, (u64, I64F64), OptionQuery>;
    /// Share of servers' emission that was burned in the last epoch.
    #[pallet::storage]
    pub type MinerBurned<T: Config> = StorageMap<_, Identity, u16, U96F32, ValueQuery>;
}
