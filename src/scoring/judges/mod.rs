//! Judges: what gives a raw score. One file per kind; built from the scoring file in one place, here.

mod agreement;
mod alone;
mod cosine;
pub(super) mod extraction;
mod format;
mod labels;
pub(super) mod language;
pub(super) mod length;
mod llm;
mod reward;
mod rouge;
mod typed;

use agreement::Agreement;
use alone::Alone;
use cosine::CosineToReference;
use labels::Labels;
use llm::LlmGrade;
use reward::RewardLogit;

use super::engines::{Demand, Evidence, ModelKind, Wanted};
use super::round::{Answer, Asked, Round};
use super::{Fault, LoadError};
use crate::config::{ModelConfig, ModelInput};

/// A `[[model]]` of the scoring file, built once: what it needs computed, and what it says.
pub(super) trait Judge: Send + Sync {
    /// What it will read of the evidence. Nothing, for a judge of words alone.
    fn demand(&self, _round: &Round) -> Demand {
        Demand::nothing()
    }

    /// One opinion per answer, in the answers' order, or why there are none. `None`: the answer's question is none that it
    /// can judge.
    fn score(&self, round: &Round, evidence: &Evidence) -> Result<Vec<Option<Opinion>>, Fault>;
}

/// What a judge makes of one answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Opinion {
    pub raw: f64,
    /// What it saw, for a person; may be empty.
    pub why: String,
}

impl Opinion {
    fn bare(raw: f64) -> Self {
        Self {
            raw,
            why: String::new(),
        }
    }
}

pub(super) fn build(
    config: &ModelConfig,
    wanted: &mut Wanted<'_>,
) -> Result<Box<dyn Judge>, LoadError> {
    let mut need = |manifest: &str, kind: ModelKind| {
        wanted.need(manifest, kind, || format!("model[{}]", config.name))
    };
    Ok(match &config.input {
        ModelInput::CosineToReference { manifest } => Box::new(CosineToReference {
            encoder: need(manifest, ModelKind::Encoder)?,
        }),
        ModelInput::Reward { manifest, prompt } => Box::new(RewardLogit {
            model: need(manifest, ModelKind::Reward)?,
            prompt: *prompt,
        }),
        ModelInput::Agreement { manifest, omits } => Box::new(Agreement {
            model: need(manifest, ModelKind::Agreement)?,
            omits: *omits,
        }),
        ModelInput::Value(partial) => {
            let partial = *partial;
            alone(move |answer, asked| typed::value(&partial, answer, asked))
        }
        ModelInput::Facts {} => alone(typed::facts),
        ModelInput::Quote {} => alone(typed::quote),
        ModelInput::SetF1 {} => alone(typed::set_f1),
        ModelInput::Ranking {} => alone(typed::ranking),
        ModelInput::Forecast {} => alone(typed::forecast),
        ModelInput::Labels {} => Box::new(Labels),
        ModelInput::RougeL {} => alone(rouge::opinion),
        ModelInput::Extraction(rule) => {
            let rule = rule.clone();
            alone(move |answer, asked| extraction::opinion(&rule, answer, asked))
        }
        ModelInput::Length(rule) => {
            let rule = rule.clone();
            alone(move |answer, asked| Some(length::opinion(&rule, answer, asked)))
        }
        ModelInput::Language {} => alone(|answer, asked| Some(language::opinion(answer, asked))),
        ModelInput::Format {} => alone(|answer, asked| Some(format::opinion(answer, asked))),
        ModelInput::Llm(llm) => Box::new(LlmGrade {
            model: wanted.llm(&config.name, llm)?,
            config: (**llm).clone(),
        }),
    })
}

fn alone<F>(judge: F) -> Box<dyn Judge>
where
    F: Fn(&Answer, Asked<'_>) -> Option<Opinion> + Send + Sync + 'static,
{
    Box::new(Alone(judge))
}
