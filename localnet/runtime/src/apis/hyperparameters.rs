//! A subnet's hyperparameters in three forms; clients should read the third, which names them.

use crate::{NetUid, Runtime, TaoBalance, subtensor::*};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;
use substrate_fixed::types::{I32F32, U64F64};

#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct SubnetHyperparams {
    rho: Compact<u16>,
    kappa: Compact<u16>,
    immunity_period: Compact<u16>,
    min_allowed_weights: Compact<u16>,
    max_weights_limit: Compact<u16>,
    tempo: Compact<u16>,
    min_difficulty: Compact<u64>,
    max_difficulty: Compact<u64>,
    weights_version: Compact<u64>,
    weights_rate_limit: Compact<u64>,
    adjustment_interval: Compact<u16>,
    activity_cutoff: Compact<u64>,
    registration_allowed: bool,
    target_regs_per_interval: Compact<u16>,
    min_burn: Compact<TaoBalance>,
    max_burn: Compact<TaoBalance>,
    bonds_moving_avg: Compact<u64>,
    max_regs_per_block: Compact<u16>,
    serving_rate_limit: Compact<u64>,
    max_validators: Compact<u16>,
    adjustment_alpha: Compact<u64>,
    difficulty: Compact<u64>,
    commit_reveal_period: Compact<u64>,
    commit_reveal_weights_enabled: bool,
    alpha_high: Compact<u16>,
    alpha_low: Compact<u16>,
    liquid_alpha_enabled: bool,
}

/// The first form, then what was added to it: the bytes of one follow those of the other.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct SubnetHyperparamsV2 {
    rho: Compact<u16>,
    kappa: Compact<u16>,
    immunity_period: Compact<u16>,
    min_allowed_weights: Compact<u16>,
    max_weights_limit: Compact<u16>,
    tempo: Compact<u16>,
    min_difficulty: Compact<u64>,
    max_difficulty: Compact<u64>,
    weights_version: Compact<u64>,
    weights_rate_limit: Compact<u64>,
    adjustment_interval: Compact<u16>,
    activity_cutoff: Compact<u64>,
    registration_allowed: bool,
    target_regs_per_interval: Compact<u16>,
    min_burn: Compact<TaoBalance>,
    max_burn: Compact<TaoBalance>,
    bonds_moving_avg: Compact<u64>,
    max_regs_per_block: Compact<u16>,
    serving_rate_limit: Compact<u64>,
    max_validators: Compact<u16>,
    adjustment_alpha: Compact<u64>,
    difficulty: Compact<u64>,
    commit_reveal_period: Compact<u64>,
    commit_reveal_weights_enabled: bool,
    alpha_high: Compact<u16>,
    alpha_low: Compact<u16>,
    liquid_alpha_enabled: bool,
    alpha_sigmoid_steepness: I32F32,
    yuma_version: Compact<u16>,
    subnet_is_active: bool,
    transfers_enabled: bool,
    bonds_reset_enabled: bool,
    user_liquidity_enabled: bool,
}

/// A value that says its own type.
#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub enum HyperparamValue {
    Bool(bool),
    U16(Compact<u16>),
    U32(Compact<u32>),
    U64(Compact<u64>),
    U128(Compact<u128>),
    TaoBalance(Compact<TaoBalance>),
    I32F32(I32F32),
    U64F64(U64F64),
}

#[derive(Decode, Encode, PartialEq, Eq, Clone, Debug, TypeInfo)]
pub struct HyperparamEntry {
    name: Vec<u8>,
    value: HyperparamValue,
}

pub fn v1(netuid: NetUid) -> SubnetHyperparams {
    let (alpha_low, alpha_high) = AlphaValues::<Runtime>::get(netuid);
    SubnetHyperparams {
        rho: Compact(Rho::<Runtime>::get(netuid)),
        kappa: Compact(Kappa::<Runtime>::get(netuid)),
        immunity_period: Compact(ImmunityPeriod::<Runtime>::get(netuid)),
        min_allowed_weights: Compact(MinAllowedWeights::<Runtime>::get(netuid)),
        max_weights_limit: Compact(u16::MAX),
        tempo: Compact(Tempo::<Runtime>::get(netuid)),
        min_difficulty: Compact(MinDifficulty::<Runtime>::get(netuid)),
        max_difficulty: Compact(MaxDifficulty::<Runtime>::get(netuid)),
        weights_version: Compact(WeightsVersionKey::<Runtime>::get(netuid)),
        weights_rate_limit: Compact(WeightsSetRateLimit::<Runtime>::get(netuid)),
        adjustment_interval: Compact(AdjustmentInterval::<Runtime>::get(netuid)),
        activity_cutoff: Compact(Pallet::<Runtime>::activity_cutoff(netuid)),
        registration_allowed: NetworkRegistrationAllowed::<Runtime>::get(netuid),
        target_regs_per_interval: Compact(TargetRegistrationsPerInterval::<Runtime>::get(netuid)),
        min_burn: Compact(MinBurn::<Runtime>::get(netuid)),
        max_burn: Compact(MaxBurn::<Runtime>::get(netuid)),
        bonds_moving_avg: Compact(BondsMovingAverage::<Runtime>::get(netuid)),
        max_regs_per_block: Compact(MaxRegistrationsPerBlock::<Runtime>::get(netuid)),
        serving_rate_limit: Compact(ServingRateLimit::<Runtime>::get(netuid)),
        max_validators: Compact(MaxAllowedValidators::<Runtime>::get(netuid)),
        adjustment_alpha: Compact(AdjustmentAlpha::<Runtime>::get(netuid)),
        difficulty: Compact(Difficulty::<Runtime>::get(netuid)),
        commit_reveal_period: Compact(RevealPeriodEpochs::<Runtime>::get(netuid)),
        commit_reveal_weights_enabled: CommitRevealWeightsEnabled::<Runtime>::get(netuid),
        alpha_high: Compact(alpha_high),
        alpha_low: Compact(alpha_low),
        liquid_alpha_enabled: LiquidAlphaOn::<Runtime>::get(netuid),
    }
}

pub fn v2(netuid: NetUid) -> SubnetHyperparamsV2 {
    let v1 = v1(netuid);
    SubnetHyperparamsV2 {
        rho: v1.rho,
        kappa: v1.kappa,
        immunity_period: v1.immunity_period,
        min_allowed_weights: v1.min_allowed_weights,
        max_weights_limit: v1.max_weights_limit,
        tempo: v1.tempo,
        min_difficulty: v1.min_difficulty,
        max_difficulty: v1.max_difficulty,
        weights_version: v1.weights_version,
        weights_rate_limit: v1.weights_rate_limit,
        adjustment_interval: v1.adjustment_interval,
        activity_cutoff: v1.activity_cutoff,
        registration_allowed: v1.registration_allowed,
        target_regs_per_interval: v1.target_regs_per_interval,
        min_burn: v1.min_burn,
        max_burn: v1.max_burn,
        bonds_moving_avg: v1.bonds_moving_avg,
        max_regs_per_block: v1.max_regs_per_block,
        serving_rate_limit: v1.serving_rate_limit,
        max_validators: v1.max_validators,
        adjustment_alpha: v1.adjustment_alpha,
        difficulty: v1.difficulty,
        commit_reveal_period: v1.commit_reveal_period,
        commit_reveal_weights_enabled: v1.commit_reveal_weights_enabled,
        alpha_high: v1.alpha_high,
        alpha_low: v1.alpha_low,
        liquid_alpha_enabled: v1.liquid_alpha_enabled,
        alpha_sigmoid_steepness: steepness(netuid),
        yuma_version: Compact(yuma_version(netuid)),
        subnet_is_active: SubtokenEnabled::<Runtime>::get(netuid),
        transfers_enabled: TransferToggle::<Runtime>::get(netuid),
        bonds_reset_enabled: BondsResetOn::<Runtime>::get(netuid),
        user_liquidity_enabled: false,
    }
}

#[expect(clippy::too_many_lines, reason = "a table: a row for each parameter")]
pub fn v3(netuid: NetUid) -> Vec<HyperparamEntry> {
    use HyperparamValue::*;
    let u16 = |value| U16(Compact(value));
    let u64 = |value| U64(Compact(value));
    let tao = |value| TaoBalance(Compact(value));
    let (alpha_low, alpha_high) = AlphaValues::<Runtime>::get(netuid);
    let factor = ActivityCutoffFactorMilli::<Runtime>::get(netuid);
    let named = [
        ("kappa", u16(Kappa::<Runtime>::get(netuid))),
        (
            "immunity_period",
            u16(ImmunityPeriod::<Runtime>::get(netuid)),
        ),
        (
            "min_allowed_weights",
            u16(MinAllowedWeights::<Runtime>::get(netuid)),
        ),
        ("max_weights_limit", u16(u16::MAX)),
        ("tempo", u16(Tempo::<Runtime>::get(netuid))),
        (
            "weights_version",
            u64(WeightsVersionKey::<Runtime>::get(netuid)),
        ),
        (
            "weights_rate_limit",
            u64(WeightsSetRateLimit::<Runtime>::get(netuid)),
        ),
        (
            "activity_cutoff",
            u64(Pallet::<Runtime>::activity_cutoff(netuid)),
        ),
        ("activity_cutoff_factor", U32(Compact(factor))),
        (
            "registration_allowed",
            Bool(NetworkRegistrationAllowed::<Runtime>::get(netuid)),
        ),
        (
            "target_regs_per_interval",
            u16(TargetRegistrationsPerInterval::<Runtime>::get(netuid)),
        ),
        ("min_burn", tao(MinBurn::<Runtime>::get(netuid))),
        ("max_burn", tao(MaxBurn::<Runtime>::get(netuid))),
        ("burn_half_life", u16(BurnHalfLife::<Runtime>::get(netuid))),
        (
            "burn_increase_mult",
            U64F64(BurnIncreaseMult::<Runtime>::get(netuid)),
        ),
        (
            "bonds_moving_avg",
            u64(BondsMovingAverage::<Runtime>::get(netuid)),
        ),
        (
            "max_regs_per_block",
            u16(MaxRegistrationsPerBlock::<Runtime>::get(netuid)),
        ),
        (
            "serving_rate_limit",
            u64(ServingRateLimit::<Runtime>::get(netuid)),
        ),
        (
            "max_validators",
            u16(MaxAllowedValidators::<Runtime>::get(netuid)),
        ),
        (
            "commit_reveal_period",
            u64(RevealPeriodEpochs::<Runtime>::get(netuid)),
        ),
        (
            "commit_reveal_weights_enabled",
            Bool(CommitRevealWeightsEnabled::<Runtime>::get(netuid)),
        ),
        ("alpha_high", u16(alpha_high)),
        ("alpha_low", u16(alpha_low)),
        (
            "liquid_alpha_enabled",
            Bool(LiquidAlphaOn::<Runtime>::get(netuid)),
        ),
        ("alpha_sigmoid_steepness", I32F32(steepness(netuid))),
        ("yuma_version", u16(yuma_version(netuid))),
        (
            "subnet_is_active",
            Bool(SubtokenEnabled::<Runtime>::get(netuid)),
        ),
        (
            "transfers_enabled",
            Bool(TransferToggle::<Runtime>::get(netuid)),
        ),
        (
            "bonds_reset_enabled",
            Bool(BondsResetOn::<Runtime>::get(netuid)),
        ),
        ("user_liquidity_enabled", Bool(false)),
        (
            "owner_cut_enabled",
            Bool(OwnerCutEnabled::<Runtime>::get(netuid)),
        ),
        ("owner_cut_auto_lock_enabled", Bool(false)),
        ("min_childkey_take", u16(MinChildkeyTake::<Runtime>::get())),
    ];
    named
        .into_iter()
        .map(|(name, value)| HyperparamEntry {
            name: name.as_bytes().to_vec(),
            value,
        })
        .collect()
}

fn steepness(netuid: NetUid) -> I32F32 {
    I32F32::saturating_from_num(AlphaSigmoidSteepness::<Runtime>::get(netuid))
}

fn yuma_version(netuid: NetUid) -> u16 {
    if Yuma3On::<Runtime>::get(netuid) {
        3
    } else {
        2
    }
}
