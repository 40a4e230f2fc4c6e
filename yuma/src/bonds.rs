//! What both bond rules share: the moving average and sums over columns.

use crate::Rows;
use crate::fixed::{Divisor, ONE, ZERO, mul};
use substrate_fixed::types::{I32F32, I64F64};

/// How much of the new weights goes into bonds: `1 − BondsMovingAverage / 10⁶`.
pub(crate) fn rate(bonds_moving_average: u64) -> I32F32 {
    let kept = I64F64::saturating_from_num(bonds_moving_average)
        .checked_div(I64F64::from_bits(1_000_000 << 64))
        .unwrap_or_default();
    ONE.saturating_sub(I32F32::saturating_from_num(kept))
}

/// `rate · new + (1 − rate) · old`, each product rounded down, rows ascending and without zeros.
pub(crate) fn moving_average(new: &Rows, old: &Rows, rate: I32F32, rows: &mut Rows) {
    let kept = ONE.saturating_sub(rate);
    rows.reset_like(new);
    let mut mixed = vec![ZERO; new.len()];
    for (new_row, old_row) in new.iter().zip(old.iter()) {
        if !new_row.is_empty() || !old_row.is_empty() {
            for (row, factor) in [(new_row, rate), (old_row, kept)] {
                for (col, val) in row.iter() {
                    if let Some(cell) = mixed.get_mut(usize::from(col)) {
                        *cell = cell.saturating_add(mul(factor, val));
                    }
                }
            }
            for (col, cell) in mixed.iter_mut().enumerate() {
                if *cell > ZERO {
                    rows.push(col as u16, *cell);
                }
                *cell = ZERO;
            }
        }
        rows.end_row();
    }
}

/// Per column the divisor that makes it sum to one.
pub(crate) fn column_sums(rows: &Rows) -> Vec<Divisor> {
    let mut sums = vec![ZERO; rows.len()];
    for (col, val) in rows.entries() {
        if let Some(sum) = sums.get_mut(usize::from(col)) {
            *sum = sum.saturating_add(val);
        }
    }
    sums.into_iter().map(Divisor::new).collect()
}

/// Scales every column to a sum of one.
pub(crate) fn normalise_columns(rows: &mut Rows) {
    let sums = column_sums(rows);
    divide_columns(rows, &sums);
}

/// Scales every column to a largest entry of one.
pub(crate) fn upscale_columns(rows: &mut Rows) {
    let mut maxima = vec![ZERO; rows.len()];
    for (col, val) in rows.entries() {
        if let Some(max) = maxima.get_mut(usize::from(col)) {
            *max = val.max(*max);
        }
    }
    let maxima: Vec<Divisor> = maxima.into_iter().map(Divisor::new).collect();
    divide_columns(rows, &maxima);
}

fn divide_columns(rows: &mut Rows, by: &[Divisor]) {
    for (col, val) in rows.entries_mut() {
        if let Some(divisor) = by.get(usize::from(col)) {
            *val = divisor.divide(*val);
        }
    }
}
