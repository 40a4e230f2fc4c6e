//! An answer about something else.

use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::{Demand, Evidence, ModelRef};
use crate::scoring::round::{Answer, Asked, Round};
use crate::scoring::similarity::cosine;

/// Near to the question or to the passage is enough: a short answer shares no word with the question,
/// and a passage may be about much else. Where the truth is read exactly, the value itself says what an answer is about.
pub(super) struct Relevance {
    pub encoder: ModelRef,
    pub min_cosine: f64,
}

impl Mask for Relevance {
    fn demand(&self, round: &Round) -> Demand {
        let compared = round.asked().filter(|(_, asked)| !asked.is_exact());
        let texts = compared
            .flat_map(|(answer, asked)| [answer.text.as_str()].into_iter().chain(asked.subject()));
        Demand::texts(&self.encoder, texts)
    }

    fn apply(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Mark>, Fault> {
        let vectors = evidence.of(&self.encoder)?;
        let mark = |(answer, asked): (&Answer, Asked)| {
            if asked.is_exact() {
                return Ok(Mark::pass());
            }
            let answer = vectors.text(&answer.text)?;
            let mut nearest = -1.0_f64;
            for subject in asked.subject() {
                nearest = nearest.max(cosine(vectors.text(subject)?, answer));
            }
            Ok(if nearest < self.min_cosine {
                Mark::cut(0.0, format!("cosine {nearest:.3} to question and passage"))
            } else {
                Mark::pass()
            })
        };
        round.asked().map(mark).collect()
    }
}
