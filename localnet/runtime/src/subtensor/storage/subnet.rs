//! What a subnet is: its schedule, owner, membership.
//!
//! Names, keys, hashers and defaults are those of the real chain: clients address storage by them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod subnet_storage {
    /// Which subnets exist.
    #[pallet::storage]
    pub type NetworksAdded<T: Config> = StorageMap<_, Identity, u16, bool, ValueQuery>;
    /// How the token is priced: 0 one to one with TAO, 1 by a pool.
    #[pallet::storage]
    pub type SubnetMechanism<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery>;
    /// Number of neurons.
    #[pallet::storage]
    pub type SubnetworkN<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery>;
    /// Blocks between two epochs; 0 stops them.
    #[pallet::storage]
    pub type Tempo<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery, ConstU16<360>>;
    /// Block of the last epoch.
    #[pallet::storage]
    pub type LastEpochBlock<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Block of an epoch that was triggered or deferred; 0 for none.
    #[pallet::storage]
    pub type PendingEpochAt<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Epochs run so far: the key of commits.
    #[pallet::storage]
    pub type SubnetEpochIndex<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Blocks since the last epoch.
    #[pallet::storage]
    pub type BlocksSinceLastStep<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Block of the last epoch that wrote results (the chain spells it so).
    #[pallet::storage]
    pub type LastMechansimStepBlock<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Block from which the subnet is paid; absent before its start call.
    #[pallet::storage]
    pub type FirstEmissionBlockNumber<T: Config> = StorageMap<_, Identity, u16, u64, OptionQuery>;
    /// Block of registration.
    #[pallet::storage]
    pub type NetworkRegisteredAt<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// How often this netuid was registered.
    #[pallet::storage]
    pub type RegisteredSubnetCounter<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Whether neurons may register by burning.
    #[pallet::storage]
    pub type NetworkRegistrationAllowed<T: Config> =
        StorageMap<_, Identity, u16, bool, ValueQuery, ConstBool<true>>;
    /// Whether neurons may register by proof of work.
    #[pallet::storage]
    pub type NetworkPowRegistrationAllowed<T: Config> =
        StorageMap<_, Identity, u16, bool, ValueQuery, ConstBool<true>>;
    /// Coldkey of the owner.
    #[pallet::storage]
    pub type SubnetOwner<T: Config> =
        StorageMap<_, Identity, u16, AccountId, ValueQuery, ZeroAccount>;
    /// Hotkey of the owner: it keeps a permit and is never pruned.
    #[pallet::storage]
    pub type SubnetOwnerHotkey<T: Config> =
        StorageMap<_, Identity, u16, AccountId, ValueQuery, ZeroAccount>;
    /// Whether the subnet's token may be staked.
    #[pallet::storage]
    pub type SubtokenEnabled<T: Config> = StorageMap<_, Identity, u16, bool, ValueQuery>;
    /// Whether stake may be transferred.
    #[pallet::storage]
    pub type TransferToggle<T: Config> =
        StorageMap<_, Identity, u16, bool, ValueQuery, ConstBool<true>>;
    /// TAO locked by the owner, in rao.
    #[pallet::storage]
    pub type SubnetLocked<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Largest lock so far, in rao.
    #[pallet::storage]
    pub type LargestLocked<T: Config> = StorageMap<_, Identity, u16, u64, ValueQuery>;
    /// Symbol of the subnet's token, UTF-8.
    #[pallet::storage]
    pub type TokenSymbol<T: Config> =
        StorageMap<_, Identity, u16, Vec<u8>, ValueQuery, DefaultTokenSymbol<T>>;
    /// Name, site and contacts of a subnet.
    #[pallet::storage]
    pub type SubnetIdentitiesV3<T: Config> =
        StorageMap<_, Blake2_128Concat, u16, SubnetIdentityV3, OptionQuery>;
    /// Number of mechanisms.
    #[pallet::storage]
    pub type MechanismCountCurrent<T: Config> =
        StorageMap<_, Twox64Concat, u16, u8, ValueQuery, ConstU8<1>>;
    /// How emission is split over mechanisms; shares add up to 65535.
    #[pallet::storage]
    pub type MechanismEmissionSplit<T: Config> =
        StorageMap<_, Twox64Concat, u16, Vec<u16>, OptionQuery>;
    /// Whether the owner's cut is taken.
    #[pallet::storage]
    pub type OwnerCutEnabled<T: Config> =
        StorageMap<_, Identity, u16, bool, ValueQuery, ConstBool<true>>;
    /// Whether the subnet takes part in emission.
    #[pallet::storage]
    pub type SubnetEmissionEnabled<T: Config> =
        StorageMap<_, Identity, u16, bool, ValueQuery, ConstBool<true>>;
    /// What becomes of emission to the owner's miners.
    #[pallet::storage]
    pub type RecycleOrBurn<T: Config> = StorageMap<_, Identity, u16, RecycleOrBurnEnum, ValueQuery>;
}
