//! An answer about something else.

use super::Mark;
use crate::scoring::Fault;
use crate::scoring::inference::Vectors;
use crate::scoring::models::cosine;
use crate::scoring::round::Round;

/// Near to the question or to the passage is enough: a short answer shares no word with the question,
/// and a passage may be about much else.
pub(super) fn apply(
    vectors: Vectors<'_>,
    min_cosine: f64,
    round: &Round,
) -> Result<Vec<Mark>, Fault> {
    let question = vectors.text(&round.question)?;
    let passage = round
        .passage
        .as_ref()
        .map(|p| vectors.text(p))
        .transpose()?;
    let mark = |text: &str| {
        let answer = vectors.text(text)?;
        let nearest = [Some(question), passage]
            .into_iter()
            .flatten()
            .map(|about| cosine(about, answer))
            .fold(-1.0, f64::max);
        Ok(if nearest < min_cosine {
            Mark::cut(0.0, format!("cosine {nearest:.3} to question and passage"))
        } else {
            Mark::pass()
        })
    };
    round.answers.iter().map(|a| mark(&a.text)).collect()
}
