//! Does a scoring file tell right from wrong? Asked of questions that come with the program.

use super::{Item, Measures, Scored, file, measures, score};
use crate::config::{ChallengeConfig, Role, ScoringConfig};
use crate::scoring::Pipeline;
use crate::types::{Cause, Failure, Family};

/// Questions about passages, and such with a typed truth.
const DOCUMENTS: &str = include_str!("../../../config/gold/documents.json");
const TYPED: &str = include_str!("../../../config/gold/typed.json");

/// Below this share of right answers above wrong ones a scoring file does more harm than good.
const LEAST_SHARE: f64 = 0.8;
/// With this share of its role's weight a judge leaves the others no say.
const DOMINATING: f64 = 0.9;
/// A right answer that earns less counts as cut.
const NOTHING: f64 = 0.02;

/// How well a scoring file separates good from bad.
#[derive(Debug)]
pub struct Separation {
    pub measures: Measures,
    /// What is wrong with it, each with its remedy.
    pub warnings: Vec<String>,
}

/// Judges the questions of the families that are asked.
pub async fn separation(
    pipeline: &Pipeline,
    challenges: &ChallengeConfig,
) -> Result<Separation, Failure> {
    let mut scored = Vec::new();
    if challenges.asks(Family::Documents) {
        let items = gold(DOCUMENTS)?;
        scored.extend(score(pipeline, challenges, Family::Documents, items).await?);
    }
    let documents = |family: &Family| *family == Family::Documents;
    if challenges
        .families
        .keys()
        .any(|f| !documents(f) && challenges.asks(*f))
    {
        let items = gold(TYPED)?;
        scored.extend(score(pipeline, challenges, Family::Reading, items).await?);
    }
    Ok(Separation {
        measures: measures(&scored),
        warnings: warnings(pipeline.config(), &scored),
    })
}

fn gold(text: &str) -> Result<Vec<Item>, Failure> {
    match file::parse(text) {
        Ok(items) => Ok(items.items),
        Err((place, reason)) => Err(Failure::new(
            Cause::Bug,
            format!("config/gold: {place}: {reason}"),
        )),
    }
}

fn warnings(config: &ScoringConfig, scored: &[Scored]) -> Vec<String> {
    let mut warnings = Vec::new();
    if config.decisive() != Role::Correctness {
        warnings.push(
            "no [[model]] of role = \"correctness\" has a weight: likeness is paid, right or wrong. Add one".into(),
        );
    }
    if config.masks.is_empty() {
        warnings
            .push("no [[mask]]: echoes and copies are paid as answers. Add echo and copy".into());
    }
    warnings.extend(dominating(config, Role::Correctness));
    if config.decisive() == Role::Style {
        warnings.extend(dominating(config, Role::Style));
    }
    warnings.extend(unjudged(scored));
    match cut_to_nothing(scored) {
        Some(warning) => warnings.push(warning),
        None => warnings.extend(mixed_up(&measures(scored))),
    }
    warnings
}

/// Only among several: a single judge has no others to overrule.
fn dominating(config: &ScoringConfig, role: Role) -> Option<String> {
    let judges = config
        .models
        .iter()
        .filter(|m| m.role == role && m.weight > 0.0);
    let judges: Vec<_> = judges.collect();
    let first = judges.iter().find(|m| m.weight >= DOMINATING)?;
    (judges.len() > 1).then(|| {
        format!(
            "model[{}].weight = {}: the other judges of {} have no say beside it. Keep it below {DOMINATING}",
            first.name,
            first.weight,
            role.name()
        )
    })
}

/// Questions that nobody could judge, and judges that failed.
fn unjudged(scored: &[Scored]) -> Option<String> {
    let failed: Vec<&str> = scored
        .iter()
        .flat_map(|s| &s.faults)
        .map(String::as_str)
        .collect();
    let first = failed.first()?;
    let none = scored.iter().filter(|s| s.judged.is_err()).count();
    Some(format!(
        "{none} of {} trial questions could not be judged, {} judges or masks failed: {first}",
        scored.len(),
        failed.len()
    ))
}

/// Names the masks that did it, if masks did.
fn cut_to_nothing(scored: &[Scored]) -> Option<String> {
    let right = |s: &Scored| -> Vec<_> {
        let judgements = s.judged.clone().unwrap_or_default();
        let marked = s.marked().into_iter().filter(|m| m.truth >= super::RIGHT);
        marked.map(|m| judgements[m.answer].clone()).collect()
    };
    let right: Vec<_> = scored.iter().flat_map(right).collect();
    if right.is_empty() || right.iter().any(|j| j.reward.get() > NOTHING) {
        return None;
    }
    let masks = right
        .iter()
        .flat_map(|j| &j.masks)
        .filter(|m| m.value <= NOTHING);
    let mut masks: Vec<&str> = masks.map(|m| m.mask.as_str()).collect();
    masks.sort_unstable();
    masks.dedup();
    let by = match masks.is_empty() {
        true => "their judges gave them nothing: look at the normalisers".to_owned(),
        false => format!("cut by mask {}: loosen it", masks.join(", ")),
    };
    Some(format!("every right answer earns nothing: {by}"))
}

fn mixed_up(measures: &Measures) -> Option<String> {
    let share = measures.pairs.share()?;
    (share < LEAST_SHARE).then(|| {
        format!(
            "a right answer is paid above a wrong one in only {share:.2} of {} pairs, where {LEAST_SHARE} is the least. \
             `weighmaster score --why FILE` shows what each judge says",
            measures.pairs.of
        )
    })
}

#[cfg(test)]
#[path = "separation_tests.rs"]
mod tests;
