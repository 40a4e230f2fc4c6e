//! Who holds how much of which subnet's token through whom.
//!
//! Names, keys, hashers and defaults are those of the real chain: clients address storage by them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod stake_storage {
    /// Coldkey of a hotkey.
    #[pallet::storage]
    pub type Owner<T: Config> =
        StorageMap<_, Blake2_128Concat, AccountId, AccountId, ValueQuery, ZeroAccount>;
    /// Hotkeys of a coldkey.
    #[pallet::storage]
    pub type OwnedHotkeys<T: Config> =
        StorageMap<_, Blake2_128Concat, AccountId, Vec<AccountId>, ValueQuery>;
    /// Hotkeys through which a coldkey stakes.
    #[pallet::storage]
    pub type StakingHotkeys<T: Config> =
        StorageMap<_, Blake2_128Concat, AccountId, Vec<AccountId>, ValueQuery>;
    /// Share of dividends a hotkey keeps, over 65535.
    #[pallet::storage]
    pub type Delegates<T: Config> =
        StorageMap<_, Blake2_128Concat, AccountId, u16, ValueQuery, ConstU16<11796>>;
    /// Share a child keeps of inherited dividends, over 65535.
    #[pallet::storage]
    pub type ChildkeyTake<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, AccountId, Identity, u16, u16, ValueQuery>;
    /// Part of dividends to parents of another owner that is destroyed, over u64::MAX.
    #[pallet::storage]
    pub type CKBurn<T: Config> = StorageValue<_, u64, ValueQuery>;
    /// Children to take effect at a block.
    #[pallet::storage]
    pub type PendingChildKeys<T: Config> = StorageDoubleMap<
        _,
        Identity,
        u16,
        Blake2_128Concat,
        AccountId,
        (Vec<(u64, AccountId)>, u64),
        ValueQuery,
    >;
    /// Hotkeys that a hotkey lends stake to, with shares over u64::MAX.
    #[pallet::storage]
    pub type ChildKeys<T: Config> = StorageDoubleMap<
        _,
        Blake2_128Concat,
        AccountId,
        Identity,
        u16,
        Vec<(u64, AccountId)>,
        ValueQuery,
    >;
    /// Hotkeys that lend stake to a hotkey, with shares over u64::MAX.
    #[pallet::storage]
    pub type ParentKeys<T: Config> = StorageDoubleMap<
        _,
        Blake2_128Concat,
        AccountId,
        Identity,
        u16,
        Vec<(u64, AccountId)>,
        ValueQuery,
    >;
    /// Stake on a hotkey, in rao of the token.
    #[pallet::storage]
    pub type TotalHotkeyAlpha<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, AccountId, Identity, u16, u64, ValueQuery>;
    /// The same at the last epoch.
    #[pallet::storage]
    pub type TotalHotkeyAlphaLastEpoch<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, AccountId, Identity, u16, u64, ValueQuery>;
    /// Shares outstanding of a hotkey's stake.
    #[pallet::storage]
    pub type TotalHotkeySharesV2<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, AccountId, Identity, u16, SafeFloat, ValueQuery>;
    /// Shares of a coldkey in a hotkey's stake.
    #[pallet::storage]
    pub type AlphaV2<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Blake2_128Concat, AccountId>,
            NMapKey<Blake2_128Concat, AccountId>,
            NMapKey<Identity, u16>,
        ),
        SafeFloat,
        ValueQuery,
    >;
    /// Dividends of a hotkey in the last epoch.
    #[pallet::storage]
    pub type AlphaDividendsPerSubnet<T: Config> =
        StorageDoubleMap<_, Identity, u16, Blake2_128Concat, AccountId, u64, ValueQuery>;
    /// Root dividends of a hotkey in the last epoch.
    #[pallet::storage]
    pub type RootAlphaDividendsPerSubnet<T: Config> =
        StorageDoubleMap<_, Identity, u16, Blake2_128Concat, AccountId, u64, ValueQuery>;
    /// Emission to a hotkey in the last epoch.
    #[pallet::storage]
    pub type LastHotkeyEmissionOnNetuid<T: Config> =
        StorageDoubleMap<_, Blake2_128Concat, AccountId, Identity, u16, u64, ValueQuery>;
    /// Block in which a coldkey last swapped a hotkey on a subnet.
    #[pallet::storage]
    pub type LastHotkeySwapOnNetuid<T: Config> =
        StorageDoubleMap<_, Identity, u16, Blake2_128Concat, AccountId, u64, ValueQuery>;
    /// Whether a root validator becomes a parent of new subnets' owners.
    #[pallet::storage]
    pub type AutoParentDelegationEnabled<T: Config> =
        StorageMap<_, Blake2_128Concat, AccountId, bool, ValueQuery, ConstBool<true>>;
    /// Block in which a coldkey last staked on a hotkey.
    #[pallet::storage]
    pub type LastColdkeyHotkeyStakeBlock<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AccountId, Twox64Concat, AccountId, u64, OptionQuery>;
}
