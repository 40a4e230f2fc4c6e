//! What a cross-encoder says of question and reference against the answer: the same, less, or the contrary.

use crate::scoring::words::words;

use super::{Judge, Opinion};
use crate::scoring::Fault;
use crate::scoring::engines::{Demand, Evidence, ModelRef};
use crate::scoring::round::{Answer, Asked, Round};

pub(super) struct Agreement {
    pub model: ModelRef,
    /// What leaving the point out is worth, in [0, 1].
    pub omits: f64,
}

impl Agreement {
    /// The first text of the pair. None where there is no reference, or where the truth says it better.
    fn held(asked: Asked) -> Option<String> {
        let reference = asked.likeness()?;
        Some(format!("{}\n{reference}", asked.question()))
    }

    fn opinion(&self, said: &[f32]) -> Result<Opinion, Fault> {
        // The manifest's rules give it these three, in this order.
        let [same, omits, contradicts] = *said else {
            return Err(Fault::Shape {
                got: vec![said.len() as i64],
                want: vec![3],
            });
        };
        Ok(Opinion {
            raw: f64::from(same) + self.omits * f64::from(omits),
            why: format!(
                "says the same {:.0} %, leaves the point out {:.0} %, contradicts {:.0} %",
                100.0 * same,
                100.0 * omits,
                100.0 * contradicts
            ),
        })
    }
}

impl Judge for Agreement {
    fn demand(&self, round: &Round) -> Demand {
        let pairs = round
            .asked()
            .filter_map(|(answer, asked)| Some((Self::held(asked)?, answer.text.as_str())));
        Demand::pairs(&self.model, pairs)
    }

    fn score(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Option<Opinion>>, Fault> {
        let vectors = evidence.of(&self.model)?;
        let score = |(answer, asked): (&Answer, Asked)| match Self::held(asked) {
            // The model never learnt that a text says the same as itself.
            Some(_) if is_reference(answer, asked) => Ok(Some(Opinion {
                raw: 1.0,
                why: "is the reference".into(),
            })),
            Some(held) => self.opinion(vectors.pair(&held, &answer.text)?).map(Some),
            None => Ok(None),
        };
        round.asked().map(score).collect()
    }
}

fn is_reference(answer: &Answer, asked: Asked) -> bool {
    asked
        .likeness()
        .is_some_and(|reference| words(reference) == words(&answer.text))
}
