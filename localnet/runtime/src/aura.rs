//! Block authorship as clients see it: the constant `SlotDuration` and the current slot.
//!
//! The local chain seals its blocks itself, so there is neither a committee nor a seal.

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
    use frame_support::pallet_prelude::*;

    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config {
        /// Milliseconds between two blocks.
        #[pallet::constant]
        type SlotDuration: Get<u64>;
    }

    /// Milliseconds since the Unix epoch over the slot duration.
    #[pallet::storage]
    pub type CurrentSlot<T: Config> = StorageValue<_, u64, ValueQuery>;

    impl<T: Config> frame_support::traits::OnTimestampSet<u64> for Pallet<T> {
        fn on_timestamp_set(moment: u64) {
            CurrentSlot::<T>::put(moment / T::SlotDuration::get().max(1));
        }
    }
}
