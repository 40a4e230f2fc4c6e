use crate::Input;
use crate::fixed::{ZERO, normalise};
use substrate_fixed::types::{I32F32, I64F64};

/// Total stake of a hotkey on a subnet: its alpha, plus its TAO on root times `TaoWeight / u64::MAX`.
///
/// `alpha` and `root_tao` in rao. The weight is cut to 32 fractional bits before the product, as on the chain.
pub fn total_stake(alpha: u64, root_tao: u64, tao_weight: u64) -> I64F64 {
    let weight = (u128::from(tao_weight) << 32) / u128::from(u64::MAX);
    let weight = I64F64::from_bits((weight << 32) as i128);
    I64F64::saturating_from_num(alpha)
        .saturating_add(I64F64::saturating_from_num(root_tao).saturating_mul(weight))
}

/// Stakes as shares, those under the threshold as zero.
pub(crate) fn normalised(input: &Input) -> Vec<I32F32> {
    let threshold = input.params.stake_threshold;
    let counted = |(uid, stake): (usize, I64F64)| {
        if !input.is_owner(uid) && stake.saturating_to_num::<u64>() < threshold {
            I64F64::default()
        } else {
            stake
        }
    };
    let stakes = || {
        input
            .neurons
            .iter()
            .map(|neuron| neuron.stake)
            .enumerate()
            .map(counted)
    };
    let sum = stakes().fold(I64F64::default(), I64F64::saturating_add);
    stakes()
        .map(|stake| {
            if stake == I64F64::default() || sum == I64F64::default() {
                return I32F32::saturating_from_num(stake);
            }
            I32F32::saturating_from_num(stake.checked_div(sum).unwrap_or_default())
        })
        .collect()
}

/// Stake that votes: of active validators with a permit, as shares.
pub(crate) fn active(stake: &[I32F32], active: &[bool], permits: &[bool]) -> Vec<I32F32> {
    let mut shares: Vec<I32F32> = stake
        .iter()
        .zip(active.iter().zip(permits))
        .map(|(stake, (active, permit))| if *active && *permit { *stake } else { ZERO })
        .collect();
    normalise(&mut shares);
    shares
}
