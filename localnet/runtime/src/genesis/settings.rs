//! Hyperparameters of a world's subnet, within the chain's bounds.

use super::{Subnet, WorldError, rao};
use crate::{Runtime, subtensor::*};
use substrate_fixed::types::U64F64;

/// The whole of a bond, in `bonds_moving_average`.
const BONDS_MILLIONTHS: u64 = 1_000_000;

/// Settings that the chain's own functions check.
fn apply_checked(subnet: &Subnet) -> Result<(), WorldError> {
    let netuid = subnet.netuid;
    let refuse = |key: &str, value: String, remedy: &str| WorldError::BadSubnet {
        netuid,
        why: format!("{key} = {value}: {remedy}"),
    };
    match (subnet.alpha_low, subnet.alpha_high) {
        (None, None) => {}
        (Some(low), Some(high)) => {
            Pallet::<Runtime>::set_alpha_values(netuid, low, high).map_err(|_| {
                let remedy = "give 1638 to 65535, low to high, with liquid_alpha = true";
                refuse("alpha_low, alpha_high", format!("{low}, {high}"), remedy)
            })?
        }
        (low, high) => {
            let value = format!("{low:?}, {high:?}");
            return Err(refuse(
                "alpha_low, alpha_high",
                value,
                "give both or neither",
            ));
        }
    }
    if let Some(neurons) = subnet.immune_owner_uids {
        Pallet::<Runtime>::set_owner_immune_limit(netuid, neurons)
            .map_err(|_| refuse("immune_owner_uids", neurons.to_string(), "give 1 to 10"))?;
    }
    if let Some(split) = &subnet.mechanism_split {
        Pallet::<Runtime>::set_emission_split(netuid, Some(split.clone())).map_err(|_| {
            let remedy = "give at most a number for each of mechanisms, which add up to 65535";
            refuse("mechanism_split", format!("{split:?}"), remedy)
        })?;
    }
    if let Some(recycle) = subnet.recycle_owner_miners {
        let fate = if recycle {
            RecycleOrBurnEnum::Recycle
        } else {
            RecycleOrBurnEnum::Burn
        };
        RecycleOrBurn::<Runtime>::insert(netuid, fate);
    }
    if let Some(factor) = subnet.burn_increase {
        if !(1.0..=1000.0).contains(&factor) {
            return Err(refuse(
                "burn_increase",
                factor.to_string(),
                "give 1 to 1000",
            ));
        }
        BurnIncreaseMult::<Runtime>::insert(netuid, U64F64::from_num(factor));
    }
    Ok(())
}

/// What the real chain's calls refuse, a world can't have either.
fn check(subnet: &Subnet) -> Result<(), WorldError> {
    let bounded = |key: &str, value: Option<u64>, least: u64, most: u64| match value {
        Some(value) if !(least..=most).contains(&value) => Err(WorldError::BadSubnet {
            netuid: subnet.netuid,
            why: format!("{key} = {value}: give {least} to {most}"),
        }),
        _ => Ok(()),
    };
    let (least, most) = REVEAL_PERIODS.into_inner();
    bounded(
        "reveal_period_epochs",
        subnet.reveal_period_epochs,
        least,
        most,
    )?;
    let (least, most) = CUTOFF_FACTORS.into_inner();
    let factor = subnet.activity_cutoff_factor_milli.map(u64::from);
    bounded(
        "activity_cutoff_factor_milli",
        factor,
        least.into(),
        most.into(),
    )?;
    let validators = subnet.max_allowed_validators.map(u64::from);
    bounded("max_allowed_validators", validators, 1, u16::MAX.into())?;
    let bonds = subnet.bonds_moving_average;
    bounded("bonds_moving_average", bonds, 0, BONDS_MILLIONTHS)?;
    if let (Some(min), Some(max)) = (subnet.min_burn_tao, subnet.max_burn_tao)
        && min > max
    {
        return Err(WorldError::BadSubnet {
            netuid: subnet.netuid,
            why: format!("min_burn_tao = {min}: give at most max_burn_tao = {max}"),
        });
    }
    Ok(())
}

/// Writes the settings that a world names; the others stay those of a fresh subnet.
pub fn apply(subnet: &Subnet) -> Result<(), WorldError> {
    check(subnet)?;
    let netuid = subnet.netuid;
    if let Some(tempo) = subnet.tempo {
        Pallet::<Runtime>::set_first_epoch(netuid, tempo);
    }
    macro_rules! set {
        ($( $setting:ident => $storage:ident, )+) => {
            $( if let Some(value) = subnet.$setting {
                $storage::<Runtime>::insert(netuid, value);
            } )+
        };
    }
    set! {
        commit_reveal => CommitRevealWeightsEnabled,
        reveal_period_epochs => RevealPeriodEpochs,
        min_allowed_weights => MinAllowedWeights,
        weights_set_rate_limit => WeightsSetRateLimit,
        weights_version_key => WeightsVersionKey,
        immunity_period => ImmunityPeriod,
        min_non_immune_uids => MinNonImmuneUids,
        max_allowed_uids => MaxAllowedUids,
        max_allowed_validators => MaxAllowedValidators,
        serving_rate_limit => ServingRateLimit,
        kappa => Kappa,
        bonds_moving_average => BondsMovingAverage,
        bonds_penalty => BondsPenalty,
        yuma3 => Yuma3On,
        alpha_sigmoid_steepness => AlphaSigmoidSteepness,
        bonds_reset => BondsResetOn,
        owner_cut => OwnerCutEnabled,
        burn_half_life => BurnHalfLife,
        liquid_alpha => LiquidAlphaOn,
        activity_cutoff_factor_milli => ActivityCutoffFactorMilli,
        max_registrations_per_block => MaxRegistrationsPerBlock,
        target_registrations_per_interval => TargetRegistrationsPerInterval,
    }
    apply_checked(subnet)?;
    let amount = |what: &str, tao| rao(&format!("{what} of subnet {netuid}"), tao);
    if let Some(tao) = subnet.burn_tao {
        Burn::<Runtime>::insert(netuid, amount("burn_tao", tao)?);
    }
    if let Some(tao) = subnet.min_burn_tao {
        MinBurn::<Runtime>::insert(netuid, amount("min_burn_tao", tao)?);
    }
    if let Some(tao) = subnet.max_burn_tao {
        MaxBurn::<Runtime>::insert(netuid, amount("max_burn_tao", tao)?);
    }
    Ok(())
}
