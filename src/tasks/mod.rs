//! What is asked: families of tasks. A family draws questions, knows their truths, and says when these are due.
//!
//! | file | duty |
//! |---|---|
//! | `documents` | questions about passages of a folder |
//! | `generated` | questions made up on the spot, by the member `families` |
//! | `feed`, `series` | forecasts of a series from a file or a URL: the truth comes later |
//! | `items` | items of one's own to label |
//! | `texts` | a folder of texts to search |
//! | `source` | files and URLs of one's own |
//! | `sheet` | a drawn question as the messages that a miner sees |

mod documents;
mod feed;
mod generated;
mod items;
mod series;
mod sheet;
mod source;
mod texts;

use std::time::Duration;

use corpus::Corpus;
use families::search::Text;
use rand::Rng;
use rand::seq::IndexedRandom;

use crate::config::{ChallengeConfig, FamilyConfig, Variants};
use crate::types::{Cause, Caused, Challenge, Family, Question, RoundId, Task};
use feed::Feed;
use items::Items;
use source::Place;

pub use documents::{Documents, DocumentsError, INSTRUCTION};
pub use sheet::{Drawn, Sheet};
pub use source::SourceError;

/// A family that can't be asked about.
#[derive(Debug, thiserror::Error)]
pub enum TasksError {
    #[error(transparent)]
    Documents(#[from] DocumentsError),
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl Caused for TasksError {
    fn cause(&self) -> Cause {
        match self {
            Self::Documents(e) => e.cause(),
            Self::Source(e) => e.cause(),
        }
    }
}

/// The families of one subnet, drawn from for the life of the process: each remembers what it asked.
#[derive(Clone, Debug)]
pub struct Tasks {
    families: Vec<(Family, FamilyConfig)>,
    /// Only where they are asked about.
    documents: Option<Documents>,
    items: Option<Items>,
    feed: Option<Feed>,
    /// Searched, with facts planted in them; of none: generated.
    texts: Vec<Text>,
    sheet: Sheet,
}

/// Where the truths come from that are due later than their questions.
#[derive(Clone, Debug, Default)]
pub struct Truths(Option<Feed>);

impl Truths {
    /// Completes the truths of a challenge whose time has come; returns whether it changed any.
    ///
    /// # Errors
    /// Their source is away, or they are not all known yet.
    pub async fn settle(&self, challenge: &mut Challenge) -> Result<bool, SourceError> {
        match &self.0 {
            Some(feed) => feed.settle(challenge).await,
            None => Ok(false),
        }
    }
}

/// The kind and hardness of one round's questions, of which each miner may get its own.
#[derive(Clone, Copy, Debug)]
struct Shape {
    family: Family,
    difficulty: f64,
    seed: u64,
}

impl Tasks {
    /// Loads every family that the config names. A series is read when it is asked about.
    pub async fn load(config: &ChallengeConfig) -> Result<Self, TasksError> {
        let asked = |family| config.families.get(&family).filter(|f| f.share > 0.0);
        let documents = match asked(Family::Documents) {
            Some(_) => Some(Documents::load(config)?),
            None => None,
        };
        let items = match asked(Family::Labelling).filter(|f| !f.source.as_os_str().is_empty()) {
            Some(labelling) => Some(own_items(labelling).await?),
            None => None,
        };
        let families = config.families.clone().into_iter();
        Ok(Self {
            families: families.filter(|(_, f)| f.share > 0.0).collect(),
            documents,
            items,
            texts: asked(Family::Search).map_or(Ok(Vec::new()), texts::read)?,
            feed: asked(Family::Forecast).and_then(Feed::of),
            sheet: Sheet::of(config),
        })
    }

    /// Reads again what grows while we ask about it.
    ///
    /// # Errors
    /// It is away; until it is back its family isn't drawn.
    pub async fn refresh(&self) -> Result<(), SourceError> {
        match &self.feed {
            Some(feed) => feed.refresh().await,
            None => Ok(()),
        }
    }

    /// What completes truths that are not known when the question is put.
    pub fn truths(&self) -> Truths {
        Truths(self.feed.clone())
    }

    /// The next task, for so many miners; none while no family has anything to ask. `deadline` is a miner's time for one
    /// answer.
    pub fn draw(&mut self, miners: usize, deadline: Duration, rng: &mut impl Rng) -> Option<Task> {
        let (family, config) = self.family(rng)?;
        let shape = Shape {
            family,
            difficulty: config.difficulty,
            seed: rng.random(),
        };
        let each = match config.variants {
            Variants::Default => self.has_variants(family),
            Variants::PerMiner => true,
            Variants::Shared => false,
        };
        let count = if each { miners.max(1) } else { 1 };
        let questions: Option<Vec<Question>> =
            (0..count).map(|_| self.question(shape, rng)).collect();
        let due_after = match (&self.feed, family) {
            (Some(feed), Family::Forecast) => feed.due_after(),
            _ => Duration::ZERO,
        };
        Some(Task {
            challenge: Challenge {
                id: RoundId::fresh(),
                family,
                questions: questions?,
                asks: if each {
                    (0..count).collect()
                } else {
                    vec![0; miners]
                },
                deadline,
            },
            due_after,
        })
    }

    /// Another question of the same kind for the miners at `places`: they know the one they have.
    pub fn replace(&mut self, challenge: &mut Challenge, places: &[usize], rng: &mut impl Rng) {
        let config = self.families.iter().find(|(f, _)| *f == challenge.family);
        let shape = Shape {
            family: challenge.family,
            difficulty: config.map_or(0.5, |(_, c)| c.difficulty),
            seed: rng.random(),
        };
        for place in places {
            let Some(question) = self.question(shape, rng) else {
                return;
            };
            let mine = challenge.asks[*place];
            match challenge.asks.iter().filter(|a| **a == mine).count() {
                1 => challenge.questions[mine] = question,
                _ => {
                    challenge.asks[*place] = challenge.questions.len();
                    challenge.questions.push(question);
                }
            }
        }
    }

    /// The passages that are asked about.
    pub fn corpus(&self) -> Option<&Corpus> {
        self.documents.as_ref().map(Documents::corpus)
    }

    /// The families and their shares, for a person.
    pub fn outline(&self) -> String {
        let all: f64 = self.families.iter().map(|(_, f)| f.share).sum();
        let one = |(family, config): &(Family, FamilyConfig)| {
            let percent = 100.0 * config.share / all;
            match (family, self.corpus()) {
                (Family::Documents, Some(corpus)) => {
                    format!(
                        "{family} {percent:.0} % ({} passages)",
                        corpus.passages().len()
                    )
                }
                _ => format!("{family} {percent:.0} %"),
            }
        };
        self.families.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// Whether a family by itself has another question of the same kind for each miner. What grows or is labelled by
    /// agreement is the same for all.
    fn has_variants(&self, family: Family) -> bool {
        match family {
            Family::Documents | Family::Labelling => false,
            Family::Forecast => self.feed.is_none(),
            Family::Reading | Family::Data | Family::Reasoning | Family::Search => true,
        }
    }

    /// The one place where a family is chosen, of those that have something to ask.
    fn family(&self, rng: &mut impl Rng) -> Option<(Family, FamilyConfig)> {
        let ready = |(family, _): &&(Family, FamilyConfig)| match (family, &self.feed) {
            (Family::Forecast, Some(feed)) => feed.is_ready(),
            _ => true,
        };
        let ready: Vec<_> = self.families.iter().filter(ready).collect();
        let chosen = ready.choose_weighted(rng, |(_, f)| f.share).ok()?;
        Some((*chosen).clone())
    }

    fn question(&mut self, shape: Shape, rng: &mut impl Rng) -> Option<Question> {
        let drawn = self.drawn(shape, rng)?;
        Some(self.sheet.fill(drawn))
    }

    fn drawn(&mut self, shape: Shape, rng: &mut impl Rng) -> Option<Drawn> {
        match (shape.family, &mut self.documents, &self.items, &self.feed) {
            (Family::Documents, Some(documents), ..) => Some(documents.draw(rng)),
            (Family::Labelling, _, Some(items), _) => Some(items.ask(shape.difficulty, rng)),
            (Family::Forecast, .., Some(feed)) => feed.draw(feed.asks(shape.seed)),
            _ => {
                let seeds = (shape.seed, rng.random());
                let (family, difficulty) = (shape.family, shape.difficulty);
                generated::draw(family, difficulty, seeds, &self.texts)
            }
        }
    }
}

async fn own_items(config: &FamilyConfig) -> Result<Items, SourceError> {
    let place = Place::of(&config.source);
    let error = |reason| SourceError {
        family: "labelling",
        place: place.shown(),
        reason,
        wanted: "a file with a line {\"text\": …, \"label\": …} per item",
        is_away: false,
    };
    Items::parse(&place.read().await.map_err(error)?).map_err(error)
}

#[cfg(test)]
#[path = "tests/tasks.rs"]
mod tests;
