//! Small public statements of neurons, such as where their models lie.

mod types;

pub use pallet::*;
pub(crate) use types::MaxFields;
pub use types::{CommitmentInfo, Data};

#[frame_support::pallet]
pub mod pallet {
    use super::types::*;
    use crate::{AccountId, Balance, NetUid, drand, subtensor};
    use codec::Encode;
    use frame_support::{
        dispatch::{DispatchClass, Pays},
        pallet_prelude::*,
        traits::ConstU32,
    };
    use frame_system::pallet_prelude::*;
    use sp_runtime::SaturatedConversion;
    use std::collections::BTreeSet;

    /// A commitment uses at least this space, in bytes.
    const LEAST_SPACE: u64 = 100;
    /// Revealed fields kept of a hotkey.
    const MAX_REVEALED: usize = 10;

    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config:
        frame_system::Config<RuntimeEvent: From<Event<Self>>> + subtensor::Config + drand::Config
    {
        /// Most fields of a commitment.
        #[pallet::constant]
        type MaxFields: Get<u32>;
    }

    /// Commitments with a field that waits for its round.
    #[pallet::storage]
    pub type TimelockedIndex<T: Config> =
        StorageValue<_, BTreeSet<(NetUid, AccountId)>, ValueQuery>;

    #[pallet::storage]
    pub type CommitmentOf<T: Config> = StorageDoubleMap<
        _,
        Identity,
        NetUid,
        Twox64Concat,
        AccountId,
        Registration<Balance, BlockNumberFor<T>>,
    >;

    /// Block of a hotkey's last commitment.
    #[pallet::storage]
    pub type LastCommitment<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Twox64Concat, AccountId, BlockNumberFor<T>>;

    /// Block of a hotkey's last reset of bonds.
    #[pallet::storage]
    pub type LastBondsReset<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Twox64Concat, AccountId, BlockNumberFor<T>>;

    /// What timelocked fields turned out to hold, with the block of their reveal.
    #[pallet::storage]
    pub type RevealedCommitments<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Twox64Concat, AccountId, Vec<(Vec<u8>, u64)>>;

    #[pallet::storage]
    pub type UsedSpaceOf<T: Config> =
        StorageDoubleMap<_, Identity, NetUid, Twox64Concat, AccountId, UsageTracker>;

    /// Bytes that a hotkey may commit in an epoch.
    #[pallet::storage]
    pub type MaxSpace<T: Config> = StorageValue<_, u32, ValueQuery, ConstU32<3100>>;

    #[pallet::event]
    #[pallet::generate_deposit(fn deposit_event)]
    pub enum Event<T: Config> {
        /// A commitment without timelocked fields took the place of the last one.
        Commitment {
            /// Of the subnet.
            netuid: NetUid,
            /// The hotkey.
            who: AccountId,
        },
        /// A commitment with a timelocked field took the place of the last one.
        TimelockCommitment {
            /// Of the subnet.
            netuid: NetUid,
            /// The hotkey.
            who: AccountId,
            /// The drand round that opens it.
            reveal_round: u64,
        },
        /// Timelocked fields were opened, and are among the revealed ones now.
        CommitmentRevealed {
            /// Of the subnet.
            netuid: NetUid,
            /// The hotkey.
            who: AccountId,
        },
    }

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        #[pallet::constant_name(InitialDeposit)]
        fn initial_deposit() -> u64 {
            0
        }
        #[pallet::constant_name(FieldDeposit)]
        fn field_deposit() -> u64 {
            0
        }
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The commitment has more fields than may be.
        TooManyFieldsInCommitmentInfo,
        /// The hotkey has no uid on this subnet.
        AccountNotAllowedCommit,
        /// The hotkey has used up its bytes for now.
        SpaceLimitExceeded,
        /// A deposit was not all there.
        UnexpectedUnreserveLeftover,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_initialize(block: BlockNumberFor<T>) -> Weight {
            for (netuid, who) in TimelockedIndex::<T>::get() {
                Self::reveal(netuid, who, block);
            }
            Weight::zero()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Commits, in place of what the hotkey committed before.
        #[pallet::call_index(0)]
        #[pallet::weight((Weight::from_parts(20_000_000, 0), DispatchClass::Normal, Pays::No))]
        pub fn set_commitment(
            origin: OriginFor<T>,
            netuid: NetUid,
            info: Box<CommitmentInfo>,
        ) -> DispatchResult {
            let who = ensure_signed(origin)?;
            let registered = subtensor::Uids::<T>::contains_key(netuid, &who);
            ensure!(registered, Error::<T>::AccountNotAllowedCommit);
            Self::use_space(netuid, &who, &info)?;
            let block = frame_system::Pallet::<T>::block_number();
            if info.fields.contains(&Data::ResetBondsFlag) {
                LastBondsReset::<T>::insert(netuid, &who, block);
                subtensor::Pallet::<T>::reset_bonds(netuid, &who);
            }
            let timelocked = info.fields.iter().find_map(|field| match field {
                Data::TimelockEncrypted { reveal_round, .. } => Some(*reveal_round),
                _ => None,
            });
            let registration = Registration {
                deposit: 0,
                block,
                info: *info,
            };
            CommitmentOf::<T>::insert(netuid, &who, registration);
            LastCommitment::<T>::insert(netuid, &who, block);
            let key = (netuid, who.clone());
            match timelocked {
                Some(reveal_round) => {
                    TimelockedIndex::<T>::mutate(|index| index.insert(key));
                    Self::deposit_event(Event::TimelockCommitment {
                        netuid,
                        who,
                        reveal_round,
                    });
                }
                None => {
                    TimelockedIndex::<T>::mutate(|index| index.remove(&key));
                    Self::deposit_event(Event::Commitment { netuid, who });
                }
            }
            Ok(())
        }

        /// Root sets how much a hotkey may commit in an epoch, in bytes.
        #[pallet::call_index(2)]
        #[pallet::weight((Weight::from_parts(10_000_000, 0), DispatchClass::Operational, Pays::No))]
        pub fn set_max_space(origin: OriginFor<T>, new_limit: u32) -> DispatchResult {
            ensure_root(origin)?;
            MaxSpace::<T>::put(new_limit);
            Ok(())
        }
    }

    impl<T: Config> Pallet<T> {
        /// Commitments on a subnet, as they are stored.
        pub fn all(netuid: NetUid) -> Vec<(AccountId, Vec<u8>)> {
            CommitmentOf::<T>::iter_prefix(netuid)
                .map(|(who, registration)| (who, registration.encode()))
                .collect()
        }

        fn use_space(netuid: NetUid, who: &AccountId, info: &CommitmentInfo) -> DispatchResult {
            let needed: u64 = info
                .fields
                .iter()
                .map(Data::space)
                .sum::<u64>()
                .max(LEAST_SPACE);
            let epoch = subtensor::SubnetEpochIndex::<T>::get(netuid);
            let mut usage = UsedSpaceOf::<T>::get(netuid, who)
                .filter(|usage| usage.last_epoch == epoch)
                .unwrap_or(UsageTracker {
                    last_epoch: epoch,
                    used_space: 0,
                });
            usage.used_space = usage.used_space.saturating_add(needed);
            let fits = usage.used_space <= u64::from(MaxSpace::<T>::get());
            ensure!(fits, Error::<T>::SpaceLimitExceeded);
            UsedSpaceOf::<T>::insert(netuid, who, usage);
            Ok(())
        }

        /// Rounds that fields of commitments wait for, as often as they do.
        pub fn awaited_rounds() -> Vec<u64> {
            let waiting = TimelockedIndex::<T>::get().into_iter();
            waiting
                .filter_map(|(netuid, who)| CommitmentOf::<T>::get(netuid, who))
                .flat_map(|registration| registration.info.fields)
                .filter_map(|field| match field {
                    Data::TimelockEncrypted { reveal_round, .. } => Some(reveal_round),
                    _ => None,
                })
                .collect()
        }

        /// Opens the fields of a commitment whose round has been published; one that does not open is
        /// dropped.
        fn reveal(netuid: NetUid, who: AccountId, block: BlockNumberFor<T>) {
            let mut revealed = Vec::new();
            let mut waiting = false;
            if let Some(mut registration) = CommitmentOf::<T>::get(netuid, &who) {
                registration.info.fields.retain(|field| {
                    let Data::TimelockEncrypted {
                        encrypted,
                        reveal_round,
                    } = field
                    else {
                        return true;
                    };
                    let Some(pulse) = drand::Pulses::<T>::get(reveal_round) else {
                        waiting = true;
                        return true;
                    };
                    revealed.extend(timelock::decrypt(encrypted, &pulse.signature).ok());
                    false
                });
                CommitmentOf::<T>::insert(netuid, &who, registration);
            }
            if !waiting {
                TimelockedIndex::<T>::mutate(|index| index.remove(&(netuid, who.clone())));
            }
            if revealed.is_empty() {
                return;
            }
            RevealedCommitments::<T>::mutate(netuid, &who, |all| {
                let all = all.get_or_insert_default();
                let block = block.saturated_into();
                all.extend(revealed.into_iter().map(|bytes| (bytes, block)));
                let excess = all.len().saturating_sub(MAX_REVEALED);
                all.drain(..excess);
            });
            Self::deposit_event(Event::CommitmentRevealed { netuid, who });
        }
    }

    impl<T: Config> subtensor::ForgetSubnet for Pallet<T> {
        fn forget(netuid: NetUid) {
            let _ = CommitmentOf::<T>::clear_prefix(netuid, u32::MAX, None);
            let _ = LastCommitment::<T>::clear_prefix(netuid, u32::MAX, None);
            let _ = LastBondsReset::<T>::clear_prefix(netuid, u32::MAX, None);
            let _ = RevealedCommitments::<T>::clear_prefix(netuid, u32::MAX, None);
            let _ = UsedSpaceOf::<T>::clear_prefix(netuid, u32::MAX, None);
            TimelockedIndex::<T>::mutate(|index| index.retain(|(of, _)| *of != netuid));
        }
    }
}
