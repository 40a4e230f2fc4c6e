use crate::bonds::{moving_average, normalise_columns, rate, upscale_columns};
use crate::fixed::{mul, normalise, sum};
use crate::masks::Held;
use crate::{Params, Rows};
use substrate_fixed::types::I32F32;

/// Bonds as shares of a column: each epoch moves them towards the column-normalised stake-weighted weights;
/// a validator's dividends, which it returns, are its shares times the incentive of the columns.
///
/// Works in place: `weights` and `held` are spent afterwards.
pub(crate) fn bonds(
    params: &Params,
    weights: &mut Rows,
    held: &mut Held,
    incentive: &[I32F32],
    active_stake: &[I32F32],
    bonds: &mut Rows,
) -> Vec<I32F32> {
    normalise_columns(&mut held.rows);
    for (row, stake) in active_stake.iter().enumerate() {
        weights
            .row_values_mut(row)
            .iter_mut()
            .for_each(|weight| *weight = mul(*weight, *stake));
    }
    normalise_columns(weights);

    moving_average(
        weights,
        &held.rows,
        rate(params.bonds_moving_average),
        bonds,
    );
    normalise_columns(bonds);

    let earned = |(col, bond): (u16, I32F32)| {
        mul(
            incentive.get(usize::from(col)).copied().unwrap_or_default(),
            bond,
        )
    };
    let mut dividends: Vec<I32F32> = bonds
        .iter()
        .map(|row| sum(row.iter().map(earned)))
        .collect();
    normalise(&mut dividends);

    upscale_columns(bonds);
    dividends
}
