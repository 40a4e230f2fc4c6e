//! An answer about something else.

use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::{Demand, Evidence, ModelRef};
use crate::scoring::round::Round;
use crate::scoring::similarity::cosine;

/// Near to the question or to the passage is enough: a short answer shares no word with the question,
/// and a passage may be about much else.
pub(super) struct Relevance {
    pub encoder: ModelRef,
    pub min_cosine: f64,
}

impl Mask for Relevance {
    fn demand(&self, round: &Round) -> Demand {
        Demand::texts(&self.encoder, round.texts().chain(round.subject()))
    }

    fn apply(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Mark>, Fault> {
        let vectors = evidence.of(&self.encoder)?;
        let subject = round.subject().map(|text| vectors.text(text));
        let subject = subject.collect::<Result<Vec<_>, Fault>>()?;
        let mark = |text| {
            let answer = vectors.text(text)?;
            let nearest = subject
                .iter()
                .map(|about| cosine(about, answer))
                .fold(-1.0, f64::max);
            Ok(if nearest < self.min_cosine {
                Mark::cut(0.0, format!("cosine {nearest:.3} to question and passage"))
            } else {
                Mark::pass()
            })
        };
        round.texts().map(mark).collect()
    }
}
