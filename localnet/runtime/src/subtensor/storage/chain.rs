//! Limits and totals that hold for the whole chain.
//!
//! Names, keys, hashers and defaults are those of the real chain: clients address storage by them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod chain_storage {
    /// Blocks before an epoch in which owners may not change hyperparameters.
    #[pallet::storage]
    pub type AdminFreezeWindow<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<10>>;
    /// Epochs between two changes of one hyperparameter by its owner.
    #[pallet::storage]
    pub type OwnerHyperparamRateLimit<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<2>>;
    /// What a TAO on the root network weighs as stake, over u64::MAX.
    #[pallet::storage]
    pub type TaoWeight<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<971718665099567868>>;
    /// Largest share of dividends a hotkey may keep, over 65535.
    #[pallet::storage]
    pub type MaxDelegateTake<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<11796>>;
    /// Smallest share of dividends a hotkey may keep, over 65535.
    #[pallet::storage]
    pub type MinDelegateTake<T: Config> = StorageValue<_, u16, ValueQuery>;
    /// Largest take of a child hotkey, over 65535.
    #[pallet::storage]
    pub type MaxChildkeyTake<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<11796>>;
    /// Smallest take of a child hotkey, over 65535.
    #[pallet::storage]
    pub type MinChildkeyTake<T: Config> = StorageValue<_, u16, ValueQuery>;
    /// TAO minted by the last block, in rao.
    #[pallet::storage]
    pub type BlockEmission<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<1000000000>>;
    /// How many subnets may exist.
    #[pallet::storage]
    pub type SubnetLimit<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<128>>;
    /// TAO in existence, in rao.
    #[pallet::storage]
    pub type TotalIssuance<T: Config> = StorageValue<_, u64, ValueQuery>;
    /// TAO held by subnet pools, in rao.
    #[pallet::storage]
    pub type TotalStake<T: Config> = StorageValue<_, u64, ValueQuery>;
    /// How many networks exist, root included.
    #[pallet::storage]
    pub type TotalNetworks<T: Config> = StorageValue<_, u16, ValueQuery>;
    /// Blocks in which a new subnet cannot be dissolved for another.
    #[pallet::storage]
    pub type NetworkImmunityPeriod<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<1296000>>;
    /// Blocks between the registration of a subnet and its start call.
    #[pallet::storage]
    pub type StartCallDelay<T: Config> = StorageValue<_, u64, ValueQuery>;
    /// Lowest price of a subnet, in rao.
    #[pallet::storage]
    pub type NetworkMinLockCost<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<1000000000000>>;
    /// Price of the last subnet, in rao.
    #[pallet::storage]
    pub type NetworkLastLockCost<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<1000000000000>>;
    /// Blocks in which the price of a subnet falls back to its minimum.
    #[pallet::storage]
    pub type NetworkLockReductionInterval<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<100800>>;
    /// The owner's share of a subnet's emission, over 65535.
    #[pallet::storage]
    pub type SubnetOwnerCut<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<11796>>;
    /// Blocks between two subnet registrations.
    #[pallet::storage]
    pub type NetworkRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<7200>>;
    /// Smallest nomination, in units of the minimum stake.
    #[pallet::storage]
    pub type NominatorMinRequiredStake<T: Config> = StorageValue<_, u64, ValueQuery>;
    /// How many subnets may run their epoch in one block.
    #[pallet::storage]
    pub type MaxEpochsPerBlock<T: Config> = StorageValue<_, u8, ValueQuery, ConstU8<2>>;
    /// Blocks between two rate-limited transactions of a key.
    #[pallet::storage]
    pub type TxRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<1000>>;
    /// Blocks between two increases of a take.
    #[pallet::storage]
    pub type TxDelegateTakeRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<216000>>;
    /// Blocks between two changes of a childkey take.
    #[pallet::storage]
    pub type TxChildkeyTakeRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<216000>>;
    /// Total stake below which a hotkey neither validates nor sets weights, in rao.
    #[pallet::storage]
    pub type StakeThreshold<T: Config> = StorageValue<_, u64, ValueQuery>;
    /// The only commit-reveal version accepted.
    #[pallet::storage]
    pub type CommitRevealWeightsVersion<T: Config> = StorageValue<_, u16, ValueQuery, ConstU16<4>>;
    /// Most mechanisms of a subnet.
    #[pallet::storage]
    pub type MaxMechanismCount<T: Config> = StorageValue<_, u8, ValueQuery, ConstU8<2>>;
    /// Epochs between two changes of a weights version key.
    #[pallet::storage]
    pub type WeightsVersionKeyRateLimit<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<5>>;
    /// Block of the last action under a rate limit.
    #[pallet::storage]
    pub type LastRateLimitedBlock<T: Config> = StorageMap<_, Identity, RateLimitKey<AccountId>, u64, ValueQuery>;
    /// Block of the last transaction of a kind by a hotkey on a subnet.
    #[pallet::storage]
    pub type TransactionKeyLastBlock<T: Config> = StorageNMap<_, (NMapKey<Blake2_128Concat, AccountId>, NMapKey<Identity, u16>, NMapKey<Identity, u16>), u64, ValueQuery>;
    /// Block of the last rate-limited transaction of a key.
    #[pallet::storage]
    pub type LastTxBlock<T: Config> = StorageMap<_, Identity, AccountId, u64, ValueQuery>;
    /// Block of the last change of a take.
    #[pallet::storage]
    pub type LastTxBlockDelegateTake<T: Config> = StorageMap<_, Identity, AccountId, u64, ValueQuery>;
    /// Blocks between scheduling children and their taking effect.
    #[pallet::storage]
    pub type PendingChildKeyCooldown<T: Config> = StorageValue<_, u64, ValueQuery, ConstU64<7200>>;
    /// Block from which subnets may be registered.
    #[pallet::storage]
    pub type NetworkRegistrationStartBlock<T: Config> = StorageValue<_, u64, ValueQuery>;
}
