//! Block authorship as clients see it: the constant `SlotDuration` and the current slot.
//!
//! The local chain seals its blocks itself, so there is neither a committee nor a seal, and nobody whom
//! fees could go to; a state with authorities pays them as the real chain does.

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
    use crate::AccountId;
    use frame_support::pallet_prelude::*;
    use sp_runtime::ConsensusEngineId;

    const ENGINE: ConsensusEngineId = *b"aura";

    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config {
        /// Milliseconds between two blocks.
        #[pallet::constant]
        type SlotDuration: Get<u64>;
    }

    /// Accounts that take turns in making blocks; none on a local chain.
    #[pallet::storage]
    pub type Authorities<T: Config> = StorageValue<_, Vec<AccountId>, ValueQuery>;

    /// Milliseconds since the Unix epoch over the slot duration.
    #[pallet::storage]
    pub type CurrentSlot<T: Config> = StorageValue<_, u64, ValueQuery>;

    impl<T: Config> Pallet<T> {
        /// Whose turn the block's slot is, by the slot that its header tells.
        pub fn author() -> Option<AccountId> {
            let digest = frame_system::Pallet::<T>::digest();
            let slot = digest.logs.iter().find_map(|log| {
                let (engine, mut data) = log.as_pre_runtime()?;
                (engine == ENGINE).then(|| u64::decode(&mut data).ok())?
            })?;
            let authorities = Authorities::<T>::get();
            let turn = slot.checked_rem(authorities.len() as u64)?;
            authorities.get(usize::try_from(turn).ok()?).cloned()
        }
    }

    impl<T: Config> frame_support::traits::OnTimestampSet<u64> for Pallet<T> {
        fn on_timestamp_set(moment: u64) {
            CurrentSlot::<T>::put(moment / T::SlotDuration::get().max(1));
        }
    }
}
