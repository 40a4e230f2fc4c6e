//! Weights that are committed and not yet revealed; by storage index.
//!
//! Names, keys, hashers and defaults are those of the real chain: clients address storage by them.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod commits_storage {
    /// (hash, commit epoch, commit block, unused) in order of commit.
    #[pallet::storage]
    pub type WeightCommits<T: Config> = StorageDoubleMap<_, Twox64Concat, u16, Twox64Concat, AccountId, VecDeque<(H256, u64, u64, u64)>, OptionQuery>;
    /// (hotkey, commit block, ciphertext, drand round) by epoch of commit.
    #[pallet::storage]
    pub type TimelockedWeightCommits<T: Config> = StorageDoubleMap<_, Twox64Concat, u16, Twox64Concat, u64, VecDeque<(AccountId, u64, TimelockedBytes, u64)>, ValueQuery>;
}
