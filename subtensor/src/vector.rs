//! The vector that goes on chain.

use crate::{MechanismId, Uid};

/// Why the chain would refuse a vector, or change it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum VectorError {
    /// The chain takes an empty vector and pays nobody by it.
    #[error("the vector is empty")]
    Empty,
    /// `DuplicateUids`, or an order that others can't reproduce.
    #[error("uid {0} stands twice or out of order")]
    NotAscending(Uid),
    /// `UidVecContainInvalidOne`.
    #[error("uid {uid} is not in the subnet (n = {n})")]
    UnknownUid {
        /// The one that nobody sits on.
        uid: Uid,
        /// How many seats there are.
        n: usize,
    },
    /// `WeightVecLengthIsLow`.
    #[error("{got} weights, the subnet wants at least {min}")]
    TooFew {
        /// How many there are.
        got: usize,
        /// How many the chain wants.
        min: usize,
    },
    /// The chain takes it, and treats the row as none.
    #[error("all weights are zero")]
    AllZero,
    /// The chain would scale it up, and the row on chain would be another one than was meant.
    #[error("the largest weight is {0}, it must be 65535")]
    NotUpscaled(u16),
}

/// Weights that the chain will take as they stand: uids ascending, unique and seated, the largest weight
/// 65535 (so that the chain's max-upscale leaves them alone), at least `MinAllowedWeights` entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightVector {
    mechanism: MechanismId,
    entries: Vec<(Uid, u16)>,
    version_key: u64,
}

impl WeightVector {
    /// Checks the entries against a subnet of `n` neurons that wants at least `min_allowed` of them.
    pub fn new(
        mechanism: MechanismId,
        entries: Vec<(Uid, u16)>,
        version_key: u64,
        n: usize,
        min_allowed: u16,
    ) -> Result<Self, VectorError> {
        if entries.is_empty() {
            return Err(VectorError::Empty);
        }
        if let Some(w) = entries.windows(2).find(|w| w[0].0 >= w[1].0) {
            return Err(VectorError::NotAscending(w[1].0));
        }
        if let Some((uid, _)) = entries.iter().find(|(u, _)| usize::from(u.0) >= n) {
            return Err(VectorError::UnknownUid { uid: *uid, n });
        }
        let min = usize::from(min_allowed).min(n);
        if entries.len() < min {
            return Err(VectorError::TooFew {
                got: entries.len(),
                min,
            });
        }
        match entries.iter().map(|(_, weight)| *weight).max() {
            None | Some(0) => return Err(VectorError::AllZero),
            Some(u16::MAX) => {}
            Some(largest) => return Err(VectorError::NotUpscaled(largest)),
        }
        Ok(Self {
            mechanism,
            entries,
            version_key,
        })
    }

    /// The mechanism they are for.
    pub fn mechanism(&self) -> MechanismId {
        self.mechanism
    }

    /// `(uid, weight)`, uids ascending.
    pub fn entries(&self) -> &[(Uid, u16)] {
        &self.entries
    }

    /// The subnet's `WeightsVersionKey` that they were made for.
    pub fn version_key(&self) -> u64 {
        self.version_key
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vector(entries: &[(u16, u16)], n: usize, min: u16) -> Result<WeightVector, VectorError> {
        let entries = entries.iter().map(|(uid, weight)| (Uid(*uid), *weight));
        WeightVector::new(MechanismId(0), entries.collect(), 5, n, min)
    }

    #[test]
    fn each_rule_refuses_what_breaks_it() {
        assert!(vector(&[(0, 1), (2, 65535)], 3, 2).is_ok());
        assert_eq!(vector(&[], 3, 0), Err(VectorError::Empty));
        for twice in [&[(1, 65535), (1, 1)], &[(2, 65535), (1, 1)]] {
            assert_eq!(vector(twice, 3, 1), Err(VectorError::NotAscending(Uid(1))));
        }
        let unknown = VectorError::UnknownUid { uid: Uid(3), n: 3 };
        assert_eq!(vector(&[(0, 65535), (3, 1)], 3, 1), Err(unknown));
        let few = VectorError::TooFew { got: 1, min: 3 };
        assert_eq!(vector(&[(0, 65535)], 3, 1024), Err(few));
        assert_eq!(vector(&[(0, 0), (1, 0)], 3, 1), Err(VectorError::AllZero));
        assert_eq!(
            vector(&[(0, 65534)], 3, 1),
            Err(VectorError::NotUpscaled(65534))
        );
    }

    proptest! {
        #[test]
        fn what_is_taken_keeps_the_chains_rules(
            entries in prop::collection::vec((0u16..12, prop::sample::select(vec![0, 1, 65535])), 0..6),
            n in 0usize..12,
            min in 0u16..6,
        ) {
            if let Ok(taken) = vector(&entries, n, min) {
                let taken = taken.entries();
                prop_assert!(taken.windows(2).all(|pair| pair[0].0 < pair[1].0));
                prop_assert!(taken.iter().all(|(uid, _)| usize::from(uid.0) < n));
                prop_assert!(taken.len() >= usize::from(min).min(n));
                prop_assert_eq!(taken.iter().map(|entry| entry.1).max(), Some(65535));
            }
        }
    }
}
