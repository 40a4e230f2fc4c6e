use crate::fixed::to_u16;
use crate::payout::Payout;
use crate::{Input, Rows, permits};
use substrate_fixed::types::I32F32;

/// What the epoch leaves in storage and hands to the coinbase; all vectors are by uid.
///
/// `u16` shares are in 1/65535, truncated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// `Active`: updated within the activity cutoff.
    pub active: Vec<bool>,
    /// `ValidatorPermit` for the next epoch.
    pub validator_permit: Vec<bool>,
    /// Total stake, rao, truncated, before the threshold.
    pub stake: Vec<u64>,
    /// `StakeWeight`: share of the subnet's stake after the threshold.
    pub stake_weight: Vec<u16>,
    /// `Consensus`: the weight that enough stake agrees on.
    pub consensus: Vec<u16>,
    /// `ValidatorTrust`: how much of its weights a validator kept after clipping.
    pub validator_trust: Vec<u16>,
    /// `Incentive`: share of what miners earn.
    pub incentive: Vec<u16>,
    /// `Dividends`: share of what validators earn.
    pub dividends: Vec<u16>,
    /// `Emission`: rao earned in both roles.
    pub emission: Vec<u64>,
    /// Rao earned as miner.
    pub server_emission: Vec<u64>,
    /// Rao earned as validator.
    pub validator_emission: Vec<u64>,
    /// `Bonds` rows; empty for whoever has no new permit.
    pub bonds: Vec<Vec<(u16, u16)>>,
}

/// The exact values behind an [`Output`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Stake after the threshold, as shares.
    pub stake: Vec<I32F32>,
    /// Stake of active, permitted validators, as shares.
    pub active_stake: Vec<I32F32>,
    /// Weights that count, rows as shares.
    pub weights: Rows,
    /// By uid: the stake-weighted median of its column of weights.
    pub consensus: Vec<I32F32>,
    /// By uid: the sum of its row of weights after clipping at consensus.
    pub validator_trust: Vec<I32F32>,
    /// By uid: shares of one, all zero where nobody earns.
    pub incentive: Vec<I32F32>,
    /// By uid: shares of one, all zero where nobody earns.
    pub dividends: Vec<I32F32>,
    /// Bonds after this epoch; Yuma 2 scales every column to a largest bond of one.
    pub ema_bonds: Rows,
}

pub(crate) fn stored(
    input: &Input,
    active: Vec<bool>,
    trace: &Trace,
    bonds: &Rows,
    payout: Payout,
) -> Output {
    let shares = |values: &[I32F32]| values.iter().copied().map(to_u16).collect();
    let validator_permit = permits::next(input, &trace.stake);
    let bonds = validator_permit
        .iter()
        .enumerate()
        .map(|(uid, permitted)| {
            if !permitted {
                return Vec::new();
            }
            bonds
                .row(uid)
                .iter()
                .map(|(col, bond)| (col, to_u16(bond)))
                .collect()
        })
        .collect();
    Output {
        active,
        bonds,
        validator_permit,
        stake: input
            .neurons
            .iter()
            .map(|neuron| neuron.stake.saturating_to_num())
            .collect(),
        stake_weight: shares(&trace.stake),
        consensus: shares(&trace.consensus),
        validator_trust: shares(&trace.validator_trust),
        incentive: shares(&trace.incentive),
        dividends: shares(&trace.dividends),
        emission: payout.combined,
        server_emission: payout.server,
        validator_emission: payout.validator,
    }
}
