use crate::bonds::{column_sums, moving_average, rate};
use crate::fixed::{ZERO, mul, normalise, sum};
use crate::masks::Held;
use crate::{Params, Rows, liquid};
use substrate_fixed::types::I32F32;

/// Bonds on an absolute scale: each moves towards its own weight; dividends, which it returns, are a validator's
/// stake times its column-normalised bonds times the incentive of the columns.
pub(crate) fn bonds(
    params: &Params,
    weights: &Rows,
    held: &Held,
    consensus: &[I32F32],
    incentive: &[I32F32],
    active_stake: &[I32F32],
    bonds: &mut Rows,
) -> Vec<I32F32> {
    match params.liquid_alpha {
        Some(alpha) if consensus.iter().any(|agreed| *agreed != ZERO) => {
            liquid::moving_average(weights, held, consensus, alpha, bonds)
        }
        _ => moving_average(
            weights,
            &held.rows,
            rate(params.bonds_moving_average),
            bonds,
        ),
    }
    let sums = column_sums(bonds);
    let share = |(col, bond): (u16, I32F32)| {
        let col = usize::from(col);
        match (incentive.get(col), sums.get(col)) {
            (Some(earned), Some(sum)) if *earned != ZERO => mul(sum.divide(bond), *earned),
            _ => ZERO,
        }
    };
    let mut dividends: Vec<I32F32> = bonds
        .iter()
        .zip(active_stake)
        .map(|(row, stake)| {
            sum(row.iter().map(share))
                .checked_mul(*stake)
                .unwrap_or_default()
        })
        .collect();
    normalise(&mut dividends);
    dividends
}
