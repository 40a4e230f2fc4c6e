//! A chat model that grades, behind an OpenAI-compatible endpoint that the operator named.
//!
//! | file | duty |
//! |---|---|
//! | `fence` | the answer as data within the prompt |
//! | `endpoint` | one request and its repeats, within bounds |
//! | `reply` | what came back: a grade or nothing |
//! | `spent` | tokens and their price |

mod endpoint;
mod fence;
mod reply;
mod spent;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use futures::stream;
use futures::{StreamExt, TryStreamExt};
use tokio::sync::Semaphore;

pub(in crate::scoring) use fence::{ANSWER_PLACE, legible};

use super::Vector;
use super::demand::Item;
use crate::config::LlmConfig;
use crate::scoring::{Fault, LoadError};
use endpoint::Endpoint;
use spent::Spent;

/// How often the same grade is asked for, if what comes back is none.
const ASKED_AGAIN: usize = 1;

/// One judge's model. Its vectors are grades: one for each sample that was one, none if none was.
pub(super) struct Llm {
    name: String,
    config: LlmConfig,
    endpoint: Endpoint,
    /// Of all rounds that are judged at a time.
    places: Semaphore,
    spent: Spent,
}

impl Llm {
    /// Reads the key; asks nothing. `name` is the judge's.
    pub fn new(name: &str, config: &LlmConfig) -> Result<Self, LoadError> {
        Ok(Self {
            name: name.to_owned(),
            config: config.clone(),
            endpoint: Endpoint::new(name, config)?,
            places: Semaphore::new(config.concurrency),
            spent: Spent::default(),
        })
    }

    /// Grades all items, or none: an endpoint that fails must not make a wrong grade. Dropping the future drops the
    /// requests in flight.
    pub async fn grade(&self, items: Vec<Item>) -> Result<HashMap<Item, Vector>, Fault> {
        let deadline = self.config.deadline_s.0;
        let graded = tokio::time::timeout(deadline, self.grade_all(&items)).await;
        self.spent.tell(&self.name, &self.config);
        let grades = graded.unwrap_or_else(|_| {
            let why = format!(
                "not all grades came within deadline_s = {}",
                deadline.as_secs_f64()
            );
            Err(Fault::Endpoint(why))
        })?;
        let mut vectors: HashMap<Item, Vector> = items
            .iter()
            .map(|item| (item.clone(), Vector::new()))
            .collect();
        for (place, grade) in grades {
            let vector = vectors.entry(items[place].clone()).or_default();
            vector.extend(grade);
        }
        Ok(vectors)
    }

    /// Grades with the places of their items.
    async fn grade_all(&self, items: &[Item]) -> Result<Vec<(usize, Option<f32>)>, Fault> {
        let samples =
            (0..items.len()).flat_map(|place| (0..self.config.samples).map(move |_| place));
        let asking =
            samples.map(|place| async move { Ok((place, self.sample(&items[place]).await?)) });
        let asked = stream::iter(asking).buffer_unordered(self.config.concurrency);
        asked.try_collect().await
    }

    async fn sample(&self, item: &Item) -> Result<Option<f32>, Fault> {
        let _place = self.places.acquire().await.map_err(|_| Fault::ThreadGone)?;
        let (prompt, answer) = item.parts();
        for _ in 0..=ASKED_AGAIN {
            let code = format!("{:032x}", rand::random::<u128>());
            let max = self.config.max_answer_chars;
            let asked = fence::fenced(prompt, answer.unwrap_or_default(), max, &code);
            let Some(completion) = self.endpoint.complete(fence::SYSTEM, &asked).await? else {
                continue;
            };
            self.spent.add(completion.usage.unwrap_or_default());
            if let Some(grade) = completion.grade() {
                return Ok(Some(grade));
            }
        }
        Ok(None)
    }
}
