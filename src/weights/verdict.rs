//! What the chain shows of a payload, and what that proves. Pure.

use super::ledger::Evidence;
use crate::types::{BlockNumber, BlockRef, Era, LedgerState, Uid, WeightSet};
use subtensor::Inclusion;

/// A row of weights on chain; `None`: it can't be read, or the hotkey has no seat.
pub type Row = Option<Vec<(Uid, u16)>>;

/// Pruned nodes keep 256 states; past half of that, a block before the epoch can't be relied upon to be readable.
const READABLE_BLOCKS: u64 = 128;

/// What a search of a payload's era says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing new.
    Nothing,
    /// Enough to move the entry.
    Proven(Evidence),
    /// It is in this final block and worked: the row there decides.
    ReadRow(BlockRef),
    /// In no block so far, and it still may land.
    Missing,
}

/// The last block that may hold a payload.
pub fn last_block(era: Era) -> BlockNumber {
    era.death.saturating_sub(1)
}

/// Whether the states of an era's blocks may be gone from a pruned node.
pub fn may_be_pruned(era: Era, finalized: BlockNumber) -> bool {
    finalized > era.death + READABLE_BLOCKS
}

/// Whether the state before a fire block may be gone from a pruned node.
pub fn proof_may_be_pruned(fire_block: BlockNumber, finalized: BlockNumber) -> bool {
    finalized >= fire_block + READABLE_BLOCKS
}

/// `found` is what the blocks of the era up to the best one hold; `finalized` the last final block.
pub fn of_search(
    set: &WeightSet,
    era: Era,
    finalized: BlockNumber,
    found: Option<Inclusion>,
) -> Verdict {
    let in_block = set.state == LedgerState::InBlock;
    let Some(Inclusion { block, dispatched }) = found else {
        return match () {
            () if in_block => Verdict::Proven(Evidence::Retracted),
            () if finalized >= last_block(era) => Verdict::Proven(Evidence::EraOver),
            () => Verdict::Missing,
        };
    };
    let is_final = block.number <= finalized;
    match dispatched {
        Ok(()) if is_final => Verdict::ReadRow(block),
        Ok(()) if !in_block => Verdict::Proven(Evidence::Included(block)),
        Ok(()) if set.included == Some(block) => Verdict::Nothing,
        Ok(()) => Verdict::Proven(Evidence::Retracted),
        Err(error) if is_final => Verdict::Proven(Evidence::Failed { at: block, error }),
        // A failure in a block that may still go is no verdict yet.
        Err(_) => Verdict::Nothing,
    }
}

/// The row at the final block that holds the payload.
pub fn of_inclusion(set: &WeightSet, at: BlockRef, row: Row) -> Evidence {
    if is_planned(set, &row) {
        Evidence::Final(at)
    } else {
        Evidence::RowDiffers {
            at: Some(at),
            why: difference("at inclusion", row),
        }
    }
}

/// The states of its blocks are gone, since we were away for long. If the last update of our row (`updated`) fell
/// into its era and the row of now is the planned one, it landed; else nothing can be proven any more.
pub fn landed_unseen(set: &WeightSet, era: Era, updated: BlockNumber, row: &Row) -> bool {
    (era.birth..era.death).contains(&updated) && is_planned(set, row)
}

/// The evidence for a payload of which nothing can be proven any more.
pub fn unprovable() -> Evidence {
    Evidence::RowDiffers {
        at: None,
        why: "its blocks are no longer readable, and the row is another one now".into(),
    }
}

/// The row one block before the epoch fired.
pub fn of_proof(set: &WeightSet, row: Row) -> Evidence {
    if is_planned(set, &row) {
        Evidence::RowProven
    } else {
        Evidence::RowDiffers {
            at: None,
            why: difference("before the epoch", row),
        }
    }
}

fn is_planned(set: &WeightSet, row: &Row) -> bool {
    row.as_deref() == Some(set.intent.vector.entries())
}

fn difference(when: &str, row: Row) -> String {
    match row {
        None => format!("{when}: the row can't be read, or the hotkey has no seat"),
        Some(row) => format!("{when}: the chain holds {} other entries", row.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::testing::weight_set;

    const ERA: Era = Era {
        birth: 100,
        death: 116,
    };

    fn block(number: u64) -> BlockRef {
        BlockRef {
            number,
            hash: [number as u8; 32],
        }
    }

    fn found(number: u64, dispatched: Result<(), &str>) -> Option<Inclusion> {
        Some(Inclusion {
            block: block(number),
            dispatched: dispatched.map_err(str::to_owned),
        })
    }

    #[test]
    fn a_search_proves_only_what_is_final() {
        use Evidence as E;
        use LedgerState::{Broadcast, InBlock};
        let mut in_block = weight_set(InBlock);
        in_block.included = Some(block(105));
        let sent = weight_set(Broadcast);
        let failed = || E::Failed {
            at: block(105),
            error: "TooFast".into(),
        };
        for (set, finalized, found, verdict) in [
            (&sent, 103, None, Verdict::Missing),
            (&sent, 114, None, Verdict::Missing),
            (&sent, 115, None, Verdict::Proven(E::EraOver)),
            (
                &sent,
                103,
                found(105, Ok(())),
                Verdict::Proven(E::Included(block(105))),
            ),
            (&sent, 105, found(105, Ok(())), Verdict::ReadRow(block(105))),
            (&sent, 104, found(105, Err("TooFast")), Verdict::Nothing),
            (
                &sent,
                105,
                found(105, Err("TooFast")),
                Verdict::Proven(failed()),
            ),
            (&in_block, 104, found(105, Ok(())), Verdict::Nothing),
            // In another block than it was: back to waiting first.
            (
                &in_block,
                104,
                found(106, Ok(())),
                Verdict::Proven(E::Retracted),
            ),
            (&in_block, 104, None, Verdict::Proven(E::Retracted)),
            (&in_block, 120, None, Verdict::Proven(E::Retracted)),
        ] {
            let got = of_search(set, ERA, finalized, found.clone());
            assert_eq!(got, verdict, "{} at {finalized}: {found:?}", set.state);
        }
    }

    #[test]
    fn only_the_planned_row_is_proof() {
        let set = weight_set(LedgerState::Finalized);
        let planned = || Some(set.intent.vector.entries().to_vec());
        let other = || Some(vec![(Uid(9), 65535)]);
        assert_eq!(of_proof(&set, planned()), Evidence::RowProven);
        assert_eq!(
            of_inclusion(&set, block(3), planned()),
            Evidence::Final(block(3))
        );
        for row in [other(), None, Some(Vec::new())] {
            assert!(matches!(
                of_proof(&set, row.clone()),
                Evidence::RowDiffers { .. }
            ));
            let at = Some(block(3));
            let seen = of_inclusion(&set, block(3), row);
            assert!(matches!(seen, Evidence::RowDiffers { at: found, .. } if found == at));
        }
        assert!(landed_unseen(&set, ERA, 110, &planned()));
        assert!(
            !landed_unseen(&set, ERA, 116, &planned()),
            "the era was over"
        );
        assert!(!landed_unseen(&set, ERA, 110, &other()));
    }
}
