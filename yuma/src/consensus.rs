use crate::Rows;
use crate::fixed::{ONE, ZERO, mul, normalise, sum};
use substrate_fixed::types::I32F32;

/// Votes by column, one after another in one buffer; reused from epoch to epoch.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    /// End of each column.
    ends: Vec<usize>,
    /// (weight, voter) in one integer that orders by weight.
    keys: Vec<u64>,
}

/// Uids are u16; weights are at most one, 33 bits.
const VOTER_BITS: u32 = 16;

/// The weight of each uid that a majority of stake supports: the smallest weight such that less than `kappa`
/// of the stake set a larger one (a validator that set none counts as zero).
///
/// This is the chain's pivot search in closed form: stakes add without rounding, so its intervals hold exactly.
pub(crate) fn weighted_median(
    weights: &Rows,
    active_stake: &[I32F32],
    kappa: I32F32,
    votes: &mut Votes,
) -> Vec<I32F32> {
    let mut stakes: Vec<I32F32> = active_stake
        .iter()
        .copied()
        .filter(|stake| *stake > ZERO)
        .collect();
    normalise(&mut stakes);
    votes.collect(weights, active_stake);
    let mut start = 0;
    let column = |end: &usize| {
        let keys = votes.keys.get_mut(start..*end).unwrap_or_default();
        start = *end;
        median(keys, &stakes, kappa)
    };
    votes.ends.iter().map(column).collect()
}

impl Votes {
    fn collect(&mut self, weights: &Rows, active_stake: &[I32F32]) {
        let voters = || {
            weights
                .iter()
                .zip(active_stake)
                .filter(|(_, stake)| **stake > ZERO)
                .enumerate()
        };
        let ends = &mut self.ends;
        ends.clear();
        ends.resize(active_stake.len(), 0);
        for (_, (row, _)) in voters() {
            for (col, weight) in row.iter() {
                if let Some(end) = ends.get_mut(usize::from(col)) {
                    *end += usize::from(weight > ZERO);
                }
            }
        }
        // Starts first; filling a column moves its start to its end.
        let mut total = 0;
        for end in ends.iter_mut() {
            total += std::mem::replace(end, total);
        }
        self.keys.clear();
        self.keys.resize(total, 0);
        for (voter, (row, _)) in voters() {
            for (col, weight) in row.iter() {
                if weight > ZERO
                    && let Some(end) = ends.get_mut(usize::from(col))
                    && let Some(key) = self.keys.get_mut(*end)
                {
                    *key = ((weight.to_bits() as u64) << VOTER_BITS) | voter as u64;
                    *end += 1;
                }
            }
        }
    }
}

/// Short columns, and those that pivots split badly, are sorted.
const SORTED: usize = 12;

fn median(mut votes: &mut [u64], stakes: &[I32F32], kappa: I32F32) -> I32F32 {
    let stake = |vote: u64| {
        stakes
            .get((vote & ((1 << VOTER_BITS) - 1)) as usize)
            .copied()
            .unwrap_or(ZERO)
    };
    let weight = |vote: u64| I32F32::from_bits((vote >> VOTER_BITS) as i64);
    let abstained = votes.len() < stakes.len();
    if abstained && sum(votes.iter().map(|vote| stake(*vote))) < kappa {
        return ZERO;
    }
    let mut found = ZERO;
    let mut above = ZERO;
    let mut splits_left = 2 * usize::BITS - 2 * votes.len().leading_zeros();
    while votes.len() > SORTED && splits_left > 0 {
        splits_left -= 1;
        let pivot = middle(votes);
        let (mut larger, mut backing) = (0, ZERO);
        for at in 0..votes.len() {
            let vote = votes[at];
            votes.swap(at, larger);
            let counts = vote > pivot;
            larger += usize::from(counts);
            backing = backing.saturating_add(if counts { stake(vote) } else { ZERO });
        }
        let (high, low) = votes.split_at_mut(larger);
        if above.saturating_add(backing) >= kappa {
            // Enough stake is above the pivot, or no stake is enough: the pivot only stands if it is the largest.
            found = weight(pivot);
            votes = high;
        } else {
            above = above.saturating_add(backing);
            votes = low;
        }
    }
    votes.sort_unstable_by(|a, b| b.cmp(a));
    for (rank, vote) in votes.iter().enumerate() {
        if rank > 0 && above >= kappa {
            break;
        }
        found = weight(*vote);
        above = above.saturating_add(stake(*vote));
    }
    found
}

/// The median of three votes across a column.
fn middle(votes: &[u64]) -> u64 {
    let at = |at: usize| votes.get(at).copied().unwrap_or(0);
    let (a, b, c) = (at(0), at(votes.len() / 2), at(votes.len() - 1));
    a.max(b).min(a.min(b).max(c))
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
pub(crate) fn penalised(weights: &Rows, consensus: &[I32F32], penalty: I32F32, rows: &mut Rows) {
    if penalty == ZERO {
        return rows.copy_from(weights);
    }
    let clip = |col: u16, weight: I32F32| {
        weight.min(consensus.get(usize::from(col)).copied().unwrap_or(ZERO))
    };
    rows.reset_like(weights);
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// The search as the chain runs it: halve around a pivot, and keep the side in which the minority ends.
    fn pivot_search(stakes: &[I32F32], scores: &[I32F32], kappa: I32F32) -> I32F32 {
        let total = sum(stakes.iter().copied());
        let minority = total - kappa;
        let (mut below, mut up_to) = (ZERO, total);
        let mut left: Vec<usize> = (0..scores.len()).collect();
        loop {
            if left.len() < 2 {
                return left.first().map_or(ZERO, |voter| scores[*voter]);
            }
            let pivot = scores[left[left.len() / 2]];
            let side = |keep: &dyn Fn(I32F32) -> bool| -> (Vec<usize>, I32F32) {
                let side: Vec<usize> = left
                    .iter()
                    .copied()
                    .filter(|voter| keep(scores[*voter]))
                    .collect();
                let stake = sum(side.iter().map(|voter| stakes[*voter]));
                (side, stake)
            };
            let (lower, lower_stake) = side(&|score| score < pivot);
            let (upper, upper_stake) = side(&|score| score > pivot);
            if minority < below + lower_stake && !lower.is_empty() {
                up_to = below + lower_stake;
                left = lower;
            } else if up_to - upper_stake <= minority && !upper.is_empty() {
                below = up_to - upper_stake;
                left = upper;
            } else {
                return pivot;
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Few different scores and stakes, so that ties and exact majorities happen.
        #[test]
        fn as_the_pivot_search(
            voters in vec((1..6i64, prop_oneof![0..4i64, 0..1_000_000i64]), 0..60),
            kappa in prop_oneof![Just(0u16), Just(32_767), Just(65_535), any::<u16>()],
        ) {
            let mut stakes: Vec<I32F32> = voters.iter().map(|(stake, _)| I32F32::from_num(*stake)).collect();
            normalise(&mut stakes);
            let scores: Vec<I32F32> = voters.iter().map(|(_, score)| I32F32::from_bits(*score)).collect();
            let mut weights = Rows::default();
            for score in &scores {
                weights.push(0, *score);
                weights.end_row();
            }
            let kappa = crate::fixed::fraction(kappa);
            let ours = weighted_median(&weights, &stakes, kappa, &mut Votes::default());
            normalise(&mut stakes);
            prop_assert_eq!(ours.first().copied().unwrap_or_default(), pivot_search(&stakes, &scores, kappa));
        }
    }
}
