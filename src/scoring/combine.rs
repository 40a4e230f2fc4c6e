//! Raw scores and masks → one judgement per response.

use super::error::{Part, RoundFault, RoundFaults};
use super::panel::Measured;
use super::round::Round;
use super::{Judged, Normalisers};
use crate::config::ScoringConfig;
use crate::types::{Exchange, Judgement, MaskScore, ModelScore, Response, Reward};

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
    for (model, raw) in config.models.iter().zip(measured.judges) {
        match raw {
            Ok(raw) => scored.push((model, raw)),
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
    let share: f64 = scored.iter().map(|(model, _)| model.weight).sum();
    let lacks_mask = masked.len() < config.masks.len();
    if share <= 0.0 || lacks_mask {
        return Err(faults);
    }

    let mut judgements: Vec<Judgement> = exchange.responses.iter().map(failed).collect();
    for (model, raw) in scored {
        let normalised = normalisers.apply(&model.name, &model.normaliser, &raw);
        for ((answer, raw), normalised) in round.answers().iter().zip(raw).zip(normalised) {
            judgements[answer.place].models.push(ModelScore {
                model: model.name.clone(),
                raw,
                normalised,
                weight: model.weight / share,
            });
        }
    }
    for (mask, marks) in masked {
        for (answer, mark) in round.answers().iter().zip(marks) {
            judgements[answer.place].masks.push(MaskScore {
                mask: mask.name.clone(),
                value: mark.value,
                reason: mark.reason,
            });
        }
    }
    for answer in round.answers() {
        let judgement = &mut judgements[answer.place];
        judgement.reward = reward(judgement);
    }
    Ok(Judged { judgements, faults })
}

/// A round of failed exchanges: there is nothing to measure, so nothing can be at fault.
pub(super) fn nobody_answered(exchange: &Exchange) -> Judged {
    Judged {
        judgements: exchange.responses.iter().map(failed).collect(),
        faults: RoundFaults::default(),
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

fn reward(judgement: &Judgement) -> Reward {
    let total: f64 = judgement
        .models
        .iter()
        .map(|m| m.weight * m.normalised)
        .sum();
    let factor: f64 = judgement.masks.iter().map(|m| m.value).product();
    // The shares may sum to a hair above 1.
    Reward::new((total * factor).clamp(0.0, 1.0)).unwrap_or(Reward::ZERO)
}
