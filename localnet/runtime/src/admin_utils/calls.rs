//! The calls, by index. Each names who may make it; what it does is one line.

use frame_support::pallet_macros::pallet_section;

#[pallet_section]
mod admin_calls {
    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Blocks between two rate-limited transactions of a key.
        #[pallet::call_index(2)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_tx_rate_limit(origin: OriginFor<T>, tx_rate_limit: u64) -> DispatchResult {
            ensure_root(origin)?;
            TxRateLimit::<T>::put(tx_rate_limit);
            Self::announce(SubtensorEvent::TxRateLimitSet(tx_rate_limit));
            Ok(())
        }

        /// Blocks between two axon announcements.
        #[pallet::call_index(3)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_serving_rate_limit(
            origin: OriginFor<T>,
            netuid: NetUid,
            serving_rate_limit: u64,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::ServingRateLimit),
                || {
                    Self::ensure_exists(netuid)?;
                    ServingRateLimit::<T>::insert(netuid, serving_rate_limit);
                    Self::announce(SubtensorEvent::ServingRateLimitSet(
                        netuid,
                        serving_rate_limit,
                    ));
                    Ok(())
                },
            )
        }

        /// Smallest version key of weights.
        #[pallet::call_index(6)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_weights_version_key(
            origin: OriginFor<T>,
            netuid: NetUid,
            weights_version_key: u64,
        ) -> DispatchResult {
            Subtensor::<T>::change(origin, netuid, Change::WeightsVersionKey, || {
                Self::ensure_exists(netuid)?;
                WeightsVersionKey::<T>::insert(netuid, weights_version_key);
                Self::announce(SubtensorEvent::WeightsVersionKeySet(
                    netuid,
                    weights_version_key,
                ));
                Ok(())
            })
        }

        /// Blocks between two weight settings.
        #[pallet::call_index(7)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_weights_set_rate_limit(
            origin: OriginFor<T>,
            netuid: NetUid,
            weights_set_rate_limit: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Self::ensure_exists(netuid)?;
            WeightsSetRateLimit::<T>::insert(netuid, weights_set_rate_limit);
            Self::announce(SubtensorEvent::WeightsSetRateLimitSet(
                netuid,
                weights_set_rate_limit,
            ));
            Ok(())
        }

        /// Blocks in which a new neuron is not pruned.
        #[pallet::call_index(13)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_immunity_period(
            origin: OriginFor<T>,
            netuid: NetUid,
            immunity_period: u16,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::ImmunityPeriod),
                || {
                    Self::ensure_exists(netuid)?;
                    ImmunityPeriod::<T>::insert(netuid, immunity_period);
                    Self::announce(SubtensorEvent::ImmunityPeriodSet(netuid, immunity_period));
                    Ok(())
                },
            )
        }

        /// Fewest weights in a vector.
        #[pallet::call_index(14)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_min_allowed_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            min_allowed_weights: u16,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::MinAllowedWeights),
                || {
                    Self::ensure_exists(netuid)?;
                    MinAllowedWeights::<T>::insert(netuid, min_allowed_weights);
                    Self::announce(SubtensorEvent::MinAllowedWeightSet(
                        netuid,
                        min_allowed_weights,
                    ));
                    Ok(())
                },
            )
        }

        /// Most neurons.
        #[pallet::call_index(15)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_max_allowed_uids(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_allowed_uids: u16,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::MaxAllowedUids),
                || {
                    Self::ensure_exists(netuid)?;
                    let n = SubnetworkN::<T>::get(netuid);
                    ensure!(
                        n <= max_allowed_uids,
                        Error::<T>::MaxAllowedUIdsLessThanCurrentUIds
                    );
                    let least = MinAllowedUids::<T>::get(netuid);
                    ensure!(
                        max_allowed_uids >= least,
                        Error::<T>::MaxAllowedUidsLessThanMinAllowedUids
                    );
                    let most = Error::<T>::MaxAllowedUidsGreaterThanDefaultMaxAllowedUids;
                    ensure!(max_allowed_uids <= MOST_UIDS, most);
                    MaxAllowedUids::<T>::insert(netuid, max_allowed_uids);
                    Self::announce(SubtensorEvent::MaxAllowedUidsSet(netuid, max_allowed_uids));
                    Ok(())
                },
            )
        }

        /// Majority of stake that consensus needs, over 65535.
        #[pallet::call_index(16)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_kappa(origin: OriginFor<T>, netuid: NetUid, kappa: u16) -> DispatchResult {
            ensure_root(origin)?;
            Self::ensure_exists(netuid)?;
            Kappa::<T>::insert(netuid, kappa);
            Self::announce(SubtensorEvent::KappaSet(netuid, kappa));
            Ok(())
        }

        /// Unused slope.
        #[pallet::call_index(17)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_rho(origin: OriginFor<T>, netuid: NetUid, rho: u16) -> DispatchResult {
            Subtensor::<T>::change(origin, netuid, Change::Owned(Hyperparameter::Rho), || {
                Self::ensure_exists(netuid)?;
                Rho::<T>::insert(netuid, rho);
                Self::announce(SubtensorEvent::RhoSet(netuid, rho));
                Ok(())
            })
        }

        /// Whether neurons may register.
        #[pallet::call_index(19)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_network_registration_allowed(
            origin: OriginFor<T>,
            netuid: NetUid,
            registration_allowed: bool,
        ) -> DispatchResult {
            ensure_root(origin)?;
            NetworkRegistrationAllowed::<T>::insert(netuid, registration_allowed);
            Self::announce(SubtensorEvent::RegistrationAllowed(
                netuid,
                registration_allowed,
            ));
            Ok(())
        }

        /// Registrations an interval should see.
        #[pallet::call_index(21)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_target_registrations_per_interval(
            origin: OriginFor<T>,
            netuid: NetUid,
            target_registrations_per_interval: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_window_open(netuid)?;
            Self::ensure_exists(netuid)?;
            TargetRegistrationsPerInterval::<T>::insert(netuid, target_registrations_per_interval);
            Self::announce(SubtensorEvent::RegistrationPerIntervalSet(
                netuid,
                target_registrations_per_interval,
            ));
            Ok(())
        }

        /// Lowest price of a place, in rao.
        #[pallet::call_index(22)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_min_burn(
            origin: OriginFor<T>,
            netuid: NetUid,
            min_burn: TaoBalance,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::MinBurn),
                || {
                    Self::ensure_exists(netuid)?;
                    let bound = MIN_BURN_BELOW.min(MaxBurn::<T>::get(netuid));
                    ensure!(min_burn < bound, Error::<T>::ValueNotInBounds);
                    MinBurn::<T>::insert(netuid, min_burn);
                    Self::announce(SubtensorEvent::MinBurnSet(netuid, min_burn));
                    Ok(())
                },
            )
        }

        /// Highest price of a place, in rao.
        #[pallet::call_index(23)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_max_burn(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_burn: TaoBalance,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::MaxBurn),
                || {
                    Self::ensure_exists(netuid)?;
                    let bound = MAX_BURN_ABOVE.max(MinBurn::<T>::get(netuid));
                    ensure!(max_burn > bound, Error::<T>::ValueNotInBounds);
                    MaxBurn::<T>::insert(netuid, max_burn);
                    Self::announce(SubtensorEvent::MaxBurnSet(netuid, max_burn));
                    Ok(())
                },
            )
        }

        /// How many permits an epoch gives.
        #[pallet::call_index(25)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_max_allowed_validators(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_allowed_validators: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_window_open(netuid)?;
            Self::ensure_exists(netuid)?;
            let places = MaxAllowedUids::<T>::get(netuid);
            ensure!(
                max_allowed_validators <= places,
                Error::<T>::MaxValidatorsLargerThanMaxUIds
            );
            MaxAllowedValidators::<T>::insert(netuid, max_allowed_validators);
            Self::announce(SubtensorEvent::MaxAllowedValidatorsSet(
                netuid,
                max_allowed_validators,
            ));
            Ok(())
        }

        /// Bond smoothing, in millionths.
        #[pallet::call_index(26)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_bonds_moving_average(
            origin: OriginFor<T>,
            netuid: NetUid,
            bonds_moving_average: u64,
        ) -> DispatchResult {
            let by_root = ensure_root(origin.clone()).is_ok();
            let bounded = by_root || bonds_moving_average <= OWNERS_MOST_SMOOTHING;
            ensure!(bounded, Error::<T>::BondsMovingAverageMaxReached);
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::BondsMovingAverage),
                || {
                    Self::ensure_exists(netuid)?;
                    BondsMovingAverage::<T>::insert(netuid, bonds_moving_average);
                    Self::announce(SubtensorEvent::BondsMovingAverageSet(
                        netuid,
                        bonds_moving_average,
                    ));
                    Ok(())
                },
            )
        }

        /// Most registrations in a block.
        #[pallet::call_index(27)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_max_registrations_per_block(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_registrations_per_block: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_window_open(netuid)?;
            Self::ensure_exists(netuid)?;
            MaxRegistrationsPerBlock::<T>::insert(netuid, max_registrations_per_block);
            Self::announce(SubtensorEvent::MaxRegistrationsPerBlockSet(
                netuid,
                max_registrations_per_block,
            ));
            Ok(())
        }

        /// The owner's share of emission, over 65535.
        #[pallet::call_index(28)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_subnet_owner_cut(
            origin: OriginFor<T>,
            subnet_owner_cut: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            SubnetOwnerCut::<T>::put(subnet_owner_cut);
            Self::announce(SubtensorEvent::SubnetOwnerCutSet(subnet_owner_cut));
            Ok(())
        }

        /// Blocks between two subnet registrations.
        #[pallet::call_index(29)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_network_rate_limit(
            origin: OriginFor<T>,
            rate_limit: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            NetworkRateLimit::<T>::put(rate_limit);
            Self::announce(SubtensorEvent::NetworkRateLimitSet(rate_limit));
            Ok(())
        }

        /// Blocks between two epochs; a new cycle starts.
        #[pallet::call_index(30)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_tempo(origin: OriginFor<T>, netuid: NetUid, tempo: u16) -> DispatchResult {
            ensure_root(origin)?;
            Subtensor::<T>::ensure_window_open(netuid)?;
            Self::ensure_exists(netuid)?;
            Subtensor::<T>::set_tempo_and_restart(netuid, tempo);
            Ok(())
        }

        /// Blocks in which a new subnet stays.
        #[pallet::call_index(35)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_network_immunity_period(
            origin: OriginFor<T>,
            immunity_period: u64,
        ) -> DispatchResult {
            ensure_root(origin)?;
            NetworkImmunityPeriod::<T>::put(immunity_period);
            Self::announce(SubtensorEvent::NetworkImmunityPeriodSet(immunity_period));
            Ok(())
        }

        /// Lowest price of a subnet, in rao.
        #[pallet::call_index(36)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_network_min_lock_cost(
            origin: OriginFor<T>,
            lock_cost: TaoBalance,
        ) -> DispatchResult {
            ensure_root(origin)?;
            NetworkMinLockCost::<T>::put(lock_cost);
            Self::announce(SubtensorEvent::NetworkMinLockCostSet(lock_cost));
            Ok(())
        }

        /// How many subnets may exist.
        #[pallet::call_index(37)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_subnet_limit(origin: OriginFor<T>, max_subnets: u16) -> DispatchResult {
            ensure_root(origin)?;
            SubnetLimit::<T>::put(max_subnets);
            Self::announce(SubtensorEvent::SubnetLimitSet(max_subnets));
            Ok(())
        }

        /// Total stake that setting weights needs, in rao.
        #[pallet::call_index(42)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_stake_threshold(origin: OriginFor<T>, min_stake: u64) -> DispatchResult {
            ensure_root(origin)?;
            StakeThreshold::<T>::put(min_stake);
            Self::announce(SubtensorEvent::StakeThresholdSet(min_stake));
            Ok(())
        }

        /// Whether weights must be committed first.
        #[pallet::call_index(49)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_commit_reveal_weights_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::CommitRevealEnabled),
                || {
                    Self::ensure_exists(netuid)?;
                    CommitRevealWeightsEnabled::<T>::insert(netuid, enabled);
                    Self::announce(SubtensorEvent::CommitRevealEnabled(netuid, enabled));
                    Ok(())
                },
            )
        }

        /// Whether bonds use liquid alpha.
        #[pallet::call_index(50)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_liquid_alpha_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::LiquidAlphaEnabled),
                || {
                    Self::ensure_exists(netuid)?;
                    LiquidAlphaOn::<T>::insert(netuid, enabled);
                    Ok(())
                },
            )
        }

        /// Bounds of liquid alpha, over 65535.
        #[pallet::call_index(51)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_alpha_values(
            origin: OriginFor<T>,
            netuid: NetUid,
            alpha_low: u16,
            alpha_high: u16,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::AlphaValues),
                || {
                    Self::ensure_exists(netuid)?;
                    Ok(Subtensor::<T>::set_alpha_values(
                        netuid, alpha_low, alpha_high,
                    )?)
                },
            )
        }

        /// Epochs between commit and reveal.
        #[pallet::call_index(57)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_commit_reveal_weights_interval(
            origin: OriginFor<T>,
            netuid: NetUid,
            interval: u64,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::WeightCommitInterval),
                || {
                    Self::ensure_exists(netuid)?;
                    Ok(Subtensor::<T>::set_reveal_period(netuid, interval)?)
                },
            )
        }

        /// How far bonds follow clipped weights, over 65535.
        #[pallet::call_index(60)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_bonds_penalty(
            origin: OriginFor<T>,
            netuid: NetUid,
            bonds_penalty: u16,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::BondsPenalty),
                || {
                    Self::ensure_exists(netuid)?;
                    BondsPenalty::<T>::insert(netuid, bonds_penalty);
                    Self::announce(SubtensorEvent::BondsPenaltySet(netuid, bonds_penalty));
                    Ok(())
                },
            )
        }

        /// Steepness of liquid alpha, in hundredths.
        #[pallet::call_index(68)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_alpha_sigmoid_steepness(
            origin: OriginFor<T>,
            netuid: NetUid,
            steepness: i16,
        ) -> DispatchResult {
            let by_root = ensure_root(origin.clone()).is_ok();
            ensure!(
                by_root || steepness >= 0,
                Error::<T>::NegativeSigmoidSteepness
            );
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::AlphaSigmoidSteepness),
                || {
                    Self::ensure_exists(netuid)?;
                    AlphaSigmoidSteepness::<T>::insert(netuid, steepness);
                    Ok(())
                },
            )
        }

        /// Whether bonds follow version 3.
        #[pallet::call_index(69)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_yuma3_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::Yuma3Enabled),
                || {
                    Self::ensure_exists(netuid)?;
                    Yuma3On::<T>::insert(netuid, enabled);
                    Self::deposit_event(Event::Yuma3EnableToggled { netuid, enabled });
                    Ok(())
                },
            )
        }

        /// Whether commitments may reset bonds.
        #[pallet::call_index(70)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_bonds_reset_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::BondsResetEnabled),
                || {
                    Self::ensure_exists(netuid)?;
                    BondsResetOn::<T>::insert(netuid, enabled);
                    Self::deposit_event(Event::BondsResetToggled { netuid, enabled });
                    Ok(())
                },
            )
        }

        /// The commit-reveal version accepted.
        #[pallet::call_index(71)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_commit_reveal_version(
            origin: OriginFor<T>,
            version: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            CommitRevealWeightsVersion::<T>::put(version);
            Self::announce(SubtensorEvent::CommitRevealVersionSet(version));
            Ok(())
        }

        /// How many of the owner's neurons are never pruned.
        #[pallet::call_index(72)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_owner_immune_neuron_limit(
            origin: OriginFor<T>,
            netuid: NetUid,
            immune_neurons: u16,
        ) -> DispatchResult {
            Subtensor::<T>::change(
                origin,
                netuid,
                Change::Owned(Hyperparameter::ImmuneNeuronLimit),
                || {
                    Self::ensure_exists(netuid)?;
                    Ok(Subtensor::<T>::set_owner_immune_limit(
                        netuid,
                        immune_neurons,
                    )?)
                },
            )
        }

        /// Blocks before an epoch in which settings are frozen.
        #[pallet::call_index(74)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_admin_freeze_window(origin: OriginFor<T>, window: u16) -> DispatchResult {
            ensure_root(origin)?;
            AdminFreezeWindow::<T>::put(window);
            Self::announce(SubtensorEvent::AdminFreezeWindowSet(window));
            Ok(())
        }

        /// Epochs between two changes of a setting by its owner.
        #[pallet::call_index(75)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_owner_hparam_rate_limit(
            origin: OriginFor<T>,
            epochs: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            OwnerHyperparamRateLimit::<T>::put(epochs);
            Self::announce(SubtensorEvent::OwnerHyperparamRateLimitSet(epochs));
            Ok(())
        }

        /// Number of mechanisms.
        #[pallet::call_index(76)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_mechanism_count(
            origin: OriginFor<T>,
            netuid: NetUid,
            mechanism_count: MechId,
        ) -> DispatchResult {
            Subtensor::<T>::change(origin, netuid, Change::MechanismCount, || {
                Self::ensure_exists(netuid)?;
                Ok(Subtensor::<T>::set_mechanism_count(
                    netuid,
                    mechanism_count,
                )?)
            })
        }

        /// How emission is split over mechanisms.
        #[pallet::call_index(77)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_mechanism_emission_split(
            origin: OriginFor<T>,
            netuid: NetUid,
            maybe_split: Option<Vec<u16>>,
        ) -> DispatchResult {
            Subtensor::<T>::change(origin, netuid, Change::EmissionSplit, || {
                Self::ensure_exists(netuid)?;
                Ok(Subtensor::<T>::set_emission_split(netuid, maybe_split)?)
            })
        }

        /// Removes the lowest neurons and closes the gaps in uids.
        #[pallet::call_index(78)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_trim_to_max_allowed_uids(
            origin: OriginFor<T>,
            netuid: NetUid,
            max_n: u16,
        ) -> DispatchResult {
            Subtensor::<T>::change(origin, netuid, Change::Trim, || {
                Self::ensure_exists(netuid)?;
                Ok(Subtensor::<T>::trim_to(netuid, max_n)?)
            })
        }

        /// Prunable neurons below which immune ones may be pruned.
        #[pallet::call_index(84)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_min_non_immune_uids(
            origin: OriginFor<T>,
            netuid: NetUid,
            min: u16,
        ) -> DispatchResult {
            ensure_root(origin)?;
            MinNonImmuneUids::<T>::insert(netuid, min);
            Self::announce(SubtensorEvent::MinNonImmuneUidsSet(netuid, min));
            Ok(())
        }

        /// Blocks between registration and start of a subnet.
        #[pallet::call_index(85)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_start_call_delay(origin: OriginFor<T>, delay: u64) -> DispatchResult {
            ensure_root(origin)?;
            StartCallDelay::<T>::put(delay);
            Self::announce(SubtensorEvent::StartCallDelaySet(delay));
            Ok(())
        }

        /// Most mechanisms of a subnet.
        #[pallet::call_index(88)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_max_mechanism_count(
            origin: OriginFor<T>,
            max_mechanism_count: MechId,
        ) -> DispatchResult {
            ensure_root(origin)?;
            Ok(Subtensor::<T>::set_max_mechanism_count(
                max_mechanism_count,
            )?)
        }

        /// Whether a subnet takes part in emission.
        #[pallet::call_index(94)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_subnet_emission_enabled(
            origin: OriginFor<T>,
            netuid: NetUid,
            enabled: bool,
        ) -> DispatchResult {
            ensure_root(origin)?;
            SubnetEmissionEnabled::<T>::insert(netuid, enabled);
            Self::deposit_event(Event::SubnetEmissionEnabledSet { netuid, enabled });
            Ok(())
        }

        /// How many epochs a block may run.
        #[pallet::call_index(96)]
        #[pallet::weight(ADMIN)]
        pub fn sudo_set_max_epochs_per_block(
            origin: OriginFor<T>,
            max_epochs_per_block: u8,
        ) -> DispatchResult {
            ensure_root(origin)?;
            ensure!(max_epochs_per_block >= 1, Error::<T>::ValueNotInBounds);
            MaxEpochsPerBlock::<T>::put(max_epochs_per_block);
            Self::announce(SubtensorEvent::MaxEpochsPerBlockSet(max_epochs_per_block));
            Ok(())
        }
    }
}
