//! What the corpus knows of a question: facts that its answer must hold.

use std::collections::HashMap;

use truth::Truth;

use super::{Item, TruthFrom};
use crate::config::ChallengeConfig;
use crate::tasks::{Documents, DocumentsError};

/// Facts by passage (its id, its text) and question.
#[derive(Default)]
pub(super) struct Known {
    by_id: HashMap<(String, String), Truth>,
    by_text: HashMap<(String, String), Truth>,
}

impl Known {
    /// From the configured corpus.
    pub fn load(challenges: &ChallengeConfig) -> Result<Self, DocumentsError> {
        let documents = Documents::load(challenges)?;
        let mut known = Self::default();
        for passage in documents.corpus().passages() {
            for question in &passage.questions {
                let Some(facts) = question.facts() else {
                    continue;
                };
                let ask = plain(&question.ask);
                let truth = Truth::Facts(facts);
                known
                    .by_id
                    .insert((passage.id.clone(), ask.clone()), truth.clone());
                known.by_text.insert((plain(&passage.text), ask), truth);
            }
        }
        Ok(known)
    }

    /// The file's own word comes first.
    pub fn truth(&self, item: &Item) -> (Truth, TruthFrom) {
        if let Some(truth) = &item.truth {
            return (truth.clone(), TruthFrom::File);
        }
        let ask = plain(&item.question);
        let by_id = item.passage_id.as_ref();
        let by_id = by_id.and_then(|id| self.by_id.get(&(id.clone(), ask.clone())));
        let by_text = || self.by_text.get(&(plain(item.passage.as_ref()?), ask));
        match by_id.or_else(by_text) {
            Some(truth) => (truth.clone(), TruthFrom::Corpus),
            None => (Truth::Open {}, TruthFrom::Nobody),
        }
    }
}

/// Line breaks and runs of blanks tell nothing apart.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
