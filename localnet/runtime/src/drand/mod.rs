//! Pulses of the drand beacon: what opens timelocked commits.
//!
//! Anyone may bring a pulse; it counts if the beacon signed it.

mod types;

pub use pallet::*;
pub use types::*;

#[frame_support::pallet]
pub mod pallet {
    use super::types::*;
    use codec::Encode;
    use frame_support::{
        dispatch::{DispatchClass, Pays},
        pallet_prelude::*,
    };
    use frame_system::pallet_prelude::*;
    use sp_runtime::{
        MultiSignature, MultiSigner,
        traits::{IdentifyAccount, Verify},
    };

    /// Pulses kept; older ones are forgotten.
    const MAX_KEPT_PULSES: u64 = 864_000;
    /// Pulses forgotten at a time.
    const MAX_REMOVED_PULSES: u64 = 100;
    const UNSIGNED_PRIORITY: u64 = 1 << 20;

    #[pallet::pallet]
    #[pallet::without_storage_info]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// The key to encrypt to; of the local chain alone, where it need not be quicknet's.
        #[pallet::constant]
        type BeaconPublicKey: Get<PublicKey>;
    }

    /// The beacon whose pulses are accepted: quicknet unless changed.
    #[pallet::storage]
    pub type BeaconConfig<T: Config> = StorageValue<_, BeaconConfiguration, ValueQuery, Quicknet>;

    #[pallet::storage]
    pub type Pulses<T: Config> = StorageMap<_, Blake2_128Concat, RoundNumber, Pulse, OptionQuery>;

    /// The newest round on chain.
    #[pallet::storage]
    pub type LastStoredRound<T: Config> = StorageValue<_, RoundNumber, ValueQuery>;

    /// The oldest round on chain.
    #[pallet::storage]
    pub type OldestStoredRound<T: Config> = StorageValue<_, RoundNumber, ValueQuery>;

    /// Block from which the next pulse is accepted.
    #[pallet::storage]
    pub type NextUnsignedAt<T: Config> = StorageValue<_, BlockNumberFor<T>, ValueQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(fn deposit_event)]
    pub enum Event<T: Config> {
        /// Root named another beacon: from here on its pulses count, and no others.
        BeaconConfigChanged,
        /// Pulses are on chain.
        NewPulse {
            /// Of those that the beacon signed.
            rounds: Vec<RoundNumber>,
        },
        /// Root said that all rounds before this one are gone.
        SetOldestStoredRound(u64),
    }

    #[pallet::extra_constants]
    impl<T: Config> Pallet<T> {
        #[pallet::constant_name(UnsignedPriority)]
        fn unsigned_priority() -> u64 {
            UNSIGNED_PRIORITY
        }
        #[pallet::constant_name(HttpFetchTimeout)]
        fn http_fetch_timeout() -> u64 {
            1_000
        }
    }

    #[pallet::error]
    pub enum Error<T> {
        /// Nothing is stored there.
        NoneValue,
        /// A number grew too large.
        StorageOverflow,
        /// The beacon could not be reached.
        DrandConnectionFailure,
        /// The pulse is not signed by the beacon.
        UnverifiedPulse,
        /// The round is not newer than the last one.
        InvalidRoundNumber,
        /// A key or signature is not a point of its group.
        PulseVerificationError,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Brings pulses; unsigned by an account, signed by its bringer.
        #[pallet::call_index(0)]
        #[pallet::weight((Weight::from_parts(5_000_000_000, 0), DispatchClass::Operational, Pays::No))]
        pub fn write_pulse(
            origin: OriginFor<T>,
            pulses_payload: PulsesPayload<MultiSigner, BlockNumberFor<T>>,
            _signature: Option<MultiSignature>,
        ) -> DispatchResult {
            ensure_none(origin)?;
            let mut rounds = Vec::new();
            for pulse in pulses_payload.pulses {
                if Self::store(pulse.clone())? {
                    rounds.push(pulse.round);
                }
            }
            NextUnsignedAt::<T>::put(frame_system::Pallet::<T>::block_number());
            if !rounds.is_empty() {
                Self::deposit_event(Event::NewPulse { rounds });
            }
            Ok(())
        }

        /// Root names another beacon.
        #[pallet::call_index(1)]
        #[pallet::weight(Weight::from_parts(10_000_000, 0))]
        pub fn set_beacon_config(
            origin: OriginFor<T>,
            config_payload: BeaconConfigurationPayload<MultiSigner, BlockNumberFor<T>>,
            _signature: Option<MultiSignature>,
        ) -> DispatchResult {
            ensure_root(origin)?;
            BeaconConfig::<T>::put(config_payload.config);
            Self::deposit_event(Event::BeaconConfigChanged);
            Ok(())
        }

        /// Root says which rounds are gone.
        #[pallet::call_index(2)]
        #[pallet::weight(Weight::from_parts(10_000_000, 0))]
        pub fn set_oldest_stored_round(origin: OriginFor<T>, oldest_round: u64) -> DispatchResult {
            ensure_root(origin)?;
            OldestStoredRound::<T>::put(oldest_round);
            Self::deposit_event(Event::SetOldestStoredRound(oldest_round));
            Ok(())
        }
    }

    impl<T: Config> Pallet<T> {
        /// Keeps a pulse; false if the beacon did not sign it.
        fn store(pulse: Pulse) -> Result<bool, Error<T>> {
            let key = BeaconConfig::<T>::get().public_key;
            let signed = timelock::verify(&key, pulse.round, &pulse.signature)
                .map_err(|_| Error::<T>::PulseVerificationError)?;
            if !signed {
                return Ok(false);
            }
            let last = LastStoredRound::<T>::get();
            ensure!(pulse.round > last, Error::<T>::InvalidRoundNumber);
            let round = pulse.round;
            Pulses::<T>::insert(round, pulse);
            LastStoredRound::<T>::put(round);
            if last == 0 && OldestStoredRound::<T>::get() == 0 {
                OldestStoredRound::<T>::put(round);
            }
            Self::forget_old(round);
            Ok(true)
        }

        fn forget_old(newest: RoundNumber) {
            let mut oldest = OldestStoredRound::<T>::get();
            let keep_from = newest.saturating_sub(MAX_KEPT_PULSES);
            let stop = keep_from.min(oldest.saturating_add(MAX_REMOVED_PULSES));
            while oldest < stop {
                Pulses::<T>::remove(oldest);
                oldest = oldest.saturating_add(1);
            }
            OldestStoredRound::<T>::put(oldest);
        }
    }

    #[pallet::validate_unsigned]
    impl<T: Config> ValidateUnsigned for Pallet<T> {
        type Call = Call<T>;

        fn validate_unsigned(_source: TransactionSource, call: &Call<T>) -> TransactionValidity {
            let Call::write_pulse {
                pulses_payload: payload,
                signature: Some(signature),
            } = call
            else {
                return InvalidTransaction::Call.into();
            };
            let signer = payload.public.clone().into_account();
            if !signature.verify(&payload.encode()[..], &signer) {
                return InvalidTransaction::BadProof.into();
            }
            let block = frame_system::Pallet::<T>::block_number();
            if payload.block_number > block {
                return InvalidTransaction::Future.into();
            }
            let [pulse] = &payload.pulses[..] else {
                return InvalidTransaction::Call.into();
            };
            let late = pulse.round <= LastStoredRound::<T>::get();
            if late || NextUnsignedAt::<T>::get() > block {
                return InvalidTransaction::Stale.into();
            }
            ValidTransaction::with_tag_prefix("DrandOffchainWorker")
                .priority(UNSIGNED_PRIORITY.saturating_add(u64::MAX.saturating_sub(pulse.round)))
                .and_provides(("drand", pulse.round))
                .longevity(3)
                .propagate(false)
                .build()
        }
    }
}
