//! What evidence does to an entry of the ledger. Pure.

use crate::types::LedgerState;

/// Something that was seen of a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Its bytes are in Postgres.
    Signed,
    /// A node took the bytes.
    Taken,
    /// Every node refused it for good, and none ever took it.
    Refused(String),
    /// It is in a block that is not final yet; the call worked there.
    Included,
    /// The block that held it is no longer on the chain.
    Retracted,
    /// It is in a final block and the call worked; the row there is the planned row.
    Final,
    /// It is in a final block, but the call failed with the chain's error of this name.
    Failed(String),
    /// Its era ended and no block of it holds the payload.
    EraOver,
    /// One block before the epoch fired, the row was the planned row.
    RowProven,
    /// The row on chain is another one.
    RowDiffers(String),
    /// The plan was never signed and its moment has passed.
    Dropped(String),
}

/// The state that follows, and the reason to record with it. `None`: this evidence can't belong to this state.
///
/// A payload that may be in a node's pool (`signed` on) leaves the path only by proof that it can't land any more:
/// it landed and failed, its era is over, or no node ever took it.
pub fn next(state: LedgerState, evidence: &Evidence) -> Option<(LedgerState, String)> {
    use Evidence as E;
    use LedgerState as S;
    let to = |state| Some((state, String::new()));
    match (state, evidence) {
        (S::Planned, E::Signed) => to(S::Signed),
        (S::Planned, E::Dropped(why)) => Some((S::Superseded, why.clone())),
        (S::Signed, E::Taken) => to(S::Broadcast),
        (S::Signed, E::Refused(why)) => Some((S::Rejected, why.clone())),
        (S::Signed | S::Broadcast, E::Included) => to(S::InBlock),
        (S::InBlock, E::Retracted) => to(S::Broadcast),
        (S::Signed | S::Broadcast | S::InBlock, E::Final) => to(S::Finalized),
        (S::Signed | S::Broadcast | S::InBlock, E::Failed(name)) => {
            Some((S::DispatchFailed, name.clone()))
        }
        (S::Signed | S::Broadcast, E::EraOver) => to(S::Expired),
        (S::Finalized, E::RowProven) => to(S::Applied),
        (S::Signed | S::Broadcast | S::InBlock | S::Finalized, E::RowDiffers(why)) => {
            Some((S::Superseded, why.clone()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use strum::IntoEnumIterator;

    use super::*;

    fn all_evidence() -> Vec<Evidence> {
        let s = || "why".to_owned();
        vec![
            Evidence::Signed,
            Evidence::Taken,
            Evidence::Refused(s()),
            Evidence::Included,
            Evidence::Retracted,
            Evidence::Final,
            Evidence::Failed(s()),
            Evidence::EraOver,
            Evidence::RowProven,
            Evidence::RowDiffers(s()),
            Evidence::Dropped(s()),
        ]
    }

    const FINAL: [LedgerState; 5] = [
        LedgerState::Applied,
        LedgerState::Rejected,
        LedgerState::DispatchFailed,
        LedgerState::Expired,
        LedgerState::Superseded,
    ];

    #[test]
    fn a_final_state_never_changes_and_every_other_can_end() {
        for state in LedgerState::iter() {
            let follows: Vec<_> = all_evidence()
                .iter()
                .filter_map(|e| next(state, e))
                .collect();
            assert_eq!(
                follows.is_empty(),
                FINAL.contains(&state),
                "{state:?} → {follows:?}"
            );
        }
        for start in LedgerState::iter() {
            let mut reached = vec![start];
            let mut i = 0;
            while i < reached.len() {
                let more: Vec<_> = all_evidence()
                    .iter()
                    .filter_map(|e| next(reached[i], e))
                    .map(|n| n.0)
                    .collect();
                reached.extend(
                    more.into_iter()
                        .filter(|s| !reached.contains(s))
                        .collect::<Vec<_>>(),
                );
                i += 1;
            }
            assert!(
                reached.iter().any(|s| FINAL.contains(s)),
                "{start:?} is a dead end"
            );
        }
    }

    #[test]
    fn the_path_of_a_proven_payload() {
        let path = [
            Evidence::Signed,
            Evidence::Taken,
            Evidence::Included,
            Evidence::Final,
            Evidence::RowProven,
        ];
        let end = path
            .iter()
            .fold(LedgerState::Planned, |s, e| next(s, e).unwrap().0);
        assert_eq!(end, LedgerState::Applied);
    }

    #[test]
    fn what_may_still_land_is_never_given_up() {
        assert_eq!(
            next(LedgerState::Broadcast, &Evidence::Refused("1010".into())),
            None
        );
        assert_eq!(
            next(LedgerState::Broadcast, &Evidence::Dropped("newer".into())),
            None
        );
        assert_eq!(next(LedgerState::InBlock, &Evidence::EraOver), None);
    }
}
