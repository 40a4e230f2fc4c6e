use crate::Rows;
use crate::fixed::{ONE, ZERO, mul, normalise, sum};
use substrate_fixed::types::I32F32;

/// The weight of each uid that a majority of stake supports: the smallest weight such that less than `kappa`
/// of the stake set a larger one (a validator that set none counts as zero).
///
/// This is the chain's pivot search in closed form: stakes add without rounding, so its intervals hold exactly.
pub(crate) fn weighted_median(
    weights: &Rows,
    active_stake: &[I32F32],
    kappa: I32F32,
) -> Vec<I32F32> {
    let columns = active_stake.len();
    let mut stakes: Vec<I32F32> = active_stake
        .iter()
        .copied()
        .filter(|stake| *stake > ZERO)
        .collect();
    normalise(&mut stakes);

    let voters = || {
        weights
            .iter()
            .zip(active_stake)
            .filter(|(_, stake)| **stake > ZERO)
            .map(|(row, _)| row)
    };
    let votes = || {
        voters()
            .enumerate()
            .flat_map(|(voter, row)| row.iter().map(move |(col, weight)| (voter, col, weight)))
    };

    // Columns one after another in one buffer; each vote is (weight, voter) in one integer that sorts by weight.
    let mut ends = vec![0usize; columns + 1];
    for (_, col, weight) in votes() {
        if weight > ZERO
            && let Some(end) = ends.get_mut(usize::from(col) + 1)
        {
            *end += 1;
        }
    }
    let mut total = 0;
    for end in &mut ends {
        total += *end;
        *end = total;
    }
    let mut fill = ends.clone();
    let mut keys = vec![0u64; total];
    for (voter, col, weight) in votes() {
        if weight > ZERO
            && let Some(at) = fill.get_mut(usize::from(col))
        {
            if let Some(key) = keys.get_mut(*at) {
                *key = ((weight.to_bits() as u64) << VOTER_BITS) | voter as u64;
            }
            *at += 1;
        }
    }
    (0..columns)
        .map(|col| median(&mut keys[ends[col]..ends[col + 1]], &stakes, kappa))
        .collect()
}

/// Uids are u16.
const VOTER_BITS: u32 = 16;

fn median(votes: &mut [u64], stakes: &[I32F32], kappa: I32F32) -> I32F32 {
    let stake = |vote: u64| {
        stakes
            .get((vote & 0xffff) as usize)
            .copied()
            .unwrap_or(ZERO)
    };
    let weight = |vote: u64| I32F32::from_bits((vote >> VOTER_BITS) as i64);
    let abstained = votes.len() < stakes.len();
    if abstained && sum(votes.iter().map(|vote| stake(*vote))) < kappa {
        return ZERO;
    }
    votes.sort_unstable_by(|a, b| b.cmp(a));
    let Some(largest) = votes.first() else {
        return ZERO;
    };
    let mut found = weight(*largest);
    let mut above = ZERO;
    for vote in votes.iter() {
        if weight(*vote) < found {
            if above >= kappa {
                return found;
            }
            found = weight(*vote);
        }
        above = above.saturating_add(stake(*vote));
    }
    found
}

/// What clipping at consensus leaves.
pub(crate) struct Standing {
    pub validator_trust: Vec<I32F32>,
    pub incentive: Vec<I32F32>,
}

/// Validator trust is what stays of a row after clipping, incentive the stake-weighted sum of a clipped column.
pub(crate) fn standing(weights: &Rows, active_stake: &[I32F32], consensus: &[I32F32]) -> Standing {
    let mut incentive = vec![ZERO; consensus.len()];
    let mut validator_trust = Vec::with_capacity(consensus.len());
    for (row, stake) in weights.iter().zip(active_stake) {
        let mut trust = ZERO;
        for (col, weight) in row.iter() {
            let col = usize::from(col);
            if let (Some(agreed), Some(rank)) = (consensus.get(col), incentive.get_mut(col)) {
                let clipped = weight.min(*agreed);
                trust = trust.saturating_add(clipped);
                *rank = rank.saturating_add(mul(*stake, clipped));
            }
        }
        validator_trust.push(trust);
    }
    normalise(&mut incentive);
    Standing {
        validator_trust,
        incentive,
    }
}

/// The weights that bonds follow: as set (penalty 0), as clipped (penalty 1), or between.
///
/// Penalty 1 keeps the stored order and drops what is clipped to nothing; between the ends, rows come out in
/// ascending order without zeros. Liquid alpha can tell the difference.
pub(crate) fn penalised(weights: &Rows, consensus: &[I32F32], penalty: I32F32) -> Rows {
    if penalty == ZERO {
        return weights.clone();
    }
    let clip = |col: u16, weight: I32F32| {
        weight.min(consensus.get(usize::from(col)).copied().unwrap_or(ZERO))
    };
    let mut rows = weights.like();
    let mut sorted = Vec::new();
    for row in weights.iter() {
        if penalty == ONE {
            for (col, weight) in row.iter() {
                let clipped = clip(col, weight);
                if clipped > ZERO || weight == ZERO {
                    rows.push(col, clipped);
                }
            }
        } else {
            sorted.clear();
            sorted.extend(row.iter());
            if !sorted.is_sorted_by_key(|(col, _)| *col) {
                sorted.sort_by_key(|(col, _)| *col);
            }
            for (col, weight) in sorted.iter().copied() {
                let between =
                    weight.saturating_add(mul(penalty, clip(col, weight).saturating_sub(weight)));
                if between > ZERO {
                    rows.push(col, between);
                }
            }
        }
        rows.end_row();
    }
    rows
}
