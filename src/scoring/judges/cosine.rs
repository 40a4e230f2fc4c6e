//! How near an answer is in meaning to the reference answer.

use super::{Judge, Opinion};
use crate::scoring::Fault;
use crate::scoring::engines::{Demand, Evidence, ModelRef};
use crate::scoring::round::{Answer, Asked, Round};
use crate::scoring::similarity::cosine;

pub(super) struct CosineToReference {
    pub encoder: ModelRef,
}

impl Judge for CosineToReference {
    fn demand(&self, round: &Round) -> Demand {
        let texts = round.asked().filter_map(|(answer, asked)| {
            let reference = asked.likeness()?;
            Some([answer.text.as_str(), reference])
        });
        Demand::texts(&self.encoder, texts.flatten())
    }

    fn score(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Option<Opinion>>, Fault> {
        let vectors = evidence.of(&self.encoder)?;
        let near = |(answer, asked): (&Answer, Asked)| {
            let Some(reference) = asked.likeness() else {
                return Ok(None);
            };
            let raw = cosine(vectors.text(reference)?, vectors.text(&answer.text)?);
            Ok(Some(Opinion::bare(raw)))
        };
        round.asked().map(near).collect()
    }
}
