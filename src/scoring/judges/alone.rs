//! A judge that needs nothing but the answer and what it answers: no model, no other answer.

use super::{Judge, Opinion};
use crate::scoring::Fault;
use crate::scoring::engines::Evidence;
use crate::scoring::round::{Answer, Asked, Round};

/// Judges each answer by itself. `None`: the question is none that it can judge.
pub(in crate::scoring) struct Alone<F>(pub F);

impl<F> Judge for Alone<F>
where
    F: Fn(&Answer, Asked<'_>) -> Option<Opinion> + Send + Sync,
{
    fn score(&self, round: &Round, _: &Evidence) -> Result<Vec<Option<Opinion>>, Fault> {
        let judged = round.asked().map(|(answer, asked)| (self.0)(answer, asked));
        Ok(judged.collect())
    }
}
