//! Scored questions as one JSON array.

use serde::Serialize;

use crate::service::score::{Given, Pairs, Scored, TruthFrom, rank_correlation};
use crate::types::{Cause, Failure, Judgement, MaskScore, ModelScore};

#[derive(Serialize)]
struct Question<'s> {
    passage_id: Option<&'s str>,
    question: &'s str,
    truth_from: TruthFrom,
    /// Why no answer was judged.
    fault: Option<&'s str>,
    /// Judges that had no say, and why.
    faults: &'s [String],
    rank_correlation: Option<f64>,
    right_above_wrong: Option<f64>,
    answers: Vec<Answer<'s>>,
}

#[derive(Serialize)]
struct Answer<'s> {
    kind: Option<&'s str>,
    truth: Option<f64>,
    reward: Option<f64>,
    judges: Vec<Judge<'s>>,
    masks: Vec<Mask<'s>>,
}

#[derive(Serialize)]
struct Judge<'s> {
    name: &'s str,
    raw: f64,
    normalised: f64,
    weight: f64,
    reason: &'s str,
}

#[derive(Serialize)]
struct Mask<'s> {
    name: &'s str,
    value: f64,
    reason: &'s str,
}

/// The answers stand in the file's order.
pub fn array(scored: &[Scored]) -> Result<String, Failure> {
    let questions: Vec<Question<'_>> = scored.iter().map(question).collect();
    serde_json::to_string(&questions).map_err(|e| Failure::new(Cause::Bug, e))
}

fn question(scored: &Scored) -> Question<'_> {
    let marked = scored.marked();
    let judgements = scored.judged.as_deref().unwrap_or_default();
    let answers = scored.item.answers.iter().enumerate();
    Question {
        passage_id: scored.item.passage_id.as_deref(),
        question: &scored.item.question,
        truth_from: scored.truth_from,
        fault: scored.judged.as_ref().err().map(String::as_str),
        faults: &scored.faults,
        rank_correlation: rank_correlation(&marked),
        right_above_wrong: Pairs::of(&marked).share(),
        answers: answers
            .map(|(n, given)| answer(given, judgements.get(n)))
            .collect(),
    }
}

fn answer<'s>(given: &'s Given, judgement: Option<&'s Judgement>) -> Answer<'s> {
    let judge = |m: &'s ModelScore| Judge {
        name: &m.model,
        raw: m.raw,
        normalised: m.normalised,
        weight: m.weight,
        reason: &m.reason,
    };
    let mask = |m: &'s MaskScore| Mask {
        name: &m.mask,
        value: m.value,
        reason: &m.reason,
    };
    Answer {
        kind: given.kind.as_deref(),
        truth: given.truth,
        reward: judgement.map(|j| j.reward.get()),
        judges: judgement.map_or_else(Vec::new, |j| j.models.iter().map(judge).collect()),
        masks: judgement.map_or_else(Vec::new, |j| j.masks.iter().map(mask).collect()),
    }
}
