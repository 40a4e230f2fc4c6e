//! Items that runtimes after spec 425 added and that clients of today read before they act. Each has
//! its real name, key, hasher and default; tests/metadata.rs lists them with their spec.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod later_storage {
    /// How an epoch comes to its consensus.
    #[pallet::storage]
    pub type SubnetEpochConsensus<T: Config> =
        StorageMap<_, Identity, u16, EpochConsensus, ValueQuery>;
    /// Part of a place's price that becomes locked stake instead of being burned, over 65535.
    #[pallet::storage]
    pub type CollateralLockShare<T: Config> = StorageMap<_, Identity, u16, u16, ValueQuery>;
}
