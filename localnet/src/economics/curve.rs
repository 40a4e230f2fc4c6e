//! How much TAO there is when: the halving by issuance, stepped over stretch by stretch.

use yuma::emission::{MAX_SUPPLY, block_emission};

/// Blocks of twelve seconds in a day.
pub const BLOCKS_A_DAY: u64 = 7_200;
/// Blocks in a year of 365.25 days.
pub const BLOCKS_A_YEAR: u64 = BLOCKS_A_DAY * 1_461 / 4;

/// Blocks in a row that mint the same amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Blocks before it.
    pub start: u64,
    pub blocks: u64,
    /// Rao in existence before it.
    pub issuance: u64,
    /// Rao minted by each of its blocks.
    pub emission: u64,
}

impl Stretch {
    /// Rao in existence after the first `blocks` of it.
    pub fn issuance_after(&self, blocks: u64) -> u64 {
        let minted = u128::from(self.emission) * u128::from(blocks.min(self.blocks));
        u64::try_from(u128::from(self.issuance) + minted).unwrap_or(u64::MAX)
    }

    fn end(&self) -> u64 {
        self.issuance_after(self.blocks)
    }
}

/// The stretches of the next `blocks` blocks from an issuance in rao.
///
/// What a block mints only ever falls with issuance, so the last block of a stretch is found by bisection; the sums
/// are those of minting block by block, capped at the maximum supply as the chain caps them.
pub fn stretches(issuance: u64, blocks: u64) -> Vec<Stretch> {
    let mut all = Vec::new();
    let (mut start, mut issuance) = (0, issuance);
    while start < blocks {
        let stretch = stretch(start, issuance, blocks - start);
        start += stretch.blocks;
        issuance = stretch.end();
        all.push(stretch);
    }
    all
}

fn stretch(start: u64, issuance: u64, room: u64) -> Stretch {
    let emission = minted(issuance);
    let same = |blocks: u64| {
        let before = u128::from(issuance) + u128::from(emission) * u128::from(blocks);
        u64::try_from(before).is_ok_and(|before| minted(before) == emission)
    };
    // The block after `low` blocks still mints the same, the one after `high` doesn't, or is out of sight.
    let (mut low, mut high) = (0, room);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if same(middle) {
            low = middle
        } else {
            high = middle
        }
    }
    Stretch {
        start,
        blocks: low + 1,
        issuance,
        emission,
    }
}

/// Rao that a block really mints at an issuance.
fn minted(issuance: u64) -> u64 {
    block_emission(issuance).min(MAX_SUPPLY.saturating_sub(issuance))
}

/// Rao in existence after a number of blocks, which the stretches must cover.
pub fn issuance_at(stretches: &[Stretch], block: u64) -> u64 {
    let of = stretches
        .iter()
        .rev()
        .find(|stretch| stretch.start <= block);
    of.map_or(0, |stretch| stretch.issuance_after(block - stretch.start))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TAO: u64 = 1_000_000_000;

    proptest! {
        /// Around every halving, and anywhere.
        #[test]
        fn equals_minting_block_by_block(
            halving in 1..12u32, off in 0..2_000u64, anywhere in 0..MAX_SUPPLY, near in any::<bool>(), blocks in 1..4_000u64,
        ) {
            let threshold = MAX_SUPPLY - (MAX_SUPPLY >> halving);
            let start = if near { threshold - off * block_emission(threshold - 1) } else { anywhere };
            let all = stretches(start, blocks);
            let mut issuance = start;
            for block in 0..blocks {
                prop_assert_eq!(issuance_at(&all, block), issuance);
                issuance += minted(issuance);
            }
            prop_assert_eq!(all.last().unwrap().end(), issuance);
            prop_assert_eq!(all.iter().map(|stretch| stretch.blocks).sum::<u64>(), blocks);
        }
    }

    #[test]
    fn halves_at_the_known_supplies() {
        let all = stretches(0, 20 * BLOCKS_A_YEAR);
        let seen: Vec<(u64, u64)> = all
            .iter()
            .map(|stretch| (stretch.issuance / TAO, stretch.emission))
            .collect();
        let known = [
            (0, TAO),
            (10_500_000, TAO / 2),
            (15_750_000, TAO / 4),
            (18_375_000, TAO / 8),
            (19_687_500, TAO / 16),
        ];
        assert_eq!(seen[..5], known);
        assert_eq!(all[1].start, 10_500_000);
    }

    #[test]
    fn never_passes_21_million() {
        for issuance in [0, MAX_SUPPLY - 5, MAX_SUPPLY - 1, MAX_SUPPLY] {
            let all = stretches(issuance, 1_000 * BLOCKS_A_YEAR);
            assert!(all.iter().all(|stretch| stretch.end() <= MAX_SUPPLY));
        }
    }
}
