//! Constants that clients read: what settings begin with, and bounds that only an upgrade moves.

macro_rules! constants {
    ($( $name:ident $function:ident: $type:ty = $value:expr; )*) => {
        #[frame_support::pallet_macros::pallet_section]
        mod constants {
            #[pallet::extra_constants]
            impl<T: Config> Pallet<T> { $(
                #[pallet::constant_name($name)]
                fn $function() -> $type {
                    $value
                }
            )* }
        }
    };
}

constants! {
    InitialIssuance initial_issuance: u64 = 0;
    InitialMinAllowedWeights initial_min_allowed_weights: u16 = 1024;
    InitialEmissionValue initial_emission_value: u16 = 0;
    InitialTempo initial_tempo: u16 = 360;
    InitialDifficulty initial_difficulty: u64 = 10_000_000;
    InitialMaxDifficulty initial_max_difficulty: u64 = 4_611_686_018_427_387_903;
    InitialMinDifficulty initial_min_difficulty: u64 = 10_000_000;
    InitialRAORecycledForRegistration initial_rao_recycled_for_registration: u64 = 0;
    InitialBurn initial_burn: u64 = 100_000_000;
    InitialMaxBurn initial_max_burn: u64 = 100_000_000_000;
    InitialMinBurn initial_min_burn: u64 = 500_000;
    InitialMinStake initial_min_stake: u64 = staking::MIN_STAKE;
    MinBurnUpperBound min_burn_upper_bound: u64 = 1_000_000_000;
    MaxBurnLowerBound max_burn_lower_bound: u64 = 100_000_000;
    MinTempo min_tempo: u16 = yuma::schedule::MIN_TEMPO;
    MaxTempo max_tempo: u16 = yuma::schedule::MAX_TEMPO;
    MinActivityCutoffFactorMilli min_activity_cutoff_factor_milli: u32 = *CUTOFF_FACTORS.start();
    MaxActivityCutoffFactorMilli max_activity_cutoff_factor_milli: u32 = *CUTOFF_FACTORS.end();
    InitialAdjustmentInterval initial_adjustment_interval: u16 = 100;
    InitialBondsMovingAverage initial_bonds_moving_average: u64 = 900_000;
    InitialBondsPenalty initial_bonds_penalty: u16 = u16::MAX;
    InitialBondsResetOn initial_bonds_reset_on: bool = false;
    InitialTargetRegistrationsPerInterval initial_target_registrations_per_interval: u16 = 2;
    InitialRho initial_rho: u16 = 10;
    InitialAlphaSigmoidSteepness initial_alpha_sigmoid_steepness: i16 = 1000;
    InitialKappa initial_kappa: u16 = 32_767;
    InitialMinAllowedUids initial_min_allowed_uids: u16 = 64;
    InitialMaxAllowedUids initial_max_allowed_uids: u16 = 256;
    InitialValidatorPruneLen initial_validator_prune_len: u64 = 1;
    InitialScalingLawPower initial_scaling_law_power: u16 = 50;
    InitialImmunityPeriod initial_immunity_period: u16 = 4096;
    InitialActivityCutoff initial_activity_cutoff: u16 = 5000;
    InitialMaxRegistrationsPerBlock initial_max_registrations_per_block: u16 = 1;
    InitialPruningScore initial_pruning_score: u16 = u16::MAX;
    InitialMaxAllowedValidators initial_max_allowed_validators: u16 = 128;
    InitialDefaultDelegateTake initial_default_delegate_take: u16 = 11_796;
    InitialMinDelegateTake initial_min_delegate_take: u16 = 0;
    InitialDefaultChildKeyTake initial_default_child_key_take: u16 = 0;
    InitialMinChildKeyTake initial_min_child_key_take: u16 = 0;
    InitialMaxChildKeyTake initial_max_child_key_take: u16 = 11_796;
    InitialWeightsVersionKey initial_weights_version_key: u64 = 0;
    InitialServingRateLimit initial_serving_rate_limit: u64 = 50;
    InitialTxRateLimit initial_tx_rate_limit: u64 = 1000;
    InitialTxDelegateTakeRateLimit initial_tx_delegate_take_rate_limit: u64 = 216_000;
    InitialTxChildKeyTakeRateLimit initial_tx_child_key_take_rate_limit: u64 = 216_000;
    InitialAdjustmentAlpha initial_adjustment_alpha: u64 = 0;
    InitialNetworkImmunityPeriod initial_network_immunity_period: u64 = 1_296_000;
    InitialNetworkMinLockCost initial_network_min_lock_cost: u64 = 1_000_000_000_000;
    InitialSubnetOwnerCut initial_subnet_owner_cut: u16 = yuma::emission::OWNER_CUT;
    InitialNetworkLockReductionInterval initial_network_lock_reduction_interval: u64 = 100_800;
    InitialNetworkRateLimit initial_network_rate_limit: u64 = 7200;
    KeySwapCost key_swap_cost: u64 = swap_hotkey::COST;
    AlphaHigh alpha_high: u16 = 58_982;
    AlphaLow alpha_low: u16 = 45_875;
    LiquidAlphaOn liquid_alpha_on: bool = false;
    Yuma3On yuma3_on: bool = false;
    InitialColdkeySwapAnnouncementDelay initial_coldkey_swap_announcement_delay: u32 = 36_000;
    InitialColdkeySwapReannouncementDelay initial_coldkey_swap_reannouncement_delay: u32 = 7200;
    InitialDissolveNetworkScheduleDuration initial_dissolve_network_schedule_duration: u32 = 36_000;
    InitialTaoWeight initial_tao_weight: u64 = 971_718_665_099_567_868;
    InitialEmaPriceHalvingPeriod initial_ema_price_halving_period: u64 = 201_600;
    KeySwapOnSubnetCost key_swap_on_subnet_cost: u64 = swap_hotkey::SUBNET_COST;
    HotkeySwapOnSubnetInterval hotkey_swap_on_subnet_interval: u64 = swap_hotkey::INTERVAL;
    LeaseDividendsDistributionInterval lease_dividends_distribution_interval: u32 = 100;
    MaxImmuneUidsPercentage max_immune_uids_percentage: Percent = Percent::from_percent(80);
    SubtensorPalletId subtensor_pallet_id: PalletId = accounts::SUBNETS;
    BurnAccountId burn_account_id: PalletId = market::BURNED;
    InitialMaxEpochsPerBlock initial_max_epochs_per_block: u8 = 2;
}
