//! What evidence does to an entry of the ledger. Pure.

use crate::types::{BlockRef, LedgerState, SignedPayload, Transition, WeightSet};

/// Something that was seen of a weight set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// It was signed: these bytes are to be in Postgres before anybody sees them.
    Signed(SignedPayload),
    /// A node took the bytes.
    Taken,
    /// Every node refused it for good, and none ever took it.
    Refused(String),
    /// It is in a block that is not final yet; the call worked there.
    Included(BlockRef),
    /// The block that held it is no longer on the chain.
    Retracted,
    /// It is in this final block and the call worked; the row there is the planned row.
    Final(BlockRef),
    /// It is in this final block, but the call failed with the chain's error of this name.
    Failed { at: BlockRef, error: String },
    /// Its era ended and no block of it holds the payload.
    EraOver,
    /// One block before the epoch fired, the row was the planned row.
    RowProven,
    /// The row on chain is another one, although it landed (in this block, if it is known).
    RowDiffers { at: Option<BlockRef>, why: String },
    /// The plan was never signed and its moment has passed.
    Dropped(String),
}

/// The move that follows. `None`: this evidence can't belong to this state.
///
/// A payload that may be in a node's pool (`signed` on) leaves the path only by proof that it can't land any more:
/// it landed and failed, its era is over, or no node ever took it.
pub fn next(set: &WeightSet, evidence: Evidence) -> Option<Transition> {
    use Evidence as E;
    use LedgerState as S;
    let stay = set.included;
    let (to, included, reason) = match (set.state, &evidence) {
        (S::Planned, E::Signed(_)) => (S::Signed, None, ""),
        (S::Planned, E::Dropped(why)) => (S::Superseded, None, why.as_str()),
        (S::Signed, E::Taken) => (S::Broadcast, None, ""),
        (S::Signed, E::Refused(why)) => (S::Rejected, None, why.as_str()),
        (S::Signed | S::Broadcast, E::Included(at)) => (S::InBlock, Some(*at), ""),
        (S::InBlock, E::Retracted) => (S::Broadcast, None, ""),
        (S::Signed | S::Broadcast | S::InBlock, E::Final(at)) => (S::Finalized, Some(*at), ""),
        (S::Signed | S::Broadcast | S::InBlock, E::Failed { at, error }) => {
            (S::DispatchFailed, Some(*at), error.as_str())
        }
        (S::Signed | S::Broadcast, E::EraOver) => (S::Expired, None, ""),
        (S::Finalized, E::RowProven) => (S::Applied, stay, ""),
        (S::Signed | S::Broadcast | S::InBlock | S::Finalized, E::RowDiffers { at, why }) => {
            (S::Superseded, at.or(stay), why.as_str())
        }
        _ => return None,
    };
    let reason = reason.to_owned();
    let signed = match evidence {
        E::Signed(payload) => Some(payload),
        _ => None,
    };
    Some(Transition {
        id: set.id,
        from: set.state,
        to,
        reason,
        signed,
        included,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use strum::IntoEnumIterator;

    use super::*;
    use crate::weights::testing::{payload, weight_set};

    const BLOCK: BlockRef = BlockRef {
        number: 7,
        hash: [7; 32],
    };

    fn all_evidence() -> Vec<Evidence> {
        let why = || "why".to_owned();
        vec![
            Evidence::Signed(payload(1)),
            Evidence::Taken,
            Evidence::Refused(why()),
            Evidence::Included(BLOCK),
            Evidence::Retracted,
            Evidence::Final(BLOCK),
            Evidence::Failed {
                at: BLOCK,
                error: why(),
            },
            Evidence::EraOver,
            Evidence::RowProven,
            Evidence::RowDiffers {
                at: None,
                why: why(),
            },
            Evidence::Dropped(why()),
        ]
    }

    fn follows(state: LedgerState) -> Vec<Transition> {
        let set = weight_set(state);
        let moves = all_evidence().into_iter();
        moves.filter_map(|e| next(&set, e)).collect()
    }

    #[test]
    fn an_open_state_can_move_and_a_closed_one_never_does() {
        for state in LedgerState::iter() {
            assert_eq!(
                !follows(state).is_empty(),
                state.standing().is_open,
                "{state}"
            );
        }
    }

    #[test]
    fn every_state_leads_to_a_closed_one() {
        for start in LedgerState::iter() {
            let mut reached = BTreeSet::from([start.label()]);
            let mut edge = vec![start];
            while let Some(state) = edge.pop() {
                let new = follows(state).into_iter().map(|t| t.to);
                edge.extend(new.filter(|to| reached.insert(to.label())));
            }
            let ends = LedgerState::all(|s| !s.is_open);
            assert!(
                ends.iter().any(|s| reached.contains(s.label())),
                "{start} is a dead end"
            );
        }
    }

    /// In a block there is a block, before it there is none, and a reason stands only off the path.
    #[test]
    fn a_move_carries_what_its_state_needs() {
        for state in LedgerState::iter() {
            for step in follows(state) {
                let holds_block = matches!(
                    step.to,
                    LedgerState::InBlock | LedgerState::Finalized | LedgerState::Applied
                );
                assert!(!holds_block || step.included.is_some(), "{step:?}");
                let waits = matches!(step.to, LedgerState::Signed | LedgerState::Broadcast);
                assert!(!waits || step.included.is_none(), "{step:?}");
                assert_eq!(step.signed.is_some(), step.to == LedgerState::Signed);
                assert!(step.to.standing().is_lost || step.reason.is_empty());
            }
        }
    }

    #[test]
    fn what_may_still_land_is_never_given_up() {
        for state in LedgerState::all(|s| s.may_land) {
            let set = weight_set(state);
            assert_eq!(next(&set, Evidence::Dropped("newer".into())), None);
        }
        let refused = Evidence::Refused("1010".into());
        assert_eq!(next(&weight_set(LedgerState::Broadcast), refused), None);
        assert_eq!(
            next(&weight_set(LedgerState::InBlock), Evidence::EraOver),
            None
        );
    }
}
