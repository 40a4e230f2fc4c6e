//! What the scoring made of an exchange. Finite by construction.

use super::{MinerId, Seat};

#[derive(Debug, thiserror::Error)]
#[error("{0} is not a finite number in [0, 1]")]
pub struct NotFinite(pub f64);

/// The combined score of one answer, in [0, 1].
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Reward(f64);

impl Reward {
    pub const ZERO: Self = Self(0.0);

    pub fn new(value: f64) -> Result<Self, NotFinite> {
        // A NaN fails the range test too.
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(NotFinite(value))
        }
    }

    pub fn get(self) -> f64 {
        self.0
    }
}

/// One reward model's opinion of one answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelScore {
    /// Name in the scoring config.
    pub model: String,
    /// As the model gave it; finite.
    pub raw: f64,
    /// Mapped to [0, 1] by the model's normaliser.
    pub normalised: f64,
    /// Its share of its role, Σ over those of the role that had a say = 1.
    pub weight: f64,
    /// What it saw, for `explain`; may be empty.
    pub reason: String,
}

/// One mask's factor in [0, 1] for one answer.
#[derive(Clone, Debug, PartialEq)]
pub struct MaskScore {
    pub mask: String,
    pub value: f64,
    /// What set it, for `explain`; empty when the mask is 1.
    pub reason: String,
    /// Another miner whose answer set it.
    pub source: Option<MinerId>,
}

/// `reward = C · ((1 − s) + s·S) · Π mask`, C and S the judges of correctness and of style; a failed exchange has no model scores and reward 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub seat: Seat,
    pub models: Vec<ModelScore>,
    pub masks: Vec<MaskScore>,
    pub reward: Reward,
}

/// Running mean and variance of one model's raw scores, saved with every judgement.
#[derive(Clone, Debug, PartialEq)]
pub struct NormaliserState {
    pub model: String,
    pub count: f64,
    pub mean: f64,
    pub variance: f64,
}
