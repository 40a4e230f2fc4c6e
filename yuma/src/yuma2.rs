use crate::bonds::{moving_average, normalise_columns, rate, upscale_columns};
use crate::fixed::{mul, normalise, sum};
use crate::masks::Held;
use crate::{Params, Rows};
use substrate_fixed::types::I32F32;

/// Bonds as shares of a column: each epoch moves them towards the column-normalised stake-weighted weights;
/// a validator's dividends are its shares times the incentive of the columns.
pub(crate) fn bonds(
    params: &Params,
    weights: &Rows,
    held: &Held,
    incentive: &[I32F32],
    active_stake: &[I32F32],
) -> (Rows, Vec<I32F32>) {
    let mut old = held.rows.clone();
    normalise_columns(&mut old);

    let mut delta = weights.clone();
    for (row, stake) in active_stake.iter().enumerate() {
        delta
            .row_values_mut(row)
            .iter_mut()
            .for_each(|weight| *weight = mul(*weight, *stake));
    }
    normalise_columns(&mut delta);

    let mut bonds = moving_average(&delta, &old, rate(params.bonds_moving_average));
    normalise_columns(&mut bonds);

    let share = |(col, bond): (u16, I32F32)| {
        incentive
            .get(usize::from(col))
            .map_or_else(I32F32::default, |earned| mul(*earned, bond))
    };
    let mut dividends: Vec<I32F32> = bonds.iter().map(|row| sum(row.iter().map(share))).collect();
    normalise(&mut dividends);

    upscale_columns(&mut bonds);
    (bonds, dividends)
}
