//! The vector that goes on chain.

use super::{MechanismId, Uid};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum VectorError {
    #[error("the vector is empty")]
    Empty,
    #[error("uid {0} stands twice or out of order")]
    NotAscending(Uid),
    #[error("uid {uid} is not in the subnet (n = {n})")]
    UnknownUid { uid: Uid, n: usize },
    #[error("{got} weights, the subnet wants at least {min}")]
    TooFew { got: usize, min: usize },
    #[error("all weights are zero")]
    AllZero,
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
        if entries.iter().all(|(_, w)| *w == 0) {
            return Err(VectorError::AllZero);
        }
        Ok(Self {
            mechanism,
            entries,
            version_key,
        })
    }

    pub fn mechanism(&self) -> MechanismId {
        self.mechanism
    }

    pub fn entries(&self) -> &[(Uid, u16)] {
        &self.entries
    }

    pub fn version_key(&self) -> u64 {
        self.version_key
    }
}
