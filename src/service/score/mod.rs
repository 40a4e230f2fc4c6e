//! Questions and answers of a file, judged as a round's are, without chain or database.
//!
//! | file | duty |
//! |---|---|
//! | `file` | reads the questions: an array, or a line each |
//! | `element` | one element of the file, as it stands there |
//! | `known` | what the corpus knows of a question |
//! | `measure` | marks beside rewards: rank correlation, right above wrong. Pure |
//! | `separation` | the questions that come with the program: does a scoring file tell right from wrong? |

mod element;
mod file;
mod known;
mod measure;
mod separation;

use std::time::{Duration, SystemTime};

use futures::StreamExt;
use futures::stream;
use truth::Truth;

use crate::config::ChallengeConfig;
use crate::scoring::{Normalisers, Pipeline};
use crate::tasks::{Drawn, INSTRUCTION, Sheet};
use crate::types::{
    Challenge, Completion, Exchange, Failure, Family, Hotkey, Judgement, MinerId, Outcome,
    Response, RoundId, Seat, Timing, Uid,
};

pub use element::Given;
pub use file::{FileError, Items, read};
pub use measure::{Inversion, Measures, Pairs, RIGHT, WRONG, rank_correlation};
pub use separation::{Separation, separation};

use known::Known;

/// A question of the file with its answers, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it stands in the file.
    pub place: String,
    pub passage_id: Option<String>,
    pub passage: Option<String>,
    pub question: String,
    pub reference: Option<String>,
    /// As the file has it.
    pub truth: Option<Truth>,
    pub answers: Vec<Given>,
}

/// Who says what a right answer to a question holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TruthFrom {
    File,
    Corpus,
    Nobody,
}

/// A question and what the judges made of its answers.
#[derive(Clone, Debug)]
pub struct Scored {
    pub item: Item,
    pub truth_from: TruthFrom,
    /// One judgement per answer, in the file's order; or why there are none.
    pub judged: Result<Vec<Judgement>, String>,
    /// Judges that had no say, and why.
    pub faults: Vec<String>,
}

impl Scored {
    /// Mark and reward of each answer that has both, with its place among the answers.
    pub fn marked(&self) -> Vec<measure::Marked> {
        let judgements = self.judged.as_deref().unwrap_or_default();
        let both = self.item.answers.iter().zip(judgements).enumerate();
        let marked = both.filter_map(|(answer, (given, judgement))| {
            Some(measure::Marked {
                answer,
                truth: given.truth?,
                reward: judgement.reward.get(),
            })
        });
        marked.collect()
    }
}

/// Questions that are on their way through the models at a time: the next is tokenised while one is inferred.
const AT_A_TIME: usize = 2;

/// Judges every answer on its own merits, each question with statistics of its own: so no answer's reward depends on
/// which others stand beside its question.
pub async fn score(
    pipeline: &Pipeline,
    challenges: &ChallengeConfig,
    family: Family,
    items: Vec<Item>,
) -> Result<Vec<Scored>, Failure> {
    let known = match items.iter().any(|item| item.truth.is_none()) {
        true => Known::load(challenges)?,
        false => Known::default(),
    };
    let sheet = Sheet::of(challenges);
    let judging = items.into_iter().map(|item| {
        let (truth, truth_from) = known.truth(&item);
        let exchange = exchange(&sheet, family, &item, truth);
        judge(pipeline, exchange, item, truth_from)
    });
    Ok(stream::iter(judging).buffered(AT_A_TIME).collect().await)
}

/// The marks of all questions beside their rewards.
pub fn measures(scored: &[Scored]) -> Measures {
    Measures::of(scored.iter().map(Scored::marked))
}

async fn judge(
    pipeline: &Pipeline,
    exchange: Exchange,
    item: Item,
    truth_from: TruthFrom,
) -> Scored {
    let judged = pipeline.judge(&exchange, &mut Normalisers::default()).await;
    let (judged, faults) = match judged {
        Ok(judged) => (Ok(judged.judgements), judged.faults),
        Err(faults) => (Err(faults.to_string()), faults),
    };
    let fault = |f: &crate::scoring::RoundFault| format!("{} {}: {}", f.part, f.name, f.fault);
    Scored {
        item,
        truth_from,
        judged,
        faults: faults.0.iter().map(fault).collect(),
    }
}

/// A challenge with one answer of each of so many miners. Each answers a question of its own, word for word the same: the
/// answers of a file are alternatives, and none is a copy of another.
fn exchange(sheet: &Sheet, family: Family, item: &Item, truth: Truth) -> Exchange {
    let question = sheet.fill(Drawn {
        instruction: match family {
            Family::Documents => INSTRUCTION.into(),
            _ => String::new(),
        },
        material: item.passage.clone().unwrap_or_default(),
        question: item.question.clone(),
        source: item.passage_id.clone().unwrap_or_default(),
        reference: item.reference.clone(),
        truth,
    });
    let count = item.answers.len();
    let responses = (0..).zip(&item.answers).map(response);
    Exchange {
        challenge: Challenge {
            id: RoundId::fresh(),
            family,
            questions: vec![question; count],
            asks: (0..count).collect(),
            deadline: Duration::ZERO,
        },
        asked_at: SystemTime::UNIX_EPOCH,
        responses: responses.collect(),
        no_verdict: None,
    }
}

fn response((place, given): (u16, &Given)) -> Response {
    let mut hotkey = [0; 32];
    hotkey[..2].copy_from_slice(&place.to_be_bytes());
    Response {
        seat: Seat {
            uid: Uid(place),
            miner: MinerId {
                hotkey: Hotkey(hotkey),
                registered_at: 0,
            },
        },
        question: Some(place.into()),
        outcome: Outcome::Answer(Completion(given.text.clone())),
        timing: Timing::default(),
    }
}

#[cfg(test)]
mod tests;
