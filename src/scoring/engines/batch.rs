//! Which rows run together. Pure.
//!
//! Padding is work for nothing, and memory grows with the largest batch: so rows are sorted by
//! length and packed until rows × longest row would pass the budget. 512 tokens cost 0.28 of the CPU
//! and a quarter of the memory of fixed batches of 32 in input order (256 texts of 20–400 tokens).

/// Batches of indices into `lengths`, each index once. A batch holds at most `budget` tokens with its
/// padding, or one row. The longest come first, so that no thread starts the largest batch last.
pub(super) fn plan(lengths: &[usize], budget: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(lengths[*i]));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut longest = 0;
    for i in order {
        match batches.last_mut() {
            Some(batch) if (batch.len() + 1) * longest <= budget => batch.push(i),
            _ => {
                longest = lengths[i];
                batches.push(vec![i]);
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_lengths_share_and_a_giant_is_alone() {
        assert_eq!(plan(&[4, 4, 4], 8), [vec![0, 1], vec![2]]);
        assert_eq!(plan(&[2, 100, 3], 8), [vec![1], vec![2, 0]]);
        assert!(plan(&[], 8).is_empty());
    }

    proptest! {
        #[test]
        fn each_row_once_within_the_budget(
            lengths in prop::collection::vec(1..300usize, 0..200),
            budget in 1..2048usize,
        ) {
            let batches = plan(&lengths, budget);
            let mut seen: Vec<usize> = batches.concat();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..lengths.len()).collect::<Vec<_>>());
            for batch in batches {
                let longest = batch.iter().map(|i| lengths[*i]).max().unwrap_or(0);
                prop_assert!(batch.len() == 1 || batch.len() * longest <= budget);
            }
        }
    }
}
