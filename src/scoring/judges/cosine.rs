//! How near an answer is in meaning to the reference answer.

use super::Judge;
use crate::scoring::Fault;
use crate::scoring::engines::{Demand, Evidence, ModelRef};
use crate::scoring::round::Round;
use crate::scoring::similarity::cosine;

pub(super) struct CosineToReference {
    pub encoder: ModelRef,
}

impl Judge for CosineToReference {
    fn demand(&self, round: &Round) -> Demand {
        match round.reference() {
            Ok(reference) => Demand::texts(&self.encoder, round.texts().chain([reference])),
            Err(_) => Demand::nothing(),
        }
    }

    fn score(&self, round: &Round, evidence: &Evidence) -> Result<Vec<f64>, Fault> {
        let reference = round.reference()?;
        let vectors = evidence.of(&self.encoder)?;
        let reference = vectors.text(reference)?;
        let near = |text| Ok(cosine(reference, vectors.text(text)?));
        round.texts().map(near).collect()
    }
}
