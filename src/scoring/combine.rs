//! Raw scores and masks → one judgement per response.

use super::error::{Part, RoundFault, RoundFaults};
use super::judges::Opinion;
use super::panel::Measured;
use super::round::Round;
use super::weigh::weigh;
use super::{Fault, Judged, Normalisers};
use crate::config::{ModelConfig, ScoringConfig};
use crate::types::{Exchange, Judgement, MaskScore, ModelScore, PairTable, Response, Reward};

/// Leaves judges with a fault out and gives their share to the others. Touches the statistics only if
/// the round can be judged.
pub(super) fn judge(
    config: &ScoringConfig,
    exchange: &Exchange,
    round: &Round,
    measured: Measured,
    normalisers: &mut Normalisers,
) -> Result<Judged, RoundFaults> {
    let mut faults = RoundFaults::default();
    let mut fault = |part, name: &String, fault| {
        faults.0.push(RoundFault {
            part,
            name: name.clone(),
            fault,
        });
    };
    let mut scored = Vec::new();
    for (model, opinions) in config.models.iter().zip(measured.judges) {
        match opinions {
            Ok(opinions) => scored.push((model, opinions)),
            Err(f) => fault(Part::Model, &model.name, f),
        }
    }
    let mut masked = Vec::new();
    for (mask, marks) in config.masks.iter().zip(measured.masks) {
        match marks {
            Ok(marks) => masked.push((mask, marks)),
            Err(f) => fault(Part::Mask, &mask.name, f),
        }
    }
    let decided = can_all_be_judged(config, round, &scored);
    if !decided || masked.len() < config.masks.len() {
        if faults.0.is_empty() {
            let family = exchange.challenge.family.to_string();
            faults.0.push(RoundFault {
                part: Part::Pipeline,
                name: family,
                fault: Fault::NoJudge,
            });
        }
        return Err(faults);
    }

    let mut judgements: Vec<Judgement> = exchange.responses.iter().map(failed).collect();
    for (model, opinions) in scored {
        let raw: Vec<f64> = opinions.iter().flatten().map(|o| o.raw).collect();
        let normalised = normalisers.apply(&model.name, &model.normaliser, &raw);
        let said = round.answers().iter().zip(opinions);
        let said = said.filter_map(|(answer, opinion)| Some((answer, opinion?)));
        for ((answer, opinion), normalised) in said.zip(normalised) {
            judgements[answer.place].models.push(ModelScore {
                model: model.name.clone(),
                raw: opinion.raw,
                normalised,
                weight: model.weight,
                reason: opinion.why,
            });
        }
    }
    let mut pairs = PairTable::new();
    for (mask, marks) in masked {
        for (answer, mark) in round.answers().iter().zip(marks) {
            judgements[answer.place].masks.push(MaskScore {
                mask: mask.name.clone(),
                value: mark.value,
                reason: mark.reason,
                source: mark.source,
            });
            pairs.extend(mark.pairs);
        }
    }
    for answer in round.answers() {
        weigh(config, &answer.text, &mut judgements[answer.place]);
    }
    Ok(Judged {
        judgements,
        faults,
        pairs,
    })
}

/// Whether every answer has a judge of positive weight: of its correctness, where the config has such judges, else of its
/// style. Style alone never decides where facts should.
fn can_all_be_judged(
    config: &ScoringConfig,
    round: &Round,
    scored: &[(&ModelConfig, Vec<Option<Opinion>>)],
) -> bool {
    let role = config.decisive();
    let deciding: Vec<_> = scored
        .iter()
        .filter(|(model, _)| model.role == role && model.weight > 0.0)
        .collect();
    (0..round.answers().len()).all(|n| deciding.iter().any(|(_, said)| said[n].is_some()))
}

/// A round of failed exchanges: there is nothing to measure, so nothing can be at fault.
pub(super) fn nobody_answered(exchange: &Exchange) -> Judged {
    Judged {
        judgements: exchange.responses.iter().map(failed).collect(),
        faults: RoundFaults::default(),
        pairs: PairTable::new(),
    }
}

/// A failed exchange: no scores, reward 0.
fn failed(response: &Response) -> Judgement {
    Judgement {
        seat: response.seat,
        models: Vec::new(),
        masks: Vec::new(),
        reward: Reward::ZERO,
    }
}
