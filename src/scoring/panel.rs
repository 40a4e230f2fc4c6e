//! The judges and masks of one scoring file: what they need computed, and what they measure.

use super::engines::{Demand, Evidence, Wanted};
use super::judges::{self, Judge, Opinion};
use super::masks::{self, Mark, Mask};
use super::round::Round;
use super::{Fault, LoadError};
use crate::config::ScoringConfig;

/// In the scoring file's order.
pub(super) struct Panel {
    judges: Vec<Box<dyn Judge>>,
    masks: Vec<Box<dyn Mask>>,
}

/// Per judge and per mask, in the scoring file's order: one value per answer, or a fault.
pub(super) struct Measured {
    pub judges: Vec<Result<Vec<Option<Opinion>>, Fault>>,
    pub masks: Vec<Result<Vec<Mark>, Fault>>,
}

impl Panel {
    pub fn build(scoring: &ScoringConfig, wanted: &mut Wanted<'_>) -> Result<Self, LoadError> {
        let judges = scoring.models.iter().map(|m| judges::build(m, wanted));
        let judges = judges.collect::<Result<_, _>>()?;
        let masks = scoring.masks.iter().map(|m| masks::build(m, wanted));
        let masks = masks.collect::<Result<_, _>>()?;
        Ok(Self { judges, masks })
    }

    pub fn demand(&self, round: &Round) -> Demand {
        let judges = self.judges.iter().map(|judge| judge.demand(round));
        let masks = self.masks.iter().map(|mask| mask.demand(round));
        judges.chain(masks).collect()
    }

    pub fn measure(&self, round: &Round, evidence: &Evidence) -> Measured {
        let judges = self.judges.iter();
        let masks = self.masks.iter();
        Measured {
            judges: judges
                .map(|judge| judge.score(round, evidence).and_then(finite))
                .collect(),
            masks: masks.map(|mask| mask.apply(round, evidence)).collect(),
        }
    }
}

fn finite(opinions: Vec<Option<Opinion>>) -> Result<Vec<Option<Opinion>>, Fault> {
    if opinions.iter().flatten().all(|o| o.raw.is_finite()) {
        Ok(opinions)
    } else {
        Err(Fault::NotFinite)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::scoring::Engines;
    use crate::scoring::engines::Item;
    use crate::scoring::tests::fixture;

    /// One of each kind, with every shape of prompt.
    const ALL: &str = "
        alpha = 1
        [[model]]
        name = 'cosine'
        weight = 1
        input = { kind = 'cosine_to_reference', manifest = 'encoder' }
        LINEAR
        [[model]]
        name = 'reward'
        weight = 0
        input = { kind = 'reward', manifest = 'healthy' }
        LINEAR
        [[model]]
        name = 'reward_with_passage'
        weight = 0
        input = { kind = 'reward', manifest = 'healthy', prompt = 'question_and_passage' }
        LINEAR
        [[model]]
        name = 'rouge'
        weight = 0
        input = { kind = 'rouge_l' }
        LINEAR
        [[model]]
        name = 'agreement'
        role = 'correctness'
        weight = 1
        input = { kind = 'agreement', manifest = 'agreement' }
        LINEAR
        [[mask]]
        name = 'echo'
        rule = { kind = 'echo', min_overlap = 0.9 }
        [[mask]]
        name = 'too_short'
        rule = { kind = 'too_short', min_chars = 8 }
        [[mask]]
        name = 'relevance'
        rule = { kind = 'relevance', manifest = 'encoder', min_cosine = 0.5 }
        [[mask]]
        name = 'copy'
        rule = { kind = 'copy', min_evidence = 2.75, pair_evidence = 8, memory = 50, margin_ms = 100, factor = 0.25 }";

    fn panel() -> Panel {
        let models = fixture::models();
        let engines = Engines::new(&models.config());
        Panel::build(&fixture::scoring(ALL), &mut engines.wanted()).unwrap()
    }

    /// One value, and three of who is shown the reference with the question.
    fn said(item: &Item) -> Vec<f32> {
        match item {
            Item::Pair(first, _) if first.ends_with(fixture::REFERENCE) => vec![0.5, 0.25, 0.25],
            _ => vec![1.0],
        }
    }

    fn faults(measured: Measured) -> usize {
        let judges = measured.judges.iter().filter(|j| j.is_err()).count();
        let masks = measured.masks.iter().filter(|m| m.is_err()).count();
        judges + masks
    }

    #[test]
    fn what_is_demanded_is_what_is_read() {
        let panel = panel();
        let exchange = fixture::answers(&["the sun is hot", "fugue opens one voice"]);
        let round = Round::of(&exchange);
        let demand = panel.demand(&round);
        let evidence = |demand: Demand| demand.answered(said);
        let whole = panel.measure(&round, &evidence(demand.clone()));
        assert_eq!(faults(whole), 0);
        // Texts: two answers, reference, question, passage. Pairs: two answers to two prompts, and to the reference.
        let less = demand.each_without_one();
        assert_eq!(less.len(), 5 + 6);
        for less in less {
            assert!(faults(panel.measure(&round, &evidence(less))) > 0);
        }
    }

    #[test]
    fn without_a_reference_what_needs_it_asks_nothing_and_says_why() {
        let panel = panel();
        let mut exchange = fixture::answers(&["the sun is hot"]);
        let question = &mut exchange.challenge.questions[0];
        (question.reference, question.material) = (None, None);
        let round = Round::of(&exchange);
        let demand = panel.demand(&round);
        // Texts: the answer and the question. Pairs: the answer to the bare question.
        assert_eq!(demand.each_without_one().len(), 2 + 1);
        let measured = panel.measure(&round, &demand.answered(said));
        let [cosine, reward, with_passage, rouge, agreement] = measured.judges.as_slice() else {
            unreachable!("five judges");
        };
        assert!(reward.is_ok() && measured.masks.iter().all(Result::is_ok));
        for stands_aside in [cosine, with_passage, rouge, agreement] {
            assert_eq!(*stands_aside, Ok(vec![None]));
        }
    }

    #[test]
    fn where_the_truth_is_read_nobody_is_asked_how_near_an_answer_is() {
        let panel = panel();
        let mut exchange = fixture::answers(&["2008"]);
        exchange.challenge.questions[0].truth = truth::Truth::Number {
            value: 2008.0,
            unit: None,
            tolerance: 0.0,
        };
        let round = Round::of(&exchange);
        let measured = panel.measure(&round, &panel.demand(&round).answered(said));
        for likeness in [0, 3, 4] {
            assert_eq!(measured.judges[likeness], Ok(vec![None]));
        }
        for (name, mask) in ["too_short", "relevance"].iter().zip(&measured.masks[1..3]) {
            assert_eq!(mask.as_ref().unwrap()[0].value, 1.0, "{name}");
        }
    }

    #[test]
    fn a_score_that_is_not_finite_is_a_fault() {
        let panel = panel();
        let round = Round::of(&fixture::answers(&["the sun is hot"]));
        let evidence = panel.demand(&round).answered(|_| vec![f32::INFINITY]);
        let measured = panel.measure(&round, &evidence);
        assert_eq!(measured.judges[1], Err(Fault::NotFinite));
        assert!(measured.judges[3].is_ok());
    }
}
