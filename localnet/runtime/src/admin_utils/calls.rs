//! The calls, by index: who may make each, and what it does. tests/metadata.rs holds them against the
//! real chain's.

super::table::admin_calls! {
    /// Largest share of dividends a hotkey may keep, over 65535.
    1 ADMIN sudo_set_default_take(default_take: u16) by root()
        => Self::put::<MaxDelegateTake<T>, _>(default_take, E::MaxDelegateTakeSet);

    /// Blocks between two rate-limited transactions of a key.
    2 ADMIN sudo_set_tx_rate_limit(tx_rate_limit: u64) by root()
        => Self::put::<TxRateLimit<T>, _>(tx_rate_limit, E::TxRateLimitSet);

    /// Blocks between two axon announcements.
    3 ADMIN sudo_set_serving_rate_limit(netuid: NetUid, serving_rate_limit: u64)
        by owner(netuid, H::ServingRateLimit)
        => Self::set::<ServingRateLimit<T>, _>(netuid, serving_rate_limit, E::ServingRateLimitSet);

    /// Lowest difficulty of registration by work.
    4 ADMIN sudo_set_min_difficulty(netuid: NetUid, min_difficulty: u64) by root_in_window(netuid)
        => Self::set_existing::<MinDifficulty<T>, _>(netuid, min_difficulty, E::MinDifficultySet);

    /// Highest difficulty of registration by work.
    5 ADMIN sudo_set_max_difficulty(netuid: NetUid, max_difficulty: u64)
        by owner(netuid, H::MaxDifficulty)
        => Self::set_existing::<MaxDifficulty<T>, _>(netuid, max_difficulty, E::MaxDifficultySet);

    /// Smallest version key of weights.
    6 ADMIN sudo_set_weights_version_key(netuid: NetUid, weights_version_key: u64)
        by limited(netuid, Change::WeightsVersionKey)
        => Self::set_existing::<WeightsVersionKey<T>, _>(
            netuid, weights_version_key, E::WeightsVersionKeySet);

    /// Blocks between two weight settings.
    7 ADMIN sudo_set_weights_set_rate_limit(netuid: NetUid, weights_set_rate_limit: u64) by root()
        => Self::set_existing::<WeightsSetRateLimit<T>, _>(
            netuid, weights_set_rate_limit, E::WeightsSetRateLimitSet);

    /// Blocks between two adjustments of the difficulty.
    8 ADMIN sudo_set_adjustment_interval(netuid: NetUid, adjustment_interval: u16) by root()
        => Self::set_existing::<AdjustmentInterval<T>, _>(
            netuid, adjustment_interval, E::AdjustmentIntervalSet);

    /// Smoothing of adjustments, over u64::MAX.
    9 ADMIN sudo_set_adjustment_alpha(netuid: NetUid, adjustment_alpha: u64)
        by owner(netuid, H::AdjustmentAlpha)
        => Self::set_existing::<AdjustmentAlpha<T>, _>(
            netuid, adjustment_alpha, E::AdjustmentAlphaSet);

    /// Blocks in which a new neuron is not pruned.
    13 ADMIN sudo_set_immunity_period(netuid: NetUid, immunity_period: u16)
        by owner(netuid, H::ImmunityPeriod)
        => Self::set_existing::<ImmunityPeriod<T>, _>(netuid, immunity_period, E::ImmunityPeriodSet);

    /// Fewest weights in a vector.
    14 ADMIN sudo_set_min_allowed_weights(netuid: NetUid, min_allowed_weights: u16)
        by owner(netuid, H::MinAllowedWeights)
        => Self::set_existing::<MinAllowedWeights<T>, _>(
            netuid, min_allowed_weights, E::MinAllowedWeightSet);

    /// Most neurons.
    15 ADMIN sudo_set_max_allowed_uids(netuid: NetUid, max_allowed_uids: u16)
        by owner(netuid, H::MaxAllowedUids) => {
            Self::check_max_uids(netuid, max_allowed_uids)?;
            Self::set::<MaxAllowedUids<T>, _>(netuid, max_allowed_uids, E::MaxAllowedUidsSet)
        };

    /// Majority of stake that consensus needs, over 65535.
    16 ADMIN sudo_set_kappa(netuid: NetUid, kappa: u16) by root()
        => Self::set_existing::<Kappa<T>, _>(netuid, kappa, E::KappaSet);

    /// Unused slope.
    17 ADMIN sudo_set_rho(netuid: NetUid, rho: u16) by owner(netuid, H::Rho)
        => Self::set_existing::<Rho<T>, _>(netuid, rho, E::RhoSet);

    /// Unused: blocks of an earlier cutoff.
    18 ADMIN sudo_set_activity_cutoff(netuid: NetUid, activity_cutoff: u16)
        by owner(netuid, H::ActivityCutoff) => {
            Self::ensure_exists(netuid)?;
            let low = activity_cutoff < MinActivityCutoff::<T>::get();
            ensure!(!low, subtensor::Error::<T>::ActivityCutoffTooLow);
            Self::set::<ActivityCutoff<T>, _>(netuid, activity_cutoff, E::ActivityCutoffSet)
        };

    /// Whether neurons may register.
    19 ADMIN sudo_set_network_registration_allowed(netuid: NetUid, registration_allowed: bool) by root()
        => Self::set::<NetworkRegistrationAllowed<T>, _>(
            netuid, registration_allowed, E::RegistrationAllowed);

    /// Gone on the real chain: nobody registers by work.
    20 ADMIN sudo_set_network_pow_registration_allowed(_netuid: NetUid, _registration_allowed: bool)
        by anyone() => Err(Error::<T>::POWRegistrationDisabled.into());

    /// Registrations an interval should see.
    21 ADMIN sudo_set_target_registrations_per_interval(
        netuid: NetUid, target_registrations_per_interval: u16) by root_in_window(netuid)
        => Self::set_existing::<TargetRegistrationsPerInterval<T>, _>(
            netuid, target_registrations_per_interval, E::RegistrationPerIntervalSet);

    /// Lowest price of a place, in rao.
    22 ADMIN sudo_set_min_burn(netuid: NetUid, min_burn: TaoBalance) by owner(netuid, H::MinBurn) => {
        Self::ensure_exists(netuid)?;
        let bound = MIN_BURN_BELOW.min(MaxBurn::<T>::get(netuid));
        ensure!(min_burn < bound, Error::<T>::ValueNotInBounds);
        Self::set::<MinBurn<T>, _>(netuid, min_burn, E::MinBurnSet)
    };

    /// Highest price of a place, in rao.
    23 ADMIN sudo_set_max_burn(netuid: NetUid, max_burn: TaoBalance) by owner(netuid, H::MaxBurn) => {
        Self::ensure_exists(netuid)?;
        let bound = MAX_BURN_ABOVE.max(MinBurn::<T>::get(netuid));
        ensure!(max_burn > bound, Error::<T>::ValueNotInBounds);
        Self::set::<MaxBurn<T>, _>(netuid, max_burn, E::MaxBurnSet)
    };

    /// Difficulty of registration by work.
    24 ADMIN sudo_set_difficulty(netuid: NetUid, difficulty: u64) by root_in_window(netuid)
        => Self::set_existing::<Difficulty<T>, _>(netuid, difficulty, E::DifficultySet);

    /// How many permits an epoch gives.
    25 ADMIN sudo_set_max_allowed_validators(netuid: NetUid, max_allowed_validators: u16)
        by root_in_window(netuid) => {
            Self::ensure_exists(netuid)?;
            let fit = max_allowed_validators <= MaxAllowedUids::<T>::get(netuid);
            ensure!(fit, Error::<T>::MaxValidatorsLargerThanMaxUIds);
            Self::set::<MaxAllowedValidators<T>, _>(
                netuid, max_allowed_validators, E::MaxAllowedValidatorsSet)
        };

    /// Bond smoothing, in millionths; bounded for owners.
    26 ADMIN sudo_set_bonds_moving_average(netuid: NetUid, bonds_moving_average: u64)
        by bounded_owner(
            netuid, H::BondsMovingAverage,
            bonds_moving_average <= OWNERS_MOST_SMOOTHING, Error::<T>::BondsMovingAverageMaxReached)
        => Self::set_existing::<BondsMovingAverage<T>, _>(
            netuid, bonds_moving_average, E::BondsMovingAverageSet);

    /// Most registrations in a block.
    27 ADMIN sudo_set_max_registrations_per_block(netuid: NetUid, max_registrations_per_block: u16)
        by root_in_window(netuid)
        => Self::set_existing::<MaxRegistrationsPerBlock<T>, _>(
            netuid, max_registrations_per_block, E::MaxRegistrationsPerBlockSet);

    /// The owner's share of emission, over 65535.
    28 ADMIN sudo_set_subnet_owner_cut(subnet_owner_cut: u16) by root()
        => Self::put::<SubnetOwnerCut<T>, _>(subnet_owner_cut, E::SubnetOwnerCutSet);

    /// Blocks between two subnet registrations.
    29 ADMIN sudo_set_network_rate_limit(rate_limit: u64) by root()
        => Self::put::<NetworkRateLimit<T>, _>(rate_limit, E::NetworkRateLimitSet);

    /// Blocks between two epochs; a new cycle starts.
    30 ADMIN sudo_set_tempo(netuid: NetUid, tempo: u16) by root_in_window(netuid) => {
        Self::ensure_exists(netuid)?;
        Subtensor::<T>::set_tempo_and_restart(netuid, tempo);
        Ok(())
    };

    /// Gone on the real chain.
    33 ADMIN sudo_set_total_issuance(_total_issuance: TaoBalance) by anyone()
        => Err(Error::<T>::Deprecated.into());

    /// Blocks in which a new subnet stays.
    35 ADMIN sudo_set_network_immunity_period(immunity_period: u64) by root()
        => Self::put::<NetworkImmunityPeriod<T>, _>(immunity_period, E::NetworkImmunityPeriodSet);

    /// Lowest price of a subnet, in rao.
    36 ADMIN sudo_set_network_min_lock_cost(lock_cost: TaoBalance) by root()
        => Self::put::<NetworkMinLockCost<T>, _>(lock_cost, E::NetworkMinLockCostSet);

    /// How many subnets may exist.
    37 ADMIN sudo_set_subnet_limit(max_subnets: u16) by root()
        => Self::put::<SubnetLimit<T>, _>(max_subnets, E::SubnetLimitSet);

    /// Blocks in which the price of a subnet falls back to its minimum.
    38 ADMIN sudo_set_lock_reduction_interval(interval: u64) by root()
        => Self::put::<NetworkLockReductionInterval<T>, _>(
            interval, E::NetworkLockCostReductionIntervalSet);

    /// Rao recycled by registrations so far.
    39 ADMIN sudo_set_rao_recycled(netuid: NetUid, rao_recycled: TaoBalance) by root()
        => Self::set_existing::<RAORecycledForRegistration<T>, _>(
            netuid, rao_recycled, E::RAORecycledForRegistrationSet);

    /// Total stake that setting weights needs, in rao.
    42 ADMIN sudo_set_stake_threshold(min_stake: u64) by root()
        => Self::put::<StakeThreshold<T>, _>(min_stake, E::StakeThresholdSet);

    /// Blocks between two increases of a take.
    45 ADMIN sudo_set_tx_delegate_take_rate_limit(tx_rate_limit: u64) by root()
        => Self::put::<TxDelegateTakeRateLimit<T>, _>(tx_rate_limit, E::TxDelegateTakeRateLimitSet);

    /// Smallest share of dividends a hotkey may keep, over 65535.
    46 ADMIN sudo_set_min_delegate_take(take: u16) by root()
        => Self::put::<MinDelegateTake<T>, _>(take, E::MinDelegateTakeSet);

    /// Whether weights must be committed first.
    49 ADMIN sudo_set_commit_reveal_weights_enabled(netuid: NetUid, enabled: bool)
        by owner(netuid, H::CommitRevealEnabled)
        => Self::set_existing::<CommitRevealWeightsEnabled<T>, _>(netuid, enabled, E::CommitRevealEnabled);

    /// Whether bonds use liquid alpha.
    50 ADMIN sudo_set_liquid_alpha_enabled(netuid: NetUid, enabled: bool)
        by owner(netuid, H::LiquidAlphaEnabled) => {
            LiquidAlphaOn::<T>::insert(netuid, enabled);
            Ok(())
        };

    /// Bounds of liquid alpha, over 65535.
    51 ADMIN sudo_set_alpha_values(netuid: NetUid, alpha_low: u16, alpha_high: u16)
        by owner(netuid, H::AlphaValues)
        => Ok(Subtensor::<T>::set_alpha_values(netuid, alpha_low, alpha_high)?);

    /// Epochs between commit and reveal.
    57 ADMIN sudo_set_commit_reveal_weights_interval(netuid: NetUid, interval: u64)
        by owner(netuid, H::WeightCommitInterval) => {
            Self::ensure_exists(netuid)?;
            Ok(Subtensor::<T>::set_reveal_period(netuid, interval)?)
        };

    /// How far bonds follow clipped weights, over 65535.
    60 ADMIN sudo_set_bonds_penalty(netuid: NetUid, bonds_penalty: u16)
        by owner(netuid, H::BondsPenalty)
        => Self::set_existing::<BondsPenalty<T>, _>(netuid, bonds_penalty, E::BondsPenaltySet);

    /// Whether stake may be transferred.
    61 ADMIN sudo_set_toggle_transfer(netuid: NetUid, toggle: bool) by owner(netuid, H::TransferEnabled)
        => Self::set::<TransferToggle<T>, _>(netuid, toggle, E::TransferToggle);

    /// How far a block moves the smoothed price of an old subnet.
    63 ADMIN sudo_set_subnet_moving_alpha(alpha: I96F32) by root() => {
        SubnetMovingAlpha::<T>::put(alpha);
        Ok(())
    };

    /// The owner's hotkey: it keeps a permit and is never pruned.
    64 ADMIN sudo_set_subnet_owner_hotkey(netuid: NetUid, hotkey: AccountId)
        by owner_or_root(netuid) => Subtensor::<T>::do_set_owner_hotkey(netuid, hotkey);

    /// Blocks after which a subnet's smoothed price moves half as fast as an old one's.
    65 ADMIN sudo_set_ema_price_halving_period(netuid: NetUid, ema_halving: u64) by root() => {
        EMAPriceHalvingBlocks::<T>::insert(netuid, ema_halving);
        Ok(())
    };

    /// Whether the subnet's token may be staked.
    66 ADMIN sudo_set_subtoken_enabled(netuid: NetUid, subtoken_enabled: bool)
        by root_in_window(netuid) => {
            SubtokenEnabled::<T>::insert(netuid, subtoken_enabled);
            Ok(())
        };

    /// `sudo_set_subnet_owner_hotkey` under its other name.
    67 ADMIN sudo_set_sn_owner_hotkey(netuid: NetUid, hotkey: AccountId)
        by owner_or_root(netuid) => Subtensor::<T>::do_set_owner_hotkey(netuid, hotkey);

    /// Steepness of liquid alpha, in hundredths; not negative for owners.
    68 ADMIN sudo_set_alpha_sigmoid_steepness(netuid: NetUid, steepness: i16)
        by bounded_owner(
            netuid, H::AlphaSigmoidSteepness,
            steepness >= 0, Error::<T>::NegativeSigmoidSteepness) => {
                Self::ensure_exists(netuid)?;
                AlphaSigmoidSteepness::<T>::insert(netuid, steepness);
                Ok(())
            };

    /// Whether bonds follow version 3.
    69 ADMIN sudo_set_yuma3_enabled(netuid: NetUid, enabled: bool) by owner(netuid, H::Yuma3Enabled) => {
        Yuma3On::<T>::insert(netuid, enabled);
        Self::deposit_event(Event::Yuma3EnableToggled { netuid, enabled });
        Ok(())
    };

    /// Whether commitments may reset bonds.
    70 ADMIN sudo_set_bonds_reset_enabled(netuid: NetUid, enabled: bool)
        by owner(netuid, H::BondsResetEnabled) => {
            Self::set::<BondsResetOn<T>, _>(netuid, enabled, E::BondsResetOnSet)?;
            Self::deposit_event(Event::BondsResetToggled { netuid, enabled });
            Ok(())
        };

    /// The commit-reveal version accepted.
    71 ADMIN sudo_set_commit_reveal_version(version: u16) by root()
        => Self::put::<CommitRevealWeightsVersion<T>, _>(version, E::CommitRevealVersionSet);

    /// How many of the owner's neurons are never pruned.
    72 ADMIN sudo_set_owner_immune_neuron_limit(netuid: NetUid, immune_neurons: u16)
        by owner(netuid, H::ImmuneNeuronLimit)
        => Ok(Subtensor::<T>::set_owner_immune_limit(netuid, immune_neurons)?);

    /// Part of dividends to parents of another owner that is destroyed, over u64::MAX.
    73 ADMIN sudo_set_ck_burn(burn: u64) by root() => {
        CKBurn::<T>::put(burn);
        Ok(())
    };

    /// Blocks before an epoch in which settings are frozen.
    74 ADMIN sudo_set_admin_freeze_window(window: u16) by root()
        => Self::put::<AdminFreezeWindow<T>, _>(window, E::AdminFreezeWindowSet);

    /// Epochs between two changes of a setting by its owner.
    75 ADMIN sudo_set_owner_hparam_rate_limit(epochs: u16) by root()
        => Self::put::<OwnerHyperparamRateLimit<T>, _>(epochs, E::OwnerHyperparamRateLimitSet);

    /// Number of mechanisms.
    76 ADMIN sudo_set_mechanism_count(netuid: NetUid, mechanism_count: MechId)
        by limited(netuid, Change::MechanismCount)
        => Ok(Subtensor::<T>::set_mechanism_count(netuid, mechanism_count)?);

    /// How emission is split over mechanisms.
    77 ADMIN sudo_set_mechanism_emission_split(netuid: NetUid, maybe_split: Option<Vec<u16>>)
        by limited(netuid, Change::EmissionSplit)
        => Ok(Subtensor::<T>::set_emission_split(netuid, maybe_split)?);

    /// Removes the lowest neurons and closes the gaps in uids.
    78 ADMIN sudo_trim_to_max_allowed_uids(netuid: NetUid, max_n: u16)
        by limited(netuid, Change::Trim) => Ok(Subtensor::<T>::trim_to(netuid, max_n)?);

    /// Lower bound of the most neurons.
    79 ADMIN sudo_set_min_allowed_uids(netuid: NetUid, min_allowed_uids: u16)
        by root_in_window(netuid) => {
            Self::ensure_exists(netuid)?;
            let below_most = min_allowed_uids < MaxAllowedUids::<T>::get(netuid);
            ensure!(below_most, Error::<T>::MinAllowedUidsGreaterThanMaxAllowedUids);
            let below_current = min_allowed_uids < SubnetworkN::<T>::get(netuid);
            ensure!(below_current, Error::<T>::MinAllowedUidsGreaterThanCurrentUids);
            Self::set::<MinAllowedUids<T>, _>(netuid, min_allowed_uids, E::MinAllowedUidsSet)
        };

    /// What becomes of emission to the owner's miners.
    80 ADMIN sudo_set_recycle_or_burn(netuid: NetUid, recycle_or_burn: RecycleOrBurnEnum)
        by owner(netuid, H::RecycleOrBurn) => {
            RecycleOrBurn::<T>::insert(netuid, recycle_or_burn);
            Ok(())
        };

    /// Prunable neurons below which immune ones may be pruned.
    84 ADMIN sudo_set_min_non_immune_uids(netuid: NetUid, min: u16) by root()
        => Self::set::<MinNonImmuneUids<T>, _>(netuid, min, E::MinNonImmuneUidsSet);

    /// Blocks between registration and start of a subnet.
    85 ADMIN sudo_set_start_call_delay(delay: u64) by root()
        => Self::put::<StartCallDelay<T>, _>(delay, E::StartCallDelaySet);

    /// Most mechanisms of a subnet.
    88 ADMIN sudo_set_max_mechanism_count(max_mechanism_count: MechId) by root()
        => Ok(Subtensor::<T>::set_max_mechanism_count(max_mechanism_count)?);

    /// Blocks in which the price of a place halves.
    89 OPERATIONAL sudo_set_burn_half_life(netuid: NetUid, burn_half_life: u16)
        by owner(netuid, H::BurnHalfLife) => {
            Self::ensure_subnet(netuid)?;
            let fit = (1..=LONGEST_HALF_LIFE).contains(&burn_half_life);
            ensure!(fit, Error::<T>::InvalidValue);
            BurnHalfLife::<T>::insert(netuid, burn_half_life);
            Self::deposit_event(Event::BurnHalfLifeSet { netuid, burn_half_life });
            Ok(())
        };

    /// Factor on the price of a place at each registration, 1 to 3.
    90 OPERATIONAL sudo_set_burn_increase_mult(netuid: NetUid, burn_increase_mult: U64F64)
        by owner(netuid, H::BurnIncreaseMult) => {
            Self::ensure_subnet(netuid)?;
            let fit = (1..=3).contains(&burn_increase_mult);
            ensure!(fit, Error::<T>::InvalidValue);
            BurnIncreaseMult::<T>::insert(netuid, burn_increase_mult);
            Self::deposit_event(Event::BurnIncreaseMultSet { netuid, burn_increase_mult });
            Ok(())
        };

    /// Whether the owner's cut is taken.
    92 OPERATIONAL sudo_set_owner_cut_enabled(netuid: NetUid, enabled: bool)
        by limited(netuid, Change::Free) => {
            Self::ensure_subnet(netuid)?;
            OwnerCutEnabled::<T>::insert(netuid, enabled);
            Ok(())
        };

    /// Smallest take of child hotkeys on a subnet, over 65535.
    93 ADMIN sudo_set_min_childkey_take_per_subnet(netuid: NetUid, take: u16)
        by owner(netuid, H::MinChildkeyTake) => {
            Self::ensure_exists(netuid)?;
            let takes = MinChildkeyTake::<T>::get()..=MaxChildkeyTake::<T>::get();
            ensure!(takes.contains(&take), Error::<T>::InvalidValue);
            Self::set::<MinChildkeyTakePerSubnet<T>, _>(netuid, take, E::MinChildKeyTakePerSubnetSet)
        };

    /// Whether a subnet takes part in emission.
    94 ADMIN sudo_set_subnet_emission_enabled(netuid: NetUid, enabled: bool) by root() => {
        Self::ensure_subnet(netuid)?;
        SubnetEmissionEnabled::<T>::insert(netuid, enabled);
        Self::deposit_event(Event::SubnetEmissionEnabledSet { netuid, enabled });
        Ok(())
    };

    /// How many epochs a block may run.
    96 ADMIN sudo_set_max_epochs_per_block(max_epochs_per_block: u8) by root() => {
        ensure!(max_epochs_per_block >= 1, Error::<T>::ValueNotInBounds);
        Self::put::<MaxEpochsPerBlock<T>, _>(max_epochs_per_block, E::MaxEpochsPerBlockSet)
    };
}
