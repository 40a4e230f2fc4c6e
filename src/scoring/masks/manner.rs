//! A judge's opinion of how an answer is made, as a factor.

use super::{Mark, Mask};
use crate::scoring::Fault;
use crate::scoring::engines::Evidence;
use crate::scoring::judges::Opinion;
use crate::scoring::round::{Answer, Asked, Round};

/// Passes where there is no opinion.
pub(super) struct Manner<F>(pub F);

impl<F> Mask for Manner<F>
where
    F: Fn(&Answer, Asked<'_>) -> Option<Opinion> + Send + Sync,
{
    fn apply(&self, round: &Round, _: &Evidence) -> Result<Vec<Mark>, Fault> {
        let mark = |(answer, asked): (&Answer, Asked)| match (self.0)(answer, asked) {
            Some(opinion) if opinion.raw < 1.0 => Mark::cut(opinion.raw, opinion.why),
            _ => Mark::pass(),
        };
        Ok(round.asked().map(mark).collect())
    }
}
